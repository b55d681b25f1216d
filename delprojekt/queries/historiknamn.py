"""Names for the keys in the history: a person, a region, a meeting, as the one who asks may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, F, ForeignKey, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from delprojekt.models import Delprojekt, Mallavsnitt
from delprojekt.models.historik import value_fields
from delprojekt.process.historik import SPAR, Spar
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.delprojekt import visible_to
from delprojekt.queries.historik import Andring, Post
from delprojekt.queries.namn import inside, unnamed

PER_MODELL: dict[str, Spar] = {spar.modell: spar for spar in SPAR}


def _words(*parts: str) -> Concat:
    """Return the SQL that sets words together: names of fields, and what stands between them in quotes."""
    own = [Value(p[1:-1]) if p[0] == "'" else Cast(p, TextField()) for p in parts]
    return Concat(Value(""), *own, output_field=TextField())


_NUMBERED = _words("nummer", "'. '", "text")
_POINT = Case(When(punkt="", then=Value("")), default=_words("', punkt '", "punkt"), output_field=TextField())
NAMN: dict[str, Concat] = {
    "Person": _words("fornamn", "' '", "efternamn"),
    "Innehav": _words("person__fornamn", "' '", "person__efternamn"),
    "Nominering": _words("person__fornamn", "' '", "person__efternamn"),
    "Gruppmote": _words("'Gruppmöte '", "date"),
    "Region": _words("namn"),
    "Organ": _words("namn"),
    "Arende": Concat(_words("mote__organ__namn", "' '", "mote__date"), _POINT, output_field=TextField()),
    "Delprojekt": _words("benamning"),
    "Kompetenskrav": _words("kompetens"),
    "Uppdragspunkt": _NUMBERED,
    "Slutsats": _NUMBERED,
    "Attsats": _NUMBERED,
    "Rekommendation": _NUMBERED,
    "Atgardsforslag": _words("nummer", "'. '", "rubrik"),
    "Avsnittsuppgift": _words("nyckel"),
    "Beslutshandling": _words("region__namn"),
    "Uppfoljningsparameter": _words("namn"),
}
"""What a row is called where another row points to it."""
_PERSON = {"Person": "", "Innehav": "person__", "Nominering": "person__"}
"""Which of them are about somebody."""


@dataclass
class Namn:
    """The names that a page of the history needs.

    ``slutna``: people of whom only what is open may be shown; ``nominerade``: who each nomination is about.
    """

    namn: dict[tuple[str, int], str] = field(default_factory=dict)
    nominerade: dict[int, int] = field(default_factory=dict)
    avsnitt: dict[str, str] = field(default_factory=dict)
    slutna: set[int] = field(default_factory=set)

    def of(self, modell: str, key: Any) -> str:
        """Return the name of a row; empty when there is no row, or it is not the actor's to know of."""
        return self.namn.get((modell, key), "")

    def sluten(self, change: Andring) -> bool:
        """Tell whether only the open fields of a change may be shown."""
        about = change.rad.get("person_id") or self.nominerade.get(change.rad.get("nominering_id") or 0)
        return about in self.slutna


def read_names(actor: Actor, delprojekt: Delprojekt, posts: Sequence[Post]) -> Namn:
    """Return the names of everything that the posts point to. Three queries, whatever they point to."""
    if not posts:
        return Namn()
    wanted: dict[str, set[int]] = {"Person": {post.av for post in posts if post.av}}
    for post in posts:
        for change in post.andringar:
            for modell, key in _keys(change):
                wanted.setdefault(modell, set()).add(key)
    sections = Mallavsnitt.objects.filter(mallversion__uppdragsomgang__delprojekt=delprojekt).order_by("pk")
    names = Namn(avsnitt=dict(sections.values_list("nyckel", "rubrik")))
    _name(actor, delprojekt, wanted, names)
    return names


def _keys(change: Andring) -> Iterable[tuple[str, int]]:
    spar = PER_MODELL.get(change.modell)
    for found in value_fields(spar) if spar else []:
        if isinstance(found, ForeignKey):
            for row in (change.fore, change.efter):
                if row and row.get(found.attname):
                    yield found.related_model.__name__, row[found.attname]


def _name(actor: Actor, delprojekt: Delprojekt, wanted: dict[str, set[int]], names: Namn) -> None:
    """Put names to the keys: patient representatives are named only in their group (architecture.md §5), and where
    somebody with skyddade uppgifter works is closed (conventions.md §6.4). Two queries."""
    arms = [_named(actor, modell, keys) for modell, keys in wanted.items()]
    hidden, within = unnamed(actor, delprojekt), inside(actor, delprojekt)
    names.slutna = set(hidden)
    for modell, key, words, person, guarded in arms[0].union(*arms[1:], all=True):
        names.namn[modell, key] = str(Roll.PATIENTFORETRADARE.label) if person in hidden else words.strip()
        if modell == "Nominering":
            names.nominerade[key] = person
        if guarded and not within and person != actor.person:
            names.slutna.add(person)


def _named(actor: Actor, modell: str, keys: set[int]) -> QuerySet[Any]:
    model: Any = apps.get_model("delprojekt", modell)
    rows = visible_to(actor) if model is Delprojekt else model.objects.all()
    about = _PERSON.get(modell)
    person = Value(None, output_field=IntegerField()) if about is None else Cast(f"{about}pk", IntegerField())
    guarded = Value(False, output_field=BooleanField()) if about is None else F(f"{about}skyddade_uppgifter")
    named: QuerySet[Any] = rows.filter(pk__in=keys).order_by()
    kind = Value(modell, output_field=TextField())
    return named.values_list(kind, Cast("pk", IntegerField()), NAMN[modell], person, guarded)
