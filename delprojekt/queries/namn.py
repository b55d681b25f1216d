"""Whose name is not shown: patient representatives are named only in the group and to its contact person."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from delprojekt.models import Delprojekt, Innehav, Nominering, Person
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser

DOLT_NAMN = "Namnet visas bara för gruppen"


def inside(actor: Actor, delprojekt: Delprojekt) -> bool:
    """Tell whether the actor is in the working group while there is one, or is its contact person."""
    return ser(actor, Noun.PATIENTNAMN, delprojekt.pk, Steg(delprojekt.steg))


def unnamed(actor: Actor, delprojekt: Delprojekt) -> frozenset[int]:
    """Return the keys of the people whose names the actor may not read in a delprojekt (architecture.md §5).

    Those who are, have been or were put forward as patient or next-of-kin representatives. One query, or none.
    """
    return frozenset() if inside(actor, delprojekt) else frozenset(representatives(actor, delprojekt))


def representatives(actor: Actor, delprojekt: Delprojekt) -> QuerySet[Any]:
    """Return the keys of the people who are, have been or were put forward as representatives of patients."""
    held = Innehav.objects.filter(delprojekt=delprojekt, roll=Roll.PATIENTFORETRADARE)
    put_forward = Nominering.objects.filter(omgang__delprojekt=delprojekt, roll=Roll.PATIENTFORETRADARE)
    return held.values_list("person", flat=True).union(put_forward.values_list("person", flat=True))


def is_representative(actor: Actor, delprojekt: str, person: str = "person") -> Any:
    """Return the same as a condition on rows about a person; ``person`` and ``delprojekt`` lead from them to theirs."""
    whose = {"person": OuterRef(person), "roll": Roll.PATIENTFORETRADARE.value}
    held = Innehav.objects.filter(delprojekt=OuterRef(delprojekt), **whose)
    put_forward = Nominering.objects.filter(omgang__delprojekt=OuterRef(delprojekt), **whose)
    return ExpressionWrapper(Q(Exists(held)) | Q(Exists(put_forward)), output_field=BooleanField())


def shown_names(actor: Actor, delprojekt: Delprojekt, people: Iterable[Person]) -> list[str]:
    """Return names as the actor may see them; who is not named is called by role."""
    hidden = unnamed(actor, delprojekt)
    return [person.kallas(hidden) for person in people]
