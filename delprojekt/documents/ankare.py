"""Where a comment stands in a text: its quote, found again after edits. Nothing is ever marked in the stored text.

A text is read as its words on one line, ``Ord``: every white space and every border of a block is one space;
footnotes, captions and sources of tables are left out. The editor reads its text in the same way
(``static/js/editor/comments.js``), so that the n-th occurrence of a quote is the same place in both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from delprojekt.documents.stycken import TAGG

KRING = 40
"""So many characters on either side are kept with a quote, to tell its occurrences apart."""
MEST_CITAT = 1000
"""The longest quote."""
_ENSAMT = 40
"""A quote of at least so many characters is its place, whatever stands around it; a shorter one needs its context:
the same few words are often said of something else."""
_GRANNAR = 6
"""So many characters of the context must still stand next to a shorter quote."""
_GRANNE, _LIKT = 16, 0.6
"""So many characters on a side must stand where they stood, and so much of a quote must be left, when it is changed."""
_BREAKS = frozenset({"p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "br", "table", "tr", "th", "td", "figure"})
_LEFT_OUT = frozenset({"small", "caption", "figcaption", "tfoot"})
_PARTS = _BREAKS | _LEFT_OUT - {"small"}
_OPPNAR, _SAGT, _STANGER = "\ue000", "\ue001", "\ue002"
_TECKEN = re.compile("[\ue000-\ue002]")
_MARKE = re.compile("\ue000([0-9 ]+)\ue001")
_PIECE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|.", re.DOTALL)


@dataclass(frozen=True)
class Ord:
    """The words of a text on one line, and for each character where it begins and ends in the HTML, and in which run
    of text between two tags."""

    text: str
    platser: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Ankare:
    """What is kept of a place: the quote, what stood before and after it, and where it stood. No quote: all of it."""

    citat: str
    fore: str = ""
    efter: str = ""
    plats: int = 0


@dataclass(frozen=True)
class Plats:
    """Where a quote stands in the words of a text, which of its occurrences that is, from 0, and as what words: some
    of them may have been changed since (``plats_nu``)."""

    start: int
    slut: int
    nr: int
    citat: str


def ord_i(html: str) -> Ord:
    """Return the words of sanitised ``html``."""
    text: list[str] = []
    places: list[tuple[int, int, int]] = []
    at = out = run = 0
    gap: tuple[int, int, int] | None = None  # the white space that is next, and has no width where a block begins
    for tag in [*TAGG.finditer(html), None]:
        end = tag.start() if tag else len(html)
        for piece in () if out else _PIECE.finditer(html, at, end):
            for char in unescape(piece[0]):
                if char.isspace():
                    gap = gap or (piece.start(), piece.end(), run)
                    continue
                if gap and text:
                    text.append(" ")
                    places.append(gap)
                gap = None
                text.append(char)
                places.append((piece.start(), piece.end(), run))
        if tag is None:
            break
        at, run = tag.end(), run + 1
        if tag[2] in _LEFT_OUT:
            out = max(out + (-1 if tag[1] else 1), 0)
        if tag[2] in _PARTS:
            gap = gap or (at, at, run)
    return Ord("".join(text), tuple(places))


def en_rad(text: str) -> str:
    """Return words on one line, as a quote is kept."""
    return " ".join(text.split())


def fast(ordet: Ord, citat: str, nr: int = 0) -> Ankare | None:
    """Return the anchor of the ``nr``-th occurrence of a quote, of the first if there are fewer; None without any."""
    found = _occurrences(ordet.text, citat)
    if not found:
        return None
    return vid(ordet, citat, found[nr] if nr < len(found) else found[0])


def vid(ordet: Ord, citat: str, start: int) -> Ankare:
    """Return the anchor of a quote that stands at a place in the words."""
    end = start + len(citat)
    return Ankare(citat, ordet.text[max(start - KRING, 0) : start], ordet.text[end : end + KRING], start)


def plats_i(ordet: Ord, ankare: Ankare) -> Plats | None:
    """Find a quote again: the occurrence whose surroundings are most alike, then the nearest. None: it is gone.

    A shorter quote, which may stand anywhere, is only taken where some of what stood around it still does.
    """
    found = _occurrences(ordet.text, ankare.citat)
    if not found:
        return None
    end = len(ankare.citat)
    alike = [_alike(ordet.text[:at], ankare.fore, ordet.text[at + end :], ankare.efter) for at in found]
    nr = max(range(len(found)), key=lambda n: (alike[n], -abs(found[n] - ankare.plats)))
    if end < _ENSAMT and alike[nr] < min(_GRANNAR, len(ankare.fore) + len(ankare.efter)):
        return None
    return Plats(found[nr], found[nr] + end, nr, ankare.citat)


def plats_nu(ordet: Ord, ankare: Ankare) -> Plats | None:
    """Find a quote again also where some of its words were changed: what stands between the same neighbours now, if it
    still is much the same. None: it is gone."""
    text, before, after = ordet.text, ankare.fore[-_GRANNE:], ankare.efter[:_GRANNE]
    if (exact := plats_i(ordet, ankare)) or len(before) + len(after) < _GRANNE:
        return exact
    starts = [at + len(before) for at in _occurrences(text, before)] if before else [0]
    for start in sorted(starts, key=lambda at: abs(at - ankare.plats)):
        end = text.find(after, start) if after else len(text)
        said = text[start:end] if start < end <= start + 2 * len(ankare.citat) else ""
        if said and SequenceMatcher(None, ankare.citat, said, autojunk=False).ratio() >= _LIKT:
            return Plats(start, end, _occurrences(text, said).index(start), said)
    return None


def _occurrences(text: str, quote: str) -> list[int]:
    found = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _alike(before: str, fore: str, after: str, efter: str) -> int:
    """Return how many characters next to a place are those that stood there."""
    return _same(before[::-1], fore[::-1]) + _same(after, efter)


def _same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def markera(html: str, ordet: Ord, platser: Sequence[tuple[int, Plats]]) -> str:
    """Return sanitised ``html`` with places marked, to be shown and never stored. In: the comments' keys and places.

    The marks are characters until the text is ready to be shown (``med_marken``): a place that goes over a border of
    elements is marked piece by piece.
    """
    signs: dict[int, list[int]] = {}
    for key, plats in platser:
        for n in range(plats.start, plats.slut):
            signs.setdefault(n, []).append(key)
    pieces: list[tuple[int, int, tuple[int, ...]]] = []
    last: tuple[int, tuple[int, ...]] | None = None
    for n in sorted(signs):
        begin, end, run = ordet.platser[n]
        keys = tuple(signs[n])
        if last == (run, keys) and pieces and n - 1 in signs:
            pieces[-1] = (pieces[-1][0], end, keys)
        elif begin < end:
            pieces.append((begin, end, keys))
            last = (run, keys)
        else:
            last = None
    for begin, end, keys in reversed(pieces):
        told = f"{_OPPNAR}{' '.join(map(str, keys))}{_SAGT}"
        html = f"{html[:begin]}{told}{html[begin:end]}{_STANGER}{html[end:]}"
    return html


def utan_tecken(html: str) -> str:
    """Return ``html`` without the characters that stand for marks, which no keyboard writes."""
    return _TECKEN.sub("", html)


def med_marken(html: str) -> str:
    """Return HTML that has been made ready to be shown with its marks as elements; the first piece of each comment can
    be linked to (``text-7``). In: what ``markera`` gave, or what became of it."""
    seen: set[str] = set()

    def opened(found: re.Match[str]) -> str:
        new = [key for key in found[1].split() if key not in seen]
        seen.update(new)
        targets = "".join(f'<span id="text-{key}"></span>' for key in new)
        return f'{targets}<mark class="kommentarsmark" data-kommentar="{found[1]}">'

    return _MARKE.sub(opened, html).replace(_STANGER, "</mark>")


def omge(html: str, ordet: Ord, platser: Sequence[tuple[Plats, str, str]]) -> str:
    """Return ``html`` with something put before and after each place (Word's comments)."""
    put: list[tuple[int, int, str]] = []
    for plats, before, after in platser:
        put.append((ordet.platser[plats.start][0], 1, before))
        put.append((ordet.platser[plats.slut - 1][1], 0, after))
    for at, _, what in sorted(put, key=lambda one: one[:2], reverse=True):
        html = html[:at] + what + html[at:]
    return html
