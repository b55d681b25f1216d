"""What stands first in a paper that is made of the rows as they are: a draft, without version."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from delprojekt.documents.tree import Chapter, Document, Slag
from delprojekt.models import Delprojekt, Deltagande


def participation(delprojekt: Delprojekt) -> list[Deltagande]:
    """Return how every region takes part, in the regions' order. One query."""
    return list(delprojekt.deltaganden.select_related("region").order_by("region__ordning", "region__slug"))


def build_draft(
    slag: Slag,
    delprojekt: Delprojekt,
    parts: Iterable[Deltagande],
    chapters: Iterable[Chapter],
    *,
    now: datetime,
    status_line: str,
    dnr: str = "",
    responsible: str = "",
    contact: str = "",
) -> Document:
    """Return a draft of a paper about a delprojekt. In: its regions as ``participation`` answers."""
    said = [(part.status, part.region.kortnamn) for part in parts]
    return Document(
        slag=slag,
        title=delprojekt.benamning,
        number=None if delprojekt.nummer is None else str(delprojekt.nummer),
        part=delprojekt.delnummer,
        version="",
        status_line=status_line,
        is_draft=True,
        date=timezone.localdate(now),
        dnr=dnr,
        responsible=responsible,
        contact=contact,
        regions=tuple(name for status, name in said if status == "deltar"),
        chapters=tuple(chapters),
        absent=tuple(name for status, name in said if status == "deltar_ej"),
    )
