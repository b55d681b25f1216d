"""Who is told of an act: people who hold the roles that POLICY names, now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from delprojekt.models import Beslutshandling, Delprojekt, Inforandehinder, Person
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import ARBETSGRUPP, I_DELPROJEKT, Actor, Roll
from delprojekt.queries.aktor import gallande


def recipients(
    delprojekt: Delprojekt, roller: Iterable[Roll], regioner: Iterable[str], *, exclude: int | None = None
) -> list[Person]:
    """Return the people with an address who hold one of the roles for this delprojekt.

    In: the delprojekt, the roles of ``Rule.tells``, the participating regions (a role held for another region does
    not count), and the person who acts, who needs no mail about it. One query.
    """
    wanted = frozenset(roller)
    own = Q(innehav__roll__in=wanted & I_DELPROJEKT, innehav__delprojekt=delprojekt)
    everywhere = Q(innehav__roll__in=wanted - I_DELPROJEKT, innehav__delprojekt=None)
    region = Q(innehav__region=None) | Q(innehav__region__slug__in=list(regioner))
    people = (
        Person.objects.filter((own | (everywhere & region)) & gallande("innehav__"))
        .exclude(epost="")
        .exclude(pk=exclude or 0)
    )
    return list(people.distinct().order_by("efternamn", "fornamn", "pk"))


def shown_names(actor: Actor, delprojekt: Delprojekt, people: Iterable[Person]) -> list[str]:
    """Return names as the actor may see them: patient representatives are named only in the group (one query)."""
    if actor.roller(delprojekt.pk) & (ARBETSGRUPP | {Roll.KONTAKTPERSON}):
        return [str(person) for person in people]
    held = delprojekt.innehav.filter(roll=Roll.PATIENTFORETRADARE).values_list("person", flat=True)
    unnamed = set(held)
    return [str(Roll.PATIENTFORETRADARE.label) if person.pk in unnamed else str(person) for person in people]


@dataclass(frozen=True)
class Brev:
    """A mail as it would be sent."""

    amne: str
    text: str
    till: list[str]


def letter(delprojekt: Delprojekt, act: Act, mening: str, motivering: str = "") -> tuple[str, str]:
    """Return subject and text of the mail about an act."""
    context = {
        "delprojekt": delprojekt,
        "mening": mening,
        "motivering": motivering,
        "adress": settings.PORTAL_ADRESS + delprojekt.get_absolute_url(),
    }
    subject = " ".join(f"{delprojekt}: {mening}".split())  # a line break in a title is no new header
    return subject[:200], render_to_string("mejl/avisering.txt", context)


def concerned(act: Act, objekt: int | None, lage: Lage) -> frozenset[str]:
    """Return the regions that an act is about: taking part or recommended something, or whose document it is."""
    about: dict[str, type[Beslutshandling | Inforandehinder]] = {
        "beslutshandling": Beslutshandling,
        "inforandehinder": Inforandehinder,
    }
    kind = about.get(POLICY[act].objekt)
    if kind is None or objekt is None:
        return lage.berorda
    return frozenset(kind._default_manager.filter(pk=objekt).values_list("region__slug", flat=True))


def preview(actor: Actor, delprojekt: Delprojekt, act: Act, lage: Lage, objekt: int | None = None) -> Brev | None:
    """Return the mail that an act sends, before it is sent; None when nobody would get one."""
    people = recipients(delprojekt, POLICY[act].tells, concerned(act, objekt, lage), exclude=actor.person)
    if not people:
        return None
    subject, text = letter(delprojekt, act, POLICY[act].event)
    return Brev(subject, text, shown_names(actor, delprojekt, people))
