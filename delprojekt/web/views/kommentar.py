"""Reading a report that is being written, and saying something of it: comments, answers, proposed changes (§5.4.1).

The posts work without scripts; a script that asks for JSON gets the column of comments drawn anew.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.andring import Andringskrock
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt, RedanGjort
from delprojekt.documents.tradar import placed
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries import kommentar as fragor
from delprojekt.queries.delar import Avsnittsrad
from delprojekt.web import kommentarer as vy
from delprojekt.web.forms.kommentar import AndringForm, KommentarForm, SvarForm, decided
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import number, post_only


@require_safe
def kommentarer(request: ActorRequest, pk: int) -> HttpResponse:
    """The sections to read, and what is said of them that nobody has seen to."""
    return render(request, "kommentar/alla.html", vy.whole(request, vy.open_reading(request, pk)))


@require_safe
def granska_avsnitt(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """One section as it is read, with what is said of it beside."""
    las = vy.open_reading(request, pk)
    return render(request, "kommentar/avsnitt.html", vy.reading(request, las, las.row(nyckel)))


@post_only("granska_avsnitt", "pk", "nyckel")
def kommentera(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """Write a comment."""
    las = vy.open_reading(request, pk)
    form = KommentarForm(request.POST, lasare=fragor.readers(request.actor, las.delprojekt))
    said = _do(request, Act.KOMMENTERA, las, nyckel, form)
    return _answer(request, las, nyckel, said, **({"form": form} if form.errors else {}))


@post_only("granska_avsnitt", "pk", "nyckel")
def svara(request: ActorRequest, pk: int, nyckel: str, kommentar: int) -> HttpResponse:
    """Answer a comment, hand it on, end it, open it again, or strike what one wrote."""
    las = vy.open_reading(request, pk)
    form = SvarForm(request.POST, pk=kommentar, lasare=fragor.readers(request.actor, las.delprojekt))
    said = _do(request, Act.BESVARA_KOMMENTAR, las, nyckel, form, kommentar=kommentar)
    return _answer(request, las, nyckel, said, **({"svar": (kommentar, form)} if form.errors else {}), till=kommentar)


def _do(request: ActorRequest, act: Act, las: vy.Lasning, nyckel: str, form: Any, **more: Any) -> str:
    """Do an act with what a form holds. Out: what was done; the form has the errors when nothing was."""
    las.row(nyckel)
    if not form.is_valid():
        return ""
    try:
        said = {**form.cleaned_data, **more, "avsnitt": nyckel}
        said["text"] = said.pop("skrivet", said.get("text", ""))
        return perform(request.actor, act, las.delprojekt.pk, said).mening
    except RedanGjort as error:
        return str(error)
    except Ogiltigt as error:
        field = "skrivet" if error.falt == "text" and "skrivet" in form.fields else error.falt
        form.add_error(field if field in form.fields else None, str(error))
    except Refused as error:
        form.add_error(None, str(error))
    return ""


def _answer(
    request: ActorRequest, las: vy.Lasning, nyckel: str, said: str, till: int = 0, **bound: Any
) -> HttpResponse:
    status = 422 if bound else 200
    if "application/json" in request.headers.get("Accept", ""):
        row = las.row(nyckel)
        html = row.avsnitt.html if row.avsnitt else ""
        shown = vy.panel(request.actor, las.delprojekt, las.omgang, las.lage, nyckel, html, **bound)
        context = {"kommentarer": shown, "fran": request.POST.get("fran", "")}
        drawn = render_to_string("kommentar/_panel.html", context, request)
        return JsonResponse({"panel": drawn, "mening": said, "antal": shown["antal"]}, status=status)
    if bound:
        return render(request, "kommentar/avsnitt.html", vy.reading(request, las, las.row(nyckel), **bound), status=422)
    messages.success(request, said)
    page = "skriv_avsnitt" if request.POST.get("fran") == "bord" else "granska_avsnitt"
    place = f"kommentar-{till}" if till else "kommentarer"
    return redirect(f"{reverse(page, args=[las.delprojekt.pk, nyckel])}#{place}")


@require_http_methods(["GET", "HEAD", "POST"])
def andringar(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """The proposed changes of a section, and where to propose one: block by block."""
    las = vy.open_reading(request, pk)
    row = las.row(nyckel)
    readers = fragor.readers(request.actor, las.delprojekt)
    if request.method == "POST":
        form = AndringForm(request.POST, lasare=readers)
        if said := _do(request, Act.FORESLA_ANDRING, las, nyckel, form):
            messages.success(request, said)
            return redirect("andringar", pk=pk, nyckel=nyckel)
        return _proposing(request, las, row, number(request.POST.get("stycke", "")), form, 422)
    first = vy.pointed_at(row, request.GET)
    return _proposing(request, las, row, first.get("stycke", -1), AndringForm(initial=first, lasare=readers), 200)


def _proposing(
    request: ActorRequest, las: vy.Lasning, row: Avsnittsrad, chosen: int, form: AndringForm, status: int
) -> HttpResponse:
    html = row.avsnitt.html if row.avsnitt else ""
    found = placed(fragor.threads(request.actor, las.delprojekt, las.omgang, row.mall.nyckel), row.mall.nyckel, html)
    return render(
        request, "kommentar/andringar.html", vy.proposing(request, las, row, found, chosen, form), status=status
    )


@post_only("andringar", "pk", "nyckel")
def avgor_andringar(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """Say yes or no to proposed changes. A block that has changed since is shown with both wordings."""
    las = vy.open_reading(request, pk)
    row = las.row(nyckel)
    try:
        said = {**decided(request.POST), "avsnitt": nyckel}
        messages.success(request, perform(request.actor, Act.AVGOR_ANDRINGSFORSLAG, pk, said).mening)
    except Andringskrock as clash:
        context = {"delprojekt": las.delprojekt, "rad": row, "krock": clash.nuvarande, "fran": request.POST.get("fran")}
        return render(request, "kommentar/krock.html", context, status=409)
    except RedanGjort as error:
        messages.info(request, str(error))
    except (Ogiltigt, Refused) as error:
        messages.error(request, str(error))
    if request.POST.get("fran") == "bord":
        return redirect(f"{reverse('skriv_avsnitt', args=[pk, nyckel])}#kommentarer")
    return redirect("andringar", pk=pk, nyckel=nyckel)
