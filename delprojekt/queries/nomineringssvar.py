"""What the regions are asked for and have answered: the latest request to each counts (M4-4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from delprojekt.models import Delprojekt, Faktumrad, Kompetenskrav, Nominering, Nomineringssvar, Region, Uppdragsomgang
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import I_GRUPPEN
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.delprojekt import readable
from delprojekt.queries.grupp import Namnrad

FORETRADARE = "patient- eller närståendeföreträdare (bör finnas)"


def latest_answers(actor: Actor, requests: Iterable[Faktumrad]) -> QuerySet[Nomineringssvar]:
    """Return what counts of what the regions were asked: the latest row of each. In: the requests that count."""
    rows = Nomineringssvar.objects.filter(forfragan__in=list(requests)).order_by("region", "-pk").distinct("region")
    counting = Nomineringssvar.objects.filter(pk__in=rows.values("pk"))
    return counting.select_related("region", "forfragan", "svarat_av").order_by("region__ordning")


@dataclass(frozen=True)
class Forfragan:
    """The requests as they stand: the latest, what each region was asked and has answered, how many it put forward."""

    faktum: Faktumrad
    svar: list[Nomineringssvar]
    antal: dict[int, int]


def read_request(
    actor: Actor, delprojekt: Delprojekt, requests: Sequence[Faktumrad], nominees: Sequence[Namnrad]
) -> Forfragan | None:
    """Return the requests with their answers; who may not read them all reads those of the regions they speak for.

    In: the requests that count, newest first, and the nominees. One query.
    """
    if not requests:
        return None
    answers = latest_answers(actor, requests)
    if not ser(actor, Noun.NOMINERINGAR, delprojekt.pk, Steg(delprojekt.steg)):
        answers = answers.filter(region__slug__in=actor.regioner(Roll.SAMARBETSGRUPP))
    count: dict[int, int] = {}
    for line in nominees:
        if line.rad.region_id:
            count[line.rad.region_id] = count.get(line.rad.region_id, 0) + 1
    return Forfragan(requests[0], list(answers), count)


def _uncovered() -> QuerySet[Kompetenskrav]:
    rows = Kompetenskrav.objects.filter(struken_at=None)
    return rows.exclude(nomineringar__status__in=I_GRUPPEN).order_by("pk")


def _has_representative(omgang: OuterRef | Uppdragsomgang) -> QuerySet[Nominering]:
    return Nominering.objects.filter(omgang=omgang, roll=Roll.PATIENTFORETRADARE, status__in=I_GRUPPEN)


def wanted(actor: Actor, omgang: Uppdragsomgang) -> list[str]:
    """Return what the group still lacks: competences that nobody covers, and a patient representative. Two queries."""
    lacks = [str(row) for row in _uncovered().filter(omgang=omgang)]
    return lacks if _has_representative(omgang).exists() else [*lacks, FORETRADARE]


def request_words(actor: Actor, omgang: Uppdragsomgang, rows: Sequence[Nomineringssvar]) -> str:
    """Return what the mail to those who speak for some regions says: the last day, what is wanted, the message."""
    days = {row.till_date for row in rows}
    texts = dict.fromkeys(row.text for row in rows)
    by_region = "; ".join(f"{row.region} senast {skriv(row.till_date)}" for row in rows)
    last = f"Svara senast {skriv(next(iter(days)))}" if len(days) == 1 else f"Svara i tid ({by_region})"
    lacks = "\n".join(f"- {line}" for line in wanted(actor, omgang))
    parts = [
        f"{last}: nominera i portalen, eller svara att ingen nomineras." if days else "",
        f"Vi söker:\n{lacks}" if lacks else "",
        *texts,
        "Den som nomineras ska ha stämt av med sin närmsta chef.",
    ]
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Regionsfraga:
    """What one region is asked for in one delprojekt, and what that group still lacks."""

    svar: Nomineringssvar
    soks: list[str]


def asked_of(actor: Actor, region: Region) -> list[Regionsfraga]:
    """Return what a region is asked for now, the first last day first; only what the actor may read. Two queries."""
    path = "forfragan__delprojekt__"
    shown: Q = readable(actor, Noun.NOMINERINGAR, path)
    if region.slug in actor.regioner(Roll.SAMARBETSGRUPP):
        shown |= readable(actor, Noun.EGNA_NOMINERINGAR, path)
    now = Uppdragsomgang.objects.filter(delprojekt=OuterRef("forfragan__delprojekt")).order_by("-nummer")
    rows = Nomineringssvar.objects.filter(
        shown,
        region=region,
        forfragan__delprojekt__steg=Steg.UPPDRAG,
        forfragan__omgang=Subquery(now.values("pk")[:1]),
    )
    counting = rows.order_by("forfragan__delprojekt", "-pk").distinct("forfragan__delprojekt")
    found = (
        Nomineringssvar.objects.filter(pk__in=counting.values("pk"))
        .annotate(har_foretradare=Exists(_has_representative(OuterRef("forfragan__omgang"))))
        .select_related("forfragan__delprojekt", "forfragan__omgang")
        .prefetch_related(Prefetch("forfragan__omgang__kompetenskrav", _uncovered()))
        .order_by("till_date", "pk")
    )
    return [Regionsfraga(row, [*_lacks(row), *([] if row.har_foretradare else [FORETRADARE])]) for row in found]


def _lacks(row: Nomineringssvar) -> list[str]:
    omgang = row.forfragan.omgang
    return [str(one) for one in omgang.kompetenskrav.all()] if omgang else []
