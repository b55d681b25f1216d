"""Pages about the portal: accessibility, personal data, help, appearance, and the gallery of components."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from delprojekt.web import context, exempel
from delprojekt.web.hjalp import GUIDER

# Who supervises lagen (2018:1937); TILLSYN in the settings when the task moves to another authority.
TILLSYN = {"namn": "Myndigheten för digital förvaltning (Digg)", "url": "https://www.digg.se/tdosanmalan"}
BEDOMD = date(2026, 11, 22)
UPPDATERAD = date(2026, 11, 22)
YEAR = int(timedelta(days=365).total_seconds())


@login_not_required
@require_safe
def galleri(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented data."""
    return render(request, "galleri.html", exempel.gallery())


@login_not_required
@require_safe
def tillganglighet(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that lagen (2018:1937) demands."""
    facts = {"tillsyn": getattr(settings, "TILLSYN", TILLSYN), "bedomd": BEDOMD, "uppdaterad": UPPDATERAD}
    return render(request, "om/tillganglighet.html", facts)


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
@require_POST
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
