"""Two people have changed one section: both changes in one text, paragraph by paragraph.

A text is a row of blocks: its outermost elements. Each side is compared with the text that both began from. Changes of
different blocks are both kept; what both have added at one place stands after each other. Only where both have changed
the same block must somebody choose, and then both wordings are kept side by side.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^>"']|"[^"]*"|'[^']*')*>""")
_VOID = frozenset({"br", "img", "hr", "col", "wbr"})


@dataclass(frozen=True)
class Sammanfogad:
    """The merged text; ``krockar`` tells in how many places both had changed the same block and both are kept."""

    html: str
    krockar: int


@dataclass(frozen=True)
class _Change:
    """One side put ``new`` in the place of the blocks ``start`` to ``end`` of the common text."""

    start: int
    end: int
    new: tuple[str, ...]


def blocks(html: str) -> list[str]:
    """Return the outermost elements of sanitised HTML, in order; loose text between them is a block of its own.

    Joined together they are the text again.
    """
    found: list[str] = []
    depth, begun = 0, 0
    for tag in _TAG.finditer(html):
        closing, name = bool(tag[1]), tag[2].lower()
        if depth == 0 and not closing and begun < tag.start():
            found.append(html[begun : tag.start()])
            begun = tag.start()
        if name not in _VOID:
            depth = max(depth + (-1 if closing else 1), 0)
        if depth == 0:
            found.append(html[begun : tag.end()])
            begun = tag.end()
    return [*found, html[begun:]] if begun < len(html) else found


def merge(bas: str, deras: str, mina: str, *, bara_mina: bool = False) -> Sammanfogad:
    """Return both sides' changes in one text. In: what both began from, what stands there now, what is to be saved.

    Nothing that one side has added is left out, also where the same words stand in what both have added. Where both
    have changed the same block, theirs stands before mine; or mine alone, with ``bara_mina``.
    """
    common = blocks(bas)
    theirs, mine = _changes(common, blocks(deras)), _changes(common, blocks(mina))
    merged: list[str] = []
    clashes = place = 0
    while theirs or mine:
        start, end, left, right = _next(theirs, mine)
        merged += common[place:start]
        both, clash = _together(common, start, end, left, right)
        merged += _side(common, start, end, right) if clash and bara_mina else both
        clashes += clash
        place = end
    return Sammanfogad("".join([*merged, *common[place:]]), clashes)


def _changes(common: Sequence[str], side: Sequence[str]) -> list[_Change]:
    """Return what one side has changed. What is alike first and last is not compared: comparing takes its square."""
    head = _alike(common, side)
    tail = _alike(common[head:][::-1], side[head:][::-1])
    old, new = common[head : len(common) - tail], side[head : len(side) - tail]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes: list[_Change] = []
    for tag, a, b, c, d in steps:
        if tag == "replace" and b - a == d - c:  # block by block: what stands beside it is another's to change
            changes += [_Change(head + a + n, head + a + n + 1, (new[c + n],)) for n in range(b - a)]
        elif tag != "equal":
            changes.append(_Change(head + a, head + b, tuple(new[c:d])))
    return changes


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many blocks are the same, from the first on."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _touch(one: _Change, start: int, end: int) -> bool:
    """Tell whether a change is of blocks between ``start`` and ``end``, or adds where something else is added."""
    if one.start == one.end or start == end:
        inside = start < one.start < end or one.start < start < one.end
        return inside or (one.start == one.end and start == end and one.start == start)
    return one.start < end and start < one.end


def _next(theirs: list[_Change], mine: list[_Change]) -> tuple[int, int, list[_Change], list[_Change]]:
    """Take the first change, and those of the other side that it touches, and so on until nothing more does."""
    first = min([*theirs[:1], *mine[:1]], key=lambda one: (one.start, one.end))
    start, end = first.start, first.end
    left: list[_Change] = []
    right: list[_Change] = []
    grown = True
    while grown:
        grown = False
        for changes, taken in ((theirs, left), (mine, right)):
            while changes and (changes[0] is first or _touch(changes[0], start, end)):
                one = changes.pop(0)
                taken.append(one)
                start, end, grown = min(start, one.start), max(end, one.end), True
    return start, end, left, right


def _side(common: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> list[str]:
    """Return what one side has written between two places of the common text."""
    written: list[str] = []
    for one in changes:
        written += [*common[start : one.start], *one.new]
        start = one.end
    return [*written, *common[start:end]]


def _together(
    common: Sequence[str], start: int, end: int, left: Sequence[_Change], right: Sequence[_Change]
) -> tuple[list[str], bool]:
    theirs, mine = _side(common, start, end, left), _side(common, start, end, right)
    if not right or theirs == mine:
        return theirs, False
    if not left:
        return mine, False
    both_only_add = start == end
    # The same words in the same place came twice (an answer that was lost); further on they are each side's own.
    return [*theirs, *mine[_alike(theirs, mine) :]], not both_only_add
