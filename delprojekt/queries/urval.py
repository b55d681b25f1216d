"""Which delprojekt, in which order: what the list, the board, the timeline and the Excel file share."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import prefetch_related_objects as prefetch
from django.db.models.functions import Concat

from delprojekt.models import (
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Innehav,
    Milstolpe,
    Mote,
    Organkoppling,
    Person,
    Stegbesok,
    Vantar,
)
from delprojekt.models.svenska import SokText, SvOrdning, any_of
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.sokord import spellings, words
from delprojekt.process.steg import FORE_START, Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for_many
from delprojekt.queries.delprojekt import heard, waiting
from delprojekt.queries.efterhand import Kant, known_facts

Rows = QuerySet[Delprojekt]
_NUMBER = re.compile(r"(\d{1,6})(?::\s*(\w{1,5}))?")
_STEG = Case(*(When(steg=s.value, then=Value(n)) for n, s in enumerate(Steg)), output_field=IntegerField())

ORDNINGAR: dict[str, tuple[Any, ...]] = {
    "nummer": (F("nummer"), F("skapat_at")),
    "titel": (SvOrdning("benamning"),),
    "steg": (_STEG, F("nummer")),
    "sedan": (F("stegat_at"),),
}
"""What the list can be sorted by."""


def search(actor: Actor, rows: Rows, text: str) -> Rows:
    """Return those whose number is the text, or whose title or other names hold every word of it, also inside one."""
    found = Q()
    for word in words(text):
        found &= any_of(sok__contains=spellings(word))
    number = _NUMBER.fullmatch(text.strip())
    if number:
        found |= Q(nummer=int(number[1]), **({"delnummer__iexact": number[2]} if number[2] else {}))
    return rows.alias(sok=SokText("benamning", "alias")).filter(found)


def ordered(actor: Actor, rows: Rows, word: str) -> Rows:
    """Return the rows in an order of ``ORDNINGAR``; with a minus first, the other way.

    What has no number stands last either way.
    """
    columns = ORDNINGAR[word.removeprefix("-")]
    down = word.startswith("-")
    if not down:
        return rows.order_by(*(column.asc() for column in columns), "pk")
    return rows.order_by(*(column.desc(nulls_last=column == F("nummer") or None) for column in columns), "-pk")


def _has(model: type[Model], **of: Any) -> Exists:
    return Exists(model._default_manager.filter(delprojekt=OuterRef("pk"), **of))


def taking_part(actor: Actor, rows: Rows, region: str) -> Rows:
    """Return those in which a region takes part."""
    return rows.filter(_has(Deltagande, region__slug=region, status=Deltagandestatus.DELTAR))


def waiting_for(actor: Actor, rows: Rows, **of: Any) -> Rows:
    """Return those that wait for a role or a region; how ledningsgruppen thinks is not told to others by a filter."""
    found = Vantar.objects.filter(delprojekt=OuterRef("pk"), **of)
    return rows.filter(Exists(heard(actor, found) if "region__slug" in of else found))


def overdue(actor: Actor, rows: Rows) -> Rows:
    """Return those that wait for something whose last day has passed."""
    return rows.filter(_has(Vantar, frist_date__lt=idag()))


def kept_by(actor: Actor, rows: Rows, person: Person) -> Rows:
    """Return those whose contact person somebody is today."""
    return rows.filter(
        Exists(Innehav.objects.filter(gallande(), delprojekt=OuterRef("pk"), roll=Roll.KONTAKTPERSON, person=person))
    )


def started_in(actor: Actor, rows: Rows, year: int) -> Rows:
    """Return those that ledningsgruppen decided to start in a year: the decision's own, also from before the portal."""
    decided = _has(Faktumrad, slag=Faktumslag.STARTBESLUT, ersatt_av=None, date__year=year)
    return rows.filter(decided).exclude(steg__in=FORE_START)


def treated_by(actor: Actor, rows: Rows, organ: str) -> Rows:
    """Return those that a body has had on its agenda."""
    return rows.filter(pk__in=Mote.objects.filter(organ__slug=organ).values("arenden__delprojekt"))


def with_more(actor: Actor, rows: Rows) -> Rows:
    """Return the rows with what only the file tells: contact person, chefsamråd, goals, the year of start. One query.

    What is in the förslag is left to whoever writes it to show or not.
    """
    kept = Innehav.objects.filter(gallande(), delprojekt=OuterRef("pk"), roll=Roll.KONTAKTPERSON)
    linked = Organkoppling.objects.filter(
        delprojekt=OuterRef("pk"), struken_at=None, organ__slag=Organslag.CHEFSAMRAD
    ).order_by("organ__namn")
    started = Faktumrad.objects.filter(delprojekt=OuterRef("pk"), slag=Faktumslag.STARTBESLUT, ersatt_av=None)
    name = Concat("person__fornamn", Value(" "), "person__efternamn")
    return rows.select_related("forslag").annotate(
        kontaktpersoner=ArraySubquery(kept.order_by("pk").values_list(name)),
        chefsamrad=ArraySubquery(linked.values("organ__namn")),
        startar=Case(
            When(~Q(steg__in=FORE_START), then=Subquery(started.order_by("-pk").values("date__year")[:1])),
            output_field=IntegerField(),
        ),
    )


@dataclass(frozen=True)
class Kolumn:
    """A column of the board: a step, how many stand there, and the first of them."""

    steg: Steg
    antal: int
    delprojekt: list[Delprojekt]


def per_step(actor: Actor, rows: Rows) -> dict[Steg, int]:
    """Return how many stand in each step. One query."""
    counted = rows.order_by().values_list("steg").annotate(n=Count("*"))
    return {Steg(steg): n for steg, n in counted}


def board(actor: Actor, rows: Rows, limit: int) -> list[Kolumn]:
    """Return the columns of the board that hold something, each with its first rows. Four queries."""
    counts = per_step(actor, rows)
    order = [steg for steg in Steg if counts.get(steg)]
    if not order:
        return []
    bare = rows.prefetch_related(None)
    first, *rest = [bare.filter(steg=steg.value)[:limit] for steg in order]
    found = list(first.union(*rest, all=True) if rest else first)
    prefetch(found, waiting(actor))
    return [Kolumn(s, counts[s], [d for d in found if d.steg == s]) for s in order]


@dataclass(frozen=True)
class Gang:
    """One delprojekt on the timeline: its living visits, and what was planned."""

    delprojekt: Delprojekt
    besok: list[Stegbesok]
    milstolpar: list[Milstolpe]
    kant: list[Kant] = field(default_factory=list)  # of what is Historiskt, whose steps have no days


@dataclass(frozen=True)
class Tidslinje:
    """Some delprojekt over time, and the meetings at which they were treated."""

    gangar: list[Gang]
    moten: list[Mote]


def timeline(actor: Actor, rows: list[Delprojekt]) -> Tidslinje:
    """Return the planned and the actual time of some delprojekt, in their order. At most five queries."""
    keys = [row.pk for row in rows]
    paths = levande_for_many(keys)
    current = {path[-1].omgang_id: pk for pk, path in paths.items() if path[-1].omgang_id}
    plans: dict[int, list[Milstolpe]] = {}
    stones = Milstolpe.objects.filter(omgang__in=current, struken_at=None, sista_date__isnull=False)
    for stone in stones.order_by("sista_date", "pk"):
        plans.setdefault(current[stone.omgang_id], []).append(stone)
    meetings = Mote.objects.filter(arenden__delprojekt__in=keys).select_related("organ").distinct()
    told = known_facts(actor, rows)

    def gang(row: Delprojekt) -> Gang:
        planned = plans.get(row.pk, []) if _plan(actor, row) else []
        return Gang(row, paths.get(row.pk, []), planned, told.get(row.pk, []))

    return Tidslinje(
        [gang(row) for row in rows],
        list(meetings.order_by("date", "pk")),
    )


def _plan(actor: Actor, row: Delprojekt) -> bool:
    return ser(actor, Noun.UPPDRAG, row.pk, Steg(row.steg))
