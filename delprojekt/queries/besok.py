"""Visits: which of them count now."""

from collections.abc import Iterable

from delprojekt.models import Delprojekt, Stegbesok
from delprojekt.process.steg import Steg, lamnad


def levande(besok: Iterable[Stegbesok]) -> list[Stegbesok]:
    """Return the visits that led here, oldest first, current last; what was undone is left out.

    A row with ``ateroppnar`` takes back everything after the visit that it reopens (architecture.md §3).
    """
    path: list[Stegbesok] = []
    for row in besok:
        if row.ateroppnar_id is None:
            path.append(row)
        else:
            while path and path[-1].pk != row.ateroppnar_id:
                path.pop()
    return path


def levande_for(delprojekt: Delprojekt) -> list[Stegbesok]:
    """Return the living visits of one delprojekt. One query."""
    return levande(delprojekt.besok.select_related("omgang").order_by("nummer"))


def handed_in(path: Iterable[Stegbesok]) -> bool:
    """Tell whether the report has been handed on, from the living visits; until then it is arbetsmaterial."""
    return lamnad([Steg(visit.steg) for visit in path])
