"""Advice about the text while it is written: what a reader would stumble on, in sentences that lead to the place.

Never a block, never a motivering (architecture.md §3; M5.4.1-5, -6, -8, -10). Read from the texts in memory only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple
from urllib.parse import quote

from delprojekt.documents.ofardigt import TABELL, Kallor, brister
from delprojekt.documents.ordlista import Fackord, fackord
from delprojekt.documents.stycken import lopande, ordantal, platt, stycken
from delprojekt.process.lasbarhet import (
    FA_ORD,
    LANG_MENING,
    REFERENCES_AT_MOST,
    SVAR_FRAN,
    Matt,
    antal_ord,
    forkortningar,
    mat,
    meningar,
    utskrivna,
)
from delprojekt.process.mall import REFERENSER

_OWN_LIST = re.compile(r"<h[345]>[^<]*ord(?:lista|förklaring)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHOWN = 70
Place = tuple[int, int]
"""Which part of the document, and where in its text."""


class Del(NamedTuple):
    """A section of the document: key, heading and sanitised text. ``skrivs``: it is written now, so it gets advice;
    ``kallor``: the sources of the report's datatabeller."""

    nyckel: str
    rubrik: str
    html: str
    skrivs: bool = True
    kallor: Kallor | None = None


class Radslag(IntEnum):
    """What a piece of advice is about; what stops a reader first stands first."""

    FORKORTNING = 1
    MENING = 2
    FACKORD = 3
    TABELL = 4
    LIX = 5
    REFERENSER = 6


@dataclass(frozen=True)
class Rad:
    """A piece of advice about a section. ``plats`` names the place for the editor, as the end of an address."""

    nyckel: str
    rubrik: str
    slag: Radslag
    text: str
    plats: str = ""
    tyngd: int = 0


@dataclass(frozen=True)
class Avsnittsmatt:
    """What is measured of one section: all its words, and the running text that LIX counts."""

    nyckel: str
    rubrik: str
    ord: int
    matt: Matt

    @property
    def lix(self) -> int | None:
        """Return LIX without decimals; None for a text that is too short to have one."""
        return int(self.matt.lix) if self.matt.ord >= FA_ORD else None


@dataclass(frozen=True)
class Textrad:
    """The measures of the sections that are written, and the advice, what matters most first."""

    avsnitt: tuple[Avsnittsmatt, ...]
    rad: tuple[Rad, ...]
    referenser: int

    @property
    def helhet(self) -> Avsnittsmatt:
        """Return the measures of all sections together."""
        whole = sum((row.matt for row in self.avsnitt), Matt(0, 0, 0))
        return Avsnittsmatt("", "", sum(row.ord for row in self.avsnitt), whole)


def text_advice(delar: Sequence[Del], bara: str | None = None) -> Textrad:
    """Return measures and advice.

    In: all sections of the document, in order, and the key of one if only that is asked for; the others are then read
    for what they explain (abbreviations, fackord).
    """
    wanted = [one for one in delar if one.skrivs and one.html and bara in {None, one.nyckel}]
    running = {one.nyckel: "" if one.nyckel == REFERENSER else lopande(one.html) for one in wanted}
    measured = tuple(Avsnittsmatt(d.nyckel, d.rubrik, ordantal(d.html), mat(running[d.nyckel])) for d in wanted)
    keys = {one.nyckel for one in wanted}
    found = [rad for rad in _words(delar) if rad.nyckel in keys]
    for part, row in zip(wanted, measured, strict=True):
        found += [*_sentences(part, running[part.nyckel]), *_lacking(part), *_hard(part, row)]
    references = sum(_references(one.html) for one in wanted if one.nyckel == REFERENSER)
    found += _many(next((one for one in wanted if one.nyckel == REFERENSER), None), references)
    return Textrad(measured, tuple(_most_important(found)), references)


def _most_important(found: Iterable[Rad]) -> list[Rad]:
    """Return the advice with the weightiest of each kind first, then the second of each: five of them say most."""
    turn: Counter[Radslag] = Counter()
    numbered = []
    for one in sorted(found, key=lambda rad: -rad.tyngd):
        turn[one.slag] += 1
        numbered.append((turn[one.slag], one.slag, one))
    return [one for _, _, one in sorted(numbered, key=lambda row: row[:2])]


def _at(words: str) -> str:
    return f"stalle={quote(words, safe='')}"


def _sentences(part: Del, text: str) -> Iterator[Rad]:
    for sentence in meningar(text):
        if len(sentence) > 2 * LANG_MENING and (count := antal_ord(sentence)) > LANG_MENING:
            shown = sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN].rsplit(' ', 1)[0]} …"
            said = f"{count} ord i en mening: ”{shown}” Dela den gärna."
            yield Rad(part.nyckel, part.rubrik, Radslag.MENING, said, _at(sentence), count)


def _lacking(part: Del) -> Iterator[Rad]:
    for one in brister(part.html, part.kallor):
        kind = "tabell" if one.slag == TABELL else "figur"
        yield Rad(part.nyckel, part.rubrik, Radslag.TABELL, one.mening, f"{kind}={one.nummer}", len(one.saknar))


def _hard(part: Del, row: Avsnittsmatt) -> Iterator[Rad]:
    if row.lix is not None and row.lix >= SVAR_FRAN:
        said = f"LIX är {row.lix}, mycket svår. Kortare meningar och vardagligare ord hjälper läsaren."
        yield Rad(part.nyckel, part.rubrik, Radslag.LIX, said, tyngd=row.lix)


def _references(html: str) -> int:
    """Return how many references the section lists: its list items, or else its lines with a year."""
    before = _OWN_LIST.split(html)[0]
    return before.count("<li>") or sum(1 for one in stycken(before) if _YEAR.search(one.text))


def _many(part: Del | None, count: int) -> Iterator[Rad]:
    if part and count > REFERENCES_AT_MOST:
        said = f"{count} referenser. Behåll gärna bara de viktigaste: antalet bör minimeras."
        yield Rad(part.nyckel, part.rubrik, Radslag.REFERENSER, said)


def _words(delar: Sequence[Del]) -> Iterator[Rad]:
    """Yield what is not explained to somebody who reads from the beginning: abbreviations and fackord."""
    flat = [platt(one.html) for one in delar]
    terms = [((n, term.plats), term) for n, one in enumerate(delar) for term in fackord(one.html)]
    explained: dict[str, tuple[Place, Fackord]] = {}
    for place, term in terms:
        if term.forklaring and term.ord:
            explained.setdefault(term.ord.lower(), (place, term))
    yield from _abbreviations(delar, flat, {*explained})
    yield from _bare(delar, terms, {*explained})
    yield from _too_late(delar, flat, explained.values())


def _abbreviations(delar: Sequence[Del], flat: Sequence[str], explained: set[str]) -> Iterator[Rad]:
    written_out: dict[str, Place] = {}
    for n, text in enumerate(flat):
        for word, at in utskrivna(text).items():
            written_out.setdefault(word, (n, at))
    listed = {b.text.split(" ", 1)[0].rstrip(":–-") for d in delar if d.nyckel == REFERENSER for b in stycken(d.html)}
    seen: set[str] = set()
    for n, part in enumerate(delar):
        if not part.skrivs or part.nyckel == REFERENSER:
            continue
        for word, at in forkortningar(flat[n]).items():
            if word in seen or word in listed or word.lower() in explained:
                continue
            seen.add(word)
            place = written_out.get(word)
            if place is None or place > (n, at):
                said = _not_yet(word, delar, n, place)
                yield Rad(part.nyckel, part.rubrik, Radslag.FORKORTNING, said, _at(word), flat[n].count(word))


def _not_yet(word: str, delar: Sequence[Del], n: int, place: Place | None) -> str:
    if place is None:
        return f"{word} är inte förklarat. Skriv ut det första gången."
    return f"{word} skrivs ut {_where(delar, n, place)}. Skriv ut det här, där det står första gången."


def _where(delar: Sequence[Del], n: int, place: Place) -> str:
    return "längre ned" if place[0] == n else f"först i {delar[place[0]].rubrik}"


def _bare(delar: Sequence[Del], terms: Iterable[tuple[Place, Fackord]], explained: set[str]) -> Iterator[Rad]:
    """Yield the fackord that are explained nowhere, each once."""
    said = dict.fromkeys(explained, "")
    for (n, _), term in terms:
        part, word = delar[n], term.ord.lower()
        if part.skrivs and word and word not in said:
            said[word] = f"Fackordet ”{term.ord}” har ingen förklaring. Skriv en till ordlistan."
            yield Rad(part.nyckel, part.rubrik, Radslag.FACKORD, said[word], _at(term.ord), 1)


def _too_late(delar: Sequence[Del], flat: Sequence[str], explained: Iterable[tuple[Place, Fackord]]) -> Iterator[Rad]:
    """Yield the words of the ordlista that are used before they are explained. An abbreviation is not among them."""
    lowered = [text.lower() for text in flat]
    for place, term in explained:
        n = None if term.ord.isupper() else _used_before(term.ord.lower(), lowered, place)
        if n is not None and delar[n].skrivs and delar[n].nyckel != REFERENSER:
            where = _where(delar, n, place)
            said = f"”{term.ord}” förklaras {where}. Förklara det redan här."
            yield Rad(delar[n].nyckel, delar[n].rubrik, Radslag.FACKORD, said, _at(term.ord))


def _used_before(word: str, texts: Sequence[str], place: Place) -> int | None:
    """Return the part in which a word stands before the place where it is explained."""
    for n in range(place[0] + 1):
        end = place[1] if n == place[0] else len(texts[n])
        at = texts[n].find(word, 0, end)
        while at >= 0:
            around = texts[n][max(at - 1, 0) : at] + texts[n][at + len(word) : at + len(word) + 1]
            if not any(letter.isalnum() or letter in "-_" for letter in around):
                return n
            at = texts[n].find(word, at + 1, end)
    return None
