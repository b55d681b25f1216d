"""What the rules ask of a förslag beside its own fields; a part of the Lage (``lage.py``)."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from django.db.models import OuterRef

from delprojekt.models import Beredningskontakt, Delprojekt, Informationsinsats, Organkoppling
from delprojekt.process.fakta import Organslag
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.queries.rader import values

_ASKS_FOR_CHEFSAMRAD = frozenset(HUVUDLINJE[1:6]) | {Steg.HUVUDMANSBESLUT}
_RUNNING = ("problem", "resursbehov")
_LABELLED = ("syfte", "mal", "forvantat_utfall", "effekter", "patientflode", "barnets_basta")
_LINE, _BESIDE, _CELL = 91, 66, 35
"""Letters in a line of the PDF: of running text, beside a label, in a cell."""
_FIXED, _PAGE = 36, 46
"""Lines of headings, front and tables' heads, and on a page. The test of the underlag holds it against the real PDF."""


def chefsamrad_columns(steg: Steg) -> dict[str, Any]:
    """Return the column of what ``linked_chefsamrad`` tells, where rules ask."""
    linked = Organkoppling.objects.filter(delprojekt=OuterRef("pk"), struken_at=None)
    return {"kopplingar": values(linked, "organ__slag")} if steg in _ASKS_FOR_CHEFSAMRAD else {}


def linked_chefsamrad(read: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many chefsamråd are linked and whether somebody has said that there is none, where rules ask."""
    kinds: list[str | None] | None = read.get("kopplingar")
    if kinds is None:
        return {}
    return {"chefsamrad": kinds.count(Organslag.CHEFSAMRAD.value), "chefsamrad_saknas": None in kinds}


def asked_avtalsgrupp(delprojekt: Delprojekt) -> bool:
    """Tell whether kansliet has asked avtalsgruppen (P-25)."""
    rows = Beredningskontakt.objects.filter(delprojekt=delprojekt, organ__slag=Organslag.AVTALSGRUPP)
    return rows.exists()


def planned_activities(delprojekt: Delprojekt) -> int:
    """Return how many activities of the kommunikationsplan have a time or are done (M6.6-1)."""
    rows = Informationsinsats.objects.filter(delprojekt=delprojekt, struken_at=None)
    return sum(1 for when, done in rows.values_list("nar", "klar_date") if when or done)


def underlag_pages(delprojekt: Delprojekt, parts: Iterable[Mapping[str, Any]]) -> int:
    """Return about how many pages the underlag for start takes, from the length of its texts. One query.

    The PDF says exactly, but is made by a job; this is for the advice before the förslag is announced (M5.1.2-2).
    """
    forslag = delprojekt.forslag
    asked = Beredningskontakt.objects.filter(delprojekt=delprojekt).values_list("fraga", "svar")
    lines = sum(_lines(getattr(forslag, name), _LINE) for name in _RUNNING)
    lines += sum(_lines(getattr(forslag, name), _BESIDE) for name in _LABELLED)
    lines += sum(1 + max(_lines(question, _CELL), _lines(answer, _CELL)) for question, answer in asked)
    lines += sum(1 + _lines(part["kommentar"], _CELL) for part in parts)
    return ceil((_FIXED + lines) / _PAGE)


def _lines(text: str, width: int) -> int:
    return sum(ceil(max(len(line), 1) / width) for line in text.splitlines())
