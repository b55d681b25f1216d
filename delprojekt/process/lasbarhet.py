"""How hard a text is to read: LIX, sentences, abbreviations. Advice only, never a motivering (M5.4.1-5, -6).

LIX = words per sentence + 100 × long words per word; a long word has more than six letters (conventions.md §6.5).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ABBREVIATIONS = (
    *("bl.a.", "t.ex.", "d.v.s.", "m.fl.", "m.m.", "o.s.v.", "s.k.", "f.d.", "fr.o.m.", "t.o.m.", "e.d.", "p.g.a."),
    *("m.a.o.", "f.n.", "f.ö.", "o.d.", "i.v.", "kl.", "st.", "ca.", "nr.", "tel.", "jfr.", "resp.", "inkl.", "exkl."),
    *("dvs.", "osv.", "dr.", "prof.", "max.", "min.", "ev.", "ang.", "avd.", "kap.", "sid.", "fig.", "mån.", "etc."),
)
_MAY_END = ("m.m.", "m.fl.", "o.s.v.", "osv.", "e.d.", "o.d.", "etc.", "st.", "min.", "mån.", "max.")
"""Those that can stand last: the next sentence begins with a capital."""


def _dots(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\.", r"\.\s?")[:-3] for word in sorted(words, key=len, reverse=True))


_PROTECTED = re.compile(
    r"(?<![\w.])(?=[^\W\d_]{1,4}\.)"
    rf"(?:(?P<sist>(?i:{_dots(_MAY_END)}))(?=\s+[\"”’'(]?[A-ZÅÄÖ])|(?i:{_dots(_ABBREVIATIONS)}))"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.:](?=\d)")
_SENTENCE_END = re.compile(r"[.?!:…]+(?=[\s\"”’')\]]|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-–/'’:][^\W\d_]+)*")
_LONG = 6
_SHORTENED = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{2,7}[0-9]{0,2})s?(?![\w])")
_IN_BRACKETS = re.compile(r"\((?:(?:även )?förkort\w+ )?([A-ZÅÄÖ]{2,7}[0-9]{0,2})\s*[,;)]")
_BEFORE_BRACKETS = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{2,7}[0-9]{0,2})\s+\((?!se |jfr )[^()]*[a-zåäö]{3}")
_ROMAN = re.compile(r"[IVX]+")
_EVERYBODY_KNOWS = frozenset({"AB", "EU", "FN", "IT", "OBS", "OK", "PC", "PDF", "PS", "SEK", "SOS", "TV", "UK", "USA"})

BANDS = ((30, "mycket lättläst"), (40, "lättläst"), (50, "medelsvår"), (60, "svår"))
"""Upper bounds, the bound itself belonging to the next band."""

OFFICIELL_FRAN, SVAR_FRAN = 50, 60
"""From these LIX a section is svår, as official texts are, and mycket svår, which gets advice."""

LANG_MENING = 30
"""Our proposal: a sentence of more words than this gets the advice to be parted."""

FA_ORD = 50
"""A text of fewer words than this has no LIX worth showing: one long word moves it by several units."""

WORDS_PER_PAGE = 380
"""A page of the portal's PDF with headings and some table, measured; only for an estimate."""

PAGES_AT_MOST = 20
"""Our proposal: a slutrapport of more pages gets the advice to be shortened (M5.4.1-6)."""

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
    long = sum(1 for word in words if len(word) > _LONG and (word.isalpha() or _letters(word) > _LONG))
    return Matt(len(words), sum(1 for _ in meningar(text)), long)


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def meningar(text: str) -> Iterator[str]:
    """Yield the sentences of a plain text as they are written, each with its end. What has no word is no sentence."""
    hidden = _PROTECTED.sub(_hide, text)
    hidden = _BETWEEN_DIGITS.sub("\x00", hidden)
    start = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(hidden)), len(hidden)):
        if _WORD.search(hidden, start, end):
            yield text[start:end].strip(" \t\n\"”’')]")
        start = end


def _hide(found: re.Match[str]) -> str:
    """Return an abbreviation without its dots, but for the one that ends the sentence too."""
    hidden = found[0].replace(".", "\x00")
    return hidden[:-1] + "." if found["sist"] else hidden


def antal_ord(mening: str) -> int:
    """Return how many words a sentence has, as LIX counts them."""
    return len(_WORD.findall(mening))


def forkortningar(text: str) -> dict[str, int]:
    """Return each abbreviation in capitals with where it stands first.

    Roman numerals and what everybody knows (EU, IT) are none.
    """
    found: dict[str, int] = {}
    for one in _SHORTENED.finditer(text):
        found.setdefault(one[1], one.start(1))
    return {word: at for word, at in found.items() if word not in _EVERYBODY_KNOWS and not _ROMAN.fullmatch(word)}


def utskrivna(text: str) -> dict[str, int]:
    """Return each abbreviation that is written out, with where: ``Patientnämnden (PN)`` or ``PN (patientnämnden)``."""
    found: dict[str, int] = {}
    for pattern in (_IN_BRACKETS, _BEFORE_BRACKETS):
        for one in pattern.finditer(text):
            found[one[1]] = min(one.start(1), found.get(one[1], one.start(1)))
    return found
