"""How long a document is: counted in its latest PDF, and about how long it has become since (M5.4.1-6, M5.8-10)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from delprojekt.documents.stycken import ordantal
from delprojekt.documents.tree import Html, from_data
from delprojekt.models import Dokumentjobb, Dokumentslag
from delprojekt.process.granser import UPPFOLJNING_SIDOR
from delprojekt.process.lasbarhet import PAGES_AT_MOST, WORDS_PER_PAGE

GRANSER: Mapping[str, tuple[int, int]] = {
    Dokumentslag.SLUTRAPPORT: (0, PAGES_AT_MOST),
    Dokumentslag.UPPFOLJNINGSRAPPORT: UPPFOLJNING_SIDOR,
}
"""From and to how many pages a document should be; an uppdrag has no such number."""


@dataclass(frozen=True)
class Sidmatt:
    """Pages: ``matt`` in the PDF of what was written at ``nar`` (None: there is no PDF yet), about ``nu`` by now."""

    matt: int | None
    nar: datetime | None
    nu: int
    granser: tuple[int, int] | None

    @property
    def vuxit(self) -> bool:
        """Tell whether the text is so much longer or shorter than in the PDF that the number of pages is another."""
        return self.matt is not None and self.nu != self.matt

    @property
    def ungefar(self) -> bool:
        """Tell whether ``nu`` is an estimate."""
        return self.matt is None or self.vuxit

    @property
    def spann(self) -> int:
        """Return how many pages there are between the limits."""
        few, many = self.granser or (0, 0)
        return many - few

    @property
    def skala(self) -> int:
        """Return the last page that the meter shows: as far above the limits as they are apart."""
        return (self.granser or (0, 1))[1] + self.spann

    @property
    def visare(self) -> int:
        """Return where the meter's hand stands: what is longer than the scale stands at its end."""
        return min(self.nu, self.skala)

    @property
    def omdome(self) -> str:
        """Return what the length says to somebody who writes; empty when it is as it should be."""
        few, many = self.granser or (0, self.nu)
        if self.nu > many:
            return "Korta gärna."
        return "Fyll gärna på." if 0 < self.nu < few else ""


def measure(job: Dokumentjobb | None, words: int, keys: Collection[str], slag: Dokumentslag) -> Sidmatt:
    """Return how long a document is.

    In: the latest finished job of its PDF, if there is one; how many words are written in the sections with these keys
    now; and its kind. What has come since the PDF was made is added as pages of ordinary length.
    """
    limits = GRANSER.get(slag)
    if job is None or not job.sidor:
        return Sidmatt(None, None, -(-words // WORDS_PER_PAGE), limits)
    more = words - _words_in(job.trad, keys)
    now = max(job.sidor + round(more / WORDS_PER_PAGE), 1)
    return Sidmatt(job.sidor, job.created_at, now, limits)


def _words_in(tree: dict[str, Any], keys: Collection[str]) -> int:
    chapters = (one for top in from_data(tree).chapters for one in top.walk() if one.key in keys)
    return sum(ordantal(block.body) for one in chapters for block in one.blocks if isinstance(block, Html))
