"""What a text can refer to: the chapters of its document, the tables and figures in other sections, and facts."""

from collections.abc import Iterable, Mapping
from html import escape
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
