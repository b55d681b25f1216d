"""Lists and the pages of one delprojekt."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.forslag import create_forslag
from delprojekt.models import Beslutshandling, Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.policy.avgor import decide, explain
from delprojekt.process.synlighet import Noun, manga_flikar
from delprojekt.process.uppgift import RATTAS_PA_PLATS
from delprojekt.queries import delar, efterhand
from delprojekt.queries.delprojekt import (
    Delprojektsida,
    continued_by,
    get_visible,
    pending_for,
    read_page,
    recent_events,
)
from delprojekt.queries.historik import read_corrections
from delprojekt.queries.paminnelse import last_reminders
from delprojekt.web import flikar, historik, kommentarer, vymodell
from delprojekt.web.filer import attachment
from delprojekt.web.forms.forslag import ForslagForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.rollsida import menu


@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """The start page: what waits for you first, then what has happened."""
    context = {
        "vantar": kommentarer.asked(request.actor) + vymodell.waiting_rows(pending_for(request.actor)),
        "handelser": vymodell.events_with_links(recent_events(request.actor, 10)),
        "roller": vymodell.role_words(request.actor),
        "hjalp": vymodell.guides(request.actor),
        "sidor": [{"namn": name, "url": url} for url, name in menu(request.actor)],
    }
    return render(request, "delprojekt/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nytt(request: ActorRequest) -> HttpResponse:
    """Write a new förslag."""
    form = ForslagForm(request.POST or None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        return redirect(create_forslag(request.actor, form.cleaned_data))
    status = 422 if request.method == "POST" else 200
    return render(request, "delprojekt/nytt.html", {"form": form}, status=status)


def page_of(request: ActorRequest, pk: int, events: int = 8) -> Delprojektsida:
    """Return what the page of a delprojekt needs. Raises Http404 when it is not the actor's to see."""
    try:
        return read_page(request.actor, get_visible(request.actor, pk), events=events)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error


def frame(request: ActorRequest, page: Delprojektsida, current: str) -> dict[str, Any]:
    """Return what every tab of a delprojekt shows above its own: where it stands, and the other tabs."""
    pk = page.delprojekt.pk
    urls = {name: reverse("flik", args=[pk, name]) for name in flikar.FLIKAR}
    urls |= {"oversikt": page.delprojekt.get_absolute_url(), "handelser": reverse("historik", args=[pk])}
    return {
        "sida": page,
        "delprojekt": page.delprojekt,
        "rail": vymodell.rail(page.rail),
        "sidolage": vymodell.side_state(page),
        "ton": vymodell.status_tone(page.delprojekt),
        "ord": vymodell.status_word(page.delprojekt),
        "mening": vymodell.status_sentence(page),
        "forsenat": vymodell.overdue(page),
        **flikar.tabs(page, current, urls, all_of_them=manga_flikar(request.actor, pk)),
        "vill_andra": vymodell.wishes(page),
    }


@require_safe
def visa(request: ActorRequest, pk: int) -> HttpResponse:
    """THE page of a delprojekt: where, whose turn, what is needed, what may be done."""
    page = page_of(request, pk)
    reads = Noun.DELPROJEKT in page.ser
    deviates = reads and page.lage.har(Faktumslag.AVVIKELSE)
    context = frame(request, page, "oversikt") | {
        "varfor": vymodell.why_here(page),
        "fortsattningar": continued_by(request.actor, page.delprojekt),
        "nasta": vymodell.next_card(page, request.actor) if reads else None,
        "grupper": vymodell.groups(page),
        "handelser": vymodell.events(page.handelser),
        "avvikelser": delar.facts(request.actor, page.delprojekt, Faktumslag.AVVIKELSE) if deviates else [],
        "paminnelser": last_reminders(request.actor, page.delprojekt) if reads else [],
        "okant": efterhand.unknown(request.actor, page.delprojekt) if reads and page.lage.inlagt else [],
        "komplettera": flikar.link(request.actor, page, Act.KOMPLETTERA_I_EFTERHAND) if page.lage.inlagt else "",
        "filer": efterhand.files(request.actor, page.delprojekt) if page.lage.inlagt else [],
        "personer": delar.people(request.actor, page.delprojekt) if reads else [],
        "regioner": delar.participants(request.actor, page.delprojekt),
    }
    return render(request, "delprojekt/visa.html", context)


@require_safe
def flik(request: ActorRequest, pk: int, namn: str) -> HttpResponse:
    """A tab with what it holds; one that holds nothing for this person does not exist."""
    page = page_of(request, pk, events=0)
    context = frame(request, page, namn)
    if namn not in flikar.FLIKAR or namn not in flikar.with_content(page):
        raise Http404
    context["okant"] = page.fore_portalen(flikar.ARBETE_I.get(namn))
    context |= flikar.FLIKAR[namn](request.actor, page)
    return render(request, f"delprojekt/flik_{namn}.html", context)


@require_safe
def uppgifter(request: ActorRequest, pk: int) -> HttpResponse:
    """What can be corrected, for those who may."""
    page = page_of(request, pk, events=0)
    decision = decide(request.actor, Act.RATTA_UPPGIFT, page.lage)
    if not decision.allowed:
        raise PermissionDenied(explain(decision, page.lage))
    rows = delar.correctable(request.actor, page.delprojekt)
    context = frame(request, page, "handelser") | {
        "uppgifter": [flikar.uppgift(page, *row) for row in rows],
        "rattat": historik.corrections(read_corrections(request.actor, page.delprojekt, *RATTAS_PA_PLATS)),
    }
    return render(request, "delprojekt/uppgifter.html", context)


@require_safe
def handling(request: ActorRequest, pk: int, handling: int) -> FileResponse:
    """A region's document, always as a download: an uploaded file is never shown inline."""
    try:
        paper = delar.get_paper(request.actor, get_visible(request.actor, pk), handling)
    except (Delprojekt.DoesNotExist, Beslutshandling.DoesNotExist) as error:
        raise Http404 from error
    if not paper.fil:
        raise Http404
    try:
        return attachment(paper.fil.open("rb"), flikar.file_name(paper))
    except FileNotFoundError as error:
        raise Http404 from error
