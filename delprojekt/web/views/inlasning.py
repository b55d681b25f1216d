"""Reading in a list of delprojekt: upload, review, confirm."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.inlasning import keep_list, read_in, read_kept
from delprojekt.actions.takt import Ogiltigt
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
            return redirect("granska_lista", keep_list(request.actor, upload).pk)
        except (Olaslig, Ogiltigt) as error:
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
    """Line by line what reading in the list would do; nothing is done before it is confirmed."""
    only_movers(request)
    row = _list(request, pk)
    try:
        found = read_kept(row)
        form = ValForm(*((request.POST,) if request.method == "POST" else ()), lista=found)
        if form.is_bound and form.is_valid() and _read_in(request, pk, form):
            return redirect("inflyttning")
    except Olaslig as error:
        return render(request, "inlasning/granska.html", {"rad": row, "olaslig": str(error)}, status=409)
    chosen: Any = set(map(str, request.POST.getlist("val"))) if form.is_bound else None
    context = {"rad": row, "form": form, **review(found, plan(request.actor, found), chosen)}
    return render(request, "inlasning/granska.html", context, status=422 if form.is_bound else 200)


def _read_in(request: ActorRequest, pk: int, form: ValForm) -> bool:
    """Read in what was chosen. Out: whether it went well; else the form says which line is wrong."""
    try:
        messages.success(request, read_in(request.actor, pk, form.cleaned_data["val"]))
    except Ogiltigt as error:
        form.add_error("val", str(error))
        return False
    return True


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
