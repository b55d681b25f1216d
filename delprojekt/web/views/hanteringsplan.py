"""The plan of what is kept and what is weeded: everybody reads it, the administrator changes it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.hanteringsplan import change_rule
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import Adminact, EjTillatet, far, krav_att_far
from delprojekt.process.hanteringsplan import SLAG, i_ord
from delprojekt.queries.hanteringsplan import read_plan, rule_history
from delprojekt.web.forms.hanteringsplan import HanteringsregelForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.sparning import Sparning, save


@require_safe
def plan(request: ActorRequest) -> HttpResponse:
    """Every kind of handling with its rule, and every change of the plan."""
    now, may = read_plan(request.actor), far(request.actor, Adminact.ANDRA_HANTERINGSPLAN)
    context = {
        "rader": [_line(act, now.get(act), may=may) for act in SLAG],
        "andringar": [
            {"rad": row, "slag": SLAG[Act(row.slag)].beskrivning, "ord": i_ord(row.hantering, row.gallras_efter_ar)}
            for row in rule_history(request.actor)
        ],
        "far_andra": may,
    }
    return render(request, "handling/plan.html", context)


def _line(act: Act, rule: Any, *, may: bool) -> dict[str, Any]:
    spec = SLAG[act]
    said = i_ord(rule.hantering, rule.gallras_efter_ar) if rule else str(spec.hantering.label)
    url = reverse("hanteringsregel", args=[act.value]) if may else ""
    return {
        "slag": spec.beskrivning,
        "typ": spec.typ.label,
        "ord": said,
        "beslut": rule.beslut if rule else "",
        "url": url,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def andra(request: ActorRequest, slag: Act) -> HttpResponse:
    """Change the rule of one kind."""
    try:
        krav_att_far(request.actor, Adminact.ANDRA_HANTERINGSPLAN)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error
    if slag not in SLAG:
        raise Http404
    saved = Sparning(_form(request, slag), 200)
    if request.method == "POST":
        do = partial(change_rule, request.actor, slag)
        saved = save(request, Adminact.ANDRA_HANTERINGSPLAN, partial(_form, request, slag), do)
    if saved.klar:
        messages.success(request, saved.gjort or "Inget var ändrat.")
        return redirect("hanteringsplan")
    context = {"form": saved.form, "slag": SLAG[slag].beskrivning}
    return render(request, "handling/plan_andra.html", context, status=saved.status)


def _form(request: ActorRequest, slag: Act, *sent: Any) -> HanteringsregelForm:
    return HanteringsregelForm(*sent, nu=read_plan(request.actor).get(slag), forval=SLAG[slag].hantering.value)
