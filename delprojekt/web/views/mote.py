"""Registering what came out of a meeting with ledningsgruppen: fill in, check, confirm, one result per row."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from delprojekt.process.klocka import idag
from delprojekt.process.mote import far_anteckna
from delprojekt.queries import mote as fragor
from delprojekt.web import mote as bygg
from delprojekt.web.forms.mote import MoteForm
from delprojekt.web.middleware import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def motesutfall(request: ActorRequest) -> HttpResponse:
    """Show the meeting's delprojekt, check what was chosen, or do it: each row by itself."""
    actor = request.actor
    if not far_anteckna(actor):
        raise PermissionDenied("Ledningsgruppens sekreterare och kansliet registrerar mötets utfall.")
    if request.method != "POST":
        return _open(request)
    form, rows = MoteForm(request.POST), bygg.rows_from(actor, request.POST)
    picked = [row for row in rows if row.act]
    valid = form.is_valid() and all(row.form.is_valid() for row in rows)
    if not valid or not picked or "andra" in request.POST:
        status = 200 if "andra" in request.POST else 422
        return _show(request, "utfall", form, rows, status, inget_valt=valid and not picked)
    return (_confirm if "bekrafta" in request.POST else _review)(request, form, rows, picked)


def _open(request: ActorRequest) -> HttpResponse:
    announced = fragor.announced(request.actor)
    day = bygg.meeting_day(request.GET.get("dag", ""), announced.values())
    rows = bygg.rows_for(request.actor, announced, day)
    return _show(request, "utfall", MoteForm(initial={"dag": day}), rows, dag=day, kommande=day > idag())


def _review(
    request: ActorRequest, form: MoteForm, rows: list[bygg.Motesrad], picked: list[bygg.Motesrad], status: int = 200
) -> HttpResponse:
    """Show the answers, the advice and the mail of each row; wrong answers lead back to the form."""
    for row in picked:
        bygg.weigh(request.actor, row, form.cleaned_data["dag"])
    if any(row.form.errors for row in rows):
        return _show(request, "utfall", form, rows, 422)
    return _show(request, "granska", form, rows, status, bekrafta=any(not row.stopp for row in picked))


def _confirm(
    request: ActorRequest, form: MoteForm, rows: list[bygg.Motesrad], picked: list[bygg.Motesrad]
) -> HttpResponse:
    """Do each row in a transaction of its own. What was refused is shown again with what was typed."""
    for row in picked:
        bygg.advise(request.actor, row, form.cleaned_data["dag"])
    if any(row.saknar_motivering for row in picked):
        return _review(request, form, rows, picked, 422)
    for row in picked:
        bygg.do(request.actor, row, form.cleaned_data["dag"], skicka="tyst" not in request.POST)
    left = [row for row in picked if not row.gjord]
    return _show(request, "resultat", form, left, gjorda=[row for row in picked if row.gjord])


def _show(
    request: ActorRequest, page: str, form: MoteForm, rows: list[bygg.Motesrad], status: int = 200, **more: Any
) -> HttpResponse:
    silent = [row for row in rows if row.saknar_motivering] if status == 422 and page == "granska" else []
    context = {
        "form": form,
        "rader": rows,
        "valda": [row for row in rows if row.act],
        "ovalda": [row for row in rows if not row.act],
        "moten": fragor.known_meetings(request.actor),
        "tyst": "tyst" in request.POST,
        "fel": [*(item for row in rows for item in row.fel), *(row.motiveringsfel for row in silent)],
        "saknar_motivering": bool(silent),
        **more,
    }
    return render(request, f"mote/{page}.html", context, status=status)
