"""Fits sanitised running text to its place in a document: heading levels, numbered tables and figures, alt texts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from delprojekt.documents.text import sanitise

NO_ALT = "Bild utan beskrivning"
LOWEST_HEADING = 6
_SCROLLABLE = '<div class="tabell" role="group" aria-label="Tabell" tabindex="0">'
"""Around a table: on a narrow screen it scrolls sideways, also by keyboard."""

ImageSource = Callable[[str], str]
"""Gives the address that a renderer shows a picture by, from the one in the text."""


@dataclass
class Numbering:
    """Counts tables and figures through one document."""

    counts: dict[str, int] = field(default_factory=dict)

    def next(self, word: str) -> str:
        """Return "Tabell 3." for the third call with "Tabell"."""
        self.counts[word] = self.counts.get(word, 0) + 1
        return f"{word} {self.counts[word]}."


def fit(html: str, *, level: int, numbering: Numbering, image_source: ImageSource | None = None) -> str:
    """Return running text fitted below a heading of ``level``.

    The text passes the allow-list once more; its headings follow on ``level`` without a gap; captions are numbered;
    each picture has an alt text and the address that ``image_source`` gives for it.
    """
    fitter = _Fitter(level, numbering, image_source or str)
    fitter.feed(sanitise(html))
    fitter.close()
    return "".join(fitter.out)


class _Fitter(HTMLParser):
    def __init__(self, level: int, numbering: Numbering, image_source: ImageSource) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._level = self._last = level
        self._open: list[int] = []
        self._numbering = numbering
        self._image_source = image_source

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag in {"h3", "h4", "h5"}:
            self._last = min(self._level + int(tag[1]) - 2, self._last + 1, LOWEST_HEADING)
            self._open.append(self._last)
            raw = f"<h{self._last}>"
        elif tag == "img":
            raw = self._image(dict(attrs))
        elif tag == "table":
            self.out.append(_SCROLLABLE)
        self.out.append(raw)
        if tag in {"caption", "figcaption"}:
            number = self._numbering.next("Tabell" if tag == "caption" else "Figur")
            self.out.append(f'<span class="nr">{number}</span> ')

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h3", "h4", "h5"} and self._open:
            tag = f"h{self._open.pop()}"
        self.out.append(f"</{tag}>")
        if tag == "table":
            self.out.append("</div>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def _image(self, attrs: dict[str, str | None]) -> str:
        if not attrs.get("src"):
            return ""
        source = self._image_source(attrs["src"] or "")
        return f'<img src="{escape(source)}" alt="{escape(attrs.get("alt") or NO_ALT)}">'
