"""Who asks: from an account to an Actor with the mandates valid today."""

from django.db.models import OuterRef, Q, Subquery

from delprojekt.models import Innehav, Konto, Nominering, Person, Svarslank
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Mandat, Roll


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
    """Return the actor that a person is today. One query."""
    who = ("ersattare_for__person__fornamn", "ersattare_for__person__efternamn")
    rows = Innehav.objects.filter(gallande(), person=person).values_list(
        "roll", "region__slug", "delprojekt_id", "ersattare_for", *who, _invited_to()
    )
    mandates = frozenset(
        Mandat(
            Roll(roll),
            region,
            delprojekt,
            _replaced(Roll(roll), f"{first} {last}".strip()) if other else "",
            frozenset(sections or ()),
        )
        for roll, region, delprojekt, other, first, last, sections in rows
    )
    return Actor(person=person.pk, namn=str(person), mandat=mandates)


def _invited_to() -> Subquery:
    """The sections that somebody who is adjungerad is invited to in the round of mandate they are called in for."""
    invited = Nominering.objects.filter(
        person=OuterRef("person"),
        omgang=OuterRef("omgang"),
        roll=OuterRef("roll"),
        status=Nomineringsstatus.UTSEDD,
    )
    return Subquery(invited.filter(roll=Roll.ADJUNGERAD).values("avsnitt")[:1])


def _replaced(roll: Roll, name: str) -> str:
    """Return whom a substitute replaces, in words: a patient representative by role, never by name."""
    return str(roll.label).lower() if roll is Roll.PATIENTFORETRADARE else name


def actor_for(konto: Konto) -> Actor:
    """Return the actor behind an account."""
    return actor_for_person(konto.person)


def actor_for_link(link: Svarslank) -> Actor:
    """Return who a personal link lets its reader be: the one it went to, in that delprojekt, nothing else."""
    them = link.chef or link.nominering.person
    roll = Roll.NARMSTA_CHEF if link.chef else Roll.NOMINERAD
    mandate = Mandat(roll, delprojekt=link.nominering.omgang.delprojekt_id)
    return Actor(person=them.pk, namn=str(them), mandat=frozenset({mandate}))
