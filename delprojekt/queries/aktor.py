"""Who asks: from an account to an Actor with the mandates valid today."""

from django.db.models import Q

from delprojekt.models import Innehav, Konto, Person
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Mandat, Roll


def gallande() -> Q:
    """Return the filter for Innehav that are valid today."""
    today = idag()
    return Q(fran_date__lte=today) & (Q(till_date=None) | Q(till_date__gt=today))


def actor_for_person(person: Person) -> Actor:
    """Return the actor that a person is today. One query."""
    rows = Innehav.objects.filter(gallande(), person=person).values_list("roll", "region__slug", "delprojekt_id")
    mandates = frozenset(Mandat(Roll(roll), region, delprojekt) for roll, region, delprojekt in rows)
    return Actor(person=person.pk, namn=str(person), mandat=mandates)


def actor_for(konto: Konto) -> Actor:
    """Return the actor behind an account."""
    return actor_for_person(konto.person)
