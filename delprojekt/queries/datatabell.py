"""Tables of data in a report, as seen by those who write it."""

from delprojekt.models import Datatabell, Uppdragsomgang
from delprojekt.process.roller import Actor


def tables(actor: Actor, omgang: Uppdragsomgang) -> list[Datatabell]:
    """Return the tables of a report in the order they came, without their drawings. One query."""
    rows = Datatabell.objects.filter(omgang=omgang).select_related("diagram")
    return list(rows.defer("diagram__svg", "diagram__png", "diagram__beskrivning").order_by("pk"))


def get_table(actor: Actor, omgang: Uppdragsomgang, pk: int) -> Datatabell:
    """Return one table of a report, with its drawing. Raises Datatabell.DoesNotExist."""
    return Datatabell.objects.select_related("diagram").get(omgang=omgang, pk=pk)
