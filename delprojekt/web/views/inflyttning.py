"""Moving in what began before the portal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Inlagdfil
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import decide, explain
from delprojekt.process.steg import Steg
from delprojekt.queries.delprojekt import get_visible, moved_in
from delprojekt.queries.efterhand import get_file
from delprojekt.web import vymodell
from delprojekt.web.filer import attachment
from delprojekt.web.forms.inflyttning import InflyttningForm
from delprojekt.web.middleware import ActorRequest

OUTSIDE = Lage(steg=Steg.PROJEKTFORSLAG)


def only_movers(request: ActorRequest) -> None:
    """Raise PermissionDenied for those who may not move a delprojekt in."""
    decision = decide(request.actor, Act.LAGG_IN_PAGAENDE, OUTSIDE)
    if not decision.allowed:
        raise PermissionDenied(explain(decision, OUTSIDE))


@require_safe
def inflyttning(request: ActorRequest) -> HttpResponse:
    """What has been moved in, and the way to move in more: first the step it stands in."""
    only_movers(request)
    rows = [vymodell.list_row(row, request.actor) for row in moved_in(request.actor)]
    return render(request, "inflyttning/start.html", {"rader": rows, "steg": Steg.choices})


@require_http_methods(["GET", "HEAD", "POST"])
def lagg_in(request: ActorRequest) -> HttpResponse:
    """The form for a delprojekt in the step of the address (``?steg=namnd``); nothing is guessed."""
    only_movers(request)
    if request.GET.get("steg") not in Steg.values:
        return redirect("inflyttning")
    bound: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = InflyttningForm(*bound, steg=Steg(request.GET["steg"]), actor=request.actor)
    if bound and form.is_valid():
        try:
            return redirect(move_in(request.actor, form.underlag()))
        except Ogiltigt as error:
            form.add_error(error.falt if error.falt in form.fields else None, str(error))
    return render(request, "inflyttning/lagg_in.html", {"form": form}, status=422 if bound else 200)


@require_safe
def inlagd_fil(request: ActorRequest, pk: int, fil: int) -> FileResponse:
    """A file from before the portal, always as a download."""
    try:
        row = get_file(request.actor, get_visible(request.actor, pk), fil)
    except (Delprojekt.DoesNotExist, Inlagdfil.DoesNotExist) as error:
        raise Http404 from error
    return attachment(row.fil.open("rb"), row.filnamn)
