"""What every page needs to know: the menu, where the demo's clock stands, how the page should look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from delprojekt.demo.konton import KONTON
from delprojekt.process import klocka
from delprojekt.process.forvaltning import ser_installningar, ser_personer
from delprojekt.queries.aktor import actor_for
from delprojekt.web.rollsida import menu

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "fargschema"

# Url and label, in the order of the menu; the pages of one's own roles stand between (process/synlighet.py).
BEFORE = (("/", "Start"),)
AFTER = (("/delprojekt/", "Delprojekt"), ("/handlingar/", "Handlingar"))
MOST = 5
"""So many links is a menu that is read at a glance; what does not fit stands in the account's menu."""

# What only some see, beside the others: url, label, and the question in process/forvaltning.py.
MENU_FOR_SOME = (("/personer/", "Personer", ser_personer), ("/installningar/", "Inställningar", ser_installningar))


def _own_pages(request: HttpRequest) -> list[tuple[str, str]]:
    actor = getattr(request, "actor", None)
    return menu(actor) if actor is not None else []


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every link of the menu, the most used first; ``fler`` marks those that stand in the account's menu."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    path = request.path
    actor = getattr(request, "actor", None) or actor_for(user)  # in the middle of a login only the account is known
    some = tuple((url, label) for url, label, may in MENU_FOR_SOME if may(actor))
    common = (*BEFORE, *_own_pages(request), *AFTER)
    rest = common[MOST:]
    return [
        {
            "url": url,
            "label": label,
            "current": path == url if url == "/" else path.startswith(url),
            "fler": (url, label) in rest,
        }
        for url, label in (*common, *some)
    ]


def color_scheme(request: HttpRequest) -> str:
    """Return the look the visitor has chosen: ``auto`` (as the computer), ``light`` or ``dark``."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return chosen if chosen in SCHEMES else "auto"


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor: meny, fler_i_menyn, demo_datum, demo_konton, fargschema, kontakt_epost."""
    menu = _menu(request)
    return {
        "meny": [one for one in menu if not one["fler"]],
        "fler_i_menyn": [one for one in menu if one["fler"]],
        "demo_datum": klocka.idag() if settings.DEMO else None,
        "demo_konton": KONTON if settings.DEMO else (),
        "fargschema": color_scheme(request),
        "kontakt_epost": getattr(settings, "KONTAKT_EPOST", "kansliet@exempel.se"),
    }
