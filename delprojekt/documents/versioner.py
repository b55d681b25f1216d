"""The versions of a section: what differs between two of them, and which ones no longer need to be kept."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import nh3
from htmldiff2 import render_html_diff

from delprojekt.documents.plain import to_plain
from delprojekt.documents.sammanfoga import blocks
from delprojekt.documents.text import ATTRIBUTES, LINK_SCHEMES, TAGS

_MARKS = {"ins": "tillagt", "del": "borttaget"}
_EMPTY = re.compile(r"<(ins|del)>\s*</\1>")
_WORDS = re.compile(r"\S+")
_CUT_SHORT = re.compile(r"[^\W\d_]+")
_WRITTEN = re.compile(r' (?:title|href|src|alt)="([^"]*)"')
"""What somebody has written that is no running text: an explanation, an address, a picture and its description."""
_SPOKEN = (
    (re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL), r'<a href="\1">\2</a> (\1)'),
    (re.compile(r'<dfn title="([^"]*)">(.*?)</dfn>', re.DOTALL), r'<dfn title="\1">\2</dfn> (\1)'),
    (re.compile(r'(<img [^>]*?src="[^"]*?)([^"/]+)"([^>]*>)'), r'\1\2"\3 [bild \2]'),
    (re.compile(r'(<img [^>]*?alt="([^"]+)"[^>]*>)'), r"\1 [\2]"),
)
FARSKA = timedelta(hours=1)
"""So long every version is kept."""
GLESHET = ((timedelta(days=1), timedelta(minutes=10)), (timedelta(days=30), timedelta(hours=1)))
"""Up to an age, one version for each such time is kept; of what is older still, one for each day."""


def compare_html(before: str, after: str) -> str:
    """Return one HTML text with what was taken away in ``del`` and what was added in ``ins``, word by word.

    Tables too, cell by cell. Each mark says "borttaget" or "tillagt" to those who do not see colours and lines. Where
    an address, an explanation or a picture differs, it stands in words. In: sanitised HTML. Out: safe to show as it is.
    """
    if _WRITTEN.findall(before) != _WRITTEN.findall(after):
        before, after = _in_words(before), _in_words(after)
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


def _in_words(html: str) -> str:
    for found, words in _SPOKEN:
        html = found.sub(words, html)
    return html


@dataclass(frozen=True)
class Version:
    """What the thinning needs to know of a version. ``behalls``: it must not go, whatever it says."""

    nummer: int
    html: str
    sparat_at: datetime
    behalls: bool


def holds(larger: str, smaller: str) -> bool:
    """Tell whether all that is written in one text stands in the other: each block's words, in order, in one block.

    Addresses, explanations and pictures too. A last word that was cut short while somebody typed stands in the whole
    word; a number does not stand in a longer one.
    """
    wide = blocks(larger)
    known = set(wide)
    return all(any(_stands_in(block, other) for other in wide) for block in blocks(smaller) if block not in known)


def _stands_in(block: str, other: str) -> bool:
    (few, wrote), (many, written) = _words(block), _words(other)
    return _in_order(few, many) and not Counter(wrote) - Counter(written)


@lru_cache(maxsize=4096)
def _words(block: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a block's words, and what is written in it that is no running text."""
    return tuple(_WORDS.findall(to_plain(block))), tuple(_WRITTEN.findall(block))


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    if not few:
        return True
    rest = iter(many)
    *whole, last = few
    if not all(word in rest for word in whole):  # ``in`` goes on from where the last one was found
        return False
    cut = _CUT_SHORT.fullmatch(last)
    return any(word == last or (cut and word.startswith(last)) for word in rest)


def superfluous(versions: Collection[Version], now: datetime) -> list[int]:
    """Return the numbers of the versions that can go: nothing that is written in them stands only there.

    A version may go if it was saved by itself while somebody wrote, is older than an hour, is not the only one of its
    time (``GLESHET``), and ``holds`` says that a version that is kept has all of it. So what was written and then
    taken away is kept at its longest, for ever.
    """
    return _held(versions, _last_of_each_time(sorted(versions, key=lambda one: one.nummer), now))


def said_by_others(versions: Collection[Version]) -> list[int]:
    """Return the numbers of the versions that nobody needs to choose from: all that they say stands in another one."""
    return _held(versions, {max((one.nummer for one in versions), default=0)})


def _held(versions: Collection[Version], wanted: Collection[int]) -> list[int]:
    rows = sorted(versions, key=lambda one: one.nummer)
    loose = {row.nummer for row in rows if not row.behalls and row.nummer not in wanted}
    gone: set[int] = set()
    for order in (reversed(rows), rows):  # first against what was written later, then against what stood before
        gone |= _in_neighbours([row for row in order if row.nummer not in gone], loose)
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
        found[_time(row, now - row.sparat_at)] = row.nummer
    return {*found.values(), *(row.nummer for row in rows[-1:])}


def _time(row: Version, age: timedelta) -> object:
    """Return which time a version belongs to: of each the last one is kept."""
    if age < FARSKA:
        return row.nummer
    for limit, span in GLESHET:
        if age < limit:
            return (span, int(row.sparat_at.timestamp() // span.total_seconds()))
    return row.sparat_at.date()
