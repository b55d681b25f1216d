"""The pages of the roles: kansliet, samarbetsgruppen, ledningsgruppen, a region, my working group."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delprojekt.models import Region
from delprojekt.process.act import Act
from delprojekt.process.fakta import Organslag
from delprojekt.process.mote import far_anteckna
from delprojekt.process.roller import Roll
from delprojekt.process.synlighet import SIDOR, Noun, Sida, egna_sidor, far_se_sida
from delprojekt.queries import delar, delrapport, ko
from delprojekt.queries import rollsida as fragor
from delprojekt.queries.arbete import called_to
from delprojekt.queries.delprojekt import read_page, regions
from delprojekt.web import rollsida as bygg
from delprojekt.web import vymodell
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.vantar import waiting


def _common(request: ActorRequest, sida: Sida, region: str | None = None) -> dict[str, Any]:
    """Return what every role page opens with. Raises Http404 when the page is not the actor's to see."""
    if not far_se_sida(request.actor, sida, region):
        raise Http404
    own = sida in egna_sidor(request.actor)
    return {"egen": own, "vantar": waiting(request.actor) if own else []}


@require_safe
def kansliet(request: ActorRequest) -> HttpResponse:
    """How all delprojekt stand: what kansliet tracks every day."""
    actor = request.actor
    common, standing = _common(request, Sida.KANSLIET), ko.standing(actor)
    context = common | {
        "obesvarade": fragor.unanswered(actor),
        "forsenade": bygg.table_rows(fragor.overdue(actor)),
        "lage": bygg.pipeline(standing.per_steg),
        "laget": standing,
        "ligger_hos": bygg.lying(fragor.lies_with(actor)),
        "moten": fragor.meetings(actor),
        "belastning": fragor.load(actor),
        "vilande": fragor.resting(actor),
        "sidor": bygg.others(actor, regions(actor)),
    }
    return render(request, "roll/kansliet.html", context)


@require_safe
def samarbetsgruppen(request: ActorRequest) -> HttpResponse:
    """What needs the regions' word, which reports are in, and what comes."""
    actor = request.actor
    reports = (Act.LAMNA_REGIONSYNPUNKT, Act.BEHANDLA_I_SAMARBETSGRUPPEN, Act.LAMNA_TILL_LEDNINGSGRUPPEN)
    context = _common(request, Sida.SAMARBETSGRUPPEN)
    waits = fragor.waits(actor, acts=(*reports, Act.REGISTRERA_BEHOV, Act.STAM_AV_MED_SAMARBETSGRUPPEN))
    context |= {
        "behov": bygg.table_rows(row for row in waits if row.act not in reports),
        "rapporter": bygg.table_rows(row for row in waits if row.act in reports),
        "delrapporter": bygg.interim(delrapport.latest(actor, Noun.ARBETSMATERIAL)),
        "moten": fragor.meetings(actor, Organslag.SAMARBETSGRUPP),
    }
    return render(request, "roll/samarbetsgruppen.html", context)


@require_safe
def ledningsgruppen(request: ActorRequest) -> HttpResponse:
    """What needs a stance or a decision, by meeting, and how the regions stand."""
    context = _common(request, Sida.LEDNINGSGRUPPEN) | {
        "moten": bygg.by_meeting(fragor.at_ledningsgruppen(request.actor)),
        "kommande": fragor.meetings(request.actor, Organslag.LEDNINGSGRUPP),
        "vilande": fragor.resting(request.actor),
        "antecknar": far_anteckna(request.actor),
        "delrapporter": bygg.interim(delrapport.latest(request.actor, Noun.DELGIVEN_DELRAPPORT, given=True)),
    }
    return render(request, "roll/ledningsgruppen.html", context)


@require_safe
def region(request: ActorRequest, slug: str) -> HttpResponse:
    """One region's commitments: what is asked, answered, introduced and followed up."""
    try:
        found = fragor.get_region(request.actor, slug)
    except Region.DoesNotExist as error:
        raise Http404 from error
    context = _common(request, Sida.REGIONER, slug)
    page = fragor.region_page(request.actor, found)
    context |= {
        "region": found,
        "fragat": bygg.table_rows(page.fragat),
        "nomineringar": bygg.nominations_asked(page.nomineringar),
        "svarat": page.svarat,
        "inforande": page.inforande,
        "hinder": page.hinder,
        "uppfoljning": [vymodell.list_row(row, request.actor) for row in page.uppfoljning],
        "namnd": [row for row in page.fragat if row.roll == Roll.REGIONKONTAKT],
    }
    return render(request, "roll/region.html", context)


@require_safe
def min_arbetsgrupp(request: ActorRequest) -> HttpResponse:
    """The delprojekt whose group I am in: where we are, what comes, what is written, who and when."""
    actor = request.actor
    context = _common(request, Sida.MIN_ARBETSGRUPP)
    rows = list(fragor.group_delprojekt(actor, SIDOR[Sida.MIN_ARBETSGRUPP][0]))
    if not rows:
        raise Http404
    chosen = next((d for d in rows if str(d.pk) == request.GET.get("delprojekt")), rows[0])
    page = read_page(actor, chosen, events=5)
    context |= bygg.group_page(page, chosen, rows, actor) | {
        "personer": delar.people(actor, chosen),
        "moten": fragor.meetings_of(actor, chosen),
        "kallad": called_to(actor, chosen),
    }
    return render(request, "roll/min_arbetsgrupp.html", context)
