"""Rows that the group adds, changes and strikes: one way for all of them. Nothing is deleted."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from delprojekt.actions.takt import Ogiltigt, Takt

M = TypeVar("M", bound=Model)


def filled_in(takt: Takt, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields that were filled in; ``region`` is a slug in the form and a row here."""
    values = {name: takt.underlag[name] for name in names if name in takt.underlag}
    return {**values, "region": takt.region()} if "region" in values else values


def get_row(takt: Takt, rows: QuerySet[M]) -> M:
    """Return the row that the act is about. Raises Ogiltigt when it has been struck meanwhile."""
    row = rows.filter(pk=takt.underlag["objekt"], struken_at=None).first()
    if row is None:
        raise Ogiltigt("stryk", "Raden är redan struken.")
    return row


def set_values(row: Model, values: dict[str, Any]) -> None:
    """Store the values in the row."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def strike(takt: Takt, row: Model) -> bool:
    """Strike the row if that was asked for. Out: whether it was."""
    if not takt.underlag.get("stryk"):
        return False
    set_values(row, {"struken_at": takt.now})
    return True


def change_or_strike(takt: Takt, rows: QuerySet[Any], names: Iterable[str]) -> tuple[Any, str]:
    """Change the row that the act is about, or strike it. Out: the row, and "ändrades" or "ströks" for the log."""
    row = get_row(takt, rows)
    if strike(takt, row):
        return row, "ströks"
    set_values(row, filled_in(takt, names))
    return row, "ändrades"
