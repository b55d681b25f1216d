"""Who is told of an act: people who hold the roles that POLICY names, now."""

from collections.abc import Iterable

from django.db.models import Q

from delprojekt.models import Delprojekt, Person
from delprojekt.process.klocka import idag
from delprojekt.process.roller import I_DELPROJEKT, Roll


def recipients(
    delprojekt: Delprojekt, roller: Iterable[Roll], regioner: Iterable[str], *, exclude: int | None = None
) -> list[Person]:
    """Return the people with an address who hold one of the roles for this delprojekt.

    In: the delprojekt, the roles of ``Rule.tells``, the participating regions (a role held for another region does
    not count), and the person who acts, who needs no mail about it. One query.
    """
    today = idag()
    wanted = frozenset(roller)
    own = Q(innehav__roll__in=wanted & I_DELPROJEKT, innehav__delprojekt=delprojekt)
    everywhere = Q(innehav__roll__in=wanted - I_DELPROJEKT, innehav__delprojekt=None)
    region = Q(innehav__region=None) | Q(innehav__region__slug__in=list(regioner))
    valid = Q(innehav__fran_date__lte=today) & (Q(innehav__till_date=None) | Q(innehav__till_date__gte=today))
    people = Person.objects.filter((own | (everywhere & region)) & valid).exclude(epost="").exclude(pk=exclude or 0)
    return list(people.distinct().order_by("efternamn", "fornamn", "pk"))
