"""The shared template: its versions, and the sections of one, as kansliet edits them (M7-1)."""

from django.db.models import Count

from delprojekt.models import Forvaltningshandelse, Mallavsnitt, Mallstatus, Mallversion
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.roller import Actor


def versions(actor: Actor) -> list[Mallversion]:
    """Return every version, newest first, with how many uppdragsomgångar are written in it (``anvands``). One query."""
    return list(Mallversion.objects.annotate(anvands=Count("uppdragsomgang")).order_by("-nummer"))


def get_version(actor: Actor, nummer: int) -> Mallversion:
    """Return one version. Raises Mallversion.DoesNotExist."""
    found: Mallversion = Mallversion.objects.get(nummer=nummer)
    return found


def sections(actor: Actor, version: Mallversion) -> list[Mallavsnitt]:
    """Return the sections of a version, in order. One query."""
    return list(version.avsnitt.order_by("ordning", "nyckel"))


def get_section(actor: Actor, pk: int) -> Mallavsnitt:
    """Return a section of the draft. Raises Mallavsnitt.DoesNotExist; what counts, or did, is never changed."""
    rows = Mallavsnitt.objects.select_related("mallversion")
    found: Mallavsnitt = rows.get(pk=pk, mallversion__status=Mallstatus.UTKAST)
    return found


def changes(actor: Actor, limit: int = 50) -> list[Forvaltningshandelse]:
    """Return the latest changes of the template, newest first. One query."""
    rows = Forvaltningshandelse.objects.filter(act=Adminact.ANDRA_MALL).select_related("av", "region")
    return list(rows.order_by("-pk")[:limit])
