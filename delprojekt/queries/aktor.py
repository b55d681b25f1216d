"""Who asks: from an account to an Actor with the mandates valid today."""

from datetime import date
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery

from delprojekt.models import (
    Innehav,
    Konto,
    Mallavsnitt,
    Nominering,
    Person,
    Skribent,
    Svarslank,
    Uppfoljningsforfragan,
)
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.klocka import idag
from delprojekt.process.roller import ARBETSGRUPP, SYSTEM, Actor, Mandat, Roll
from delprojekt.queries.kept import MARK, Kept
from delprojekt.queries.namn import is_representative


def gallande(prefix: str = "") -> Q:
    """Return the filter for Innehav that are valid today; a substitute's only as long as the one replaced holds it.

    In: where the Innehav stands from the row that is filtered (``innehav__``), if it is not the row itself.
    """
    return _valid(prefix) & (Q((f"{prefix}ersattare_for", None)) | _valid(f"{prefix}ersattare_for__"))


def _valid(prefix: str) -> Q:
    today = idag()
    until = Q((f"{prefix}till_date", None)) | Q((f"{prefix}till_date__gt", today))
    return Q((f"{prefix}fran_date__lte", today)) & until


def actor_for_person(person: Person) -> Actor:
    """Return the actor that a person is today. One query; one more for whoever holds no role."""
    mandates: set[Mandat] = set()
    for row in _mandates(idag()).all({MARK: person.pk}):
        roll, delprojekt = Roll(row["roll"]), row["delprojekt_id"]
        replaced = (
            _replaced(row["dold"], f"{row['fornamn']} {row['efternamn']}".strip()) if row["ersattare_for"] else ""
        )
        mandates.add(Mandat(roll, row["region"], delprojekt, replaced, frozenset(row["inbjuden"] or ())))
        if row["skriver"] and roll in ARBETSGRUPP:
            mandates.add(Mandat(Roll.SKRIBENT, None, delprojekt, avsnitt=frozenset(row["skriver"])))
        mandates |= {Mandat(Roll.TILLFRAGAD, None, where) for where in row["tillfragad"]}
    if not mandates:  # who has left the group, or never was in it, can be asked too (M5.8-5)
        asked = Person.objects.filter(pk=person.pk).values_list(_asked("pk"), flat=True)
        mandates = {Mandat(Roll.TILLFRAGAD, None, where) for row in asked for where in row}
    return Actor(person=person.pk, namn=str(person), mandat=frozenset(mandates))


@lru_cache(maxsize=2)
def _mandates(today: date) -> Kept:
    """Return the query of what somebody holds, asked at every request; kept for a day, as roles are held from and to
    days."""
    held = Innehav.objects.filter(gallande(), person=MARK).values("roll", "delprojekt_id", "ersattare_for")
    return Kept(
        held.annotate(
            region=F("region__slug"),
            fornamn=F("ersattare_for__person__fornamn"),
            efternamn=F("ersattare_for__person__efternamn"),
            dold=is_representative(SYSTEM, "delprojekt", "ersattare_for__person"),
            inbjuden=_invited_to(),
            skriver=_writes(),
            tillfragad=_asked(),
        )
    )


def _invited_to() -> Subquery:
    """The sections that somebody who is adjungerad is invited to in the round of mandate they are called in for."""
    invited = Nominering.objects.filter(
        person=OuterRef("person"),
        omgang=OuterRef("omgang"),
        roll=OuterRef("roll"),
        status=Nomineringsstatus.UTSEDD,
    )
    return Subquery(invited.filter(roll=Roll.ADJUNGERAD).values("avsnitt")[:1])


def _writes() -> ArraySubquery:
    """The sections of the chapters that somebody in the group has been asked to write in this round (M5.4.1-3)."""
    given = Skribent.objects.filter(
        Q(nyckel=OuterRef("nyckel")) | Q(nyckel=OuterRef("foralder")),
        person=OuterRef(OuterRef("person")),
        omgang=OuterRef(OuterRef("omgang")),
        struken_at=None,
    )
    sections = Mallavsnitt.objects.filter(Exists(given), mallversion=OuterRef("omgang__mallversion"))
    return ArraySubquery(sections.values("nyckel"))


def _asked(person: str = "person") -> ArraySubquery:
    """The delprojekt that somebody has been asked to follow up, until the question is answered (M5.8-4)."""
    rows = Uppfoljningsforfragan.objects.filter(person=OuterRef(person), svar="")
    return ArraySubquery(rows.values("omgang__namndbeslut__delprojekt"))


def _replaced(hidden: bool, name: str) -> str:
    """Return whom a substitute replaces, in words: a patient representative by role, never by name."""
    return str(Roll.PATIENTFORETRADARE.label).lower() if hidden else name


def actor_for(konto: Konto) -> Actor:
    """Return the actor behind an account."""
    return actor_for_person(konto.person)


def actor_for_link(link: Svarslank) -> Actor:
    """Return who a personal link lets its reader be: the one it went to, in that delprojekt, nothing else."""
    them = link.chef or link.nominering.person
    roll = Roll.NARMSTA_CHEF if link.chef else Roll.NOMINERAD
    mandate = Mandat(roll, delprojekt=link.nominering.omgang.delprojekt_id)
    return Actor(person=them.pk, namn=str(them), mandat=frozenset({mandate}))
