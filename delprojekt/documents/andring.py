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
_LOSA = _CELL | {"li"}
"""Blocks that mean nothing outside a list or a table."""
_EMPTY = re.compile(r"""<(strong|em|sub|sup|a|dfn)(?: (?:[^>"]|"[^"]*")*)?>(\s*)</\1>""")
_OPENS = re.compile(r"""<(ul|ol|li|blockquote)(?: (?:[^>"]|"[^"]*")*)?>\s*$""")
"""What goes with the last block that stood in it."""
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
    if old == new:
        return block
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
    starts, inner, ends = _parts(block)
    return _tidy(f"{starts}{sanitise(inner)}{ends}")


def _parts(block: str) -> tuple[str, str, str]:
    """Return how a block begins, what is in it, and how it ends; words without an element are all in it."""
    found = TAGG.match(block)
    if found is None or found[1] or found[2] not in _BLOCK:
        return "", block, ""
    end = block.rindex("</")
    return block[: found.end()], block[found.end() : end], block[end:]


def som_stycke(block: str) -> str:
    """Return a block as it can be shown anywhere: an item of a list and a cell as a paragraph."""
    starts, inner, _ = _parts(block)
    return f"<p>{inner}</p>" if starts[1:3] in _LOSA else block


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


def _tidy(block: str) -> str:
    """Return a new wording without what no longer holds any words; a space that stood in it is kept."""
    while (less := _LOOSE.sub(r"\1", _EMPTY.sub(r"\2", block))) != block:
        block = less
    return block


def samma(before: str, now: str, fore: str, nr: int) -> Stycke | None:
    """Return the block of ``now`` that is number ``nr`` of ``before``, and says exactly ``fore`` in both.

    None: it has been changed or is gone, or others say the same and nobody can tell which of them it is.
    """
    old, new = stycken_i(before), stycken_i(now)
    then = [one.nr for one in old if one.html == fore]
    found = [one for one in new if one.html == fore]
    if nr not in then:
        return None
    if len(then) == len(found):  # none of them has been touched: they stand in the same order
        block = found[then.index(nr)]
        return block if len(found) == 1 or _beside(new, block.nr) == _beside(old, nr) else None
    beside = _beside(old, nr)
    if fore in beside or [_beside(old, one) for one in then].count(beside) > 1:
        return None
    alike = [one for one in found if _beside(new, one.nr) == beside]
    return alike[0] if len(alike) == 1 else None


def _beside(blocks: Sequence[Stycke], nr: int) -> tuple[str, str]:
    """Return the blocks before and after one; nothing at the ends of the text."""
    return (
        blocks[nr - 1].html if nr else "",
        blocks[nr + 1].html if nr + 1 < len(blocks) else "",
    )


def byt(html: str, block: Stycke, efter: str) -> str:
    """Return ``html`` with what is in one of its blocks changed for what is in ``efter``; all else is as it was.

    Without words the block goes, and a list or a quotation that it was alone in; of a cell only the words go.
    """
    starts, _, ends = _parts(block.html)
    inner = _parts(efter)[1]
    first, last = html[: block.start], html[block.slut :]
    if inner or block.tagg in _CELL:
        return f"{first}{starts}{inner}{ends}{last}"
    while (around := _OPENS.search(first)) and (close := re.match(rf"\s*</{around[1]}>", last)):
        first, last = first[: around.start()], last[close.end() :]
    return first + last


def blev(html: str, fore: str, nr: int) -> Stycke | None:
    """Return what a block has become: the one that is most like it, if any is."""
    words = ord_i(fore).text
    found = stycken_i(html)
    alike = [(SequenceMatcher(None, words.split(), one.ord.split(), autojunk=False).ratio(), one) for one in found]
    best = max(alike, key=lambda pair: (pair[0], -abs(pair[1].nr - nr)), default=None)
    return best[1] if best and best[0] >= _SAMMA else None
