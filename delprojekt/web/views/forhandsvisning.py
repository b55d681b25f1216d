"""The PDF beside the text at the desk."""

from typing import Any

from csp.constants import HEADER
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from delprojekt.actions.forhandsvisning import order_preview
from delprojekt.actions.handling import note_preview
from delprojekt.models import Delprojekt, Forhandsvisning
from delprojekt.queries.dokument import may_read_drafts
from delprojekt.queries.forhandsvisning import get_preview
from delprojekt.queries.handling import other_authority
from delprojekt.web import skrivbord
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only


def _desk(request: ActorRequest, pk: int) -> skrivbord.Bord:
    """Return the desk of somebody who reads the whole document, not only what they write of it. Raises Http404."""
    bord = skrivbord.open_desk(request, pk)
    if not may_read_drafts(request.actor, bord.delprojekt, bord.dokument):
        raise Http404
    return bord


def _row(request: ActorRequest, pk: int) -> tuple[Delprojekt, Forhandsvisning | None]:
    bord = _desk(request, pk)
    return bord.delprojekt, get_preview(request.actor, bord.delprojekt, bord.dokument)


def _told(pk: int, row: Forhandsvisning | None) -> dict[str, Any]:
    """Return how it goes, as the page and its script want it."""
    text, tone = "Ingen PDF är gjord än.", "vilar"
    if row is not None:
        text, tone = "PDF:en görs …", "pagar"
        if row.klar and row.fel:
            text, tone = row.fel, "nej"
        elif row.klar:
            pages = "1 sida" if row.sidor == 1 else f"{row.sidor} sidor"
            text, tone = f"{pages}, som texten stod {skrivbord.clock(row.gjord_at)}.", "klar"
    version = row.fingeravtryck[:12] if row else ""
    url = f"{reverse('pdf_fil', args=[pk])}?v={version}" if row and row.fil else ""
    return {"text": text, "ton": tone, "url": url, "status_url": reverse("pdf_status", args=[pk])}


def _context(request: ActorRequest, delprojekt: Delprojekt, row: Forhandsvisning | None) -> dict[str, Any]:
    shared = other_authority(request.actor, delprojekt)
    return {"delprojekt": delprojekt, "pdf": _told(delprojekt.pk, row), "delas_med": shared}


@require_safe
def sida(request: ActorRequest, pk: int) -> HttpResponse:
    """The PDF on a page of its own, and how it goes with it. Without scripts the page is loaded again."""
    delprojekt, row = _row(request, pk)
    return render(request, "skrivbord/pdf.html", _context(request, delprojekt, row))


@post_only("pdf", "pk")
def bestall(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for the PDF of what is written now. Says how it goes, as JSON to a script."""
    bord = _desk(request, pk)
    row = order_preview(request.actor, bord.delprojekt, bord.dokument)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(_told(pk, row))
    return redirect("pdf", pk)


@require_safe
def status(request: ActorRequest, pk: int) -> JsonResponse:
    """How it goes, for the page that waits."""
    return JsonResponse(_told(pk, _row(request, pk)[1]))


@require_safe
def fil(request: ActorRequest, pk: int) -> FileResponse:
    """The PDF, to be shown in the desk's own frame."""
    delprojekt, row = _row(request, pk)
    if row is None or not row.fil:
        raise Http404
    note_preview(request.actor, delprojekt, row)
    try:
        answer = FileResponse(row.fil.open("rb"), content_type="application/pdf")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer[HEADER] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
    answer["Cache-Control"] = "private, no-store"
    return answer
