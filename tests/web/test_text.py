"""Dates, numbers and names are written as Swedes write them (conventions §6.5)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from delprojekt.process import klocka
from delprojekt.templatetags import text

NBSP = "\N{NO-BREAK SPACE}"


def test_a_date_in_text_is_written_out() -> None:
    assert text.datum(date(2026, 11, 22)) == '<time datetime="2026-11-22">22 november 2026</time>'


def test_a_date_in_a_table_is_iso() -> None:
    assert text.iso(date(2026, 3, 2)) == '<time datetime="2026-03-02">2026-03-02</time>'


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Region Skåne: deltar från 3 oktober 2026.", f"Region Skåne: deltar från 3{NBSP}oktober{NBSP}2026."),
        ("Nämnden beslutade (2026-06-04 § 97).", f"Nämnden beslutade (2026-06-04 §{NBSP}97)."),
        ("Version 2 skrevs 2026. Skäl: §", "Version 2 skrevs 2026. Skäl: §"),
        ("Elva möten i oktober 2026", "Elva möten i oktober 2026"),
    ],
)
def test_no_line_break_parts_a_date_or_a_paragraph(sentence: str, held: str) -> None:
    assert text.hall_ihop(sentence) == held


def test_a_moment_late_in_the_evening_belongs_to_the_swedish_day() -> None:
    assert "23 november 2026" in text.datum(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert f"kl.{NBSP}0.30" in text.klockslag(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 22), 47), (date(2026, 11, 23), 48), (date(2026, 12, 31), 53), (date(2027, 1, 1), 53)],
)
def test_weeks_follow_iso_over_the_new_year(day: date, week: int) -> None:
    assert text.vecka(day) == f"v.{NBSP}{week}"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "i dag"),
        (date(2026, 11, 23), "i morgon"),
        (date(2026, 11, 21), "i går"),
        (date(2026, 11, 27), f"om 5{NBSP}dagar"),
        (date(2026, 11, 12), f"för 10{NBSP}dagar sedan"),
    ],
)
def test_the_distance_is_counted_from_the_portals_own_today(day: date, words: str) -> None:
    with klocka.vid(date(2026, 11, 22)):
        assert text.om_dagar(day) == words


def test_a_deadline_says_the_date_first() -> None:
    with klocka.vid(date(2026, 11, 22)):
        assert text.frist(date(2026, 12, 10)).endswith(f"10 december 2026</time> (om 18{NBSP}dagar)")


def test_a_deadline_is_kept_through_its_whole_day() -> None:
    with klocka.vid(date(2026, 11, 22)):
        assert text.passerad(date(2026, 11, 21))
        assert not text.passerad(date(2026, 11, 22))
        assert not text.passerad(None)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1036, "tkr", f"1{NBSP}036{NBSP}tkr"),
        (Decimal("6.95"), "tjänster", f"6,95{NBSP}tjänster"),
        (50, "%", f"50{NBSP}%"),
        (-282382, "", f"−282{NBSP}382"),
        (0, "", "0"),
        (None, "tkr", "–"),
    ],
)
def test_numbers_have_a_comma_and_spaces_that_do_not_break(number: object, unit: str, words: str) -> None:
    assert text.tal(number, unit) == words


@pytest.mark.parametrize("write", [text.datum, text.iso, text.klockslag, text.vecka, text.frist, text.streck])
def test_nothing_is_shown_as_a_dash(write: object) -> None:
    assert write(None) == "–"


def test_zero_is_something() -> None:
    assert text.streck(0) == 0


@pytest.mark.parametrize(
    ("name", "letters"), [("Karin Lind", "KL"), ("Åsa", "Å"), ("Anna Maria af Ek", "AE"), ("", "")]
)
def test_initials_are_at_most_two(name: str, letters: str) -> None:
    assert text.initialer(name) == letters
