"""The timeline as a picture: for each delprojekt the steps it has been in, what was planned, and meetings as lines.

The picture is SVG that the server draws; everything in it also stands in a table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from delprojekt.models import Mote
from delprojekt.process.klocka import idag
from delprojekt.process.steg import HUVUDLINJE, SLUT, Steg
from delprojekt.queries.urval import Gang, Tidslinje

Item = dict[str, Any]
LEFT, WIDTH, TOP, ROW, BAR = 250, 1200, 44, 40, 14
PER_SIDA = 20
"""So many delprojekt stand in one picture: each is drawn, listed and told in a table, and the page stays light."""
MARKEN = 8
"""So many milestones of one delprojekt are drawn: more would only be a line. All stand in its uppdrag."""
_PHASES = (("forslag", 2), ("arbete", 6), ("beslut", 8), ("regioner", 11))
NAMES = {
    "forslag": "Förslag och beredning",
    "arbete": "Uppdrag och utredning",
    "beslut": "Ledningsgrupp och nämnd",
    "regioner": "Regionernas beslut, införande och uppföljning",
    "vilar": "Avvaktar",
}


def _phase(steg: Steg) -> str:
    if steg not in HUVUDLINJE:
        return "vilar"
    return next(name for name, last in _PHASES if HUVUDLINJE.index(steg) < last)


@dataclass(frozen=True)
class Axis:
    """Days as places from left to right."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return where a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - 10), 1)

    def x(self, day: date) -> str:
        """Return where a day stands, as SVG writes numbers."""
        return str(self.place(day))


@dataclass(frozen=True)
class Stracka:
    """One step in time: from a day to a day."""

    steg: Steg
    fran: date
    till: date


def _stretches(gang: Gang) -> list[Stracka]:
    days = [(Steg(v.steg), timezone.localtime(v.fran_at).date()) for v in gang.besok if v.fran_at]
    ended = [Stracka(steg, day, after) for (steg, day), (_, after) in pairwise(days)]
    open_ = [Stracka(steg, day, max(idag(), day)) for steg, day in days[-1:] if steg not in SLUT]
    return [s for s in (*ended, *open_) if s.steg not in SLUT]


def _axis(gangar: Iterable[tuple[Gang, list[Stracka]]]) -> Axis:
    days = {idag()}
    for gang, stretches in gangar:
        days |= {day for s in stretches for day in (s.fran, s.till)}
        days |= {one.dag for one in gang.kant if one.dag}
        days |= {stone.sista_date for stone in gang.milstolpar}
    return Axis(min(days) - timedelta(days=14), max(days) + timedelta(days=30))


def draw(found: Tidslinje) -> Item:
    """Return the picture's parts with their places, and the same in words."""
    rows = [(gang, _stretches(gang)) for gang in found.gangar]
    axis = _axis(rows)
    bottom = TOP + ROW * len(rows)
    return {
        "bredd": WIDTH,
        "hojd": bottom + 8,
        "vanster": LEFT,
        "tidsbredd": WIDTH - LEFT,
        "radhojd": ROW,
        "topp": TOP,
        "botten": bottom,
        "ar": [{"namn": str(year), "x": axis.x(date(year, 1, 1))} for year in _years(axis)],
        "idag": {"x": axis.x(idag()), "dag": idag()},
        "moten": [m for m in (_meeting(axis, mote) for mote in found.moten) if m],
        "rader": [_row(axis, number, gang, stretches) for number, (gang, stretches) in enumerate(rows)],
        "faser": [{"kod": code, "namn": name} for code, name in NAMES.items()],
    }


def _years(axis: Axis) -> list[int]:
    step = 1 if axis.last.year - axis.first.year < 16 else 5
    return [y for y in range(axis.first.year + 1, axis.last.year + 1) if y % step == 0]


def _meeting(axis: Axis, mote: Mote) -> Item | None:
    if not axis.first <= mote.date <= axis.last:
        return None
    name = mote.organ.kortnamn or mote.organ.namn
    return {"x": axis.x(mote.date), "namn": name, "dag": mote.date, "slag": mote.organ.slag}


def _row(axis: Axis, number: int, gang: Gang, stretches: list[Stracka]) -> Item:
    top = TOP + ROW * number
    d = gang.delprojekt
    return {
        "delprojekt": d,
        "namn": shortened(str(d)),
        "topp": top,
        "text_y": top + ROW // 2 + 5,
        "linje_y": top + ROW,
        "steg": [_bar(axis, top, s) for s in stretches],
        "plan": [
            {"x": axis.x(m.sista_date), "y": top + ROW - 11, "namn": m.rubrik, "nar": m.nar, "dag": m.sista_date}
            for m in gang.milstolpar[:MARKEN]
        ],
        "kant": [{"x": axis.x(k.dag), "y": top + ROW // 2, "text": f"{k.ord} {k.nar}"} for k in gang.kant if k.dag],
        "okant": not stretches and not gang.kant and not gang.milstolpar,
        "fler": max(len(gang.milstolpar) - MARKEN, 0),
    }


def _bar(axis: Axis, top: int, s: Stracka) -> Item:
    left = axis.place(s.fran)
    return {
        "x": str(left),
        "y": top + 7,
        "bredd": str(max(round(axis.place(s.till) - left, 1), 2)),
        "hojd": BAR,
        "text": f"{s.steg.label} {s.fran:%Y-%m-%d} – {s.till:%Y-%m-%d}",
        "fas": _phase(s.steg),
    }


def shortened(text: str, longest: int = 32) -> str:
    """Return a text that fits in a box of the picture."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
