"""Dates as people write them, whole and partial, and the clock that the method asks."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delprojekt.demo import DEMODAG
from delprojekt.process import klocka
from delprojekt.process.datum import parse_day, parse_partial, skriv
from delprojekt.process.granser import plus_dagar, plus_manader
from delprojekt.process.klocka import STOCKHOLM

dates = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("12 mars 2026", date(2026, 3, 12)),
        ("12 mar 2026", date(2026, 3, 12)),
        ("mars 2026", date(2026, 3, 31)),
        ("februari 2024", date(2024, 2, 29)),
        ("HT 2026", date(2026, 12, 31)),
        ("ht 2026", date(2026, 12, 31)),
        ("VT 2027", date(2027, 6, 30)),
        ("våren 2027", date(2027, 5, 31)),
        ("Våren 2027", date(2027, 5, 31)),
        ("hösten 2026", date(2026, 11, 30)),
        ("sommaren 2026", date(2026, 8, 31)),
        ("kv 2 2026", date(2026, 6, 30)),
        ("Q3 2026", date(2026, 9, 30)),
        ("kvartal 4 2026", date(2026, 12, 31)),
        ("v. 10 2026", date(2026, 3, 8)),
        ("v.10 2026", date(2026, 3, 8)),
        ("vecka 53 2026", date(2027, 1, 3)),
        ("2026", date(2026, 12, 31)),
        ("år 2026", date(2026, 12, 31)),
        ("  mars   2026 ", date(2026, 3, 31)),
        ("29 februari 2024", date(2024, 2, 29)),
    ],
)
def test_a_time_as_people_write_it_is_sorted_by_its_last_day(text: str, last: date) -> None:
    assert parse_partial(text) == last


NO_TIME = ("", "snart", "våren", "mars", "12 våren 2026", "10 2026", "3/10/2026")
NO_SUCH_DAY = ("29 februari 2026", "31 juni 2026", "0 mars 2026", "2026-02-30", "2026-13-01", "v. 53 2025", "v. 0 2026")
NO_SUCH_YEAR = ("0000", "våren 0000", "kv 1 0000", "v. 10 0000", "mars 0000", "0000-01-01", "kv 5 2026")


@pytest.mark.parametrize("text", [*NO_TIME, *NO_SUCH_DAY, *NO_SUCH_YEAR])
def test_what_names_no_time_is_none(text: str) -> None:
    assert parse_partial(text) is None


@pytest.mark.parametrize("text", ["2026-03-12", "20260312", "12 mars 2026", " 12  MARS 2026"])
def test_a_day_is_understood_however_a_swede_writes_it(text: str) -> None:
    assert parse_day(text) == date(2026, 3, 12)


@pytest.mark.parametrize("text", ["mars 2026", "våren 2026", "v. 10 2026", "2026", "3/10/2026", "12/3 2026", ""])
def test_what_is_not_one_day_is_no_day(text: str) -> None:
    assert parse_day(text) is None


@given(dates)
def test_a_day_that_the_portal_writes_it_can_read(day: date) -> None:
    assert parse_day(skriv(day)) == day == parse_day(day.isoformat()) == parse_partial(day.isoformat())


@given(st.text(max_size=30))
def test_no_text_makes_it_fall(text: str) -> None:
    assert parse_partial(text) is None or isinstance(parse_partial(text), date)
    assert parse_day(text) is None or isinstance(parse_day(text), date)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["v. {} {}", "{} mars {}", "kv {} {}", "{} {}"]))
def test_no_number_makes_it_fall(a: int, b: int, pattern: str) -> None:
    assert parse_partial(pattern.format(a, b)) is None or True


def test_twelve_months_after_the_leap_day_is_the_28th() -> None:
    assert plus_manader(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert plus_manader(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert plus_manader(date(2026, 6, 4), 12) == date(2027, 6, 4)
    assert plus_manader(date(2026, 12, 31), 2) == date(2027, 2, 28)


@given(dates, st.integers(0, 36))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = plus_manader(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_ninety_days_cross_the_change_of_the_clocks() -> None:
    assert plus_dagar(date(2026, 6, 15), 90) == date(2026, 9, 13)
    assert plus_dagar(date(2026, 9, 1), 90) == date(2026, 11, 30)


def test_the_clock_is_in_stockholm_and_can_be_moved_and_let_go() -> None:
    assert klocka.nu().tzinfo is STOCKHOLM
    with klocka.vid(date(2026, 11, 22)):
        assert klocka.nu() == datetime(2026, 11, 22, 9, tzinfo=STOCKHOLM)
        with klocka.vid(datetime(2026, 6, 4, 23, 59, tzinfo=STOCKHOLM)):
            assert klocka.idag() == date(2026, 6, 4)
        assert klocka.idag() == date(2026, 11, 22)
    klocka.stall(None)
    try:
        assert abs((klocka.nu() - datetime.now(STOCKHOLM)).total_seconds()) < 5
    finally:
        klocka.stall(DEMODAG)


def test_the_clock_is_let_go_also_when_something_fails_inside() -> None:
    with pytest.raises(ZeroDivisionError), klocka.vid(date(2020, 1, 1)):
        raise ZeroDivisionError
    assert klocka.idag().year > 2020


def test_a_standing_clock_keeps_its_day_while_the_hours_go_on() -> None:
    try:
        klocka.stall(date(2026, 6, 4))
        assert klocka.idag() == date(2026, 6, 4)
        assert abs(klocka.nu().hour - datetime.now(STOCKHOLM).hour) in {0, 1, 23}
    finally:
        klocka.stall(DEMODAG)


def test_the_day_is_swedens_also_at_night() -> None:
    """Half past midnight in Stockholm in summer is still yesterday in UTC."""
    with klocka.vid(datetime(2026, 7, 1, 0, 30, tzinfo=STOCKHOLM)):
        assert klocka.idag() == date(2026, 7, 1)
