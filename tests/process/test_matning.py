"""Levels, the 50 percent rule, trend and share of answers (I-6, I-7, I-9, M5.8-8)."""

from decimal import Decimal

import pytest

from delprojekt.process.matning import Malstatus, Riktning, Trend, andel, hogsta, malstatus, trend, uppnadd

NIVAER = ("röd", "gul", "grön")


@pytest.mark.parametrize(
    ("levels", "status"),
    [
        ([True, True, False, False], Malstatus.UPPFYLLT),  # exactly half passes
        ([True, False, False], Malstatus.INTE_UPPFYLLT),
        ([True, True, False], Malstatus.UPPFYLLT),
        ([False], Malstatus.INTE_UPPFYLLT),
        ([True, None, None], Malstatus.UPPFYLLT),  # only what is assessed counts
        ([None, None], Malstatus.EJ_BEDOMBART),
        ([], Malstatus.EJ_BEDOMBART),
    ],
)
def test_i_6_at_least_half_of_the_assessed_reach_the_highest_level(
    levels: list[bool | None], status: Malstatus
) -> None:
    assert malstatus(levels) is status


@pytest.mark.parametrize(("level", "found"), [("grön", True), ("gul", False), ("röd", False), ("", None)])
def test_i_9_only_the_last_of_the_ordered_levels_is_the_highest(level: str, found: bool | None) -> None:
    assert hogsta(level, NIVAER) is found


def test_i_6_a_parameter_without_levels_is_not_assessed() -> None:
    assert hogsta("grön", ()) is None


@pytest.mark.parametrize(
    ("now", "before", "way", "found"),
    [
        ("83", "61", Riktning.HOGRE, Trend.BATTRE),
        ("83", "61", Riktning.LAGRE, Trend.SAMRE),
        ("28", "30", Riktning.LAGRE, Trend.BATTRE),
        ("61.0", "61", Riktning.HOGRE, Trend.LIKA),
        ("61", None, Riktning.HOGRE, Trend.OKAND),
        (None, "61", Riktning.HOGRE, Trend.OKAND),
    ],
)
def test_i_7_the_trend_follows_the_direction_that_is_better(
    now: str | None, before: str | None, way: Riktning, found: Trend
) -> None:
    assert trend(now and Decimal(now), before and Decimal(before), way) is found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answered", "asked", "share"), [(78, 120, 65), (1, 8, 13), (0, 120, 0), (0, 0, None), (None, 120, None)]
)
def test_5_8_8_the_share_of_answers_is_in_whole_percent(answered: int | None, asked: int, share: int | None) -> None:
    assert andel(answered, asked) == share


@pytest.mark.parametrize(
    ("varde", "riktning", "granser", "niva"),
    [
        ("512", Riktning.HOGRE, (0, 350, 500), "Grön"),
        ("500", Riktning.HOGRE, (0, 350, 500), "Grön"),
        ("499.9", Riktning.HOGRE, (0, 350, 500), "Gul"),
        ("-1", Riktning.HOGRE, (0, 350, 500), "Röd"),
        ("20", Riktning.LAGRE, (90, 60, 30), "Grön"),
        ("45", Riktning.LAGRE, (90, 60, 30), "Gul"),
        ("100", Riktning.LAGRE, (90, 60, 30), "Röd"),
        ("512", Riktning.HOGRE, (), ""),
    ],
)
def test_i_3_a_value_has_the_best_level_whose_limit_it_reaches(
    varde: str, riktning: str, granser: tuple[int, ...], niva: str
) -> None:
    assert uppnadd(Decimal(varde), ("Röd", "Gul", "Grön"), [Decimal(n) for n in granser], riktning) == niva
