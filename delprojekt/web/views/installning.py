"""The settings of the sjukvårdsregion and of each region."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from delprojekt.actions.installning import change_region, change_settings
from delprojekt.process.forvaltning import Adminact, EjTillatet, far, krav_att_far, ser_installningar
from delprojekt.queries.installning import changes, read_regions, read_settings
from delprojekt.web import personer
from delprojekt.web.forms.installning import GemensammaForm, RegionForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only


def _weigh(request: ActorRequest) -> None:
    try:
        krav_att_far(request.actor, Adminact.ANDRA_INSTALLNINGAR)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error


def _receipt(request: ActorRequest, said: list[str]) -> HttpResponse:
    messages.success(request, " ".join(said) or "Inget var ändrat.")
    return redirect("installningar")


@require_http_methods(["GET", "HEAD", "POST"])
def installningar(request: ActorRequest) -> HttpResponse:
    """Show all settings; change what the regions share. Who may only read sees them as text."""
    changes_them = far(request.actor, Adminact.ANDRA_INSTALLNINGAR)
    if request.method == "POST" or not ser_installningar(request.actor):
        _weigh(request)
    form = GemensammaForm(request.POST or None, root=read_settings(request.actor))
    if request.method == "POST" and form.is_valid():
        return _receipt(request, change_settings(request.actor, form.cleaned_data))
    context = _page(request, form) | {"andrar": changes_them}
    return render(request, "installning/visa.html", context, status=422 if form.is_bound else 200)


def _said(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Return what a form holds as labels and words, for those who only look."""
    found = []
    for field in form:
        value, choices = field.value(), dict(getattr(field.field, "choices", ()))
        words = ("Ja" if value else "Nej") if isinstance(field.field, forms.BooleanField) else choices.get(value, value)
        found.append({"etikett": field.label, "varde": words, "url": ""})
    return found


def _page(request: ActorRequest, form: GemensammaForm) -> dict[str, Any]:
    regions = [RegionForm(region=region) for region in read_regions(request.actor)]
    return {
        "form": form,
        "regioner": regions,
        "gemensamt": _said(form),
        "per_region": [{"namn": one.region.namn, "rader": _said(one)} for one in regions],
        "handelser": personer.events(changes(request.actor)),
    }


@post_only("installningar")
def region(request: ActorRequest, slug: str) -> HttpResponse:
    """Change what one region asks for."""
    _weigh(request)
    found = next((row for row in read_regions(request.actor) if row.slug == slug), None)
    if found is None:
        raise Http404
    form = RegionForm(request.POST, region=found)
    form.full_clean()  # two ticks: nothing can be wrong
    return _receipt(request, change_region(request.actor, slug, form.cleaned_data))
