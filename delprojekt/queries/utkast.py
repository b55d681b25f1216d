"""A förslag that has not been sent in is its author's draft, which the kansli may read too (T01)."""

from django.db.models import Q, Value

from delprojekt.process.roller import Actor
from delprojekt.process.synlighet import laser_utkast

ALLA = Q(Value(True))
"""The filter that every row passes. An empty one would vanish in "or" and in "not", and leave the other half alone."""


def not_anothers_draft(actor: Actor, path: str = "") -> Q:
    """Return the filter for the delprojekt that are no draft, or a draft that the actor may read (T01).

    ``path`` leads from the filtered rows to the delprojekt ("delprojekt__").
    """
    if laser_utkast(actor.roller()):
        return ALLA
    own = sorted({m.delprojekt for m in actor.mandat if m.delprojekt and laser_utkast(actor.roller(m.delprojekt))})
    sent_in = Q(**{f"{path}utkast": False})
    return sent_in | Q(**{f"{path}pk__in": own}) if own else sent_in
