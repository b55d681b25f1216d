"""Numbers as Swedes write them."""

from decimal import Decimal

import pytest

from delprojekt.process.tal import parse_med_enhet, parse_tal, skriv_jamnt, skriv_tal


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 480", "1480"), ("1\u00a0480,5", "1480.5"), ("61,5", "61.5"), ("−3", "-3"), ("0", "0"), ("30.25", "30.25")],
)
def test_a_number_is_understood(text: str, number: str) -> None:
    assert parse_tal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "många", "1,2345", "12 a", "1,2,3", "123456789012", "1e5", "NaN"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_tal(text) is None


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("61 %", "61", "%"), ("30 dagar", "30", "dagar"), ("1 480", "1480", ""), ("61%", "61", "%")],
)
def test_a_number_with_its_unit(text: str, number: str, unit: str) -> None:
    assert parse_med_enhet(text) == (Decimal(number), unit)


@pytest.mark.parametrize("text", ["okänt", "mäts hösten 2026", "3–5 dagar", "12, sedan 14"])
def test_words_are_not_a_number(text: str) -> None:
    assert parse_med_enhet(text) == (None, "")


def test_a_number_is_written_with_no_break_spaces_comma_and_minus() -> None:
    assert skriv_tal(Decimal("1480.500"), "tkr") == "1\u00a0480,5\u00a0tkr"
    assert skriv_tal(Decimal(-3)) == "−3"
    assert skriv_tal(None) == ""


@pytest.mark.parametrize(
    ("number", "decimals", "words"),
    [
        *(("24.5", 0, "25"), ("0.5", 0, "1"), ("2.5", 0, "3"), ("-2.5", 0, "−3"), ("0.125", 2, "0,13")),
        *(("-0.4", 0, "0"), ("-0.5", 0, "−1"), ("1234.5", 2, "1\u00a0234,50"), ("0", 1, "0,0")),
    ],
)
def test_a_half_is_rounded_away_from_zero_and_nothing_is_less_than_nothing(
    number: str, decimals: int, words: str
) -> None:
    assert skriv_jamnt(Decimal(number), decimals) == words
