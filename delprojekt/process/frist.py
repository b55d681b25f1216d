"""Deadlines that stand still while a delprojekt rests (V-1), and working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Paus:
    """A pause: from a day, to a day or still going on."""

    fran: date
    till: date | None = None

    def dagar(self, sedan: date, idag: date) -> int:
        """Return how many days of the pause lie after ``sedan``; one that goes on counts until today."""
        return max(((self.till or idag) - max(self.fran, sedan)).days, 0)


def flytta(dag: date, sedan: date, pauser: Iterable[Paus], idag: date) -> date:
    """Return a deadline moved by the pauses that came before it fell due.

    In: the deadline as it is without pauses, the day it is counted from, the pauses in order, and today.
    """
    for paus in pauser:
        if paus.fran <= dag:
            dag += timedelta(days=paus.dagar(sedan, idag))
    return dag


def vardag(dag: date) -> date:
    """Return the day itself, or the next day that is no weekend and no public holiday."""
    while dag.weekday() > 4 or dag in helgdagar(dag.year):
        dag += timedelta(days=1)
    return dag


def helgdagar(ar: int) -> frozenset[date]:
    """Return the days beside weekends on which Swedish authorities are closed in a year."""
    fixed = {date(ar, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))}
    easter = _pask(ar)
    moving = {easter + timedelta(days=n) for n in (-2, 1, 39)}
    return frozenset(fixed | moving | {_midsommarafton(ar)})


def _midsommarafton(ar: int) -> date:
    first = date(ar, 6, 19)
    return first + timedelta(days=(4 - first.weekday()) % 7)


def _pask(ar: int) -> date:
    """Return Easter Sunday (the Gregorian rule as Meeus and Butcher wrote it)."""
    a, (b, c) = ar % 19, divmod(ar, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(ar, month, day + 1)
