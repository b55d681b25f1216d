"""The answer when something breaks: a page that needs nothing else to work, and a reference to find the fault by."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def serverfel(request: HttpRequest) -> HttpResponse:
    """Return the 500 page with a reference; the log has the same reference beside the address (never what was sent)."""
    reference = secrets.token_hex(4).upper()
    logger.error("Referens %s: %s %s", reference, request.method, request.path)
    return HttpResponse(render_to_string("500.html", {"referens": reference}), status=500)
