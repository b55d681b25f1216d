"""The catalogue of requirements, with the rules that keep each."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from delprojekt.process.krav_lista import UTAN_REGEL, Regelrad, by_requirement
from delprojekt.process.roller import Actor


@dataclass(frozen=True)
class Kravrad:
    """One requirement: its id, the document and the words it stands in, its strength, and the rules that keep it."""

    id: str
    kalla: str
    citat: str
    styrka: str  # H blocks, R warns, F is a fact
    regler: tuple[Regelrad, ...]

    @property
    def utan_regel(self) -> str:
        """Return in words what keeps it where no rule ever will; empty for the others."""
        return UTAN_REGEL.get(self.id, "")


@cache
def _catalogue(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


def catalogue(actor: Actor) -> list[Kravrad]:
    """Return every requirement in the order of the sources; everybody may know them. No query."""
    rules = by_requirement()
    rows = _catalogue(settings.BASE_DIR / "fixtures" / "krav.csv")
    return [Kravrad(r["id"], r["kalla"], r["citat"], r["styrka"], tuple(rules.get(r["id"], ()))) for r in rows]
