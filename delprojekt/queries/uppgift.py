"""The rows that can be corrected, and what an earlier step would say of a correction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
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
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, Faktumslag
from delprojekt.process.krav import Krav, Underlag
from delprojekt.process.lage import Lage
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


@dataclass(frozen=True)
class Gjort:
    """Something that was done in a visit: with what, as it stands now, and the row (``rad``) that it is told by."""

    act: Act
    rad: int = 0
    underlag: Underlag = field(default_factory=dict)


@dataclass(frozen=True)
class Brist:
    """What would have been said of something that has been done. ``krav`` is None when days are in the wrong order."""

    mening: str
    krav: Krav | None = None
    hindrar: bool = True


def unmet_then(actor: Actor, delprojekt: Delprojekt) -> dict[tuple[object, ...], Brist]:
    """Return what the rules would say, as the rows stand now, of what has been done: requirements, advice, order.

    Asked before and after a correction: what is new in the second answer is what the correction would break, so that
    no correction goes past a rule that the act itself was weighed by. Three queries for each living visit.
    """
    path, first = levande_for(delprojekt), _first_of(delprojekt)
    decision = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).select_related("arende__mote")
    decided = decision.first()
    found: dict[tuple[object, ...], Brist] = {}
    for number, visit in enumerate(path):
        lage = build_lage(delprojekt, path[: number + 1], steg=Steg(visit.steg))
        if decided is None or decided.besok_id in {one.pk for one in path[number:]}:
            lage = replace(lage, beslut=replace(lage.beslut, namndbeslut_date=None))
        rows = list(visit.fakta.filter(ersatt_av=None).select_related("arende__mote__organ", "region").order_by("pk"))
        for done in _done(visit, rows, first, decided):
            found |= {(visit.pk, done.act, done.rad, lack.krav): lack for lack in _weigh(done, lage)}
        found |= {(visit.pk, first[row.pk]): lack for row in rows if (lack := _order(row, lage))}
        if decided and decided.besok_id == visit.pk and not visit.efterhand:
            last, day = lage.forra_instansen(None), decided.dag
            if last and day and day < last[0]:
                found[visit.pk, "namnd"] = _too_early("Nämndens beslut", day, last)
    return found


def _first_of(delprojekt: Delprojekt) -> dict[int, int]:
    """Return the first row in the chain of corrections that each fact belongs to: what is told keeps its identity."""
    first: dict[int, int] = {}
    for pk, earlier in Faktumrad.objects.filter(delprojekt=delprojekt).order_by("pk").values_list("pk", "ersatter"):
        first[pk] = first.get(earlier, pk) if earlier else pk
    return first


def _done(
    visit: Stegbesok, rows: Sequence[Faktumrad], first: Mapping[int, int], decided: Namndbeslut | None
) -> Iterator[Gjort]:
    """Yield what was done in a visit, each with what was filled in; what no row tells, without."""
    for word in dict.fromkeys(visit.handelser.order_by("pk").values_list("act", flat=True)):
        act = Act(word)
        told = [Gjort(act, first[row.pk], _said(row)) for row in rows if row.slag == POLICY[act].fact]
        if act is Act.REKOMMENDERA and decided and decided.besok_id == visit.pk:
            told = [Gjort(act, decided.pk, _decided(decided))]
        if act is Act.REGISTRERA_HUVUDMANSBESLUT and decided:
            told = [Gjort(act, row.pk, _answered(row)) for row in decided.handlingar.select_related("region")]
        yield from told or [Gjort(act)]


def _said(row: Faktumrad) -> Underlag:
    """Return what a fact was registered with; a day that is known in part only is not known."""
    body = row.arende.mote.organ.slag if row.arende else row.organ
    said = {"organ": body, "region": row.region.slug if row.region else None, "till": row.till_date}
    said |= {name: getattr(row, name) for name in ("val", "part", "text")}
    return said if row.datum_text else {**said, "dag": row.date}


def _decided(row: Namndbeslut) -> Underlag:
    return {"dag": row.dag, **{name: getattr(row, name) for name in ("lydelse", "foredragande", "dnr")}}


def _answered(row: Beslutshandling) -> Underlag:
    return {"dag": row.dag, "region": row.region.slug, "niva": row.niva, "organ_namn": row.organ, "grund": row.grund}


def _weigh(done: Gjort, lage: Lage) -> Iterator[Brist]:
    """Yield the requirements, and the advice, of an act that do not hold. What asks for a form needs what it held."""
    rule, lage = POLICY[done.act], lage.prova(done.underlag)
    for krav in (*rule.requires, *rule.advises):
        if krav.value.indata and "dag" not in done.underlag:
            continue
        if not krav.ar_uppfyllt(lage, done.underlag):
            yield Brist(sentence(krav, lage), krav, krav in rule.requires)


def _order(row: Faktumrad, lage: Lage) -> Brist | None:
    """Return what is wrong with the day of a fact: it lies before what came before it in the method (M1-3).

    Of what was before the portal, and of a day that is known in part, nobody can say.
    """
    slag = Faktumslag(row.slag)
    if row.datum_text or row.efterhand or not (FAKTA[slag].organ or FAKTA[slag].dag):
        return None
    last = lage.forra_instansen(slag)
    return _too_early(str(slag.label), row.date, last) if last and row.date < last[0] else None


def _too_early(what: str, day: date, last: tuple[date, str]) -> Brist:
    return Brist(f"”{what}” {skriv(day)} skulle komma före ”{last[1]}” {skriv(last[0])}")
