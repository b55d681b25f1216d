"""Pages about the portal: accessibility, personal data, help, appearance, and the gallery of components."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.redogorelse import report_fault, write_statement
from delprojekt.process.forvaltning import Adminact, EjTillatet, far, krav_att_far
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.redogorelse import latest_statement, versions
from delprojekt.web import context, exempel
from delprojekt.web.forms.redogorelse import RedogorelseForm, SynpunktForm
from delprojekt.web.hjalp import GUIDER
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only
from delprojekt.web.sparning import Sparning, save
from delprojekt.web.sparr import may_try

YEAR = int(timedelta(days=365).total_seconds())


@login_not_required
@require_safe
def galleri(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented data."""
    return render(request, "galleri.html", exempel.gallery())


@login_not_required
@require_safe
def tillganglighet(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that lagen (2018:1937) demands, and the form for what does not work."""
    return render(request, "om/tillganglighet.html", _statement(request, SynpunktForm()))


def _statement(request: HttpRequest, form: SynpunktForm) -> dict[str, Any]:
    actor = getattr(request, "actor", SYSTEM)
    return {
        "form": form,
        "redogorelse": latest_statement(actor),
        "far_andra": far(actor, Adminact.ANDRA_REDOGORELSE),
    }


@login_not_required
@post_only("tillganglighet")
def synpunkt(request: HttpRequest) -> HttpResponse:
    """Take in what somebody says does not work: it reaches the kansli by mail. A few an hour from each address."""
    form = SynpunktForm(request.POST)
    if not form.is_valid():
        return render(request, "om/tillganglighet.html", _statement(request, form), status=422)
    if not may_try(request, "synpunkt"):
        form.add_error(None, "Det har kommit många synpunkter från din adress. Vänta en timme, eller mejla kansliet.")
        return render(request, "om/tillganglighet.html", _statement(request, form), status=429)
    report_fault(**form.cleaned_data)
    messages.success(request, "Tack! Din synpunkt är skickad till kansliet.")
    return redirect("tillganglighet")


@require_http_methods(["GET", "HEAD", "POST"])
def redogorelse(request: ActorRequest) -> HttpResponse:
    """Write a new version of the statement; the earlier ones are kept."""
    try:
        krav_att_far(request.actor, Adminact.ANDRA_REDOGORELSE)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error
    saved = Sparning(_form_of_statement(request), 200)
    if request.method == "POST":
        do = partial(write_statement, request.actor)
        saved = save(request, Adminact.ANDRA_REDOGORELSE, partial(_form_of_statement, request), do)
    if saved.klar:
        if not saved.inget:
            messages.success(request, "Redogörelsen är ändrad.")
        return redirect("tillganglighet")
    context = {"form": saved.form, "versioner": versions(request.actor)}
    return render(request, "om/andra_redogorelse.html", context, status=saved.status)


def _form_of_statement(request: ActorRequest, *sent: Any) -> RedogorelseForm:
    return RedogorelseForm(*sent, nu=latest_statement(request.actor))


@login_not_required
@require_safe
def personuppgifter(request: HttpRequest) -> HttpResponse:
    """How personal data are handled (GDPR art. 13–14)."""
    return render(request, "om/personuppgifter.html")


@login_not_required
@require_safe
def hjalp(request: HttpRequest) -> HttpResponse:
    """ "Så här gör du": one short section for each role."""
    return render(request, "om/hjalp.html", {"guider": GUIDER})


@login_not_required
@post_only("start")
def utseende(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's choice of light or dark in a cookie, and go back to where they were."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("fargschema", "")
    if chosen in context.SCHEMES:
        response.set_cookie(
            context.SCHEME_COOKIE, chosen, max_age=YEAR, secure=settings.DRIFT, httponly=True, samesite="Lax"
        )
    return response
