"""The register of people: the list, one person, and what is done with somebody."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.forvaltning import add_person
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Innehav, Person
from delprojekt.process.forvaltning import Adminact, EjTillatet, far, krav_att_far, ser_personer
from delprojekt.queries.person import get_held, get_person, load, mandates, people, read_person, representation
from delprojekt.web import personer
from delprojekt.web.filters import PersonFilter
from delprojekt.web.forms.person import FORMS, Personform, UppgifterForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.sparning import save

PER_SIDA = 50


def _may_look(request: ActorRequest) -> None:
    if not ser_personer(request.actor):
        raise PermissionDenied("Registret är till för kansliet. Dina egna uppgifter finns under Ditt konto.")


@require_safe
def lista(request: ActorRequest) -> HttpResponse:
    """Everybody the actor may find; the filter stands in the address."""
    _may_look(request)
    found = PersonFilter(request.GET, queryset=people(request.actor), request=request)
    page = Paginator(found.qs, PER_SIDA).get_page(request.GET.get("sida"))
    regions = representation(request.actor)
    context = {
        "filter": found,
        "sida": page,
        "rader": [personer.list_row(request.actor, row) for row in page.object_list],
        "far_lagga_till": far(request.actor, Adminact.REGISTRERA_PERSON),
        "regioner": regions,
        "utan": [row.region.namn for row in regions if not row.personer],
        "belastning": load(request.actor),
        "mandat": [(row, personer.last_day(row)) for row in mandates(request.actor)],
    }
    return render(request, "person/lista.html", context)


@require_safe
def visa(request: ActorRequest, pk: int) -> HttpResponse:
    """One person: uppgifter, konto, roles now and before, and what has been done."""
    _may_look(request)
    try:
        page = read_person(request.actor, pk)
    except Person.DoesNotExist as error:
        raise Http404 from error
    word, tone = personer.account_words(page.person)
    rows = {
        name: [personer.held_row(request.actor, page.person, row, may_end=name != "tidigare") for row in held]
        for name, held in (("nu", page.nu), ("framtida", page.framtida), ("tidigare", page.tidigare))
    }
    context = {
        "sida": page,
        "konto_ord": word,
        "konto_ton": tone,
        "roller": rows,
        "knappar": personer.buttons(request.actor, page),
        "handelser": personer.events(page.handelser),
    }
    return render(request, "person/visa.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: ActorRequest) -> HttpResponse:
    """Register somebody."""
    _weigh(request, Adminact.REGISTRERA_PERSON)
    form = UppgifterForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_person(request.actor, form.cleaned_data)
            messages.success(request, f"{made} är tillagd. Ge nu en roll, och öppna ett konto om det behövs.")
            return redirect("person", pk=made.pk)
        except Ogiltigt as error:
            form.add_error(error.falt, str(error))
    context = {"form": form, "act": Adminact.REGISTRERA_PERSON, "forklaring": "", "person": None}
    return render(request, "person/gor.html", context, status=422 if request.method == "POST" else 200)


def _weigh(request: ActorRequest, act: Adminact) -> None:
    try:
        krav_att_far(request.actor, act)
    except EjTillatet as error:
        raise PermissionDenied(str(error)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def gor(request: ActorRequest, pk: int, act: Adminact, objekt: int | None = None) -> HttpResponse:
    """Show the form of an act about somebody, or do it."""
    _weigh(request, act)
    person, held = _room(request, pk, act, objekt)
    if request.method != "POST":
        return _show(request, act, person, _form(request, pk, act), held)
    writes = pk if act is Adminact.ANDRA_PERSON else None
    do = _do(request, act, person, objekt)
    saved = save(request, act, partial(_form, request, pk, act), do, person=writes, om=pk)
    if not saved.klar:
        review = saved.status == 200 and not {"andra", "deras"} & set(request.POST)
        return _show(request, act, person, saved.form, held, status=saved.status, review=review)
    if not saved.inget:
        messages.success(request, "Det är gjort. Det syns bland händelserna längst ned.")
    return redirect("person", pk=person.pk)


def _form(request: ActorRequest, pk: int, act: Adminact, *sent: Any) -> Personform:
    return FORMS[act](*sent, actor=request.actor, person=get_person(request.actor, pk))


def _do(request: ActorRequest, act: Adminact, person: Person, objekt: int | None) -> Callable[[dict[str, Any]], object]:
    return lambda data: personer.DO[act](request.actor, person, data, objekt)


def _room(request: ActorRequest, pk: int, act: Adminact, objekt: int | None) -> tuple[Person, Innehav | None]:
    if (objekt is None) == (act is Adminact.AVSLUTA_ROLL):
        raise Http404
    try:
        person = get_person(request.actor, pk)
        return person, get_held(request.actor, person, objekt) if objekt else None
    except (Person.DoesNotExist, Innehav.DoesNotExist) as error:
        raise Http404 from error


def _show(
    request: HttpRequest,
    act: Adminact,
    person: Person,
    form: Personform,
    held: Innehav | None,
    *,
    status: int = 200,
    review: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "act": act,
        "person": person,
        "form": form,
        "forklaring": personer.FORKLARING.get(act, ""),
        "innehav": personer.role_words(held) if held else "",
        "granska": review,
        "kommer_att_ske": personer.hand_over_preview(form.actor, person, form.cleaned_data) if review else [],
    }
    return render(request, "person/gor.html", context, status=status)
