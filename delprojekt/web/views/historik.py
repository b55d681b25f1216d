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


@require_safe
def historik(request: ActorRequest, pk: int) -> HttpResponse:
    """Every event with the values it changed, newest first; ``?slag=fakta`` chooses a kind, ``?sida=2`` goes back."""
    page = page_of(request, pk, events=0)
    if Noun.HANDELSER not in page.ser:
        raise Http404
    choices, word = kinds(request.actor, page.delprojekt), request.GET.get("slag", "")
    slag = Andringsslag(word) if word in choices else None
    number = int(request.GET["sida"]) if request.GET.get("sida", "").isdecimal() else 1
    found = read_history(request.actor, page.delprojekt, slag, sida=max(number, 1))
    if number > 1 and not found.poster:
        raise Http404
    context = frame(request, page, "handelser") | {
        "poster": vy.posts(found.poster, read_names(request.actor, page.delprojekt, found.poster)),
        "antal": found.antal,
        "sidbyte": Paginator(range(found.antal), PER_SIDA).get_page(number),
        "slag": slag or "",
        "val": [(choice.value, choice.label) for choice in choices],
        "ratta": can(request.actor, page, Act.RATTA_UPPGIFT),
    }
    return render(request, "delprojekt/flik_handelser.html", context)
