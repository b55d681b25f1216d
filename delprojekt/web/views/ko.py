"""What ledningsgruppen has before it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.process.mote import far_anteckna
from delprojekt.process.steg import RAKNADE
from delprojekt.queries import ko
from delprojekt.web.middleware import ActorRequest


@require_safe
def infor_ledningsgruppen(request: ActorRequest) -> HttpResponse:
    """How many have come how far; announced förslag by meeting, those that wait in their order, what is paused."""
    context = {
        "laget": ko.standing(request.actor),
        "raknade": RAKNADE,
        "anmalda": ko.announced(request.actor),
        "avvaktar": ko.waiting(request.actor),
        "pausade": ko.paused(request.actor),
        "antecknar": far_anteckna(request.actor),
    }
    return render(request, "delprojekt/infor_ledningsgruppen.html", context)
