"""Dates as people write them: "2026-03-12", "12 mars 2026", and partial ones ("HT 2026", "våren 2027")."""

import calendar
import re
from datetime import date

MANADER = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_SPANS = {
    "vt": 6,
    "ht": 12,
    "våren": 5,
    "vår": 5,
    "sommaren": 8,
    "sommar": 8,
    "hösten": 11,
    "höst": 11,
    "vintern": 12,
    "vinter": 12,
}
_QUARTER = re.compile(r"^(?:kv|kvartal|q)\.?\s*([1-4])\s+([12]\d{3})$")
_WEEK = re.compile(r"^(?:v|vecka)\.?\s*(\d{1,2})\s+([12]\d{3})$")
_DAY = re.compile(r"^(?:(\d{1,2})\s+)?([a-zåäö]+)\.?\s+([12]\d{3})$")
OKANT_DATUM = "okänt datum"
"""What is said of a day from before the portal that nobody has told."""


def parse_day(text: str) -> date | None:
    """Return the day that "2026-03-12", "20260312" or "12 mars 2026" names; None if it names no single day.

    Never month first: a Swede who types 3/10/2026 is asked to write it out (conventions.md §6.5).
    """
    text = " ".join(text.lower().split())
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    single = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or re.match(r"^\d{1,2} ", text)
    return parse_partial(text) if single else None


def skriv(dag: date) -> str:
    """Return a date as text says it: ``4 juni 2026``."""
    return f"{dag.day} {MANADER[dag.month - 1]} {dag.year}"


def parse_partial(text: str) -> date | None:
    """Return the last day of the span that the text names, to sort by; None if it names none.

    >>> parse_partial("våren 2026")
    datetime.date(2026, 5, 31)
    """
    text = " ".join(text.lower().split()).replace("år ", "")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return _safe(*(int(part) for part in text.split("-")))
    if month := re.fullmatch(r"([12]\d{3})-(\d{2})", text):
        return _last(int(month[1]), int(month[2]))
    if re.fullmatch(r"[12]\d{3}", text):
        return _safe(int(text), 12, 31)
    if found := _QUARTER.match(text):
        return _last(int(found[2]), int(found[1]) * 3)
    if found := _WEEK.match(text):
        return _week(int(found[2]), int(found[1]))
    return _named(text)


def _named(text: str) -> date | None:
    found = _DAY.match(text)
    if not found:
        return None
    day, word, year = found[1], found[2], int(found[3])
    if word in _SPANS and not day:
        return _last(year, _SPANS[word])
    month = next((i for i, name in enumerate(MANADER, 1) if name == word or name[:3] == word), None)
    if month is None:
        return None
    return _safe(year, month, int(day)) if day else _last(year, month)


def _last(year: int, month: int) -> date | None:
    return _safe(year, month, calendar.monthrange(year, month)[1]) if year and 1 <= month <= 12 else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _week(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        return None
