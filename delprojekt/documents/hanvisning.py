"""What a text can refer to: the chapters of its document, and the tables and figures in other sections."""

from collections.abc import Iterable
from html.parser import HTMLParser

_WORDS = {"table": ("Tabell", "caption"), "figure": ("Figur", "figcaption")}


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
