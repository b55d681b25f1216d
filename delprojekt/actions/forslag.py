"""Förslag and beredning: create, edit, need per region, start (§5.1–5.1.2)."""

import uuid
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Max

from delprojekt.actions.kommunikation import begin_plan
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.models import (
    FORSLAGSFALT,
    Delprojekt,
    Deltagande,
    Handelse,
    Innehav,
    Mallstatus,
    Mallversion,
    Person,
    Projektforslag,
    Region,
    Sjukvardsregion,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag, nu
from delprojekt.process.krav import Underlag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import gallande


def create_forslag(
    actor: Actor,
    underlag: Underlag,
    *,
    foralder: Delprojekt | None = None,
    tidigare: Delprojekt | None = None,
    mening: str = "",
) -> Delprojekt:
    """Create a förslag (T01, M5.1-1: anybody who is logged in may).

    In: who, and the fields of the form; also the delprojekt it continues, or the förslag that was rejected or taken
    back and that it builds on; then the act on that one has been weighed. Out: the new delprojekt in its first step,
    a draft (T01), with every region of the sjukvårdsregion taking part until it says otherwise. What continues
    another is no draft: it has been decided (T43).
    """
    source = foralder or tidigare
    if source is None:
        require(actor, Act.SKAPA_FORSLAG, Lage(steg=Steg.PROJEKTFORSLAG), underlag)
    now = nu()
    with transaction.atomic(), pghistory.context(person=actor.person, act=Act.SKAPA_FORSLAG.name) as context:
        root = source.sjukvardsregion if source else Sjukvardsregion.objects.get()
        delprojekt = Delprojekt(
            sjukvardsregion=root,
            benamning=underlag["benamning"],
            foralder=foralder,
            utkast=foralder is None,
            skapat_at=now,
            stegat_at=now,
        )
        delprojekt.save()
        Projektforslag.objects.create(delprojekt=delprojekt, tidigare=tidigare, **_fields(underlag))
        regions = Region.objects.filter(sjukvardsregion=root)
        Deltagande.objects.bulk_create(Deltagande(delprojekt=delprojekt, region=region) for region in regions)
        _begin(delprojekt, actor, now, mening or POLICY[Act.SKAPA_FORSLAG].event, context.id if context else None)
    return delprojekt


def _begin(delprojekt: Delprojekt, actor: Actor, now: datetime, mening: str, sammanhang: uuid.UUID | None) -> None:
    """Open the first visit, with its event, and let whoever asks hold the förslag."""
    visit = Stegbesok.objects.create(
        delprojekt=delprojekt, nummer=1, steg=Steg.PROJEKTFORSLAG, fran_at=now, act=Act.SKAPA_FORSLAG
    )
    if actor.person:
        hold(actor.person, Roll.FORSLAGSSTALLARE, delprojekt)
    Handelse.objects.create(
        delprojekt=delprojekt,
        besok=visit,
        act=Act.SKAPA_FORSLAG,
        mening=mening,
        person_id=actor.person,
        sammanhang=sammanhang,
        hande_at=now,
    )
    rebuild_vantar(delprojekt, now)


def _fields(underlag: Underlag) -> dict[str, Any]:
    return {name: underlag[name] for name in FORSLAGSFALT if name in underlag}


def hold(person: int, roll: Roll, delprojekt: Delprojekt, **extra: Any) -> Innehav:
    """Give a person a role in a delprojekt from today. Out: the row; an equal one that is still held is kept."""
    rows = Innehav.objects.filter(person_id=person, roll=roll, delprojekt=delprojekt, till_date=None)
    return rows.first() or Innehav.objects.create(
        person_id=person, roll=roll, delprojekt=delprojekt, fran_date=idag(), **extra
    )


@change(Act.REDIGERA_FORSLAG)
def edit_forslag(takt: Takt) -> None:
    """Change the fields that were filled in."""
    forslag, fields = takt.delprojekt.forslag, _fields(takt.underlag)
    for name, value in fields.items():
        setattr(forslag, name, value)
    forslag.save(update_fields=list(fields))
    if takt.text("benamning"):
        takt.delprojekt.benamning = takt.text("benamning")
        takt.delprojekt.save(update_fields=["benamning"])


@change(Act.SKICKA_IN_FORSLAG)
def send_in(takt: Takt) -> None:
    """Let the förslag be read by all who read along from beredningen on: it is no longer only the author's (T02)."""
    takt.delprojekt.utkast = False
    takt.delprojekt.save(update_fields=["utkast"])


@change(Act.UTSE_KONTAKTPERSON)
def appoint_contact(takt: Takt) -> None:
    """Appoint the contact person; the former one's mandate ends the same moment, never before (M4.5-1)."""
    person = Person.objects.get(pk=takt.underlag["person"])
    if not Innehav.objects.filter(gallande(), person=person, roll=Roll.KANSLI).exists():
        raise Ogiltigt("person", "Kontaktpersonen ska arbeta på kansliet.")
    rows = Innehav.objects.filter(delprojekt=takt.delprojekt, roll=Roll.KONTAKTPERSON, till_date=None)
    former = list(rows.exclude(person=person).select_related("person"))
    for row in former:
        row.till_date = takt.now.date()
        row.save(update_fields=["till_date"])
    hold(person.pk, Roll.KONTAKTPERSON, takt.delprojekt)
    after = f" efter {former[0].person}" if former else ""
    takt.mening = f"{person} utsågs till kontaktperson på kansliet{after}."


@change(Act.REGISTRERA_BEHOV)
def register_need(takt: Takt) -> None:
    """Store what a region says: whether the area matters to it, who said so, and whether it takes part."""
    region = Region.objects.get(slug=takt.underlag["region"])
    row = Deltagande.objects.get(delprojekt=takt.delprojekt, region=region)
    row.angelaget = takt.underlag["angelaget"]
    row.status = takt.underlag.get("status") or row.status
    row.sagt_av, row.sagt_roll = takt.text("sagt_av"), takt.text("sagt_roll")
    row.sagt_date, row.kommentar = takt.dag, takt.text("text")
    row.save(update_fields=["angelaget", "status", "sagt_av", "sagt_roll", "sagt_date", "kommentar"])
    takt.mening = f"{region}: området är {'angeläget' if row.angelaget else 'inte angeläget'}."


@change(Act.BESLUTA_START, numbers=True)
def start(takt: Takt) -> None:
    """Give the delprojekt its number, open the first uppdragsomgång and its kommunikationsplan (T06, M6.6-1)."""
    takt.delprojekt.nummer = _number(takt)
    takt.delprojekt.delnummer = takt.delprojekt.delnummer or _part(takt)
    takt.delprojekt.save(update_fields=["nummer", "delnummer"])
    takt.omgang = open_omgang(takt)
    begin_plan(takt.delprojekt)
    takt.mening = f"Ledningsgruppen beslutade om uppstart. Delprojektet fick nummer {takt.delprojekt.beteckning}."


def _number(takt: Takt) -> int:
    if takt.delprojekt.nummer:
        return takt.delprojekt.nummer
    if (continued := _continued(takt)) is not None:
        return continued
    others = Delprojekt.objects.filter(sjukvardsregion=takt.delprojekt.sjukvardsregion_id)  # locked, see lock.py
    wanted: int | None = takt.underlag.get("nummer")
    if wanted and others.filter(nummer=wanted, delnummer="").exists():
        raise Ogiltigt("nummer", f"Nummer {wanted} används redan av ett annat delprojekt.")
    return wanted or (others.aggregate(highest=Max("nummer"))["highest"] or 0) + 1


def _continued(takt: Takt) -> int | None:
    """Return the number of the delprojekt that this one is a part of (E6: 26:II); None when it gets its own."""
    parent = takt.delprojekt.foralder
    return parent.nummer if parent and takt.delprojekt.forslag.egen_del else None


def _part(takt: Takt) -> str:
    """Return which part it is: the first that was continued counts as I."""
    number = _continued(takt)
    if number is None:
        return ""
    earlier = Delprojekt.objects.filter(sjukvardsregion_id=takt.delprojekt.sjukvardsregion_id, nummer=number).count()
    return DELNUMMER[earlier]


DELNUMMER = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def open_omgang(takt: Takt, skal: str = "") -> Uppdragsomgang:
    """Open the next uppdragsomgång. The first has the template that is valid now, and a delprojekt keeps its own
    (architecture.md §2); text already begun in one is kept by reuse."""
    last = takt.delprojekt.omgangar.order_by("-nummer").first()
    if last and not skal:
        return last
    template = last.mallversion if last else Mallversion.objects.get(status=Mallstatus.GALLANDE)
    return Uppdragsomgang.objects.create(
        delprojekt=takt.delprojekt,
        nummer=(last.nummer if last else 0) + 1,
        mallversion=template,
        skal=skal,
        oppnad_at=takt.now,
    )
