"""Reminders: where they may be due, and what was last sent."""

from delprojekt.models import Delprojekt, Paminnelse
from delprojekt.process.roller import Actor
from delprojekt.process.steg import SLUT


def open_delprojekt(actor: Actor) -> list[int]:
    """Return the keys of the delprojekt that have not ended and do not rest, in order."""
    rows = Delprojekt.objects.exclude(steg__in=[steg.value for steg in SLUT]).filter(pausat=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def last_reminders(actor: Actor, delprojekt: Delprojekt, limit: int = 5) -> list[Paminnelse]:
    """Return when somebody was last reminded, of each thing and in each region, newest first. One query."""
    rows = Paminnelse.objects.filter(delprojekt=delprojekt).order_by("slag", "objekt", "region", "-date", "-pk")
    latest = rows.distinct("slag", "objekt", "region").select_related("region")
    return sorted(latest, key=lambda row: (row.skickad_at, row.pk), reverse=True)[:limit]
