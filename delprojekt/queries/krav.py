"""The catalogue of requirements, with the rules that keep each."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from delprojekt.process.krav_lista import HALLS_AV, UTAN_REGEL, Regelrad, by_requirement
from delprojekt.process.roller import Actor


@dataclass(frozen=True)
class Kravrad:
    """One requirement: its id, the document and the words it stands in, its strength, and the rules that keep it."""

    id: str
    kalla: str
    citat: str
    styrka: str  # H blocks, R warns, F is a fact
    regler: tuple[Regelrad, ...]
    prov: tuple[str, ...] = ()  # the test files that name it

    @property
    def utan_regel(self) -> str:
        """Return in words what keeps it where no rule ever will; empty for the others."""
        return (UTAN_REGEL | HALLS_AV).get(self.id, "")


@cache
def _catalogue(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


@cache
def _proofs(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the test files by requirement as docs/krav.md has them: the tests themselves are not where it runs."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    rows = (line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ") and "`" in line)
    return {cells[0]: tuple(re.findall(r"`([^`]+)`", cells[-1])) for cells in rows}


def catalogue(actor: Actor) -> list[Kravrad]:
    """Return every requirement in the order of the sources; everybody may know them. No query."""
    rules, proofs = by_requirement(), _proofs(settings.BASE_DIR / "docs" / "krav.md")
    rows = _catalogue(settings.BASE_DIR / "fixtures" / "krav.csv")
    return [
        Kravrad(r["id"], r["kalla"], r["citat"], r["styrka"], tuple(rules.get(r["id"], ())), proofs.get(r["id"], ()))
        for r in rows
    ]
