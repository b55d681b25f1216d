"""Reading in a list of delprojekt: upload, review, confirm."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.inlasning import already, keep_list, read_in, read_kept
from delprojekt.actions.takt import RedanGjort
from delprojekt.models import Inlasning
from delprojekt.process.inlasning import Olaslig
from delprojekt.queries.inlasning import get_list, lists, plan
from delprojekt.web.filer import attachment, download
from delprojekt.web.forms.inlasning import ListaForm, ValForm
from delprojekt.web.inlasning import columns, review, sample
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.views.inflyttning import only_movers


@require_http_methods(["GET", "HEAD", "POST"])
def las_in(request: ActorRequest) -> HttpResponse:
    """How such a list looks, and where it is sent in. What came is kept and shown before anything is done."""
    only_movers(request)
    form = ListaForm(*((request.POST, request.FILES) if request.method == "POST" else ()), use_required_attribute=False)
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["fil"]
        try:
            return redirect("granska_lista", keep_list(request.actor, str(upload.name), upload.read()).pk)
        except Olaslig as error:
            form.add_error("fil", str(error))
    context = {
        "form": form,
        "kolumner": columns(),
        "listor": lists(request.actor),
    }
    return render(request, "inlasning/las_in.html", context, status=422 if form.is_bound else 200)


@require_safe
def exempel(request: ActorRequest) -> HttpResponse:
    """A list to begin from, as Excel opens it."""
    only_movers(request)
    return download(sample(), "exempel-delprojekt.csv", "text/csv; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def granska_lista(request: ActorRequest, pk: int) -> HttpResponse:
    """Line by line what reading in the list would do; nothing is done before it is confirmed, and then only once."""
    only_movers(request)
    row = _list(request, pk)
    try:
        return _review(request, row)
    except RedanGjort as error:
        messages.info(request, str(error))
        return redirect("inflyttning")
    except Olaslig as error:
        return render(request, "inlasning/olaslig.html", {"rad": row, "fel": str(error)}, status=409)


def _review(request: ActorRequest, row: Inlasning) -> HttpResponse:
    if request.method == "POST" and row.bekraftad_at:
        raise RedanGjort(already(row))
    found = read_kept(row)
    proposals = plan(request.actor, found)
    form = ValForm(*((request.POST,) if request.method == "POST" else ()), forslag=proposals)
    if form.is_bound and form.is_valid():
        messages.success(request, read_in(request.actor, row.pk, form.cleaned_data["val"]).resultat)
        return redirect("inflyttning")
    chosen: Any = set(map(str, request.POST.getlist("val"))) if form.is_bound else None
    context = {"rad": row, "form": form, **review(found, proposals, chosen, done=row.bekraftad_at is not None)}
    return render(request, "inlasning/granska.html", context, status=422 if form.is_bound else 200)


@require_safe
def listfil(request: ActorRequest, pk: int) -> FileResponse:
    """The list as it came in."""
    only_movers(request)
    row = _list(request, pk)
    try:
        return attachment(row.fil.open("rb"), row.filnamn)
    except FileNotFoundError as error:
        raise Http404 from error


def _list(request: ActorRequest, pk: int) -> Inlasning:
    try:
        return get_list(request.actor, pk)
    except Inlasning.DoesNotExist as error:
        raise Http404 from error
