"""Your own account: what the portal knows of you, and where it is changed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.konto import change_own
from delprojekt.process.forvaltning import KRAVER_TVAFAKTOR, Adminact
from delprojekt.queries.person import has_second_factor, own_data, own_person
from delprojekt.web import vymodell
from delprojekt.web.forms.person import EgnaUppgifterForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.sparning import save


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


@require_http_methods(["GET", "HEAD", "POST"])
def andra_uppgifter(request: ActorRequest) -> HttpResponse:
    """Change what you keep up to date about yourself, or ask for another address."""
    if request.method != "POST":
        return render(request, "konto/andra_uppgifter.html", {"form": _own(request)})
    do = partial(change_own, request.actor)
    me = request.actor.person
    saved = save(request, Adminact.ANDRA_EGNA_UPPGIFTER, partial(_own, request), do, person=me, om=me)
    if not saved.klar:
        return render(request, "konto/andra_uppgifter.html", {"form": saved.form}, status=saved.status)
    if not saved.inget:
        messages.success(request, saved.gjort)
    return redirect("mina_uppgifter")


def _own(request: ActorRequest, *sent: Any) -> EgnaUppgifterForm:
    return EgnaUppgifterForm(*sent, actor=request.actor, person=own_person(request.actor))


@require_safe
def mina_uppgifter_json(request: ActorRequest) -> JsonResponse:
    """The same, to take with you."""
    answer = JsonResponse(own_data(request.actor), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return answer
