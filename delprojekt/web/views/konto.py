"""Your own account: what the portal knows of you, and where it is changed."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.process.forvaltning import KRAVER_TVAFAKTOR
from delprojekt.queries.person import has_second_factor, own_data
from delprojekt.web import vymodell
from delprojekt.web.middleware import ActorRequest


@require_safe
def konto(request: ActorRequest) -> HttpResponse:
    """Everything about your account on one page."""
    context = {
        "uppgifter": own_data(request.actor)["uppgifter"],
        "roller": vymodell.role_words(request.actor),
        "andra_faktor": has_second_factor(request.actor),
        "kraver": bool(request.actor.roller() & KRAVER_TVAFAKTOR),
    }
    return render(request, "konto/konto.html", context)


@require_safe
def mina_uppgifter(request: ActorRequest) -> HttpResponse:
    """All that is stored about you, to read (GDPR art. 15)."""
    return render(request, "konto/mina_uppgifter.html", {"data": own_data(request.actor)})


@require_safe
def mina_uppgifter_json(request: ActorRequest) -> JsonResponse:
    """The same, to take with you."""
    answer = JsonResponse(own_data(request.actor), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return answer
