"""What a datatabell is made of: its columns, how it is shown, and how much there is room for (§5.4.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

MEST_RADER = 400
"""The longest table in a report; what is longer belongs in an Excel file beside it."""
MEST_KOLUMNER = 20
MEST_STAPLAR = 40
"""Categories of a bar chart that can still be told apart."""
MEST_SERIER = 8
"""Lines or colours that can still be told apart."""
INSATT = re.compile(r'<table id="tabell-data(\d{1,9})">(?:(?!</table>|<tr).)*</table>', re.DOTALL)
"""A datatabell where it stands in a section's text, without rows: they are put there by whoever shows the text."""


_TAL = re.compile(r"-?\d+(?:\.\d+)?")


def tal_i(cell: str) -> Decimal | None:
    """Return the number of a cell in a column of numbers; None where there is none."""
    return Decimal(cell) if _TAL.fullmatch(cell) else None


class Kolumnslag(TextChoices):
    """What a column holds."""

    TEXT = "text", "Text"
    TAL = "tal", "Tal"
    AR = "ar", "År"


class Visning(TextChoices):
    """How a datatabell is shown. With a diagram the table is always at hand too."""

    TABELL = "tabell", "Bara tabell"
    STAPLAR = "staplar", "Staplar"
    GRUPPERADE = "grupperade", "Grupperade staplar"
    STAPLADE = "staplade", "Staplade staplar"
    LINJER = "linjer", "Linjer"
    REGIONER = "regioner", "Ett litet diagram per region"


@dataclass(frozen=True)
class Kolumn:
    """A column: its heading, what it holds, and of numbers the unit and how many decimals are written."""

    namn: str
    slag: Kolumnslag = Kolumnslag.TEXT
    enhet: str = ""
    decimaler: int = 0

    @property
    def rubrik(self) -> str:
        """Return its heading with the unit, which is then not written in each cell."""
        return f"{self.namn}, {self.enhet}" if self.enhet and self.namn.lower() != self.enhet.lower() else self.namn

    def to_data(self) -> dict[str, Any]:
        """Return it as a JSON column holds it."""
        return {"namn": self.namn, "slag": str(self.slag), "enhet": self.enhet, "decimaler": self.decimaler}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Kolumn":
        """Return what ``to_data`` gave."""
        return cls(data["namn"], Kolumnslag(data["slag"]), data["enhet"], data["decimaler"])


@dataclass(frozen=True)
class Data:
    """A table of data. A cell of numbers is written as ``1234.5``; where there is none it is empty, or says so in the
    way it was written (``..``). Others are words."""

    kolumner: tuple[Kolumn, ...]
    rader: tuple[tuple[str, ...], ...]

    @property
    def tal(self) -> list[int]:
        """Return which columns hold numbers."""
        return [at for at, one in enumerate(self.kolumner) if one.slag is Kolumnslag.TAL]


@dataclass(frozen=True)
class Diagramval:
    """What a diagram shows: the column along the axis, the columns of numbers, and (or None) the column that parts the
    rows in series."""

    visning: Visning = Visning.TABELL
    langs: int = 0
    serier: tuple[int, ...] = ()
    grupp: int | None = None
