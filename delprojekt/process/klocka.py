"""Domain time. Everything the method dates asks here; technical stamps ask the real clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _real() -> datetime:
    return datetime.now(STOCKHOLM)


_now: Callable[[], datetime] = _real


def nu() -> datetime:
    """Return the portal's present moment, in Stockholm's time zone."""
    return _now()


def idag() -> date:
    """Return the portal's present day."""
    return nu().date()


def stall(dag: date | None) -> None:
    """Let the clock stand on ``dag`` (the time of day goes on); None follows the real clock."""
    global _now
    _now = _real if dag is None else lambda: datetime.combine(dag, _real().timetz())


@contextmanager
def vid(tid: date | datetime) -> Iterator[None]:
    """Move the clock inside the block: to a moment, or to nine in the morning of a day."""
    global _now
    before = _now
    fixed = tid if isinstance(tid, datetime) else datetime(tid.year, tid.month, tid.day, 9, tzinfo=STOCKHOLM)
    _now = lambda: fixed  # noqa: E731
    try:
        yield
    finally:
        _now = before
