"""Which kinds of handlingar there are to keep or weed: one for each act that leaves one (conventions.md §6.2)."""

from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.granser import plus_manader
from delprojekt.process.handling import Handlingsspec, Hantering
from delprojekt.process.policy import POLICY

SLAG: dict[Act, Handlingsspec] = {act: rule.handling for act, rule in POLICY.items() if rule.handling}
"""Every kind, by the act that leaves it in the register, in the order of the method."""

_AR = 12


def i_ord(hantering: str, ar: int | None) -> str:
    """Return what happens to a handling: ``Bevaras``, ``Gallras efter 5 år``."""
    label = str(Hantering(hantering).label)
    return f"{label} efter {ar} år" if hantering == Hantering.GALLRAS and ar else label


def tidigast(registrerad: date, hantering: str, ar: int | None) -> date | None:
    """Return the first day that a handling may be weeded; None when it is kept, or nothing is decided."""
    return plus_manader(registrerad, ar * _AR) if hantering == Hantering.GALLRAS and ar else None
