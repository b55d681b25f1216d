"""What a working group needs when it begins: whom to ask, and when nämnden meets."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from delprojekt.models import Delprojekt, Innehav, Milstolpe, Mote, Uppdragsomgang, Uppdragspunkt
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import KANDA_ROLLER, Noun, ser
from delprojekt.queries.aktor import gallande
from delprojekt.queries.namn import unnamed

ATT_FRAGA = (Roll.KONTAKTPERSON, Roll.ORDFORANDE, Roll.PROCESSLEDARE, Roll.KOMMUNIKATOR)
"""Whom a member of the group turns to, in that order."""


@dataclass(frozen=True)
class Kontakt:
    """Somebody to ask: name, role, and the e-mail address unless it is protected."""

    namn: str
    roll: str
    epost: str


def contacts(actor: Actor, delprojekt: Delprojekt) -> list[Kontakt]:
    """Return whom to ask, the contact person first. Who may not know who is in the group sees whom to ask about it.
    Two queries."""
    here = Q(delprojekt=delprojekt) | Q(delprojekt=None, roll=Roll.KOMMUNIKATOR)
    knows = ser(actor, Noun.ARBETSGRUPP, delprojekt.pk, Steg(delprojekt.steg))
    roles = [role for role in ATT_FRAGA if knows or role in KANDA_ROLLER]
    rows = Innehav.objects.filter(gallande(), here, roll__in=roles).select_related("person").order_by("pk")
    hidden = unnamed(actor, delprojekt)
    shown = sorted((row for row in rows if row.person_id not in hidden), key=lambda row: ATT_FRAGA.index(row.roll))
    return [
        Kontakt(str(row.person), str(Roll(row.roll).label), "" if row.person.skyddade_uppgifter else row.person.epost)
        for row in shown
    ]


def points(actor: Actor, omgang: Uppdragsomgang) -> list[Uppdragspunkt]:
    """Return what the uppdrag asks, in order. One query."""
    return list(omgang.punkter.filter(struken_at=None).order_by("nummer"))


def namnd_day(actor: Actor, omgang: Uppdragsomgang, earliest: date) -> date | None:
    """Return when nämnden is to take up the report: as the tidplan says, else its first known meeting from a day.

    Two queries at most; None when nobody knows.
    """
    planned = Milstolpe.objects.filter(omgang=omgang, struken_at=None, rubrik__icontains="nämnd")
    if found := planned.filter(sista_date__gte=idag()).order_by("sista_date").first():
        return found.sista_date
    meeting = Mote.objects.filter(organ__slag=Organslag.NAMND, date__gte=earliest).order_by("date").first()
    return meeting.date if meeting else None
