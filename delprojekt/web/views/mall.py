"""The shared template: kansliet edits a draft, sees it as a document, and lets it count (M7-1)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions import mall as gor
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.html import render_content
from delprojekt.documents.mall import build_preview
from delprojekt.documents.tree import Slag
from delprojekt.models import Mallavsnitt, Mallstatus, Mallversion
from delprojekt.process.forvaltning import Adminact, EjTillatet, far, krav_att_far, ser_installningar
from delprojekt.process.klocka import idag
from delprojekt.process.mall import borttagbar, flyttbar
from delprojekt.queries import mall as fragor
from delprojekt.web import personer
from delprojekt.web.forms.mall import MallavsnittForm, NyttAvsnittForm
from delprojekt.web.forms.sett import typed_words
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import number, post_only
from delprojekt.web.sparning import Sparning, save

ACT = Adminact.ANDRA_MALL
VISAS = (Slag.UPPDRAG, Slag.SLUTRAPPORT, Slag.UPPFOLJNINGSRAPPORT)
_TON = {Mallstatus.UTKAST: "pagar", Mallstatus.GALLANDE: "klar", Mallstatus.UTGANGEN: "ej_aktuell"}


def _weigh(request: ActorRequest) -> None:
    try:
        krav_att_far(request.actor, ACT)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error


def _version(request: ActorRequest, nummer: int) -> Mallversion:
    if not ser_installningar(request.actor):
        _weigh(request)
    try:
        return fragor.get_version(request.actor, nummer)
    except Mallversion.DoesNotExist as error:
        raise Http404 from error


def _section(request: ActorRequest, pk: int) -> Mallavsnitt:
    _weigh(request)
    try:
        return fragor.get_section(request.actor, pk)
    except Mallavsnitt.DoesNotExist as error:
        raise Http404 from error


def _gone(request: ActorRequest, form: type[MallavsnittForm | NyttAvsnittForm]) -> HttpResponse:
    """Answer that it is no longer part of a draft; what was typed meanwhile is shown, to be kept."""
    if request.method != "POST":
        raise Http404
    return render(request, "mall/stangt.html", {"svar": typed_words(form, request.POST)}, status=409)


@require_safe
def versioner(request: ActorRequest) -> HttpResponse:
    """Every version of the template, and what has been changed."""
    if not ser_installningar(request.actor):
        _weigh(request)
    found = fragor.versions(request.actor)
    context = {
        "rader": [{"rad": one, "ton": _TON[Mallstatus(one.status)]} for one in found],
        "utkast": next((one for one in found if one.status == Mallstatus.UTKAST), None),
        "andrar": far(request.actor, ACT),
        "handelser": personer.events(fragor.changes(request.actor)),
    }
    return render(request, "mall/versioner.html", context)


@require_safe
def visa(request: ActorRequest, nummer: int) -> HttpResponse:
    """The sections of a version; those of the draft can be changed."""
    version = _version(request, nummer)
    edits = version.status == Mallstatus.UTKAST and far(request.actor, ACT)
    rows = fragor.sections(request.actor, version)
    context = {
        "version": version,
        "ton": _TON[Mallstatus(version.status)],
        "andrar": edits,
        "avsnitt": [
            {"rad": row, "flyttas": edits and flyttbar(row.foralder), "tas_bort": edits and borttagbar(row.nyckel)}
            for row in rows
        ],
        "slag": VISAS,
        "kopieras": far(request.actor, ACT) and not edits and not fragor.has_draft(request.actor),
    }
    return render(request, "mall/visa.html", context)


@require_safe
def forhandsvisa(request: ActorRequest, nummer: int, slag: str) -> HttpResponse:
    """A kind of document as the version makes it: headings, with the guidance where the text will stand."""
    version = _version(request, nummer)
    if slag not in VISAS:
        raise Http404
    tree = build_preview(version, fragor.sections(request.actor, version), Slag(slag), idag())
    return render(request, "mall/forhandsvisa.html", {"version": version, "innehall": render_content(tree)})


@post_only("mallen")
def borja(request: ActorRequest) -> HttpResponse:
    """Begin a draft, of the version that counts or of an earlier one (``av``), or go to the one there is."""
    _weigh(request)
    try:
        draft = gor.begin_draft(request.actor, number(request.POST.get("av", "")) or None)
    except Mallversion.DoesNotExist as error:
        raise Http404 from error
    return redirect("mallversion", nummer=draft.nummer)


@require_http_methods(["GET", "HEAD", "POST"])
def avsnitt(request: ActorRequest, pk: int) -> HttpResponse:
    """Change heading and guidance of a section of the draft."""
    try:
        row = _section(request, pk)
    except Http404:
        return _gone(request, MallavsnittForm)

    def make(*sent: Any) -> MallavsnittForm:
        return MallavsnittForm(*sent, rad=_section(request, pk))

    def do(values: dict[str, Any]) -> str:
        return gor.change_section(request.actor, pk, values.get("rubrik", ""), values["vagledning"])

    try:
        saved = save(request, ACT, make, do) if request.method == "POST" else Sparning(make(), 200)
    except Http404:
        return _gone(request, MallavsnittForm)
    if saved.klar:
        messages.success(request, saved.gjort or "Inget var ändrat.")
        return redirect("mallversion", nummer=row.mallversion.nummer)
    return render(request, "mall/avsnitt.html", {"form": saved.form, "rad": row}, status=saved.status)


@require_http_methods(["GET", "HEAD", "POST"])
def nytt(request: ActorRequest, nummer: int) -> HttpResponse:
    """Add a section to the draft."""
    version = _version(request, nummer)
    _weigh(request)
    if version.status != Mallstatus.UTKAST:
        return _gone(request, NyttAvsnittForm)
    make = partial(NyttAvsnittForm, version=version)

    def do(values: dict[str, Any]) -> Mallavsnitt:
        return gor.add_section(request.actor, values["under"], values["rubrik"], values["vagledning"])

    saved = save(request, ACT, make, do) if request.method == "POST" else Sparning(make(), 200)
    if saved.klar:
        messages.success(request, f"{saved.gjort} lades till.")
        return redirect("mallversion", nummer=nummer)
    return render(request, "mall/nytt.html", {"form": saved.form, "version": version}, status=saved.status)


def _do(request: ActorRequest, nummer: int, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except Ogiltigt as error:
        messages.error(request, str(error))
    return redirect("mallversion", nummer=nummer)


@post_only("mallavsnitt", "pk")
def flytta(request: ActorRequest, pk: int) -> HttpResponse:
    """Move a section one place, up or down; the analysis follows its nuläge."""
    row = _section(request, pk)

    def act() -> str:
        moved = gor.move_section(request.actor, pk, -1 if "upp" in request.POST else 1)
        return f"{moved.rubrik} är nu {moved.nummer}."

    return _do(request, row.mallversion.nummer, act)


@require_http_methods(["GET", "HEAD", "POST"])
def ta_bort(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask whether a section is to be left out of the draft, and leave it out."""
    row = _section(request, pk)
    if request.method != "POST":
        return render(request, "mall/ta_bort.html", {"rad": row, "version": row.mallversion})
    act = partial(gor.remove_section, request.actor, pk)
    return _do(request, row.mallversion.nummer, lambda: f"{act()} är inte längre med i utkastet.")


@require_http_methods(["GET", "HEAD", "POST"])
def besluta(request: ActorRequest, nummer: int) -> HttpResponse:
    """Show how the draft differs from the version that counts, and let it count."""
    version = _version(request, nummer)
    _weigh(request)
    if request.method != "POST":
        if version.status != Mallstatus.UTKAST:
            return redirect("mallversion", nummer=nummer)
        rows = fragor.differences(request.actor, version)
        return render(
            request,
            "mall/besluta.html",
            {"version": version, "rader": rows, "sett": fragor.mark(request.actor, version)},
        )
    sett = request.POST.get("sett", "")
    return _do(request, nummer, lambda: f"{gor.decide(request.actor, sett)} gäller från i dag för nya uppdrag.")


@post_only("mallversion", "nummer")
def kasta(request: ActorRequest, nummer: int) -> HttpResponse:
    """Put the draft aside."""
    _weigh(request)
    return _do(request, nummer, lambda: f"{gor.discard_draft(request.actor)} är kastad. Den går att kopiera igen.")
