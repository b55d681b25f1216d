"""The tab Regioner: who is asked, what each region decided, how the introduction goes, what hinders (§5.6, §5.7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from delprojekt.models import (
    Beslutshandling,
    Delprojekt,
    Hindersteg,
    Huvudmansbeslut,
    Inforandehinder,
    Inforandestatus,
    Namndbeslut,
    Region,
    Rekommendation,
)
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.delprojekt import visible_to
from delprojekt.queries.formular import namndbeslut_for, recommendations
from delprojekt.queries.huvudmansbeslut import BESLUTSORDNING, Cell, in_force, is_decided, waits_for_paper


@dataclass(frozen=True)
class Regionsdel:
    """What stands on the tab. ``beslut`` holds what counts now; ``handlingar`` every decision that came in."""

    namndbeslut: Namndbeslut | None
    regioner: list[Region]
    rekommendationer: list[Rekommendation]
    beslut: dict[Cell, Huvudmansbeslut]
    inforande: dict[tuple[int, int | None], Inforandestatus]
    historik: list[Inforandestatus]
    hinder: list[Inforandehinder]
    handlingar: list[Beslutshandling]

    @property
    def beslutat(self) -> int:
        """Return how many regions have decided every recommendation that is directed to them, with or without paper."""
        return sum(1 for region in self.regioner if self._done(region))

    @property
    def belagt(self) -> int:
        """Return how many of them have sent the paper of every decision ("beslutat" is not "belagt")."""
        return sum(1 for region in self.regioner if self._done(region, proved=True))

    @property
    def sjukvardsregional(self) -> bool:
        """Tell whether something is directed to the sjukvårdsregional level: then there is one more column (M5.7-2)."""
        return any(rek.sjukvardsregional for rek in self.rekommendationer)

    def _done(self, region: Region, *, proved: bool = False) -> bool:
        cells = [self.beslut.get((rek.pk, region.pk)) for rek in self.rekommendationer if region in rek.mottagare.all()]
        return bool(cells) and all(
            cell and is_decided(cell) and not _wrong(cell) and not (proved and waits_for_paper(cell)) for cell in cells
        )


def _wrong(cell: Huvudmansbeslut) -> bool:
    return cell.handling.granskning == "fel"


def regions(actor: Actor, delprojekt: Delprojekt) -> Regionsdel:
    """Return the beslutsmatris, the decisions, the introduction and what hinders. The queries do not grow with rows."""
    decision = namndbeslut_for(actor, delprojekt)
    if decision is None:
        return Regionsdel(None, [], [], {}, {}, [], [], [])
    asked = recommendations(actor, delprojekt)
    wanted = {region for rek in asked for region in rek.mottagare.all()}
    papers, said = _papers(decision), history(actor, delprojekt)
    return Regionsdel(
        namndbeslut=decision,
        regioner=sorted(wanted, key=lambda region: region.ordning),
        rekommendationer=asked,
        beslut=in_force(_told(papers)),
        inforande={(row.rekommendation_id, row.region_id): row for row in reversed(said)},
        historik=said,
        hinder=_hinder(decision),
        handlingar=papers,
    )


def _told(papers: Iterable[Beslutshandling]) -> Iterator[Huvudmansbeslut]:
    """Return the outcomes of the decisions in the order they were made."""
    for paper in sorted(papers, key=lambda one: (one.date or date.min, one.pk)):
        for cell in paper.beslut.all():
            cell.handling = paper
            yield cell


def _hinder(decision: Namndbeslut) -> list[Inforandehinder]:
    steps = Prefetch("vag", Hindersteg.objects.select_related("av").order_by("date", "pk"))
    rows = Inforandehinder.objects.filter(rekommendation__namndbeslut=decision)
    return list(rows.select_related("region", "rekommendation").prefetch_related(steps).order_by("-pk"))


def _papers(decision: Namndbeslut) -> list[Beslutshandling]:
    """Return every decision of a region that has come in, newest first, with its outcomes."""
    cells = Prefetch(
        "beslut", Huvudmansbeslut.objects.select_related("rekommendation").order_by("rekommendation__nummer")
    )
    rows = Beslutshandling.objects.filter(namndbeslut=decision).select_related("region", "inlamnad_av")
    return list(rows.select_related("namndbeslut__delprojekt").prefetch_related(cells).order_by("-inkommen_at", "-pk"))


def history(actor: Actor, delprojekt: Delprojekt) -> list[Inforandestatus]:
    """Return everything that was said of the introduction, newest first: statuses are kept (M5.7-1). One query."""
    rows = Inforandestatus.objects.filter(
        rekommendation__namndbeslut__delprojekt=delprojekt, rekommendation__namndbeslut__aterkallat_at=None
    )
    rows = rows.select_related("region", "rekommendation", "rapporterat_av")
    return list(rows.order_by("-rapporterat_at", "region__ordning", "rekommendation__nummer", "-pk"))


def without_paper(actor: Actor, delprojekt: Delprojekt | None = None) -> list[Beslutshandling]:
    """Return the decisions in force that are told but have no paper, or a wrong one, oldest first (feature 4331).

    In: who asks, and one delprojekt or None for all that they may read. Two or three queries.
    """
    wanted = [delprojekt] if delprojekt else list(visible_to(actor))
    readable = [d.pk for d in wanted if ser(actor, Noun.HUVUDMANSBESLUT, d.pk, Steg(d.steg))]
    rows = (
        Huvudmansbeslut.objects.filter(
            handling__namndbeslut__delprojekt__in=readable, handling__namndbeslut__aterkallat_at=None
        )
        .select_related("handling__region", "handling__namndbeslut__delprojekt")
        .order_by(*BESLUTSORDNING)
    )
    papers = {row.handling_id: row.handling for row in in_force(rows).values() if waits_for_paper(row)}
    return sorted(papers.values(), key=lambda paper: (paper.date or date.min, paper.pk))
