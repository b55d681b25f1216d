"""All delprojekt: list, board and timeline over the same filter, and the same as an Excel file."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.models import Delprojekt
from delprojekt.queries import urval
from delprojekt.queries.delprojekt import listed
from delprojekt.web import excelfil, tidslinje, vymodell
from delprojekt.web import lista as bygg
from delprojekt.web.filters import DelprojektFilter
from delprojekt.web.middleware import ActorRequest


def _chosen(request: ActorRequest) -> tuple[DelprojektFilter, QuerySet[Delprojekt]]:
    """Return the filter of the address and the rows it leaves, in the order of the address."""
    found = DelprojektFilter(request.GET, queryset=listed(request.actor), request=request)
    word = request.GET.get("ordning", "")
    rows = found.qs
    if word.removeprefix("-") in urval.ORDNINGAR:
        rows = urval.ordered(request.actor, rows, word)
    return found, rows


@require_safe
def lista(request: ActorRequest) -> HttpResponse:
    """All delprojekt the actor may see; the filter stands in the address, so that it can be shared."""
    found, rows = _chosen(request)
    view = request.GET.get("vy", "")
    view = view if view in bygg.VYER else "lista"
    context = bygg.frame(request, found, view) | _CONTENT[view](request, rows)
    return render(request, f"delprojekt/{view}.html", context)


def _as_list(request: ActorRequest, rows: QuerySet[Delprojekt]) -> dict[str, Any]:
    page = bygg.CappedPaginator(rows, bygg.PER_SIDA).get_page(request.GET.get("sida"))
    return {
        "sida": page,
        "rader": [vymodell.list_row(row, request.actor) for row in page.object_list],
        "kolumner": bygg.columns(request.GET),
    }


def _as_board(request: ActorRequest, rows: QuerySet[Delprojekt]) -> dict[str, Any]:
    columns = urval.board(request.actor, rows, bygg.PER_KOLUMN)
    return {"tavla": [bygg.board_column(request, column) for column in columns]}


def _as_timeline(request: ActorRequest, rows: QuerySet[Delprojekt]) -> dict[str, Any]:
    page = bygg.CappedPaginator(rows.prefetch_related(None), tidslinje.PER_SIDA).get_page(request.GET.get("sida"))
    shown = list(page.object_list)
    return {"sida": page, "bild": tidslinje.draw(urval.timeline(request.actor, shown)) if shown else None}


_CONTENT = {"lista": _as_list, "tavla": _as_board, "tidslinje": _as_timeline}


@require_safe
def excel(request: ActorRequest) -> HttpResponse | FileResponse:
    """The rows of the filter as an Excel file: what the list shows, all pages of it, and some more."""
    _, rows = _chosen(request)
    if rows.order_by()[: bygg.MAX_RADER + 1].count() > bygg.MAX_RADER:
        return render(request, "delprojekt/excel_for_stor.html", {"hogst": bygg.MAX_RADER})
    lines = (vymodell.file_row(row, request.actor) for row in urval.with_more(request.actor, rows))
    return FileResponse(excelfil.write(lines), as_attachment=True, filename=excelfil.file_name())
