"""The demo's outbox: the mail that a real installation would send."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.queries.utkorg import all_mail, whole_text
from delprojekt.web.filters import UtkorgFilter
from delprojekt.web.middleware import ActorRequest

PER_SIDA = 25


@require_safe
def utkorg(request: ActorRequest) -> HttpResponse:
    """All mail, in demo mode only: elsewhere mail is between the portal and its receiver. The filter is shared."""
    if not settings.DEMO:
        raise Http404
    found = UtkorgFilter(request.GET, queryset=all_mail(request.actor), request=request)
    page = Paginator(found.qs, PER_SIDA).get_page(request.GET.get("sida"))
    mail = [{"rad": row, "text": whole_text(request.actor, row)} for row in page.object_list]
    return render(request, "delprojekt/utkorg.html", {"filter": found, "sida": page, "utskick": mail})
