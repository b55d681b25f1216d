"""What ledningsgruppen has before it: announced förslag, those that wait, and what is paused (M5.1-4, V-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from delprojekt.models import Delprojekt, Faktumrad, Namndbeslut
from delprojekt.process.act import Act
from delprojekt.process.efterhand import VISAR_SLUTRAPPORT
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import OMPROVNING_MANADER, plus_manader
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor
from delprojekt.process.steg import RAKNADE, Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.delprojekt import visible_to


@dataclass(frozen=True)
class Korad:
    """One row: the delprojekt, the fact that says why it stands here, and the day that it is about."""

    delprojekt: Delprojekt
    faktum: Faktumrad
    dag: date | None

    @property
    def dagar(self) -> int:
        """Return for how many days it has been so."""
        return (idag() - self.faktum.date).days


def announced(actor: Actor) -> list[Korad]:
    """Return the förslag that are announced to a meeting and not decided on, the next meeting first."""
    rows = visible_to(actor).filter(steg=Steg.BEREDNING, vantar__act=Act.BESLUTA_START)
    found = _with_fact(actor, rows, Faktumslag.ANMALT)
    return sorted(found, key=lambda row: (row.faktum.date, row.delprojekt.pk))


def waiting(actor: Actor) -> list[Korad]:
    """Return the förslag that wait, those with a place in the queue first, then by when they are taken up."""
    found = _with_fact(actor, visible_to(actor).filter(steg=Steg.AVVAKTAR), Faktumslag.AVVAKTAN)
    dated = [
        Korad(row.delprojekt, row.faktum, row.dag or plus_manader(row.faktum.date, OMPROVNING_MANADER)) for row in found
    ]
    return sorted(dated, key=lambda row: (row.delprojekt.forslag.ko_plats or 1000, row.dag, row.delprojekt.pk))


def paused(actor: Actor) -> list[Korad]:
    """Return what is paused, the longest pause first."""
    found = _with_fact(actor, visible_to(actor).filter(pausat=True), Faktumslag.PAUS)
    return sorted(found, key=lambda row: (row.faktum.date, row.delprojekt.pk))


def _with_fact(actor: Actor, rows: QuerySet[Delprojekt], slag: Faktumslag) -> list[Korad]:
    facts = Faktumrad.objects.filter(slag=slag, ersatt_av=None).select_related("arende__mote").order_by("-pk")
    asked = rows.select_related("forslag").prefetch_related(Prefetch("fakta", facts)).distinct()
    seen = [row for row in asked if ser(actor, Noun.DELPROJEKT, row.pk, Steg(row.steg))]
    return [Korad(row, said[0], said[0].till_date) for row in seen if (said := list(row.fakta.all()))]


@dataclass(frozen=True)
class Laget:
    """How many delprojekt have come how far today (M1-4, process.md §2.1), in the order of ``RAKNADE``."""

    startade: int
    pagaende: int
    slutrapporterade: int
    under_uppfoljning: int
    per_steg: Mapping[Steg, int] = field(default_factory=dict)


def standing(actor: Actor) -> Laget:
    """Return how many have started, are under way, have reported, and are introduced or followed up; and how many stand
    in each step. Two queries."""
    counted = visible_to(actor).order_by().values_list("steg", "pausat").annotate(n=Count("*"))
    rows = [(Steg(steg), pausat, n) for steg, pausat, n in counted]
    found = Laget(*(sum(n for steg, pausat, n in rows if (steg, pausat) in wanted) for wanted in RAKNADE))
    per_step = {steg: sum(n for other, _, n in rows if other is steg) for steg in dict.fromkeys(row[0] for row in rows)}
    reported = found.slutrapporterade + _known_to_have_reported(actor)
    return replace(found, slutrapporterade=reported, per_steg=per_step)


def _known_to_have_reported(actor: Actor) -> int:
    """Return of how many of what is Historiskt somebody has told that nämnden had the slutrapport. One query."""
    facts = Faktumrad.objects.filter(delprojekt=OuterRef("pk"), ersatt_av=None, slag__in=VISAR_SLUTRAPPORT)
    decided = Namndbeslut.objects.filter(delprojekt=OuterRef("pk"), aterkallat_at=None)
    return visible_to(actor).filter(Exists(facts) | Exists(decided), steg=Steg.HISTORISKT).count()
