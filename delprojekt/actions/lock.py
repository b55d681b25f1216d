"""Beat 1: the lock. Every lock on a row that others stand in line for is taken here, in one order.

1. the sjukvårdsregion (``lock_root``): whoever gives numbers, or runs the portal;
2. the delprojekt (``lock``), several of them by their key;
3. rows that belong to one of those, and last the numbers of the register (``actions/handling.py``).

Whoever has a later one never asks for an earlier one: two who want the same locks then wait, and never for each other.
An act that gives a number says so where its change is registered, so that ``perform`` takes the first lock first.
"""

from delprojekt.models import Delprojekt, Sjukvardsregion

JOBBLAS, REGISTERLAS, FORHANDSLAS, WORDLAS = 4711, 4712, 4713, 4714
"""The classes of the database's own locks: that hold jobs, the numbering of a year, previews, and the reading of Word
files. No two are alike."""


def lock_root(*, nowait: bool = False) -> Sjukvardsregion:
    """Return the sjukvårdsregion, locked until the transaction ends. Taken again by who has it, it costs nothing.

    ``nowait``: raise OperationalError at once when somebody else has it.
    """
    root: Sjukvardsregion = Sjukvardsregion.objects.select_for_update(of=("self",), no_key=True, nowait=nowait).get()
    return root


def lock(delprojekt: int, *, nowait: bool = False, numbers: bool = False) -> Delprojekt:
    """Return the row, locked until the transaction ends. Child rows can still be written by others.

    In: its key; ``nowait``: raise OperationalError at once when somebody else has it, instead of standing in line;
    ``numbers``: a number will be given, so the sjukvårdsregion is locked before it.
    """
    if numbers:
        lock_root(nowait=nowait)
    rows = Delprojekt.objects.select_for_update(of=("self",), no_key=True, nowait=nowait)
    return rows.select_related("sjukvardsregion", "forslag").get(pk=delprojekt)
