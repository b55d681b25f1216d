"""The ordlista of a document: the fackord that its sections explain (template.md, chapter 12)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from delprojekt.documents.stycken import ren_text
from delprojekt.documents.tree import Block, Facts, Html
from delprojekt.process.ordning import swedish

_TERM = re.compile(r'<dfn(?: title="([^"]*)")?>(.*?)</dfn>', re.DOTALL)


@dataclass(frozen=True)
class Fackord:
    """A word that a text marks as a fackord, its explanation (or nothing), and where in the text it stands."""

    ord: str
    forklaring: str
    plats: int


def fackord(html: str) -> Iterator[Fackord]:
    """Yield the fackord of a sanitised text, in reading order."""
    for found in _TERM.finditer(html):
        yield Fackord(ren_text(found[2]), unescape(found[1] or "").strip(), found.start())


def glossary(texts: Iterable[str]) -> tuple[Block, ...]:
    """Return the heading and the words with their explanations as Swedes sort them; nothing without fackord.

    In: sanitised texts in reading order. Of a word that is explained twice the first explanation counts.
    """
    found = [one for html in texts for one in fackord(html) if one.forklaring]
    words = {one.ord.casefold(): (one.ord, one.forklaring) for one in reversed(found)}
    if not words:
        return ()
    return (Html("<h3>Ordlista</h3>"), Facts(tuple(sorted(words.values(), key=lambda pair: swedish(pair[0])))))
