"""The words of a text, block by block, as somebody reads them: what is measured, and what the editor can find again."""

import re
from dataclasses import dataclass
from html import unescape

TAGG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""A tag of sanitised HTML: whether it closes, and its name."""
_BREAKS = frozenset(
    {"p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "br"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption"}
)
_HEADINGS = frozenset({"h3", "h4", "h5"})
_APART = frozenset({"table", "figure"})


@dataclass(frozen=True)
class Stycke:
    """A block of words on one line. ``lopande``: running text; headings, tables and figures are not."""

    text: str
    lopande: bool


def stycken(html: str) -> list[Stycke]:
    """Return the blocks of sanitised ``html`` that have words.

    Footnotes are left out: they stand in the middle of the text's own sentences.
    """
    found: list[Stycke] = []
    words: list[str] = []
    apart = note = heading = at = 0
    for tag in TAGG.finditer(html):
        if not note:
            words.append(html[at : tag.start()])
        at, name, step = tag.end(), tag[2], -1 if tag[1] else 1
        if name == "small":
            note += step
        elif name in _BREAKS:
            _end(found, words, lopande=not apart and not heading)
            apart += step if name in _APART else 0
            heading += step if name in _HEADINGS else 0
    words.append(html[at:])
    _end(found, words, lopande=True)
    return found


def _end(found: list[Stycke], words: list[str], *, lopande: bool) -> None:
    if text := " ".join(unescape("".join(words)).split()):
        found.append(Stycke(text, lopande))
    words.clear()


def lopande(html: str) -> str:
    """Return the running text of sanitised ``html``, one block on each line."""
    return "\n".join(one.text for one in stycken(html) if one.lopande)


def platt(html: str) -> str:
    """Return sanitised ``html`` with spaces for its tags, so that each word stands where it stood."""
    return TAGG.sub(lambda tag: " " * len(tag[0]), html)


def ren_text(html: str) -> str:
    """Return the words of sanitised ``html`` on one line."""
    return " ".join(unescape(_apart(html)).split())


def ordantal(html: str) -> int:
    """Return how many words a text has, all of it, as a writer's program counts them."""
    return len(_apart(html).split())


def _apart(html: str) -> str:
    """Return the words with a space where a block ends; a tag within a word parts nothing."""
    return TAGG.sub(lambda tag: " " if tag[2] in _BREAKS else "", html)
