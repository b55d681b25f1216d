"""Which requirement is kept by which rule: read from POLICY, beside the catalogue that the requirements come from."""

from collections.abc import Iterator
from dataclasses import dataclass

from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.steg import ARBETE, FORE_START, HUVUDLINJE, Steg

UTAN_REGEL: dict[str, str] = {
    "M5.4.1-5": "Råd på skrivbordet och fliken Rapport: läsbarhet, långa meningar, förkortningar, fackord",
    "M5.4.1-6": "Råd på skrivbordet och fliken Rapport: antal sidor i PDF:en",
    "M5.4.1-8": "Råd på skrivbordet och fliken Rapport: tabeller och bilder",
    "M5.4.1-10": "Råd på skrivbordet och fliken Rapport: antal referenser",
    "M5.8-10": "Mätaren 3–6 sidor på uppföljningsrapportens skrivbord",
}
"""Guidelines on how a text reads, and what keeps each instead of a rule: they never ask for a motivering
(architecture.md §3), so no rule of POLICY will ever name them."""

HALLS_AV: dict[str, str] = {
    "M5-9": "Påminnelsen till kontaktpersonen tills första kontakten är antecknad, sedan till direktören",
    "M5.4.1-1": "Rapportens första kapitel är uppdraget, som det fastställdes",
    "M5.5-3": "Portalens ord: nämnden rekommenderar, regionerna beslutar",
    "P-4": "Parametrarna hör till delprojektet och är samma för alla regioner",
    "P-14": "Rollen kan inte avslutas för regionens sista representant i samarbetsgruppen",
    "V-8": "Senare: verksamhetsberättelserna ligger utanför delprojekten",
    "I-6": "Räknas på fliken Uppföljning: hälften på högsta målnivå",
    "I-7": "Räknas på fliken Uppföljning: utvecklingen sedan förra värdet",
    "I-8": "Senare: en översikt över områden där målen inte är nådda",
}
"""Hard rules that nobody is stopped by in the middle of an act, and where each is kept instead."""

AVGOR_START, I_ORDNING = "ledningsgruppens beslut är vägen till arbetet", "stegen tas i den ordningen"


def by_the_steps() -> Iterator[tuple[str, Act, str]]:
    """Yield what the steps themselves keep: id, act and words. No requirement is asked, there is no other way.

    The only acts that lead from a förslag to the work are ledningsgruppen's (M1-2, M5.1.1-2, M5.1-3); the main acts
    lead from nuläge to the regions in the order of the method (M1-3).
    """
    line = HUVUDLINJE[HUVUDLINJE.index(Steg.NULAGE) : HUVUDLINJE.index(Steg.HUVUDMANSBESLUT)]
    for act, rule in POLICY.items():
        if rule.to in ARBETE and rule.where & FORE_START:
            yield from ((one, act, AVGOR_START) for one in ("M1-2", "M5.1-3", "M5.1.1-2"))
        if rule.main and rule.to in HUVUDLINJE and rule.where & set(line):
            yield "M1-3", act, I_ORDNING


@dataclass(frozen=True)
class Regelrad:
    """One place where a requirement is asked: for which act, in which words, and whether it blocks or warns."""

    act: str
    mening: str
    sparrar: bool


def by_requirement() -> dict[str, list[Regelrad]]:
    """Return, for every requirement id, the acts that ask about it or are the only way, in the order of the method."""
    found: dict[str, list[Regelrad]] = {}
    for act, rule in POLICY.items():
        for blocks, group in ((True, rule.requires), (False, rule.advises)):
            for krav in group:
                row = Regelrad(str(act.label), krav.mening, blocks)
                for krav_id in (krav.krav_id, *krav.value.aven):
                    found.setdefault(krav_id, []).append(row)
    for krav_id, act, words in by_the_steps():
        found.setdefault(krav_id, []).append(Regelrad(str(act.label), words, sparrar=True))
    return found
