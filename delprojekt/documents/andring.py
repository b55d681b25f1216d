"""A proposed change of one block of a text: which blocks there are, new words in one, and one changed for another.

A block is an element that holds words and no other block: a paragraph, a heading, an item of a list, a cell. New words
keep what is not words: bold where it stood, footnotes, references.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from delprojekt.documents.ankare import en_rad, ord_i
from delprojekt.documents.stycken import TAGG
from delprojekt.documents.text import sanitise

_BLOCK = frozenset({"p", "h3", "h4", "h5", "li", "td", "th"})
_CELL = frozenset({"td", "th"})
_EMPTY = re.compile(r"<(strong|em|sub|sup|a|dfn|ul|ol|blockquote)(?: [^>]*)?>\s*</\1>")
_LOOSE = re.compile(r"\s+(</(?:p|h3|h4|h5|li|td|th)>)$")
_SAMMA = 0.5
"""A block that is at least so like another may be what became of it."""


@dataclass(frozen=True)
class Stycke:
    """A block: its number in the text, where it stands in the HTML, its element, and its words on one line."""

    nr: int
    start: int
    slut: int
    html: str
    ord: str

    @property
    def tagg(self) -> str:
        """Return the name of its element."""
        return self.html[1:].split(">", 1)[0].split(" ", 1)[0]


def stycken_i(html: str) -> list[Stycke]:
    """Return the blocks of sanitised ``html`` that have words, in order."""
    found: list[Stycke] = []
    open_: list[tuple[str, int, bool]] = []  # the block, where it begins, and whether another stands in it
    for tag in TAGG.finditer(html):
        if tag[2] not in _BLOCK:
            continue
        if not tag[1]:
            open_ = [(name, start, True) for name, start, _ in open_]
            open_.append((tag[2], tag.start(), False))
        elif open_ and open_[-1][0] == tag[2]:
            _, start, holds = open_.pop()
            part = html[start : tag.end()]
            if not holds and (words := ord_i(part).text):
                found.append(Stycke(len(found), start, tag.end(), part, words))
    return found


def omskrivet(block: str, words: str) -> str:
    """Return a block with other words: what is the same keeps its form. No words: the block goes, a cell is emptied."""
    words = en_rad(words)
    if not words and Stycke(0, 0, 0, block, "").tagg not in _CELL:
        return ""
    told = ord_i(block)
    old, new = _tokens(told.text), _tokens(words)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    begins = [0]
    for one in old:
        begins.append(begins[-1] + len(one))
    for kind, a, b, c, d in reversed(steps):
        if kind == "equal":
            continue
        start, end = begins[a], begins[b]
        if start < end:
            block = _replaced(block, [told.platser[n][:2] for n in range(start, end)], "".join(new[c:d]))
        else:
            at = told.platser[start - 1][1] if start else _first(block)
            block = block[:at] + escape("".join(new[c:d]), quote=False) + block[at:]
    return _tidy(sanitise(block))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _first(block: str) -> int:
    """Return where the words of a block would begin."""
    found = TAGG.match(block)
    return found.end() if found else 0


def _replaced(html: str, places: Sequence[tuple[int, int]], words: str) -> str:
    """Return ``html`` with words in the place of some characters; what stands between those is kept."""
    for begin, end in reversed(places[1:]):
        html = html[:begin] + html[end:]
    begin, end = places[0]
    return html[:begin] + escape(words, quote=False) + html[end:]


def _tidy(html: str) -> str:
    while (less := _LOOSE.sub(r"\1", _EMPTY.sub("", html))) != html:
        html = less
    return html


def byt(html: str, fore: str, efter: str, nr: int) -> str | None:
    """Return ``html`` with a block changed for another: the nearest that says exactly ``fore``. None: there is none."""
    same = [one for one in stycken_i(html) if one.html == fore]
    if not same:
        return None
    block = min(same, key=lambda one: abs(one.nr - nr))
    return sanitise(_tidy(html[: block.start] + efter + html[block.slut :]))


def blev(html: str, fore: str, nr: int) -> Stycke | None:
    """Return what a block has become: the one that is most like it, if any is."""
    words = ord_i(fore).text
    found = stycken_i(html)
    alike = [(SequenceMatcher(None, words.split(), one.ord.split(), autojunk=False).ratio(), one) for one in found]
    best = max(alike, key=lambda pair: (pair[0], -abs(pair[1].nr - nr)), default=None)
    return best[1] if best and best[0] >= _SAMMA else None
