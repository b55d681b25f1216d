"""Tables of data in a report, as seen by those who write it."""

from collections.abc import Collection

from delprojekt.models import Datatabell, Uppdragsomgang
from delprojekt.process.roller import Actor


def tables(actor: Actor, omgang: Uppdragsomgang) -> list[Datatabell]:
    """Return the tables of a report in the order they came, without their drawings. One query."""
    rows = Datatabell.objects.filter(omgang=omgang).select_related("diagram")
    return list(rows.defer("diagram__svg", "diagram__png", "diagram__beskrivning").order_by("pk"))


def tables_in(actor: Actor, omgangar: Collection[int]) -> dict[int, dict[int, Datatabell]]:
    """Return the tables of several reports that the actor reads, by report and key, without drawings. One query."""
    found: dict[int, dict[int, Datatabell]] = {}
    rows = Datatabell.objects.filter(omgang__in=omgangar).select_related("diagram")
    for row in rows.defer("diagram__svg", "diagram__png", "diagram__beskrivning"):
        found.setdefault(row.omgang_id, {})[row.pk] = row
    return found


def get_table(actor: Actor, omgang: Uppdragsomgang, pk: int) -> Datatabell:
    """Return one table of a report, with its drawing. Raises Datatabell.DoesNotExist."""
    return Datatabell.objects.select_related("diagram").get(omgang=omgang, pk=pk)
