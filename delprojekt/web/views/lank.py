"""The personal link: one question, one answer, no account. It shows what the question is about and nothing else."""

from typing import Any

from allauth.core.internal import ratelimit
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
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, decide
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.delprojekt import read_step
from delprojekt.queries.svarslank import contact_of, delprojekt_of, read_link, why_closed
from delprojekt.web.forms import ActForm, Rum, form_for

ACT = Act.SVARA_PA_NOMINERING
NO_LONGER = "Frågan gäller inte längre."


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def lank(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question, or take the answer. Guessing is slowed down; a link that is not ours says nothing."""
    link = read_link(SYSTEM, token)
    if link is None:
        page, status = ("lank/okand.html", 404) if _may_try_again(request) else ("429.html", 429)
        return _private(render(request, page, status=status))
    room = _room(link)
    closed = why_closed(room.actor, link) or ("" if decide(room.actor, ACT, room.lage).allowed else NO_LONGER)
    form = form_for(ACT)(request.POST if request.method == "POST" and not closed else None, rum=room)
    if not form.is_bound:
        return _page(request, room, link, form, closed)
    if form.is_valid() and _answer(request, room, form):
        return _private(redirect("lank", token=token))
    return _page(request, room, link, form, closed, status=422)


def _may_try_again(request: HttpRequest) -> bool:
    """Count a link that is not ours; allauth's public door lets every GET through, so its inner one is asked."""
    return bool(ratelimit.consume(request, app="allauth.account", action="lank", limit_get=True))


def _room(link: Svarslank) -> Rum:
    actor = actor_for_link(link)
    delprojekt = delprojekt_of(actor, link)
    lage, omgang = read_step(actor, delprojekt)
    return Rum(actor=actor, act=ACT, lage=lage, delprojekt=delprojekt, omgang=omgang, objekt=link.pk)


def _answer(request: HttpRequest, room: Rum, form: ActForm) -> bool:
    """Tell whether the answer was taken; if not, the form says why."""
    try:
        perform(room.actor, ACT, room.delprojekt.pk, form.underlag(), nyckel=form.cleaned_data["nyckel"])
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


def _page(
    request: HttpRequest, room: Rum, link: Svarslank, form: ActForm, closed: str, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "delprojekt": room.delprojekt,
        "lank": link,
        "stangd": closed,
        "form": form,
        "kontakt": contact_of(room.actor, room.delprojekt),
    }
    return _private(render(request, "lank/svara.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is neither indexed nor told to the next site."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
