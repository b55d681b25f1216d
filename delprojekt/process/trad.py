"""The thread of a delprojekt: from what is known to what is measured, and where it is broken (§5.2–5.8).

Fact → analysis → conclusion → proposal → clause → recommendation → region decision → introduction → measured value.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import TextChoices

from delprojekt.process.ordning import uppraknat


class Led(TextChoices):
    """The links of the thread, in order."""

    NULAGE = "nulage", "Nuläge och fakta"
    ANALYS = "analys", "Analys"
    SLUTSATS = "slutsats", "Slutsatser"
    FORSLAG = "forslag", "Åtgärdsförslag"
    ATTSATS = "attsats", "Att-satser"
    REKOMMENDATION = "rekommendation", "Rekommendationer"
    BESLUT = "beslut", "Regionernas beslut"
    INFORANDE = "inforande", "Införande"
    MATVARDE = "matvarde", "Uppföljning och mätvärden"


ORDNING = tuple(Led)
FAKTAREFERENS = re.compile(r'<a href="#fakta-([1-9][0-9]{0,8})">(.*?)</a>', re.DOTALL)
"""Where a stored text cites a fact: its key, and the words that stood there when it was written."""


def citerade(html: str) -> frozenset[int]:
    """Return the keys of the facts that a stored text cites."""
    return frozenset(int(found[1]) for found in FAKTAREFERENS.finditer(html))


@dataclass(frozen=True)
class Knut:
    """One thing in the thread.

    ``fran``: the ids of what it comes from. ``rader``: what belongs to it, a line each (facts, regions). ``slut``: why
    the thread ends here, when somebody has said so. ``fri``: it need not come from anything.
    """

    led: Led
    nyckel: str
    kort: str
    text: str
    fran: tuple[str, ...] = ()
    rader: tuple[str, ...] = ()
    slut: str = ""
    fri: bool = False

    @property
    def id(self) -> str:
        """Return what it is called among the knots: ``forslag-12``."""
        return f"{self.led}-{self.nyckel}"


@dataclass(frozen=True)
class Hal:
    """Something that is missing: beside which knot, in which link, and in words.

    ``mening`` is the sentence without the number, where the same can be missing for several numbers.
    """

    knut: str
    led: Led
    text: str
    mening: str = ""
    nummer: int = 0


def om(knut: str, led: Led, mening: str, nummer: int) -> Hal:
    """Return a hole that is about a number. In: the sentence with ``{}`` where the number stands."""
    return Hal(knut, led, mening.format(nummer), mening, nummer)


def samlade(found: Iterable[Hal]) -> list[Hal]:
    """Return the holes with those that say the same of several numbers as one: ``… rekommendation 1, 2 och 3.``"""
    groups: dict[str, list[Hal]] = {}
    for one in found:
        groups.setdefault(one.mening or one.text, []).append(one)
    return [_one(rows) for rows in groups.values()]


def _one(rows: list[Hal]) -> Hal:
    first, numbers = rows[0], [str(one.nummer) for one in rows]
    if len(rows) == 1 or not first.mening:
        return first
    return replace(first, text=first.mening.format(uppraknat(numbers)))


_INGET_FORE = {
    Led.ANALYS: "{kort} bygger inte på något nuläge.",
    Led.SLUTSATS: "{kort} saknar en skriven analys.",
    Led.FORSLAG: "Ingen slutsats bär {smatt}.",
    Led.ATTSATS: "{kort} kommer inte ur något åtgärdsförslag.",
    Led.REKOMMENDATION: "{kort} kommer inte ur någon att-sats.",
    Led.MATVARDE: "{kort} följer inte upp något särskilt förslag.",
}
_INGET_EFTER = {
    Led.NULAGE: "{kort} har ingen analys.",
    Led.ANALYS: "{kort} leder inte till någon slutsats.",
    Led.SLUTSATS: "{kort} leder inte till något förslag.",
    Led.FORSLAG: "Ingen att-sats tar upp {smatt}.",
    Led.ATTSATS: "{kort} blev ingen rekommendation.",
}
_ALLTID = frozenset({Led.NULAGE, Led.ANALYS})
INGEN_PARAMETER = "Ingen parameter följer upp {smatt}."


@dataclass(frozen=True)
class Trad:
    """The knots that somebody may see, and the links that they may see (also those where nothing is yet)."""

    knutar: tuple[Knut, ...]
    led: frozenset[Led]
    sagda: tuple[Hal, ...] = ()

    def i(self, led: Led) -> list[Knut]:
        """Return the knots of one link."""
        return self._per_led.get(led, [])

    @cached_property
    def _per_led(self) -> dict[Led, list[Knut]]:
        found: dict[Led, list[Knut]] = {}
        for knut in self.knutar:
            found.setdefault(knut.led, []).append(knut)
        return found

    @cached_property
    def med_id(self) -> dict[str, Knut]:
        """Return the knots by id."""
        return {knut.id: knut for knut in self.knutar}

    def fran(self, knut: Knut) -> list[Knut]:
        """Return what a knot comes from."""
        return [self.med_id[key] for key in knut.fran if key in self.med_id]

    @cached_property
    def _till(self) -> dict[str, list[Knut]]:
        found: dict[str, list[Knut]] = {}
        for knut in self.knutar:
            for key in knut.fran:
                found.setdefault(key, []).append(knut)
        return found

    def till(self, knut: Knut) -> list[Knut]:
        """Return what a knot leads to."""
        return self._till.get(knut.id, [])

    @cached_property
    def hal_vid(self) -> dict[str, list[Hal]]:
        """Return the holes by the id of the knot that each is beside."""
        found: dict[str, list[Hal]] = {}
        for one in self.hal:
            found.setdefault(one.knut, []).append(one)
        return found

    @cached_property
    def hal(self) -> list[Hal]:
        """Return the holes, link by link: what is told by itself, and what the thread shows.

        Something before a knot is missing always; something after it when the next link has begun, but after nuläge and
        analysis always: so it is said at the desk (process/mall.py).
        """
        found = [one for knut in self.knutar for one in self._around(knut)]
        return sorted([*found, *self.sagda], key=lambda one: ORDNING.index(one.led))

    def _around(self, knut: Knut) -> Iterable[Hal]:
        words = {"kort": knut.kort, "smatt": knut.kort[:1].lower() + knut.kort[1:]}
        before, after = neighbour(knut.led, -1), neighbour(knut.led, 1)
        if knut.led in _INGET_FORE and not knut.fri and self._shown(before, knut) and not self.fran(knut):
            missing = knut.led if before is None or knut.led is Led.MATVARDE else before  # a tie is missing, not a link
            yield Hal(knut.id, missing, _INGET_FORE[knut.led].format(**words))
        if knut.slut or after is None:
            return
        begun = bool(self.i(after)) or (knut.led in _ALLTID and after in self.led)
        if knut.led in _INGET_EFTER and begun and not any(one.led is after for one in self.till(knut)):
            yield Hal(knut.id, after, _INGET_EFTER[knut.led].format(**words))
        if knut.led is Led.FORSLAG and self._unmeasured(knut):
            yield Hal(knut.id, Led.MATVARDE, INGEN_PARAMETER.format(**words))

    def _shown(self, led: Led | None, knut: Knut) -> bool:
        return led in self.led or (knut.led is Led.MATVARDE and Led.FORSLAG in self.led)

    def _unmeasured(self, knut: Knut) -> bool:
        """Tell whether no parameter follows up a proposal, however long the thread from it is."""
        tied = any(one.fran for one in self.i(Led.MATVARDE))
        return tied and not any(one.led is Led.MATVARDE for one in self.following(knut))

    def following(self, knut: Knut) -> list[Knut]:
        """Return everything that comes after a knot, near or far."""
        found: dict[str, Knut] = {}
        waits = [*self.till(knut)]
        while waits:
            one = waits.pop()
            if one.id not in found:
                found[one.id] = one
                waits = [*waits, *self.till(one)]
        return list(found.values())

    def ytterst(self, knut: str) -> tuple[str, ...]:
        """Return the ids of the last knots of the thread from one; itself when it goes no further."""
        start = self.med_id[knut]
        return tuple(sorted(one.id for one in (start, *self.following(start)) if not self.till(one)))


def neighbour(led: Led, step: int) -> Led | None:
    """Return the link before (-1) or after (1) another; None at the ends."""
    at = ORDNING.index(led) + step
    return ORDNING[at] if 0 <= at < len(ORDNING) else None
