"""What the tables and pictures of a text still lack before a reader can use them: advice at the desk, never a block."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from delprojekt.documents.stycken import ren_text
from delprojekt.process.datatabell import INSATT
from delprojekt.process.ordning import uppraknat

TABELL, BILD = "tabell", "bild"
_MANY = {TABELL: "tabeller", BILD: "bilder"}
_PARTS = re.compile(r"<(table)[ >].*?</table>|<figure[ >].*?</figure>|<img [^>]*>", re.DOTALL)
_WORDS = re.compile(r"<(caption|figcaption)>(.*?)</\1>", re.DOTALL)
_SOURCE = re.compile(r"<tfoot>.*?</tfoot>", re.DOTALL)
_HEADERS = re.compile(r"<th[ >]")
_DESCRIBED = re.compile(r'alt="[^"]*\S[^"]*"')


Kallor = Mapping[int, str]
"""The source of each datatabell of a report, by its key; empty where nobody has said it."""


@dataclass(frozen=True)
class Brist:
    """A table or a picture: which of its kind in the text, its words if it has any, and what it lacks."""

    slag: str
    nummer: int
    rubrik: str
    saknar: tuple[str, ...]

    @property
    def mening(self) -> str:
        """Return it in a sentence: ``Tabellen ”Väntetider” saknar källa.``"""
        name = (
            f"{self.slag.capitalize()}en ”{self.rubrik}”" if self.rubrik else f"{self.slag.capitalize()} {self.nummer}"
        )
        return f"{name} saknar {uppraknat(self.saknar)}."


def brister(html: str, kallor: Kallor | None = None) -> Iterator[Brist]:
    """Yield the tables without caption, source or headers and the pictures without description or words below.

    In: sanitised HTML, and the sources of the report's datatabeller (None: they are not looked at). Out: in the order
    of the text (M5.4.1-8).
    """
    count: Counter[str] = Counter()
    for found in _PARTS.finditer(html):
        part, kind = found[0], TABELL if found[1] else BILD
        count[kind] += 1
        words = _WORDS.search(part)
        caption = ren_text(words[2]) if words else ""
        placed = INSATT.fullmatch(part)
        if placed:
            lacking = tuple(_placed(int(placed[1]), kallor))
        else:
            lacking = tuple(_table(part, caption) if kind == TABELL else _picture(part, caption))
        if lacking:
            yield Brist(kind, count[kind], caption, lacking)


def _placed(key: int, kallor: Kallor | None) -> Iterator[str]:
    """Yield what a datatabell lacks where it stands; its heading and headers it always has."""
    if kallor is not None and key not in kallor:
        yield "sina siffror (den hör till en annan rapport)"
    elif kallor is not None and not kallor[key].strip():
        yield "källa"


def _table(part: str, caption: str) -> Iterator[str]:
    source = _SOURCE.search(part)
    if not caption:
        yield "rubrik"
    if not (source and ren_text(source[0])):
        yield "källa"
    if not _HEADERS.search(part):
        yield "rad- eller kolumnrubriker"


def _picture(part: str, caption: str) -> Iterator[str]:
    if not _DESCRIBED.search(part):
        yield "beskrivning (alt-text)"
    if not caption:
        yield "bildtext"


def lacks(html: str, kallor: Kallor | None = None) -> list[str]:
    """Return what is missing in a text, counted: ``2 tabeller saknar källa.``; nothing when nothing is missing."""
    count = Counter((one.slag, what) for one in brister(html, kallor) for what in one.saknar)
    return [f"{n} {slag if n == 1 else _MANY[slag]} saknar {what}." for (slag, what), n in count.items()]
