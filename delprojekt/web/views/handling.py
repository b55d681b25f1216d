"""The register of allmänna handlingar: the list, its extract, and one page per handling."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.documents.kalkyl import to_csv, to_xlsx
from delprojekt.models import AllmanHandling
from delprojekt.queries import handling as register_of
from delprojekt.web import handlingar
from delprojekt.web.filer import download
from delprojekt.web.filters import HandlingFilter
from delprojekt.web.middleware import ActorRequest

PER_SIDA = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _found(request: ActorRequest) -> HandlingFilter:
    return HandlingFilter(request.GET, queryset=register_of.readable(request.actor), request=request)


@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """All handlingar the actor may read; the filter stands in the address and follows into the extract."""
    found = _found(request)
    page = Paginator(found.qs, PER_SIDA).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "filter": found,
        "sida": page,
        "rader": handlingar.rows(request.actor, page.object_list),
        "fraga": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "handling/lista.html", context)


@require_safe
def utdrag(request: ActorRequest, format_: str) -> HttpResponse:
    """The register as the filter shows it, as Excel or CSV."""
    rows = handlingar.extract(request.actor, _found(request).qs.prefetch_related("dokument__jobb"))
    match format_:
        case "xlsx":
            return download(to_xlsx("Registerutdrag", handlingar.RUBRIKER, rows), "registerutdrag.xlsx", _XLSX)
        case "csv":
            return download(to_csv(handlingar.RUBRIKER, rows), "registerutdrag.csv", "text/csv; charset=utf-8")
    raise Http404


@require_safe
def visa(request: ActorRequest, pk: int) -> HttpResponse:
    """One handling: what is registered, its numbers in every diarium, its file, and what it was before."""
    try:
        row = register_of.get_handling(request.actor, pk)
    except AllmanHandling.DoesNotExist as error:
        raise Http404 from error
    return render(request, "handling/visa.html", handlingar.page(request.actor, row))
