"""What measured values say: level, the 50 percent rule, trend, share of answers. Pure functions (I-6, I-7, M5.8-8)."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import TextChoices

HALFTEN = Fraction(1, 2)
"""At least half of the assessed parameters must reach the highest level; exactly half is enough (I-6)."""


class Riktning(TextChoices):
    """Which way is better (I-7)."""

    HOGRE = "hogre", "Högre är bättre"
    LAGRE = "lagre", "Lägre är bättre"


class Malstatus(TextChoices):
    """Whether an area has reached its goal (I-6)."""

    UPPFYLLT = "uppfyllt", "Uppfyllt"
    INTE_UPPFYLLT = "inte_uppfyllt", "Inte uppfyllt än"
    EJ_BEDOMBART = "ej_bedombart", "Går inte att bedöma"


class Trend(TextChoices):
    """How a value has moved since the period before (I-7)."""

    BATTRE = "battre", "Bättre"
    LIKA = "lika", "Oförändrat"
    SAMRE = "samre", "Sämre"
    OKAND = "okand", "Går inte att jämföra"


def hogsta(niva: str, nivaer: Sequence[str]) -> bool | None:
    """Tell whether a level is the highest of the ordered ones (lowest first); None when it is not assessed."""
    return niva == nivaer[-1] if niva and niva in nivaer else None


def uppnadd(varde: Decimal, nivaer: Sequence[str], granser: Sequence[Decimal], riktning: str) -> str:
    """Return the best level whose limit a value has reached; the worst when it reaches none; empty without limits.

    In: the levels with their limits, worst first, and which way is better (I-3, I-7).
    """
    if len(granser) != len(nivaer):
        return ""
    passed = [varde <= limit if riktning == Riktning.LAGRE else varde >= limit for limit in granser]
    reached = [level for level, ok in zip(nivaer, passed, strict=True) if ok]
    return next(iter([*reversed(reached), *nivaer]), "")


def malstatus(hogsta_nivan: Iterable[bool | None]) -> Malstatus:
    """Return the status of an area (I-6): at least half of those that are assessed on the highest level.

    In: for each parameter whether it is on its highest level, None when it is not assessed.
    """
    assessed = [one for one in hogsta_nivan if one is not None]
    if not assessed:
        return Malstatus.EJ_BEDOMBART
    return Malstatus.UPPFYLLT if Fraction(sum(assessed), len(assessed)) >= HALFTEN else Malstatus.INTE_UPPFYLLT


def trend(nu: Decimal | None, fore: Decimal | None, riktning: str) -> Trend:
    """Return how a value has moved, in the direction that is better for this parameter (I-7)."""
    if nu is None or fore is None:
        return Trend.OKAND
    if nu == fore:
        return Trend.LIKA
    return Trend.BATTRE if (nu > fore) == (riktning == Riktning.HOGRE) else Trend.SAMRE


def andel(svar: int | None, fragade: int | None) -> int | None:
    """Return the share in whole percent, half rounded up (78 of 120 is 65); None when nobody was asked."""
    if svar is None or not fragade:
        return None
    return int((Decimal(100 * svar) / fragade).quantize(Decimal(1), rounding=ROUND_HALF_UP))
