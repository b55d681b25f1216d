"""What the list, the board and the timeline show around their rows: tabs, sorting, counts that cost little."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from delprojekt.queries.urval import Kolumn
from delprojekt.web import vymodell
from delprojekt.web.filters import DelprojektFilter
from delprojekt.web.middleware import ActorRequest

Item = dict[str, Any]
PER_SIDA = 50
PER_KOLUMN = 10
MAX_RADER = 10_000
"""Further than this nothing is counted, and no Excel file is made."""

VYER = {"lista": "Lista", "tavla": "Tavla", "tidslinje": "Tidslinje"}


class CappedPaginator(Paginator):
    """Counts no further than ``MAX_RADER``: a whole count of a large table costs more than the page itself."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MAX_RADER + 1].count()

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most ``MAX_RADER``."""
        return min(self._counted, MAX_RADER)

    @property
    def capped(self) -> bool:
        """Tell whether there are more than were counted."""
        return self._counted > MAX_RADER


def address(query: QueryDict, **changes: str) -> str:
    """Return the address of the list with the filter kept and something changed; an empty value is left out."""
    kept = query.copy()
    kept.pop("sida", None)
    for name, value in changes.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return f"?{kept.urlencode()}" if kept else reverse("lista")


def frame(request: ActorRequest, found: DelprojektFilter, view: str) -> Item:
    """Return what the three views share: the filter's form, the tabs between the views, the way to Excel."""
    form = found.form
    rest = [name for name in form.fields if name not in found.MAIN]
    more = "fler" in request.GET or any(request.GET.get(name) for name in rest)
    return {
        "filter": found,
        "huvudfalt": [form[name] for name in found.MAIN],
        "fler_falt": [form[name] for name in rest] if more else [],
        "fler_url": "" if more else address(request.GET, fler="1"),
        "vy": view,
        "ordning": request.GET.get("ordning", ""),
        "vyer": [
            {"namn": name, "url": address(request.GET, vy="" if key == "lista" else key), "nu": key == view}
            for key, name in VYER.items()
        ],
        "excel": f"{reverse('excel')}{address(request.GET, vy='').removeprefix(reverse('lista'))}",
        "filtrerat": any(request.GET.get(name) for name in form.fields),
    }


_HEADINGS = (
    ("Nummer", "nummer"),
    ("Benämning", "titel"),
    ("Steg", "steg"),
    ("Ligger hos", ""),
    ("I steget sedan", "sedan"),
    ("Senast", ""),
)


def columns(query: QueryDict) -> list[Item]:
    """Return the headings; those that can be sorted by lead to it, the second time the other way."""
    now = query.get("ordning", "-nummer")
    found = []
    for name, word in _HEADINGS:
        up, down = now == word and bool(word), now == f"-{word}" and bool(word)
        found.append(
            {
                "namn": name,
                "url": address(query, ordning=f"-{word}" if up else word) if word else "",
                "sorterad": "ascending" if up else "descending" if down else "",
            }
        )
    return found


def board_column(request: ActorRequest, column: Kolumn) -> Item:
    """Return one column of the board."""
    return {
        "namn": str(column.steg.label),
        "kod": column.steg.value,
        "antal": column.antal,
        "rader": [vymodell.list_row(row, request.actor) for row in column.delprojekt],
        "fler": column.antal - len(column.delprojekt),
        "url": address(request.GET, steg=column.steg.value, vy=""),
    }
