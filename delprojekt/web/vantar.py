"""What waits for somebody: what the process asks of their roles, and what they are asked by name beside a text."""

from datetime import date
from typing import Any

from delprojekt.process.roller import Actor
from delprojekt.queries.delprojekt import pending_for
from delprojekt.web import kommentarer, vymodell


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """Return the rows of "Väntar på dig", the first day to keep first, then what has no day. Two queries."""
    found = [*vymodell.waiting_rows(pending_for(actor)), *kommentarer.asked(actor)]
    return sorted(found, key=lambda row: row["frist"] or date.max)
