"""The rows that can be corrected, and what an earlier step would say of a correction."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from delprojekt.models import (
    AllmanHandling,
    Beslutshandling,
    Delprojekt,
    Deltagande,
    Faktumrad,
    Inlagdfil,
    Namndbeslut,
    Stegbesok,
)
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav, Underlag
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import sentence
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of, row_of
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage

Rattbar = Faktumrad | Namndbeslut | Beslutshandling | Deltagande | Inlagdfil


def rows_of(actor: Actor, delprojekt: Delprojekt) -> dict[Uppgiftslag, QuerySet[Any]]:
    """Return the rows of each kind that count now and can be corrected."""
    living = [visit.pk for visit in levande_for(delprojekt)]
    facts = Faktumrad.objects.filter(delprojekt=delprojekt, ersatt_av=None, besok__in=living)
    papers = Beslutshandling.objects.filter(namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None)
    return {
        Uppgiftslag.FAKTUM: facts.select_related("arende__mote__organ", "region", "ersatter"),
        Uppgiftslag.NAMNDBESLUT: Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).select_related(
            "arende__mote"
        ),
        Uppgiftslag.REGIONBESLUT: papers.select_related("region", "namndbeslut__arende__mote"),
        Uppgiftslag.DELTAGANDE: Deltagande.objects.filter(delprojekt=delprojekt).select_related("region"),
        Uppgiftslag.FIL: Inlagdfil.objects.filter(delprojekt=delprojekt),
    }


def get_row(actor: Actor, delprojekt: Delprojekt, number: int | None) -> tuple[Uppgiftslag, Rattbar] | None:
    """Return the row that a number stands for, if it is one of this delprojekt's that counts now; else None."""
    named = row_of(number) if number is not None else None
    row = rows_of(actor, delprojekt)[named[0]].filter(pk=named[1]).first() if named else None
    return (named[0], row) if named and row else None


def newest(actor: Actor, act: Act, number: int) -> int:
    """Return the number of the row that has replaced the one an act is about, however many times; else the same."""
    kind = POLICY[act].objekt
    named = row_of(number) if kind == "uppgift" else None
    if kind == "allmanhandling":
        return _replaced(AllmanHandling, number)
    if named and named[0] is Uppgiftslag.FAKTUM:
        return number_of(named[0], _replaced(Faktumrad, named[1]))
    return number


def _replaced(model: type[Faktumrad | AllmanHandling], pk: int) -> int:
    while row := model.objects.filter(ersatter=pk).order_by("pk").last():
        pk = row.pk
    return pk


def _asked(visit: Stegbesok, facts: dict[str, Faktumrad]) -> Iterator[tuple[Act, Underlag]]:
    """Return the acts that were done in a visit, each with the day and the body it was done with."""
    for word in dict.fromkeys(visit.handelser.order_by("pk").values_list("act", flat=True)):
        fact = facts.get(POLICY[Act(word)].fact or "")
        yield Act(word), {"dag": fact.date} if fact else {}


def unmet_then(actor: Actor, delprojekt: Delprojekt) -> dict[tuple[int, Act, Krav], str]:
    """Return the hard requirements that do not hold, as the rows stand now, for acts that have been done.

    Out: visit, act and krav, with the sentence of what is missing. Asked before and after a correction: what is new
    in the second answer is what the correction would break.
    """
    path = levande_for(delprojekt)
    found: dict[tuple[int, Act, Krav], str] = {}
    for number, visit in enumerate(path):
        lage = build_lage(delprojekt, path[: number + 1], steg=Steg(visit.steg))
        facts = {row.slag: row for row in visit.fakta.filter(ersatt_av=None).order_by("pk")}
        for act, said in _asked(visit, facts):
            for krav in POLICY[act].requires:
                if krav.value.indata and "dag" not in said:
                    continue
                if not krav.ar_uppfyllt(lage, said):
                    found[visit.pk, act, krav] = sentence(krav, lage)
    return found
