"""How hard a text is to read: LIX, length, abbreviations, references. Advice only, never a motivering (M5.4.1-5, -6).

LIX = words per sentence + 100 × long words per word; a long word has more than six letters (conventions.md §6.5).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ABBREVIATIONS = (
    *("bl.a.", "t.ex.", "d.v.s.", "m.fl.", "m.m.", "o.s.v.", "s.k.", "f.d.", "fr.o.m.", "t.o.m.", "e.d.", "p.g.a."),
    *("kl.", "st.", "ca.", "nr.", "tel.", "jfr.", "resp.", "inkl.", "exkl.", "dvs.", "osv.", "dr.", "prof.", "max."),
)
_PROTECTED = re.compile(
    "|".join(rf"(?<![\w.]){re.escape(word)}" for word in sorted(_ABBREVIATIONS, key=len, reverse=True)), re.IGNORECASE
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.:](?=\d)")
_SENTENCE_END = re.compile(r"[.?!:]+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-–/'’][^\W\d_]+)*")
_LONG = 6
_SHORTENED = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,}[A-ZÅÄÖ0-9]*(?![\w])")

BANDS = ((30, "mycket lättläst"), (40, "lättläst"), (50, "medelsvår"), (60, "svår"))
"""Upper bounds, the bound itself belonging to the next band."""

WORDS_PER_PAGE = 380
"""A page of the portal's PDF with headings and some table, measured; only for an estimate."""

PAGES_AT_MOST = 20
"""Our proposal: a slutrapport that is estimated to more pages gets the advice to be shortened (M5.4.1-6)."""

REFERENCES_AT_MOST = 10
"""Our proposal: more references than this get the advice to be fewer (M5.4.1-10)."""


@dataclass(frozen=True)
class Matt:
    """Words, sentences and long words of a text."""

    ord: int
    meningar: int
    langa: int

    @property
    def lix(self) -> float:
        """Return LIX; 0 for a text without words."""
        return self.ord / max(self.meningar, 1) + 100 * self.langa / self.ord if self.ord else 0.0

    @property
    def band(self) -> str:
        """Return how hard that is, in words."""
        return next((name for limit, name in BANDS if self.lix < limit), "mycket svår")

    def __add__(self, other: "Matt") -> "Matt":
        return Matt(self.ord + other.ord, self.meningar + other.meningar, self.langa + other.langa)


def mat(text: str) -> Matt:
    """Measure a plain text. Digits are no words; the dots of abbreviations, times and § numbers end no sentence."""
    words = _WORD.findall(text)
    long = sum(1 for word in words if sum(letter.isalpha() for letter in word) > _LONG)
    return Matt(len(words), len(_sentences(text)), long)


def _sentences(text: str) -> list[str]:
    hidden = _PROTECTED.sub(lambda found: found[0].replace(".", "\x00"), text)
    hidden = _BETWEEN_DIGITS.sub("\x00", hidden)
    return [part for part in _SENTENCE_END.split(hidden) if _WORD.search(part)]


def sidor(ord_: int) -> int:
    """Return about how many pages so many words fill: at least one when there are any."""
    return -(-ord_ // WORDS_PER_PAGE)


def oforklarade(text: str, ordlista: str) -> list[str]:
    """Return abbreviations in capitals that are neither written out in brackets nor explained in the word list."""
    found: Iterable[str] = dict.fromkeys(_SHORTENED.findall(text))
    return [word for word in found if f"({word})" not in text and not re.search(rf"\b{word}\b", ordlista)]
