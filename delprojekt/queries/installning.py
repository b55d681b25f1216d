"""The settings, and when they were last changed and by whom."""

from delprojekt.models import Forvaltningshandelse, Region, Sjukvardsregion
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.roller import Actor


def read_settings(actor: Actor) -> Sjukvardsregion:
    """Return the sjukvårdsregion with its settings."""
    found: Sjukvardsregion = Sjukvardsregion.objects.get()
    return found


def read_regions(actor: Actor) -> list[Region]:
    """Return the regions with their settings, in order."""
    return list(Region.objects.order_by("ordning"))


def changes(actor: Actor, limit: int = 30) -> list[Forvaltningshandelse]:
    """Return the latest changes of settings, newest first."""
    rows = Forvaltningshandelse.objects.filter(act=Adminact.ANDRA_INSTALLNINGAR)
    return list(rows.select_related("av", "region").order_by("-pk")[:limit])
