"""What may be told afterwards: which facts belong to the steps a delprojekt came through before the portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from delprojekt.process.fakta import FAKTA, Faktumslag, Organslag
from delprojekt.process.policy import POLICY
from delprojekt.process.steg import HUVUDLINJE, Steg, way_to

EJ_EFTERHAND = frozenset({Faktumslag.PAUS, Faktumslag.ATERUPPTAGET, Faktumslag.RETUR})
"""Kinds that only mean something on the way: a pause, and what was sent back and came again."""

VISAR_SLUTRAPPORT = frozenset({Faktumslag.LAGT_TILL_HANDLINGARNA, Faktumslag.UPPFOLJNINGSRAPPORT_KLAR})
"""Facts that show, beside nämnden's own decision, that nämnden has had the slutrapport (M1-4)."""


@dataclass(frozen=True)
class Uppgift:
    """One fact from the time before the portal, as far as it is known: ``datum_text`` when the day is not."""

    slag: Faktumslag
    dag: date
    datum_text: str = ""
    organ: Organslag | None = None
    punkt: str = ""
    region: str = ""
    val: str = ""
    part: str = ""
    text: str = ""

    @property
    def nyckel(self) -> str:
        """Return the name that a form knows it by."""
        return field_key(self.slag, self.organ if len(FAKTA[self.slag].organ) > 1 else None, self.region)


def field_key(slag: Faktumslag, organ: Organslag | None = None, region: str = "") -> str:
    """Return the name of a kind of fact in a form, told apart by body or region where there may be one of each."""
    return "-".join(part for part in (slag.value, organ.value if organ else "", region) if part)


def told_steps(steg: Steg) -> tuple[Steg, ...]:
    """Return the steps whose facts may be told; of something Historiskt the way is not known, so all of them."""
    return HUVUDLINJE if steg is Steg.HISTORISKT else way_to(steg)


def kinds_by_step(steg: Steg) -> dict[Steg, tuple[Faktumslag, ...]]:
    """Return the kinds of facts that may be told of a delprojekt in a step, each under the step it first belongs to."""
    steps = told_steps(steg)
    ends = {steg} | set(steps)
    found: dict[Steg, list[Faktumslag]] = {step: [] for step in steps}
    for slag in Faktumslag:
        rules = [rule for rule in POLICY.values() if rule.fact is slag and rule.to in ends | {None}]
        where = frozenset().union(*(rule.where for rule in rules)) & set(steps)
        if where and slag not in EJ_EFTERHAND:
            found[min(where, key=steps.index)].append(slag)
    return {step: tuple(kinds) for step, kinds in found.items() if kinds}


NAMNDENS = "Nämndens beslut"
"""What nämndens decision is called among the facts."""


def out_of_order(
    steg: Steg, facts: Iterable[Uppgift], namnd: date | None, *, ungefar: bool = False
) -> list[tuple[str, str]]:
    """Return what is told to have happened before what comes before it in the method: (the earlier, the later).

    In: the step it stands in, the facts that are told, and the day of nämndens decision, ``ungefar`` when it is known
    in part. Of a day that is known in part only the year is used. What happens many times is left out: it says
    nothing of the order.
    """
    place = {slag: n for n, kinds in enumerate(kinds_by_step(steg).values()) for slag in kinds}
    told = [
        (place[one.slag], date(one.dag.year, 1, 1) if one.datum_text else one.dag, one.dag, str(one.slag.label))
        for one in facts
        if one.slag in place and not FAKTA[one.slag].flera
    ]
    if namnd:
        steps = list(kinds_by_step(steg))
        place_of_it = steps.index(Steg.NAMND) if Steg.NAMND in steps else len(steps)
        told.append((place_of_it, date(namnd.year, 1, 1) if ungefar else namnd, namnd, NAMNDENS))
    return [
        (first, then) for at, since, _, first in told for later, _, until, then in told if at < later and since > until
    ]


def entered_by(steg: Steg) -> frozenset[Faktumslag]:
    """Return the kinds of facts whose day is the day a step was entered."""
    return frozenset(rule.fact for rule in POLICY.values() if rule.to is steg and rule.fact)
