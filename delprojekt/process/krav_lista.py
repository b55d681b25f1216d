"""Which requirement is kept by which rule: read from POLICY, beside the catalogue that the requirements come from."""

from dataclasses import dataclass

from delprojekt.process.policy import POLICY

UTAN_REGEL: dict[str, str] = {
    "M5.4.1-5": "Mäts på fliken Rapport: läsbarhet och förkortningar",
    "M5.4.1-6": "Mäts på fliken Rapport: antal sidor",
    "M5.4.1-8": "Mäts på fliken Rapport: tabeller och bilder",
    "M5.4.1-10": "Mäts på fliken Rapport: antal referenser",
    "M5.8-10": "Senare: uppföljningsrapportens längd mäts inte än",
}
"""Guidelines on how a text reads, and what keeps each instead of a rule: they never ask for a motivering
(architecture.md §3), so no rule of POLICY will ever name them."""


@dataclass(frozen=True)
class Regelrad:
    """One place where a requirement is asked: for which act, in which words, and whether it blocks or warns."""

    act: str
    mening: str
    sparrar: bool


def by_requirement() -> dict[str, list[Regelrad]]:
    """Return, for every requirement id that a rule names, the acts that ask about it, in the order of the method."""
    found: dict[str, list[Regelrad]] = {}
    for act, rule in POLICY.items():
        for blocks, group in ((True, rule.requires), (False, rule.advises)):
            for krav in group:
                row = Regelrad(str(act.label), krav.mening, blocks)
                for krav_id in (krav.krav_id, *krav.value.aven):
                    found.setdefault(krav_id, []).append(row)
    return found
