"""What can be corrected: a few kinds of rows, each named by one number, so that one address serves them all."""

from enum import Enum


class Uppgiftslag(Enum):
    """Kinds of rows that kansliet can correct. The order is part of their numbers, so new ones come last."""

    FAKTUM = "Uppgiften"
    NAMNDBESLUT = "Nämndens beslut"
    REGIONBESLUT = "Regionens beslut"
    DELTAGANDE = "Regionens deltagande och behov"
    FIL = "Filens slag och datum"


RATTAS_PA_PLATS = ("Deltagande", "Namndbeslut", "Beslutshandling", "Huvudmansbeslut", "Inlagdfil")
"""Kinds of rows that are corrected in place: what they said before stands in the row history."""


def number_of(slag: Uppgiftslag, pk: int) -> int:
    """Return the number of a row in addresses."""
    return pk * 10 + list(Uppgiftslag).index(slag)


def row_of(number: int) -> tuple[Uppgiftslag, int] | None:
    """Return the kind and the key that a number stands for; None for one that stands for nothing."""
    pk, index = divmod(number, 10)
    return (list(Uppgiftslag)[index], pk) if index < len(Uppgiftslag) else None
