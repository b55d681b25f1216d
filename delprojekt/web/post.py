"""What a form sends: addresses that take nothing else, and the numbers in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

SIFFROR = 9
"""So many digits a number in a request has at most: a key or a version, and within what the database holds."""
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


def number(word: str) -> int:
    """Return the number that a request holds; 0 for what is none."""
    return int(word) if word.isdecimal() and len(word) <= SIFFROR else 0
