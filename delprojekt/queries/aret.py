"""What a year has given: the lists of the annual report (V-17, V-18, V-19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from delprojekt.models import Delprojekt, Faktumrad, Namndbeslut
from delprojekt.process.datum import parse_partial
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.ordning import swedish
from delprojekt.process.roller import Actor
from delprojekt.process.synlighet import Noun
from delprojekt.queries.besok import is_undone, levande_for_many
from delprojekt.queries.delprojekt import readable, seen

_F = Faktumslag
UTAN_REKOMMENDATION = (_F.LAGT_TILL_HANDLINGARNA, _F.EJ_GODKANT)
"""How nämnden takes a slutrapport without recommending anything."""


@dataclass(frozen=True)
class Aretsrad:
    """One delprojekt in a list: the day as it is known, in words where only a part of it is, and what was done."""

    delprojekt: Delprojekt
    dag: date
    nar: str
    vad: str


@dataclass(frozen=True)
class Aret:
    """The lists of a year. A delprojekt stands once for each time that it happened."""

    slutrapporter: list[Aretsrad]
    uppfoljningar: list[Aretsrad]
    startade: list[Aretsrad]


def of_year(actor: Actor, ar: int) -> Aret:
    """Return what the actor may read of a year: what nämnden was given, and what was started. Seven queries at most."""
    in_year = Q(arende__mote__date__year=ar) | Q(arende=None, datum_text__contains=ar)
    decided = Namndbeslut.objects.filter(readable(actor, Noun.NAMNDBESLUT, "delprojekt__"), in_year, aterkallat_at=None)
    reports = [
        Aretsrad(row.delprojekt, day, row.datum_text, "Godkänd, med rekommendation")
        for row in decided.select_related("delprojekt", "arende__mote")
        if (day := row.dag or parse_partial(row.datum_text))
    ]
    reports += _facts(ar, readable(actor, Noun.NAMNDBESLUT, "delprojekt__"), *UTAN_REKOMMENDATION)
    at_namnden = Q(arende__mote__organ__slag=Organslag.NAMND) | Q(organ=Organslag.NAMND)
    told = _facts(ar, readable(actor, Noun.UPPFOLJNING, "delprojekt__") & at_namnden, _F.REDOVISAD)
    return Aret(_sorted(reports), _sorted(told), _sorted(_facts(ar, seen(actor, "delprojekt__"), _F.STARTBESLUT)))


def _facts(ar: int, shown: Q, *kinds: Faktumslag) -> list[Aretsrad]:
    """Return the facts of a year that stand: not corrected, and not undone. Two queries."""
    found = list(
        Faktumrad.objects.filter(shown, slag__in=kinds, date__year=ar, ersatt_av=None).select_related("delprojekt")
    )
    paths = levande_for_many({row.delprojekt_id for row in found})
    return [
        Aretsrad(row.delprojekt, row.date, row.datum_text, str(row.get_slag_display()))
        for row in found
        if row.efterhand or not is_undone(Faktumslag(row.slag), row.besok_id, paths[row.delprojekt_id])
    ]


def _sorted(rows: Iterable[Aretsrad]) -> list[Aretsrad]:
    return sorted(rows, key=lambda row: (row.dag, swedish(row.delprojekt.benamning)))
