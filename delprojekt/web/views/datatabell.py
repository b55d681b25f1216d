"""Tables of data: pasted or uploaded, looked at, saved, and put in a section. All of it without scripts too."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.datatabell import Tabellkrock, put_in_section, save_table
from delprojekt.documents.ritning import GICK_INTE
from delprojekt.documents.tabelldata import Olasbar
from delprojekt.models import Datatabell, Mallavsnitt
from delprojekt.process.datatabell import Data, Visning
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries.datatabell import get_table
from delprojekt.queries.skrivbord import Bordsrad
from delprojekt.web import datatabell as vy
from delprojekt.web import skrivbord
from delprojekt.web.filer import shown
from delprojekt.web.forms.datatabell import TabellForm, filled, opened, unread
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import number, post_only

INTE_DAR = "Tabellen står inte längre i avsnittet, så du kan inte ändra den här."


def _desk(request: ActorRequest, pk: int, nyckel: str) -> tuple[skrivbord.Bord, Bordsrad]:
    bord = skrivbord.open_desk(request, pk)
    row = bord.row(nyckel)
    if row is None:
        raise Http404
    return bord, row


def _table(request: ActorRequest, bord: skrivbord.Bord, pk: int | None) -> Datatabell | None:
    try:
        return get_table(request.actor, bord.delprojekt, bord.lage, bord.omgang, pk) if pk else None
    except Datatabell.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def redigera(request: ActorRequest, pk: int, nyckel: str, tabell: int | None = None) -> HttpResponse:
    """Make a table, or change one: the cells, what the columns hold, how it is shown, and how it will look."""
    bord = skrivbord.open_desk(request, pk)
    row = bord.row(nyckel)
    try:
        saved = _table(request, bord, tabell)
    except Http404:
        if request.method != "POST":
            raise
        return _closed(request, bord, nyckel, INTE_DAR)
    if row is None and request.method == "POST":
        return _closed(request, bord, nyckel)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _show(request, bord, row, _first(request, bord, nyckel, saved), saved)
    form = _form(request)
    if "spara" not in request.POST or not form.is_valid() or form.tabell is None:
        wrong = bool(form.errors)
        return _show(request, bord, row, form, saved, 422 if wrong else 200)
    return _save(request, bord, row, form, saved, form.tabell)


def _closed(request: ActorRequest, bord: skrivbord.Bord, nyckel: str, why: str = "") -> HttpResponse:
    """Show what somebody wrote of a table that they no longer write, so that it can be copied."""
    why = why or bord.stangt or skrivbord.closed(request.actor, bord.delprojekt, bord.lage, bord.omgang, nyckel)
    said = [request.POST.get(name, "") for name in ("rubrik", "kalla", "lasanvisning", "alt", "klistrat")]
    context = {"delprojekt": bord.delprojekt, "text": "\n\n".join(filter(None, said)), "varfor": why}
    head = {"rubrik": "Tabellen går inte att spara", "vad": "Du ändrar inte längre tabellen här"}
    return render(request, "delprojekt/stangt.html", context | head, status=409)


def _first(request: ActorRequest, bord: skrivbord.Bord, nyckel: str, saved: Datatabell | None) -> TabellForm:
    """Return the form as it is opened: of a table, of the section's facts (``?ur=fakta``), or empty."""
    if saved:
        return opened(saved)
    found = vy.from_facts(request.actor, bord, nyckel) if request.GET.get("ur") == "fakta" else None
    return found or TabellForm()


def _form(request: ActorRequest) -> TabellForm:
    """Return the form with what came; what cannot be read is said beside the field, and kept in it."""
    asked = "spara" in request.POST
    text = request.POST.get("klistrat", "")
    try:
        text = vy.cells_of(request.POST, request.FILES)
        form = filled(request.POST, text, krav=asked)
        form.is_valid()
    except Olasbar as error:
        post = request.POST.copy()
        post["klistrat"] = text
        form = unread(post)
        form.add_error("fil" if request.FILES.get("fil") else "klistrat", str(error))
    return form


def _save(
    request: ActorRequest, bord: skrivbord.Bord, row: Bordsrad, form: TabellForm, saved: Datatabell | None, data: Data
) -> HttpResponse:
    pk, nyckel = bord.delprojekt.pk, row.nyckel
    try:
        made = save_table(request.actor, bord.delprojekt, nyckel, vy.given(form, data), saved.pk if saved else None)
        placed = (
            not saved and "infoga" in request.POST and put_in_section(request.actor, bord.delprojekt, nyckel, made.pk)
        )
    except (Refused, Mallavsnitt.DoesNotExist) as error:
        form.add_error(None, str(error) if isinstance(error, Refused) else skrivbord.GATT_VIDARE)
        return _show(request, bord, row, form, saved, 409)
    except Datatabell.DoesNotExist:
        form.add_error(None, INTE_DAR)
        return _show(request, bord, row, form, saved, 409)
    except Tabellkrock as clash:
        form.add_error(None, vy.clash(request.actor, bord.delprojekt, clash.nuvarande))
        form.data["version"] = clash.nuvarande.version  # type: ignore[index]  # a copy of what came
        return _show(request, bord, row, form, saved, 409)
    messages.success(request, f"Tabellen ”{made.rubrik}” är sparad{' och står sist i avsnittet' if placed else ''}.")
    if made.visning != Visning.TABELL and made.diagram_id is None:
        messages.warning(request, GICK_INTE)
    return redirect("skriv_avsnitt", pk=pk, nyckel=nyckel)


def _show(
    request: ActorRequest,
    bord: skrivbord.Bord,
    row: Bordsrad,
    form: TabellForm,
    saved: Datatabell | None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "delprojekt": bord.delprojekt,
        "dokumentnamn": str(bord.dokument.label),
        "rad": row.rad,
        "form": form,
        "tabell": saved,
        "infoga": not request.POST.get("rubriker") or "infoga" in request.POST,
        "stangt": bord.stangt,
        **vy.preview(form, saved, ritar=request.method == "POST" and not bord.stangt),
    }
    return render(request, "datatabell/redigera.html", context, status=status)


@post_only("skriv_avsnitt", "pk", "nyckel")
def infoga(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """Put a table last in a section."""
    bord, _ = _desk(request, pk, nyckel)
    try:
        done = put_in_section(request.actor, bord.delprojekt, nyckel, number(request.POST.get("tabell", "")))
    except (Datatabell.DoesNotExist, Mallavsnitt.DoesNotExist):
        messages.error(request, "Välj vilken tabell som ska infogas.")
    except Refused as error:
        messages.error(request, str(error))
    else:
        said = "Tabellen står sist i avsnittet." if done else "Tabellen står redan i avsnittet."
        (messages.success if done else messages.info)(request, said)
    return redirect("skriv_avsnitt", pk=pk, nyckel=nyckel)


@require_safe
def diagram(request: ActorRequest, pk: int, nyckel: str, tabell: int, version: int) -> HttpResponse:
    """The diagram of a table, as the editor shows it. ``version`` only makes the address new when the table is."""
    bord, _ = _desk(request, pk, nyckel)
    row = _table(request, bord, tabell)
    if row is None or row.diagram is None:
        raise Http404
    return shown(HttpResponse(bytes(row.diagram.png), content_type="image/png"))
