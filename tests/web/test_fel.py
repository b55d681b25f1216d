"""Error pages say what happened, what was kept and what to do, in Swedish, and never show the machinery."""

import logging
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from sfbv.urls import urlpatterns as portal

handler500 = "delprojekt.web.views.fel.serverfel"


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Break."""
    raise RuntimeError("hemligt")


urlpatterns = [*portal, path("prov/brister/", broken)]


@pytest.mark.parametrize("kod", ["400", "403", "403_csrf", "404", "413", "429", "500", "503"])
def test_an_error_page_needs_no_context(kod: str) -> None:
    html = render_to_string(f"{kod}.html")
    assert '<html lang="sv"' in html
    assert "Till startsidan" in html


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_fault_has_the_same_reference_on_the_page_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/prov/brister/?losen=hemligt")
    page = answer.content.decode()
    found = re.search(r"<kbd>([0-9A-F]{8})</kbd>", page)
    assert answer.status_code == 500
    assert found is not None
    lines = [record.getMessage() for record in caplog.records if record.name == "delprojekt.web.views.fel"]
    assert lines == [f"Referens {found[1]}: GET /prov/brister/"]
    assert "hemligt" not in page
    assert "Traceback" not in page
