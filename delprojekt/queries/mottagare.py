"""Who is told of an act: people who hold the roles that POLICY names, now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from delprojekt.models import (
    Beslutshandling,
    Delprojekt,
    Inforandehinder,
    Innehav,
    Mallavsnitt,
    Nominering,
    Person,
    Svarslank,
)
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import ARBETSGRUPP, I_DELPROJEKT, Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.namn import shown_names


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


@dataclass(frozen=True)
class Brev:
    """A mail as it would be sent."""

    amne: str
    text: str
    till: list[str]


def letter(delprojekt: Delprojekt, act: Act, mening: str, motivering: str = "", tillagg: str = "") -> tuple[str, str]:
    """Return subject and text of the mail about an act; ``tillagg`` is what the mail says beside the sentence."""
    context = {
        "delprojekt": delprojekt,
        "mening": mening,
        "motivering": motivering,
        "tillagg": tillagg,
        "adress": settings.PORTAL_ADRESS + delprojekt.get_absolute_url(),
    }
    subject = " ".join(f"{delprojekt}: {mening}".split())  # a line break in a title is no new header
    return subject[:200], render_to_string("mejl/avisering.txt", context)


def welcome_letter(delprojekt: Delprojekt, row: Nominering, beslut: str) -> tuple[str, str]:
    """Return subject and text of the mail to somebody who is appointed: what, who else, and whom to ask.

    Patient representatives are counted, never named. Two queries.
    """
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt).select_related("person", "region")
    sections = Mallavsnitt.objects.filter(mallversion__uppdragsomgang=row.omgang_id, nyckel__in=row.avsnitt)
    group = [h for h in held.order_by("pk") if h.roll in ARBETSGRUPP and h.person_id != row.person_id]
    context = {
        "delprojekt": delprojekt,
        "rad": row,
        "beslut": beslut,
        "avsnitt": list(sections.order_by("ordning")) if row.roll == Roll.ADJUNGERAD else [],
        "andra": [h for h in group if h.roll != Roll.PATIENTFORETRADARE],
        "foretradare": sum(1 for h in group if h.roll == Roll.PATIENTFORETRADARE),
        "kontakt": next((h.person for h in held if h.roll == Roll.KONTAKTPERSON), None),
        "adress": settings.PORTAL_ADRESS + delprojekt.get_absolute_url(),
    }
    subject = " ".join(f"{delprojekt}: välkommen, du är utsedd".split())
    return subject[:200], render_to_string("mejl/valkommen.txt", context)


def question_letter(delprojekt: Delprojekt, link: Svarslank) -> tuple[str, str]:
    """Return subject and text of the question to somebody who is nominated, or to their manager.

    It names nobody but the kontaktperson and, to the manager, the nominee.

    The link is not in it: it is put last when the mail goes out. One query.
    """
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll=Roll.KONTAKTPERSON).select_related("person")
    contact = held.first()
    context = {
        "delprojekt": delprojekt,
        "svarslank": link,
        "rad": link.nominering,
        "syfte": delprojekt.forslag.syfte,
        "kontakt": contact.person if contact else None,
    }
    asks = "godkänner du att din medarbetare är med?" if link.chef else "vill du vara med i arbetsgruppen?"
    subject = " ".join(f"{delprojekt}: {asks}".split())
    return subject[:200], render_to_string("mejl/chefen.txt" if link.chef else "mejl/tillfragad.txt", context)


def concerned(act: Act, objekt: int | None, lage: Lage) -> frozenset[str]:
    """Return the regions that an act is about: taking part or recommended something, those that have not answered, or
    whose document it is."""
    if act is Act.PAMINN_OM_NOMINERINGAR:
        return lage.grupp.har_inte_svarat
    about: dict[str, type[Beslutshandling | Inforandehinder]] = {
        "beslutshandling": Beslutshandling,
        "inforandehinder": Inforandehinder,
    }
    kind = about.get(POLICY[act].objekt)
    if kind is None or objekt is None:
        return lage.berorda
    return frozenset(kind._default_manager.filter(pk=objekt).values_list("region__slug", flat=True))


def preview(actor: Actor, delprojekt: Delprojekt, act: Act, lage: Lage, objekt: int | None = None) -> list[Brev]:
    """Return the mail that an act sends, as far as its rule tells it; nothing when nobody would get one."""
    people = recipients(delprojekt, POLICY[act].tells, concerned(act, objekt, lage), exclude=actor.person)
    if not people:
        return []
    subject, text = letter(delprojekt, act, POLICY[act].event)
    return [Brev(subject, text, shown_names(actor, delprojekt, people))]
