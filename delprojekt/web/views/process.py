"""/process/: the method as it is implemented, rendered from POLICY, and the requirements that it keeps."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.process.beskriv import describe
from delprojekt.queries.krav import catalogue
from delprojekt.web.middleware import ActorRequest


@require_safe
def process(request: ActorRequest) -> HttpResponse:
    """Who may do what when, with § (read from the same table that decides)."""
    return render(request, "delprojekt/process.html", {"bild": describe()})


@require_safe
def krav(request: ActorRequest) -> HttpResponse:
    """/process/krav/: every requirement of the sources, and the rules of the portal that keep it."""
    return render(request, "delprojekt/krav.html", {"krav": catalogue(request.actor)})
