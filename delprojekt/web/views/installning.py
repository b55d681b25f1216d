"""The settings of the sjukvårdsregion and of each region."""

from functools import partial
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
from delprojekt.web.sparning import Sparning, save

ACT = Adminact.ANDRA_INSTALLNINGAR


def _weigh(request: ActorRequest) -> None:
    try:
        krav_att_far(request.actor, ACT)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error


def _receipt(request: ActorRequest, said: list[str]) -> HttpResponse:
    messages.success(request, " ".join(said) or "Inget var ändrat.")
    return redirect("installningar")


@require_http_methods(["GET", "HEAD", "POST"])
def installningar(request: ActorRequest) -> HttpResponse:
    """Show all settings; change what the regions share. Who may only read sees them as text."""
    changes_them = far(request.actor, ACT)
    if request.method == "POST" or not ser_installningar(request.actor):
        _weigh(request)
    if request.method != "POST":
        return _show(request, Sparning(_shared(request), 200), changes_them=changes_them)
    saved = save(request, ACT, partial(_shared, request), partial(change_settings, request.actor), region=None)
    return _receipt(request, saved.gjort) if saved.klar else _show(request, saved)


def _shared(request: ActorRequest, *sent: Any) -> GemensammaForm:
    return GemensammaForm(*sent, root=read_settings(request.actor))


def _show(request: ActorRequest, saved: Sparning, *, changes_them: bool = True) -> HttpResponse:
    context = _page(request, saved.form) | {"andrar": changes_them}
    return render(request, "installning/visa.html", context, status=saved.status)


def _said(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Return what a form holds as labels and words, for those who only look."""
    found = []
    for field in form.visible_fields():
        value, choices = field.value(), dict(getattr(field.field, "choices", ()))
        words = ("Ja" if value else "Nej") if isinstance(field.field, forms.BooleanField) else choices.get(value, value)
        found.append({"etikett": field.label, "varde": words, "url": ""})
    return found


def _page(request: ActorRequest, sent: GemensammaForm | RegionForm) -> dict[str, Any]:
    """Return what the page shows; the form that was sent stands in its place."""
    regions = [RegionForm(region=region) for region in read_regions(request.actor)]
    if isinstance(sent, RegionForm):
        regions = [sent if one.region == sent.region else one for one in regions]
    form = sent if isinstance(sent, GemensammaForm) else _shared(request)
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
    do = partial(change_region, request.actor, slug)
    saved = save(request, ACT, partial(_of_region, request, slug), do, region__slug=slug)
    return _receipt(request, saved.gjort) if saved.klar else _show(request, saved)


def _of_region(request: ActorRequest, slug: str, *sent: Any) -> RegionForm:
    found = next((row for row in read_regions(request.actor) if row.slug == slug), None)
    if found is None:
        raise Http404
    return RegionForm(*sent, region=found)
