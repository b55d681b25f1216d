"""What a year has given, for the annual report."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.process.klocka import idag
from delprojekt.queries.aret import of_year
from delprojekt.web.forms.falt import FORSTA_DAG
from delprojekt.web.middleware import ActorRequest


@require_safe
def aret(request: ActorRequest, ar: int | None = None) -> HttpResponse:
    """The slutrapporter and follow-ups that nämnden was given in a year, and what was started (V-17, V-18, V-19)."""
    year, now, first = ar or idag().year, idag().year, FORSTA_DAG.year
    if not first <= year <= now:
        raise Http404
    context = {
        "ar": year,
        "aret": of_year(request.actor, year),
        "fore": year - 1 if year > first else None,
        "efter": year + 1 if year < now else None,
    }
    return render(request, "delprojekt/aret.html", context)
