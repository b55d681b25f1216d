"""Advice about the text, section by section: LIX, length, abbreviations, references, tables and pictures.

Shown on the page, never asked a motivering for (architecture.md §3; M5.4.1-5, -6, -8, -10).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from delprojekt.documents.plain import to_plain
from delprojekt.models import Mallavsnitt
from delprojekt.process.lasbarhet import (
    PAGES_AT_MOST,
    REFERENCES_AT_MOST,
    Matt,
    mat,
    oforklarade,
    sidor,
)
from delprojekt.process.mall import REFERENSER

_REFERENCE = re.compile(r"^(?:\d+\.|-)\s", re.MULTILINE)


@dataclass(frozen=True)
class Avsnittsrad:
    """What is measured of one section."""

    rubrik: str
    matt: Matt

    @property
    def lix(self) -> int:
        """Return LIX without decimals."""
        return int(self.matt.lix)


@dataclass(frozen=True)
class Textrad:
    """The measures of a report, and the advice in sentences."""

    avsnitt: tuple[Avsnittsrad, ...]
    sidor: int
    rad: tuple[str, ...]


def text_advice(sections: Iterable[tuple[Mallavsnitt, str]]) -> Textrad:
    """Return the advice. In: the written sections with their HTML, in order; the follow-up report is not counted."""
    texts = [(section, html, to_plain(html)) for section, html in sections if section.i_slutrapport]
    measured = tuple(Avsnittsrad(str(section), mat(text)) for section, _, text in texts)
    pages = sidor(sum(row.matt.ord for row in measured))
    glossary = next((text for section, _, text in texts if section.nyckel == REFERENSER), "")
    said = (*_length(pages), *_references(glossary), *_abbreviations(texts, glossary), *_tables(texts))
    return Textrad(measured, pages, said)


def _length(pages: int) -> Iterable[str]:
    if pages > PAGES_AT_MOST:
        yield f"Texten är ungefär {pages} sidor. Rapporten bör hållas relativt kort, högst omkring {PAGES_AT_MOST}."


def _references(text: str) -> Iterable[str]:
    count = len(_REFERENCE.findall(text))
    if count > REFERENCES_AT_MOST:
        yield f"Det finns {count} referenser. Antalet bör minimeras."


def _abbreviations(texts: list[tuple[Mallavsnitt, str, str]], glossary: str) -> Iterable[str]:
    whole = "\n".join(text for _, _, text in texts)
    if found := oforklarade(whole, glossary):
        yield f"Förkortningar som inte är förklarade: {', '.join(found)}. Skriv ut dem, eller förklara i ordlistan."


def _tables(texts: list[tuple[Mallavsnitt, str, str]]) -> Iterable[str]:
    for section, html, _ in texts:
        reader = _Reader()
        reader.feed(html)
        for what in dict.fromkeys(reader.missing()):
            yield f"{section}: {what}"


class _Reader(HTMLParser):
    """Finds tables without caption, header cells or source, and pictures without a text alternative (M5.4.1-8)."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[set[str]] = []
        self.bare_pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(set())
        elif tag in {"caption", "th"} and self.tables:
            self.tables[-1].add(tag)
        elif tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.bare_pictures += 1

    def handle_data(self, data: str) -> None:
        if "källa" in data.lower() and self.tables:
            self.tables[-1].add("källa")

    def missing(self) -> Iterable[str]:
        """Yield what is missing, in sentences."""
        words = {"caption": "en tabell saknar rubrik", "th": "en tabell saknar rubrikceller"}
        words["källa"] = "en tabell saknar källa"
        for table in self.tables:
            yield from (f"{text}." for key, text in words.items() if key not in table)
        if self.bare_pictures:
            yield "en bild saknar textalternativ."
