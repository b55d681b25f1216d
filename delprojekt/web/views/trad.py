"""The page Tråden of a delprojekt."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.web import trad
from delprojekt.web.middleware import ActorRequest


@require_safe
def traden(request: ActorRequest, pk: int) -> HttpResponse:
    """From fact to measured value: as a picture, as a list, and where it is broken."""
    return render(request, "trad/visa.html", trad.read(request, pk))
