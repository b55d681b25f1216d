"""Who else has a section open now, and who writes (the heartbeat of actions/narvaro.py)."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from delprojekt.models import Delprojekt
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.namn import unnamed

BORTA = 30
"""Seconds after the last beat when somebody is taken to have left."""
CACHE_KEY = "narvaro:{}"
"""Where the presence of a delprojekt is kept."""
NYSS = 20
"""Seconds after the last save when somebody is said to write."""


@dataclass(frozen=True)
class Narvarande:
    """Somebody else at the desk: in which section, and whether they write there now."""

    nyckel: str
    namn: str
    skriver: bool

    @property
    def mening(self) -> str:
        """Return it in words."""
        return f"{self.namn} skriver här nu" if self.skriver else f"{self.namn} har avsnittet öppet"


def seen_lately(actor: Actor, delprojekt: Delprojekt) -> dict[int, dict[str, Any]]:
    """Return everybody who has been seen lately, by person, as it is kept."""
    limit = nu().timestamp() - BORTA
    kept: dict[int, dict[str, Any]] = cache.get(CACHE_KEY.format(delprojekt.pk)) or {}
    return {person: row for person, row in kept.items() if row["sedd"] > limit}


def others(actor: Actor, delprojekt: Delprojekt) -> list[Narvarande]:
    """Return the others at the desk, with names as the actor may see them. One query when there are any."""
    there = {person: row for person, row in sorted(seen_lately(actor, delprojekt).items()) if person != actor.person}
    hidden = unnamed(actor, delprojekt) if there else frozenset()
    now = nu().timestamp()
    return [
        Narvarande(
            row["nyckel"],
            str(Roll.PATIENTFORETRADARE.label) if person in hidden else row["namn"],
            now - row["skrev"] < NYSS,
        )
        for person, row in there.items()
    ]
