"""The thin desk: one section at a time, saved without ever overwriting somebody else's words."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.avsnitt import Krock, belongs, save_section, writing_act
from delprojekt.documents.plain import from_plain, to_plain
from delprojekt.models import Delprojekt, Mallavsnitt, Uppdragsomgang
from delprojekt.process.policy.avgor import Refused, Why, decide, explain, sections_for
from delprojekt.process.steg import Steg
from delprojekt.queries import delar
from delprojekt.queries.delprojekt import get_visible, read_step
from delprojekt.web.forms.redigerare import Textfalt
from delprojekt.web.middleware import ActorRequest

STANGT = {
    "rubrik": "Avsnittet går inte att spara",
    "vad": "Delprojektet har gått vidare",
    "varfor": "Medan du skrev gick delprojektet till ett steg där avsnittet inte skrivs.",
}


class AvsnittForm(forms.Form):
    """The text of a section, and the version it was written from."""

    text = Textfalt()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _desk(request: ActorRequest, pk: int) -> tuple[Delprojekt, Uppdragsomgang, list[delar.Avsnittsrad]]:
    try:
        delprojekt = get_visible(request.actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error
    lage, omgang = read_step(request.actor, delprojekt)
    act = writing_act(Steg(delprojekt.steg))
    decision = decide(request.actor, act, lage)
    if decision.why is Why.NOT_YOURS:
        raise PermissionDenied(explain(decision, lage))
    moved = decision.why is Why.WRONG_STEP
    if omgang is None or (moved and request.method != "POST"):
        raise Http404
    if moved:  # what was typed meanwhile is shown, so that it can be kept
        return delprojekt, omgang, []
    rows = [r for r in delar.sections(request.actor, omgang) if r.mall.innehall == "text" and belongs(r.mall, act)]
    mine = sections_for(request.actor, act, lage)
    return delprojekt, omgang, rows if mine is None else [r for r in rows if r.mall.nyckel in mine]


@require_safe
def skriv(request: ActorRequest, pk: int) -> HttpResponse:
    """The list of sections to write now."""
    delprojekt, _, rows = _desk(request, pk)
    context = {"delprojekt": delprojekt, "avsnitt": rows, "skrivna": sum(1 for r in rows if r.skrivet)}
    return render(request, "delprojekt/skriv.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def skriv_avsnitt(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """One section: guidance beside, text in the middle. A simultaneous save shows both texts; none is lost."""
    delprojekt, _, rows = _desk(request, pk)
    row = next((r for r in rows if r.mall.nyckel == nyckel), None)
    if row is None and request.method == "POST":
        context = {"delprojekt": delprojekt, "text": request.POST.get("text", ""), **STANGT}
        return render(request, "delprojekt/stangt.html", context, status=409)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _save(request, delprojekt, rows, row)
    text = row.avsnitt.html if row.avsnitt else from_plain(delar.first_draft(request.actor, delprojekt, nyckel))
    form = AvsnittForm(initial={"text": text, "version": row.avsnitt.version if row.avsnitt else 0})
    return _show(request, delprojekt, rows, row, form)


def _save(
    request: ActorRequest, delprojekt: Delprojekt, rows: list[delar.Avsnittsrad], row: delar.Avsnittsrad
) -> HttpResponse:
    form = AvsnittForm(request.POST)
    if not form.is_valid():
        return _show(request, delprojekt, rows, row, form, status=422)
    try:
        save_section(
            request.actor, delprojekt, row.mall.nyckel, form.cleaned_data["text"], form.cleaned_data["version"]
        )
    except Krock as clash:
        data = {"text": form.cleaned_data["text"], "version": clash.nuvarande.version}
        return _show(request, delprojekt, rows, row, AvsnittForm(initial=data), krock=clash, status=409)
    except (Refused, Mallavsnitt.DoesNotExist) as error:
        form.add_error(None, str(error))
        return _show(request, delprojekt, rows, row, form, status=409)
    messages.success(request, f"{row.mall.rubrik} är sparat.")
    return redirect("skriv_avsnitt", pk=delprojekt.pk, nyckel=row.mall.nyckel)


def _show(
    request: ActorRequest,
    delprojekt: Delprojekt,
    rows: list[delar.Avsnittsrad],
    row: delar.Avsnittsrad,
    form: AvsnittForm,
    *,
    krock: Krock | None = None,
    status: int = 200,
) -> HttpResponse:
    others = [(r.mall, r.avsnitt.html if r.avsnitt else "") for r in rows if r.mall.nyckel != row.mall.nyckel]
    text = cast(Textfalt, form.fields["text"])
    text.place(delprojekt.pk, row.mall.nyckel, [(m.nyckel, m.nummer, m.rubrik, html) for m, html in others])
    context = {"delprojekt": delprojekt, "avsnitt": rows, "rad": row, "form": form, "krock": krock}
    context["forslaget"] = delar.first_draft(request.actor, delprojekt, row.mall.nyckel)
    context["forifyllt"] = bool(context["forslaget"] and row.avsnitt is None and not form.is_bound)
    theirs = to_plain(krock.nuvarande.html) if krock else ""
    context["deras"] = [{"etikett": row.mall.rubrik, "nu": theirs, "skrev": None}]
    return render(request, "delprojekt/skriv_avsnitt.html", context, status=status)
