"""The portal's addresses plus pages that only tests need: each error page, and pages made to fail."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from sfbv.urls import urlpatterns as portal

FAULTY = """<!DOCTYPE html><html><head><title></title></head><body><script>window.ran = true</script>
<svg width="900" height="9"></svg><font color="#aaaaaa">Svag text</font>
<img src="/finns-inte.png"><input></body></html>"""


@login_not_required
def error_page(request: HttpRequest, kod: str) -> HttpResponse:
    """Show an error page as it looks."""
    return render(request, f"{kod}.html", {"referens": "7F3K2"})


@login_not_required
def faulty(request: HttpRequest) -> HttpResponse:
    """A page with every fault the checks should find."""
    return HttpResponse(FAULTY)


urlpatterns = [
    *portal,
    path("", include("delprojekt.web.urls_om")),
    path("prov/fel/<str:kod>/", error_page),
    path("prov/trasig/", faulty),
]
