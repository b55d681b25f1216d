"""The shared template: its versions, and the sections of one, as kansliet edits them (M7-1)."""

from hashlib import sha256

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


def has_draft(actor: Actor) -> bool:
    """Tell whether there is a draft. One query."""
    return Mallversion.objects.filter(status=Mallstatus.UTKAST).exists()


def sections(actor: Actor, version: Mallversion) -> list[Mallavsnitt]:
    """Return the sections of a version, in order. One query."""
    return list(version.avsnitt.order_by("ordning", "nyckel"))


def get_section(actor: Actor, pk: int) -> Mallavsnitt:
    """Return a section of the draft. Raises Mallavsnitt.DoesNotExist; what counts, or did, is never changed."""
    rows = Mallavsnitt.objects.select_related("mallversion")
    found: Mallavsnitt = rows.get(pk=pk, mallversion__status=Mallstatus.UTKAST)
    return found


def mark(actor: Actor, version: Mallversion) -> str:
    """Return a mark of all that a version says: the same only while nothing is changed in it. One query."""
    rows = version.avsnitt.order_by("ordning").values_list("nyckel", "nummer", "rubrik", "vagledning", "foralder")
    return sha256(repr(list(rows)).encode()).hexdigest()


def differences(actor: Actor, draft: Mallversion) -> dict[str, list[Mallavsnitt]]:
    """Return how a draft differs from the version that counts: the sections that are new, changed and left out."""
    was = {row.nyckel: row for row in Mallavsnitt.objects.filter(mallversion__status=Mallstatus.GALLANDE)}
    now = {row.nyckel: row for row in sections(actor, draft)}
    same = {key for key in was.keys() & now.keys() if _words(was[key]) == _words(now[key])}
    return {
        "Nya": [row for key, row in now.items() if key not in was],
        "Ändrade": [row for key, row in now.items() if key in was and key not in same],
        "Borttagna": [row for key, row in was.items() if key not in now],
    }


def _words(row: Mallavsnitt) -> tuple[str, str, str]:
    return row.nummer, row.rubrik, row.vagledning


def changes(actor: Actor, limit: int = 50) -> list[Forvaltningshandelse]:
    """Return the latest changes of the template, newest first. One query."""
    rows = Forvaltningshandelse.objects.filter(act=Adminact.ANDRA_MALL).select_related("av", "region")
    return list(rows.order_by("-pk")[:limit])
