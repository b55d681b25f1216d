"""The difference between two texts, word by word, as somebody would mark it with a pen."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MEST = 4000
"""More words than this on either side are shown as two texts: comparing them would take too long."""
OMKRING = 6
"""So many words of what is the same are shown on each side of a change."""


@dataclass(frozen=True)
class Bit:
    """A piece of the text. ``slag`` is ``lika``, ``bort`` or ``nytt``."""

    slag: str
    text: str


def compare(before: str, after: str) -> list[Bit]:
    """Return the pieces of both texts in order; what is the same is shortened to the words around the changes.

    Empty when the texts are the same but for spaces, or too long to be compared.
    """
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", after)
    if old == new or max(len(old), len(new)) > MEST:
        return []
    pieces: list[Bit] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Bit("lika", _shortened(old[a1:a2], first=a1 == 0, last=a2 == len(old))))
            continue
        pieces += [Bit("bort", " ".join(old[a1:a2]))] * (a2 > a1) + [Bit("nytt", " ".join(new[b1:b2]))] * (b2 > b1)
    return pieces


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    head, tail = 0 if first else OMKRING, 0 if last else OMKRING
    if len(words) <= head + tail + 1:
        return " ".join(words)
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])
