"""The regions' decisions across all delprojekt."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.queries.regioner import without_paper
from delprojekt.web.middleware import ActorRequest


@require_safe
def utan_handling(request: ActorRequest) -> HttpResponse:
    """Decisions that are told but not proved: no protokollsutdrag has come, or a wrong one."""
    return render(request, "delprojekt/utan_handling.html", {"beslut": without_paper(request.actor)})
