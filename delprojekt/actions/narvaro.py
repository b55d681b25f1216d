"""Who has a section open, and who writes in it: a heartbeat in the cache. Never a lock: it only tells.

What is kept for a delprojekt is one small row that whoever beats writes anew. Two who beat in the same instant may hide
one of them until the next beat, some seconds later.
"""

from django.core.cache import cache

from delprojekt.models import Delprojekt
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor
from delprojekt.queries.narvaro import BORTA, CACHE_KEY, seen_lately


def beat(actor: Actor, delprojekt: Delprojekt, nyckel: str, *, skrev: bool) -> None:
    """Tell that somebody has a section open; ``skrev``: and has just written in it."""
    if actor.person is None:
        return
    here = seen_lately(actor, delprojekt)
    before = here.get(actor.person, {})
    now = nu().timestamp()
    wrote = now if skrev else before.get("skrev", 0.0) if before.get("nyckel") == nyckel else 0.0
    here[actor.person] = {"nyckel": nyckel, "namn": actor.namn, "sedd": now, "skrev": wrote}
    cache.set(CACHE_KEY.format(delprojekt.pk), here, BORTA)
