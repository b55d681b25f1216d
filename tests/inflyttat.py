"""Delprojekt that began before the portal."""

from typing import Any

from delprojekt.actions.inflyttning import move_in
from delprojekt.models import Delprojekt
from delprojekt.process.roller import Actor, Mandat, Roll
from delprojekt.process.steg import Steg


def moved_in(steg: Steg, **said: Any) -> Delprojekt:
    """Return a delprojekt that began before the portal and stands in a step."""
    mover = Actor(None, "Portalen", frozenset({Mandat(Roll.ADMINISTRATOR)}))
    return move_in(mover, {"steg": steg, "benamning": "Ablationer", **said})
