"""What a text can refer to: the chapters of its document, the tables and figures in other sections, and facts."""

import re
from collections.abc import Collection, Iterable, Mapping
from html import escape, unescape
from html.parser import HTMLParser

from delprojekt.models import Faktauppgift
from delprojekt.process.tal import skriv_tal
from delprojekt.process.trad import FAKTAREFERENS

_WORDS = {"table": ("Tabell", "caption"), "figure": ("Figur", "figcaption")}


def cite(html: str, figures: Mapping[int, str]) -> str:
    """Return a sanitised text with each cited fact as its figure is now (M5.2-3); one that is struck keeps its words.

    In: the text, and figure with unit by the fact's key. The text that is stored still refers to the row.
    """
    return FAKTAREFERENS.sub(lambda found: escape(figures.get(int(found[1]), "")) or found[2], html)


def citations(html: str) -> set[tuple[str, str]]:
    """Return what a sanitised text cites: each fact's key with the words that stand there."""
    return set(FAKTAREFERENS.findall(html))


def uncite(html: str, kept: Collection[tuple[str, str]], figures: Mapping[int, str]) -> str:
    """Return a sanitised text in which somebody's own words are not taken for a fact's figure (M5.2-3).

    In: the text, the citations that stand (``citations``), and what each fact prints. A citation that neither stands
    already nor says what its fact says loses its link: else other words than those that were written would be printed.
    """

    def own(found: re.Match[str]) -> str:
        said = " ".join(unescape(found[2]).split()) == " ".join(figures.get(int(found[1]), "").split())
        return found[0] if said or found.groups() in kept else found[2]

    return FAKTAREFERENS.sub(own, html)


def figures(rows: Iterable[Faktauppgift]) -> dict[int, str]:
    """Return what each fact that has a figure prints, by its key: ``1 480 möten``."""
    return {row.pk: skriv_tal(row.varde, row.enhet) for row in rows if row.varde is not None}


def fact_targets(rows: Iterable[Faktauppgift]) -> list[dict[str, str]]:
    """Return address, words and figure of each fact that can be cited; ``ord`` is what stands in the text."""
    return [
        {"href": f"#fakta-{row.pk}", "text": f"Fakta: {_fact(row)}", "ord": skriv_tal(row.varde, row.enhet)}
        for row in rows
        if row.varde is not None
    ]


def _fact(row: Faktauppgift) -> str:
    where = ", ".join(text for text in (row.region.kortnamn if row.region else "", row.avser, row.period) if text)
    return f"{row.pastaende}{f' ({where})' if where else ''}: {skriv_tal(row.varde, row.enhet)}"


def targets(sections: Iterable[tuple[str, str, str, str]]) -> list[dict[str, str]]:
    """Return address and words of each target, in reading order.

    In: key, number, heading and text of each section. A table or figure without ``id`` cannot be referred to.
    """
    found = []
    for key, number, heading, html in sections:
        found.append({"href": f"#kap-{key}", "text": f"Avsnitt: {number} {heading}".replace("  ", " ")})
        reader = _Reader()
        reader.feed(html)
        reader.close()
        found += [{"href": f"#{anchor}", "text": f"{word}: {caption}"} for anchor, word, caption in reader.found]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str]] = []
        self._caption: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in _WORDS and anchor:
            self.found.append((anchor, _WORDS[tag][0], "utan rubrik"))
        elif tag in {"caption", "figcaption"}:
            self._caption = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"caption", "figcaption"} and self._caption is not None:
            words = " ".join("".join(self._caption).split())
            if words and self.found:
                self.found[-1] = (*self.found[-1][:2], words)
            self._caption = None

    def handle_data(self, data: str) -> None:
        if self._caption is not None:
            self._caption.append(data)
