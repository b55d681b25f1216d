"""The demo's outbox: the mail that a real installation would send."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.queries.utkorg import latest_mail, whole_text
from delprojekt.web.middleware import ActorRequest


@require_safe
def utkorg(request: ActorRequest) -> HttpResponse:
    """The latest mail, in demo mode only: elsewhere mail is between the portal and its receiver."""
    if not settings.DEMO:
        raise Http404
    mail = [{"rad": row, "text": whole_text(request.actor, row)} for row in latest_mail(request.actor, 100)]
    return render(request, "delprojekt/utkorg.html", {"utskick": mail})
