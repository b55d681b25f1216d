"""The versions of a section: what differs between two of them, and which ones no longer need to be kept."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import nh3
from htmldiff2 import render_html_diff

from delprojekt.documents.plain import to_plain
from delprojekt.documents.sammanfoga import blocks
from delprojekt.documents.text import ATTRIBUTES, LINK_SCHEMES, TAGS

_MARKS = {"ins": "tillagt", "del": "borttaget"}
_EMPTY = re.compile(r"<(ins|del)>\s*</\1>")
_WORDS = re.compile(r"\S+")
FARSKA = timedelta(hours=1)
"""So long every version is kept."""
GLESHET = ((timedelta(days=1), timedelta(minutes=10)), (timedelta(days=30), timedelta(hours=1)))
"""Up to an age, one version for each such time is kept; of what is older still, one for each day."""


def compare_html(before: str, after: str) -> str:
    """Return one HTML text with what was taken away in ``del`` and what was added in ``ins``, word by word.

    Tables too, cell by cell. Each mark says "borttaget" or "tillagt" to those who do not see colours and lines. In:
    sanitised HTML. Out: safe to show as it is.
    """
    marked = nh3.clean(
        render_html_diff(before, after),
        tags=set(TAGS | _MARKS.keys()),
        attributes=ATTRIBUTES,
        url_schemes=set(LINK_SCHEMES | {"data"}),
        link_rel=None,
    )
    for tag, word in _MARKS.items():
        said = f'<span class="bara-skarmlasare">{word}: </span>'
        marked = _EMPTY.sub("", marked).replace(f"<{tag}>", f"<{tag}>{said}")
    return marked


@dataclass(frozen=True)
class Version:
    """What the thinning needs to know of a version. ``behalls``: it must not go, whatever it says."""

    nummer: int
    html: str
    sparat_at: datetime
    behalls: bool


def holds(larger: str, smaller: str) -> bool:
    """Tell whether all words of one text stand in the other: each block's words, in order, in one block of it.

    A word that was cut short while somebody typed stands in the whole word.
    """
    wide = [_words(block) for block in blocks(larger)]
    return all(any(_in_order(block, other) for other in wide) for block in map(_words, blocks(smaller)) if block)


def _words(html: str) -> list[str]:
    return _WORDS.findall(to_plain(html))


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(any(other.startswith(word) for other in rest) for word in few)


def superfluous(versions: Collection[Version], now: datetime) -> list[int]:
    """Return the numbers of the versions that can go: no word of theirs stands only there.

    A version may go if it was saved by itself while somebody wrote, is older than an hour, is not the only one of its
    time (``GLESHET``), and ``holds`` says that a version that is kept has all its words. So what was written and then
    taken away is kept at its longest, for ever.
    """
    rows = sorted(versions, key=lambda one: one.nummer)
    wanted = _last_of_each_time(rows, now)
    loose = [row for row in rows if not row.behalls and row.nummer not in wanted]
    gone: set[int] = set()
    for order in (reversed(rows), rows):  # first against what was written later, then against what stood before
        gone |= _in_neighbours([row for row in order if row.nummer not in gone], {row.nummer for row in loose})
    return sorted(gone)


def _in_neighbours(rows: Collection[Version], loose: Collection[int]) -> set[int]:
    gone: set[int] = set()
    kept: Version | None = None
    for row in rows:
        if kept and row.nummer in loose and holds(kept.html, row.html):
            gone.add(row.nummer)
        else:
            kept = row
    return gone


def _last_of_each_time(rows: Sequence[Version], now: datetime) -> set[int]:
    found: dict[object, int] = {}
    for row in rows:
        found[_time(row.sparat_at, now - row.sparat_at)(row)] = row.nummer
    return {*found.values(), *(row.nummer for row in rows[-1:])}


def _time(at: datetime, age: timedelta) -> Callable[[Version], object]:
    if age < FARSKA:
        return lambda row: row.nummer
    for limit, span in GLESHET:
        if age < limit:
            return lambda row: (span, int(at.timestamp() // span.total_seconds()))
    return lambda row: at.date()
