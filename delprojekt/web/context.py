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
AFTER = (("/delprojekt/", "Delprojekt"), ("/handlingar/", "Handlingar"), ("/process/", "Så arbetar vi"))

# What only some see: url, label, and the question in process/forvaltning.py.
MENU_FOR_SOME = (("/personer/", "Personer", ser_personer), ("/installningar/", "Inställningar", ser_installningar))

DEMO_MENU = (("/utkorg/", "Utkorg"),)


def _own_pages(request: HttpRequest) -> list[tuple[str, str]]:
    actor = getattr(request, "actor", None)
    return menu(actor) if actor is not None else []


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    path = request.path
    actor = getattr(request, "actor", None) or actor_for(user)  # in the middle of a login only the account is known
    some = tuple((url, label) for url, label, may in MENU_FOR_SOME if may(actor))
    return [
        {"url": url, "label": label, "current": path == url if url == "/" else path.startswith(url)}
        for url, label in (*BEFORE, *_own_pages(request), *AFTER, *some, *(DEMO_MENU if settings.DEMO else ()))
    ]


def color_scheme(request: HttpRequest) -> str:
    """Return the look the visitor has chosen: ``auto`` (as the computer), ``light`` or ``dark``."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return chosen if chosen in SCHEMES else "auto"


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor: meny, demo_datum, demo_konton, fargschema, kontakt_epost."""
    return {
        "meny": _menu(request),
        "demo_datum": klocka.idag() if settings.DEMO else None,
        "demo_konton": KONTON if settings.DEMO else (),
        "fargschema": color_scheme(request),
        "kontakt_epost": getattr(settings, "KONTAKT_EPOST", "kansliet@exempel.se"),
    }
