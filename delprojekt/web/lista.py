"""What the list, the board and the timeline show around their rows: tabs, sorting, counts that cost little."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import decide
from delprojekt.process.steg import Steg
from delprojekt.queries.urval import Kolumn
from delprojekt.web import vymodell
from delprojekt.web.filters import DelprojektFilter
from delprojekt.web.middleware import ActorRequest

Item = dict[str, Any]
PER_SIDA = 50
PER_KOLUMN = 10
RAKNAS = 2_000
"""Further than this no list is counted: nobody turns forty pages."""
MAX_RADER = 10_000
"""No Excel file has more rows than this."""

VYER = {"lista": "Lista", "tavla": "Tavla", "tidslinje": "Tidslinje"}


class CappedPaginator(Paginator):
    """Counts no further than ``most``: a whole count of a large table costs more than the page itself."""

    most = RAKNAS

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most ``most``."""
        return min(self._counted, self.most)

    @property
    def capped(self) -> bool:
        """Tell whether there are more than were counted."""
        return self._counted > self.most


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
        "ordningar": _orders(request.GET) if view == "lista" else [],
        "ordning": request.GET.get("ordning", ""),
        "vyer": [
            {"namn": name, "url": address(request.GET, vy="" if key == "lista" else key), "nu": key == view}
            for key, name in VYER.items()
        ],
        "lagger_in": decide(request.actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG)).allowed,
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


_WAYS = {
    "nummer": ("Nummer, lägst först", "Nummer, högst först"),
    "titel": ("Benämning, A till Ö", "Benämning, Ö till A"),
    "steg": ("Steg, i metodens ordning", "Steg, det sista först"),
    "sedan": ("I steget sedan, äldst först", "I steget sedan, nyast först"),
}
_FIRST = "-nummer"


def _orders(query: QueryDict) -> list[Item]:
    """Return the ways to sort, for where the headings do not show: a list of cards on a phone."""
    now = query.get("ordning") or _FIRST
    found = [
        (f"{sign}{word}", name) for word, names in _WAYS.items() for sign, name in zip(("", "-"), names, strict=True)
    ]
    return [{"varde": word, "namn": name, "vald": word == now} for word, name in found]


def columns(query: QueryDict) -> list[Item]:
    """Return the headings; those that can be sorted by lead to it, the second time the other way."""
    now = query.get("ordning") or _FIRST
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
