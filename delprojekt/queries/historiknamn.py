"""Names for the keys in the history: a person, a region, a meeting, as the one who asks may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignKey, Model

from delprojekt.models import Delprojekt, Innehav, Mallavsnitt, Nominering, Person
from delprojekt.process.historik import OPPNA_FALT, SPAR, Spar
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.delprojekt import visible_to
from delprojekt.queries.historik import Andring, Post, value_fields
from delprojekt.queries.namn import inside, unnamed

PER_MODELL: dict[str, Spar] = {spar.modell: spar for spar in SPAR}
_WITH: dict[str, tuple[str, ...]] = {
    "Arende": ("mote__organ",),
    "Beslutshandling": ("region",),
    "Innehav": ("person",),
    "Nominering": ("person",),
}
"""What the name of a row is made of, beside the row itself."""


@dataclass
class Namn:
    """The names that a page of the history needs.

    ``slutna``: people of whom only what is open may be shown; ``nominerade``: who each nomination is about.
    """

    namn: dict[tuple[type[Model], int], str] = field(default_factory=dict)
    nominerade: dict[int, int] = field(default_factory=dict)
    avsnitt: dict[str, str] = field(default_factory=dict)
    slutna: frozenset[int] = frozenset()

    def of(self, model: type[Model], key: Any) -> str:
        """Return the name of a row; empty when there is no row, or it is not the actor's to know of."""
        return self.namn.get((model, key), "")

    def sluten(self, change: Andring) -> bool:
        """Tell whether only the open fields of a change may be shown."""
        about = change.rad.get("person_id") or self.nominerade.get(change.rad.get("nominering_id") or 0)
        return about in self.slutna


def read_names(actor: Actor, delprojekt: Delprojekt, posts: Sequence[Post]) -> Namn:
    """Return the names of everything that the posts point to. One query for each kind of row that is pointed to."""
    wanted: dict[type[Model], set[int]] = {Person: {post.av for post in posts if post.av and not post.handelser}}
    changes = [change for post in posts for change in post.andringar]
    for change in changes:
        for model, key in _keys(change):
            wanted.setdefault(model, set()).add(key)
    hidden = unnamed(actor, delprojekt) if changes else frozenset()
    names = Namn(avsnitt=_sections(delprojekt) if any(_has_section(change) for change in changes) else {})
    for model, keys in wanted.items():
        _name(actor, model, keys, hidden, names)
    _close(actor, delprojekt, hidden, names, wanted[Person] | set(names.nominerade.values()))
    return names


def _keys(change: Andring) -> Iterable[tuple[type[Model], int]]:
    spar = PER_MODELL.get(change.modell)
    for found in value_fields(spar) if spar else []:
        if isinstance(found, ForeignKey):
            for row in (change.fore, change.efter):
                if row and row.get(found.attname):
                    yield found.related_model, row[found.attname]


def _has_section(change: Andring) -> bool:
    return bool({"nyckel", "avsnitt", "besvarad_i", "avsnittsuppgift_id"} & change.rad.keys())


def _sections(delprojekt: Delprojekt) -> dict[str, str]:
    rows = Mallavsnitt.objects.filter(mallversion__uppdragsomgang__delprojekt=delprojekt).order_by("pk")
    return dict(rows.values_list("nyckel", "rubrik"))


def _name(actor: Actor, model: type[Model], keys: set[int], hidden: frozenset[int], names: Namn) -> None:
    """Put names to the keys of one kind of row. One query, or none."""
    if not keys:
        return
    rows: Any = visible_to(actor) if model is Delprojekt else model._default_manager.all()
    for row in rows.filter(pk__in=keys).select_related(*_WITH.get(model.__name__, ())):
        names.namn[model, row.pk] = _words(row, hidden)
        if isinstance(row, Nominering):
            names.nominerade[row.pk] = row.person_id


def _words(row: Any, hidden: frozenset[int]) -> str:
    """Return a row in words; patient representatives are named only in their group (architecture.md §5)."""
    person = row if isinstance(row, Person) else row.person if isinstance(row, Innehav | Nominering) else None
    if person is not None:
        return str(Roll.PATIENTFORETRADARE.label) if person.pk in hidden else str(person)
    return str(row) if type(row).__name__ != "Beslutshandling" else str(row.region)


def _close(actor: Actor, delprojekt: Delprojekt, hidden: frozenset[int], names: Namn, people: set[int]) -> None:
    """Find whose workplace may not be told: who is not named, and who has skyddade uppgifter (conventions.md §6.4)."""
    if inside(actor, delprojekt) or not people:
        return
    guarded = Person.objects.filter(pk__in=people, skyddade_uppgifter=True).exclude(pk=actor.person or 0)
    names.slutna = hidden | frozenset(guarded.values_list("pk", flat=True))


def open_fields(names: Namn, change: Andring) -> list[Any]:
    """Return the fields of a change that may be shown."""
    found = value_fields(PER_MODELL[change.modell])
    return [f for f in found if f.name in OPPNA_FALT] if names.sluten(change) else found
