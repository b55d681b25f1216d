"""The tab Händelser: what has happened, and what it changed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.process.act import Act
from delprojekt.process.historik import Andringsslag
from delprojekt.process.synlighet import Noun
from delprojekt.queries.historik import PER_SIDA, kinds, read_history
from delprojekt.queries.historiknamn import read_names
from delprojekt.web import historik as vy
from delprojekt.web.flik_bas import can
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.views.delprojekt import frame, page_of

SISTA_SIDA = 10_000
"""No timeline has so many pages: more is not asked of the database."""


def _page_number(word: str) -> int:
    """Return which page is asked for; the first for what is no number. Raises Http404 past the last there can be."""
    if not word.isdecimal():
        return 1
    if len(word) > len(str(SISTA_SIDA)) or int(word) > SISTA_SIDA:
        raise Http404
    return max(int(word), 1)


@require_safe
def historik(request: ActorRequest, pk: int) -> HttpResponse:
    """Every event with the values it changed, newest first; ``?slag=fakta`` chooses a kind, ``?sida=2`` goes back."""
    page = page_of(request, pk, events=0)
    if not page.hor:
        raise Http404
    choices, word = kinds(request.actor, page.delprojekt), request.GET.get("slag", "")
    slag = Andringsslag(word) if word in choices else None
    number = _page_number(request.GET.get("sida", ""))
    found = read_history(request.actor, page.delprojekt, slag, sida=number)
    if number > 1 and not found.poster:
        raise Http404
    context = frame(request, page, "handelser") | {
        "poster": vy.posts(found.poster, read_names(request.actor, page.delprojekt, found.poster)),
        "antal": found.antal,
        "sidbyte": Paginator(range(found.antal), PER_SIDA).get_page(number),
        "slag": slag or "",
        "val": [(choice.value, choice.label) for choice in choices],
        "varden": Noun.HANDELSER in page.ser,
        "ratta": can(request.actor, page, Act.RATTA_UPPGIFT),
    }
    return render(request, "delprojekt/flik_handelser.html", context)
