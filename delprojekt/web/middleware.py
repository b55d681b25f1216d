"""Puts the one who asks on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from delprojekt.actions.person import seen
from delprojekt.process.roller import Actor
from delprojekt.queries.aktor import actor_for


class ActorRequest(HttpRequest):
    """A request from somebody who is logged in."""

    actor: Actor


def actor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware: ``request.actor`` is built when first asked for, once per request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            seen(request.user)
            request.actor = SimpleLazyObject(lambda: actor_for(request.user))  # type: ignore[attr-defined,arg-type]
        return get_response(request)

    return middleware
