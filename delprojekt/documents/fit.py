"""Fits sanitised running text to its place in a document: heading levels, numbered tables, figures and footnotes,
references that say the number, alt texts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from delprojekt.documents.text import REFERENCE, sanitise

NO_ALT = "Bild utan beskrivning"
LOWEST_HEADING = 6
_SCROLLABLE = '<div class="tabell" role="group" aria-label="Tabell" tabindex="0">'
"""Around a table: on a narrow screen it scrolls sideways, also by keyboard."""
_WORDS = {"table": "Tabell", "figure": "Figur"}
_CAPTIONS = {"table": "caption", "figure": "figcaption"}

LONGEST_NOTE = 1200
"""Signs, markup counted. What is longer may not fit at the foot of a page and stands in the text, in brackets."""

ImageSource = Callable[[str], str]
"""Gives the address that a renderer shows a picture by, from the one in the text."""


@dataclass
class Numbering:
    """Counts tables, figures and footnotes through one document.

    ``labels`` says what a reference reads ("#tabell-a1" -> "tabell 3"). A reference may point forward, so a document is
    walked twice, the second time with what the first one found. With ``notes_inline`` a footnote stands where it is
    called, for a renderer that sets it at the foot of the page itself; otherwise ``notes`` collects them. ``numbered``
    is off where a text stands outside its document: there nobody knows the numbers.
    """

    labels: dict[str, str] = field(default_factory=dict)
    notes_inline: bool = False
    numbered: bool = True
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    prefix: str = ""
    seen: set[str] = field(default_factory=set)

    def next(self, word: str) -> str:
        """Return "Tabell 3." for the third call with "Tabell"."""
        self.counts[word] = self.counts.get(word, 0) + 1
        return f"{word} {self.counts[word]}."

    def claim(self, anchor: str, label: str) -> bool:
        """Let ``anchor`` mean ``label``. Out: whether it was free; the first of two with the same one has it."""
        if not anchor or anchor in self.seen:
            return False
        self.seen.add(anchor)
        self.labels[f"#{anchor}"] = label.rstrip(".").lower()
        return True


def fit(html: str, *, level: int, numbering: Numbering, image_source: ImageSource | None = None) -> str:
    """Return running text fitted below a heading of ``level``.

    The text passes the allow-list once more; its headings follow on ``level`` without a gap; captions are numbered;
    footnotes too; each picture has an alt text and the address that ``image_source`` gives for it.
    """
    fitter = _Fitter(level, numbering, image_source or str)
    fitter.feed(sanitise(html))
    fitter.close()
    return "".join(fitter.out)


@dataclass
class _Held:
    """A table or figure while it is read: its anchor, and whether its caption has come."""

    tag: str
    anchor: str
    captioned: bool = False


class _Fitter(HTMLParser):
    def __init__(self, level: int, numbering: Numbering, image_source: ImageSource) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._level = self._last = level
        self._open: list[int] = []
        self._held: list[_Held] = []
        self._kept: list[list[str]] = []
        self._links: list[str] = []
        self._source: list[str] = []
        self._numbering = numbering
        self._image_source = image_source

    # what comes in ----------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._held and self._held[-1].tag == "table" and tag != "caption":
            self._caption_missing()
        if tag in {"h3", "h4", "h5"}:
            self._last = min(self._level + int(tag[1]) - 2, self._last + 1, LOWEST_HEADING)
            self._open.append(self._last)
            self.out.append(f"<h{self._last}>")
        elif tag == "img":
            self.out.append(self._image(values))
        elif tag in _WORDS:
            self._hold(tag, values.get("id") or "")
        elif tag in {"caption", "figcaption"} and self._held:
            self.out.append(f"<{tag}>{self._number()}")
        elif tag in {"tfoot", "small"}:
            self._keep()
        elif tag == "a":
            self._link(values.get("href") or "")
        elif not self._in_source(tag):
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h3", "h4", "h5"} and self._open:
            tag = f"h{self._open.pop()}"
        if tag in _WORDS and self._held:
            self._let_go(tag)
        elif tag in {"tfoot", "small"} and self._kept:
            self._kept_text(tag)
        elif tag == "a" and self._links:
            self._link_end()
        elif not self._in_source(tag):
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    # tables and figures -----------------------------------------------------------------------------------------------

    def _hold(self, tag: str, anchor: str) -> None:
        self._held.append(_Held(tag, anchor))
        self._source.append("")
        mark = f' id="{anchor}"' if anchor and anchor not in self._numbering.seen else ""
        self.out.append((_SCROLLABLE if tag == "table" else "") + f"<{tag}{mark}>")

    def _number(self) -> str:
        """Return what stands before a caption's words: "Tabell 3. "."""
        held = self._held[-1]
        held.captioned = True
        if not self._numbering.numbered:
            return ""
        label = self._numbering.next(_WORDS[held.tag])
        self._numbering.claim(held.anchor, label)
        return f'<span class="nr">{label}</span> '

    def _caption_missing(self) -> None:
        """Number a table or figure that has no caption but is referred to."""
        held = self._held[-1]
        if held.anchor and not held.captioned and (number := self._number().strip()):
            self.out.append(f"<{_CAPTIONS[held.tag]}>{number}</{_CAPTIONS[held.tag]}>")

    def _let_go(self, tag: str) -> None:
        self._caption_missing()
        self._held.pop()
        source = self._source.pop()
        self.out.append(f"</{tag}>")
        if tag == "table":
            self.out.append(f'<p class="kalla">Källa: {source}</p></div>' if source else "</div>")

    # sources and footnotes --------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._kept.append(self.out)
        self.out = []

    def _kept_text(self, tag: str) -> None:
        text, self.out = "".join(self.out).strip(), self._kept.pop()
        if tag == "tfoot" and self._source:
            self._source[-1] = text
        elif text:
            self.out.append(self._note(text))

    def _in_source(self, tag: str) -> bool:
        """Tell whether a tag is only the row and cell around a table's source, or a footnote's own paragraph."""
        return bool(self._kept) and tag in {"tr", "td", "th", "p"}

    def _note(self, text: str) -> str:
        numbering = self._numbering
        if len(text) > LONGEST_NOTE:
            return f" ({text})"
        number = numbering.next("Fotnot")[7:-1]
        if numbering.notes_inline:
            return f'<span class="fotnot">{text}</span>'
        numbering.notes.append(text)
        at = f"{numbering.prefix}{number}"
        return f'<sup class="notref"><a href="#not-{at}" id="notref-{at}" role="doc-noteref">{number}</a></sup>'

    # links and pictures -----------------------------------------------------------------------------------------------

    def _link(self, href: str) -> None:
        """Open a link. The words of one to a table, figure or chapter are kept until it is known what it should say."""
        reference = href if REFERENCE.fullmatch(href) else ""
        self._links.append(reference)
        if reference:
            self._keep()
        else:
            self.out.append(self.get_starttag_text() or "")

    def _link_end(self) -> None:
        reference = self._links.pop()
        if not reference:
            self.out.append("</a>")
            return
        words, self.out = "".join(self.out), self._kept.pop()
        label = self._numbering.labels.get(reference)
        if label is None:
            self.out.append(words)
            return
        said = escape(label[:1].upper() + label[1:] if words.strip()[:1].isupper() else label)
        self.out.append(f'<a href="{reference}">{said}</a>')

    def _image(self, attrs: dict[str, str | None]) -> str:
        if not attrs.get("src"):
            return ""
        source = self._image_source(attrs["src"] or "")
        return f'<img src="{escape(source)}" alt="{escape(attrs.get("alt") or NO_ALT)}">'
