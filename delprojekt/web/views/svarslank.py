"""The personal link: one question, one answer, no account. It shows what the question is about and nothing else.

The address in the mail is the key. It is used once, to open the question in this browser: then the session knows
which questions are open, and the page has an address that says nothing to a log, a history or another site.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt, RedanGjort
from delprojekt.models import Svarslank
from delprojekt.process.policy.avgor import Refused, decide
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.delprojekt import read_step
from delprojekt.queries.svarslank import NO_LONGER, act_of, contact_of, delprojekt_of, get_link, read_link, why_closed
from delprojekt.web.forms import ActForm, Rum, form_for
from delprojekt.web.sparr import may_try

OPENED = "svarslankar"


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD"])
def svarslank(request: HttpRequest, token: str) -> HttpResponse:
    """Open the question that a link leads to. Guessing is slowed down; a link that is not ours says nothing."""
    link = read_link(SYSTEM, token)
    if link is None:
        page, status = ("okand", 404) if may_try(request, "svarslank") else ("for_manga", 429)
        return _private(render(request, f"svarslank/{page}.html", status=status))
    request.session[OPENED] = sorted({*request.session.get(OPENED, []), link.pk})
    return _private(redirect("svarslank_oppnad", pk=link.pk))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def oppnad(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question that is opened in this browser, or take the answer. One that is closed answers 409."""
    link = get_link(SYSTEM, pk) if pk in request.session.get(OPENED, []) else None
    if link is None:
        return _private(render(request, "svarslank/okand.html", status=404))
    room = _room(link)
    if request.method != "POST":
        return _page(request, room, link, form_for(room.act)(rum=room))
    form = form_for(room.act)(request.POST, rum=room)
    if form.is_valid() and _answer(request, room, form):
        return _private(redirect("svarslank_oppnad", pk=pk))
    return _page(request, room, link, form)


def _room(link: Svarslank) -> Rum:
    actor = actor_for_link(link)
    delprojekt = delprojekt_of(actor, link)
    lage, omgang = read_step(actor, delprojekt)
    return Rum(actor=actor, act=act_of(actor, link), lage=lage, delprojekt=delprojekt, omgang=omgang, objekt=link.pk)


def _answer(request: HttpRequest, room: Rum, form: ActForm) -> bool:
    """Tell whether the answer was taken; if not, the form says why. The same form sent twice was taken."""
    try:
        perform(room.actor, room.act, room.delprojekt.pk, form.underlag(), nyckel=form.cleaned_data["nyckel"])
    except RedanGjort:
        return True
    except Ogiltigt as error:
        form.add_error(error.falt if error.falt in form.fields else None, str(error))
        return False
    except Refused:
        form.add_error(None, NO_LONGER)
        return False
    messages.success(request, "Tack! Ditt svar är lämnat till kansliet.")
    return True


def _page(request: HttpRequest, room: Rum, link: Svarslank, form: ActForm) -> HttpResponse:
    if form.is_bound:
        link = get_link(SYSTEM, link.pk) or link  # it may have been answered or decided while this was sent
    closed = why_closed(room.actor, link) or ("" if decide(room.actor, room.act, room.lage).allowed else NO_LONGER)
    context: dict[str, Any] = {
        "delprojekt": room.delprojekt,
        "svarslank": link,
        "stangd": closed,
        "form": form,
        "kontakt": contact_of(room.actor, room.delprojekt, link),
    }
    sent = 409 if closed else 422
    return _private(render(request, "svarslank/svara.html", context, status=sent if form.is_bound else 200))


def _private(response: HttpResponse) -> HttpResponse:
    """The page is one person's: it is not indexed."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
