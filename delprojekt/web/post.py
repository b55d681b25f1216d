"""Addresses that only take what a form sends."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def post_only(page: str, *names: str) -> Callable[[View], View]:
    """Let a view take POST only; whoever just opens its address is sent to the page that has the form.

    A login in between, an old tab or a bookmark opens such an address. In: the name of the page's address, and which
    of the view's arguments it has.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(page, **{name: kwargs[name] for name in names})

        return require_http_methods(["GET", "HEAD", "POST"])(answer)

    return decorate
