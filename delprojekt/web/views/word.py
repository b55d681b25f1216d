"""Sections out to Word and in again: nothing changes in the portal before somebody has seen the difference."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.takt import Ogiltigt
from delprojekt.actions.wordfil import Intaget, keep_word, place, take_in, take_out
from delprojekt.documents.errors import DokumentFel
from delprojekt.documents.granska.forald import Bildkopia, omkoda
from delprojekt.documents.granska.slag import Filslag
from delprojekt.documents.wordintag import INTE, left_over, plan
from delprojekt.documents.wordtext import Olaslig, read_picture
from delprojekt.models import Delprojekt, Mallavsnitt, Wordfil
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries.delprojekt import get_visible
from delprojekt.queries.wordfil import get_word_file, own_word_file
from delprojekt.web import skrivbord, word
from delprojekt.web.filer import attachment, download, shown
from delprojekt.web.forms.word import InlamningForm, IntagForm, PlaceringForm, UttagForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only

STANGT = "Delprojektet har gått vidare till ett steg där avsnitten inte skrivs. Inget ändrades."


def _desk(request: ActorRequest, pk: int) -> skrivbord.Bord:
    """Return the desk. Raises Http404, or PermissionDenied for somebody who does not write there now."""
    bord = skrivbord.open_desk(request, pk)
    if not bord.rader:
        raise PermissionDenied(STANGT)
    return bord


@require_safe
def sida(request: ActorRequest, pk: int) -> HttpResponse:
    """Take sections out, or hand a file in."""
    bord = _desk(request, pk)
    ticked = word.ticked(request, bord, request.GET.get("val", "alla"))
    out = UttagForm(choices=word.choices(bord), initial={"avsnitt": ticked})
    return render(request, "word/sida.html", word.front(request, bord, out, InlamningForm()))


@post_only("word", "pk")
def hamta(request: ActorRequest, pk: int) -> HttpResponse:
    """The chosen sections as a Word file."""
    bord = _desk(request, pk)
    form = UttagForm(request.POST, choices=word.choices(bord))
    try:
        if form.is_valid():
            made = take_out(request.actor, bord.delprojekt, form.cleaned_data["avsnitt"])
            number = bord.delprojekt.beteckning.replace(":", "-") or str(pk)
            name = f"{number}_{bord.dokument}_arbetsfil_{idag():%Y-%m-%d}.docx"
            return download(made, name, Filslag.DOCX.value.typ)
    except (DokumentFel, Refused) as error:
        form.add_error(None, str(error))
    except Mallavsnitt.DoesNotExist:
        form.add_error(None, STANGT)
    context = word.front(request, bord, form, InlamningForm())
    return render(request, "word/sida.html", context, status=422)


@post_only("word", "pk")
def lamna_in(request: ActorRequest, pk: int) -> HttpResponse:
    """A Word file: read and kept. Straight to the difference if every part of it is known again."""
    bord = _desk(request, pk)
    form = InlamningForm(request.POST, request.FILES, use_required_attribute=False)
    try:
        if form.is_valid():
            row = keep_word(request.actor, bord.delprojekt, form.cleaned_data["fil"])
            known = row.innehall["delar"][0]["marke"] and not left_over(row, set(row.placering.values()) - {INTE})
            return redirect("word_skillnad" if known else "word_granska", pk, row.pk)
    except (Olaslig, Ogiltigt, Refused) as error:
        form.add_error("fil", str(error))
    except Mallavsnitt.DoesNotExist:
        form.add_error("fil", STANGT)
    out = UttagForm(choices=word.choices(bord), initial={"avsnitt": word.ticked(request, bord, "alla")})
    return render(request, "word/sida.html", word.front(request, bord, out, form), status=422)


def _open(request: ActorRequest, pk: int, fil: int) -> tuple[skrivbord.Bord, Wordfil, list[Mallavsnitt]]:
    bord = _desk(request, pk)
    try:
        row = get_word_file(request.actor, bord.delprojekt, fil)
    except Wordfil.DoesNotExist as error:
        raise Http404 from error
    if row.omgang_id != bord.omgang.pk:
        raise Http404
    return bord, row, [one.rad.mall for one in bord.texter]


@require_http_methods(["GET", "HEAD", "POST"])
def granska(request: ActorRequest, pk: int, fil: int) -> HttpResponse:
    """Which section each part of a file belongs to: guessed, and chosen by the one who handed it in."""
    bord, row, targets = _open(request, pk, fil)
    form = PlaceringForm(*((request.POST,) if request.method == "POST" else ()), row=row, targets=targets)
    if form.is_bound and form.is_valid():
        if any(form.placering.values()):
            place(request.actor, row, form.placering, ersatter=form.cleaned_data["ersatter"])
            return redirect("word_skillnad", pk, fil)
        form.add_error(None, "Välj avsnitt för minst en del av filen.")
    status = 422 if form.is_bound else 200
    return render(request, "word/granska.html", word.placing(bord, row, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def skillnad(request: ActorRequest, pk: int, fil: int) -> HttpResponse:
    """What differs, section by section; what is ticked is taken in when it is confirmed."""
    bord, row, targets = _open(request, pk, fil)
    found = plan(request.actor, bord.delprojekt, row, targets)
    form = IntagForm(
        *((request.POST,) if request.method == "POST" else ()), choices=[(one.nyckel, one.rubrik) for one in found]
    )
    if form.is_bound and form.is_valid() and _take(request, bord, row, form):
        return redirect("skriv", pk)
    if form.is_bound:
        found = plan(request.actor, bord.delprojekt, row, targets)
    context = word.difference(bord, row, found, targets)
    if form.is_bound:
        _as_ticked(context["andrade"], form)
    return render(request, "word/skillnad.html", {**context, "form": form}, status=422 if form.is_bound else 200)


def _as_ticked(sections: list[word.Item], form: IntagForm) -> None:
    for one in sections:
        one["vald"] = one["nyckel"] in form.data.getlist("ta") and not one["redan"]  # type: ignore[attr-defined]
        one["val"] = form.data.get(f"val-{one['nyckel']}", "")


def _take(request: ActorRequest, bord: skrivbord.Bord, row: Wordfil, form: IntagForm) -> bool:
    """Take in what was ticked. Out: whether nothing is left to choose."""
    try:
        done: Intaget = take_in(request.actor, bord.delprojekt, row, form.valda())
    except Refused as error:
        form.add_error(None, str(error))
        return False
    except Mallavsnitt.DoesNotExist:
        form.add_error(None, STANGT)
        return False
    if done.tagna:
        messages.success(request, f"Taget in ur Word: {', '.join(done.tagna)}. Det som stod finns kvar som versioner.")
    for text in done.fel:
        messages.warning(request, text)
    if done.krockar:
        form.add_error("ta", "Välj hur du vill ha det i de avsnitt där samma stycke har ändrats på båda håll.")
    if done.osedda:
        names = ", ".join(done.osedda)
        text = f"Har ändrats i portalen medan du läste: {names}. Läs skillnaden igen innan du tar in det."
        form.add_error("ta", text)
    elif not done.krockar and not done.tagna and not done.fel:
        messages.info(request, "Det du valde står redan så i portalen. Inget ändrades.")
    return not done.krockar and not done.osedda


@require_safe
def original(request: ActorRequest, pk: int, fil: int) -> FileResponse:
    """The file as it came."""
    _, row, _ = _open(request, pk, fil)
    try:
        return attachment(row.fil.open("rb"), row.filnamn)
    except FileNotFoundError as error:
        raise Http404 from error


@require_safe
def bild(request: ActorRequest, fil: int, namn: str) -> HttpResponse:
    """A picture of a file that has not been taken in: a clean copy, to the one who handed the file in."""
    try:
        row = own_word_file(request.actor, fil)
        get_visible(request.actor, row.omgang.delprojekt_id)
        with tempfile.NamedTemporaryFile(prefix="sfbv-word-") as part, row.fil.open("rb") as file:
            part.write(read_picture(file, namn))
            part.flush()
            made = omkoda(Path(part.name))
    except (Wordfil.DoesNotExist, Delprojekt.DoesNotExist, LookupError, FileNotFoundError) as error:
        raise Http404 from error
    if not isinstance(made, Bildkopia):
        raise Http404
    return shown(HttpResponse(made.data, content_type=made.slag.value.typ))
