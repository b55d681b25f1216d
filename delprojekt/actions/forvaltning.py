"""Running the portal: people, roles, substitutes, accounts. Each act is weighed, done and recorded in one transaction.

Who may do what stands in ``process/forvaltning.py``. Every function takes the actor first, raises EjTillatet when the
act is not theirs and Ogiltigt (with the field's name) when what was filled in cannot be used; then nothing is saved.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

import pghistory
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from delprojekt.actions.lock import lock_root
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import IngetAndrat, Ogiltigt
from delprojekt.jobs import Job, enqueue
from delprojekt.models import (
    Delprojekt,
    Forvaltningshandelse,
    Handelse,
    Innehav,
    Konto,
    Organ,
    Person,
    Region,
    Utskick,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.forvaltning import (
    KRAVER_REGION,
    MANDAT,
    PORTALROLLER,
    SISTA,
    Adminact,
    hinder,
    krav_att_far,
    kvar_som_kontaktperson,
)
from delprojekt.process.klocka import idag, nu
from delprojekt.process.roller import SYSTEM, Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.losenord import password_letter

T = TypeVar("T")
FALT = ("fornamn", "efternamn", "epost", "telefon", "befattning", "profession", "skyddade_uppgifter")


@contextmanager
def weighed(actor: Actor, act: Adminact) -> Iterator[None]:
    """Weigh an act and do what follows in one transaction. One at a time: "the last one" must stay true when two
    people end roles at once, so the sjukvårdsregion's row is locked. Raises EjTillatet."""
    krav_att_far(actor, act)
    with transaction.atomic(), pghistory.context(person=actor.person, act=act.name, tid=nu().isoformat()):
        lock_root()
        yield


def unless_changed(still: Callable[[], None], work: Callable[[], T], *, person: int | None = None) -> T:
    """Do some work only if what the writer was shown still stands, asked under the lock that ``weighed`` takes.

    In: ``still``, which raises Krock when somebody has saved meanwhile; the work; and the person it is about, whose row
    can also be written from a delprojekt. Out: what the work gives. Raises what they raise; then nothing is saved.
    """
    with transaction.atomic():
        lock_root()
        list(Person.objects.select_for_update(of=("self",)).filter(pk=person or 0))
        still()
        return work()


def note(
    actor: Actor, act: Adminact, mening: str, *, om: Person | None = None, region: Region | None = None
) -> Forvaltningshandelse:
    """Record what was done. Out: the event."""
    return Forvaltningshandelse.objects.create(
        act=act, mening=mening, av_id=actor.person, om=om, region=region, hande_at=nu()
    )


def add_person(actor: Actor, uppgifter: dict[str, Any]) -> Person:
    """Register somebody. In: the fields of FALT and ``region`` (a Region or None). Out: the row."""
    with weighed(actor, Adminact.REGISTRERA_PERSON):
        _own_address(None, uppgifter["epost"])
        person = Person.objects.create(**{name: uppgifter[name] for name in (*FALT, "region")})
        note(actor, Adminact.REGISTRERA_PERSON, f"{person} lades till.", om=person)
    return person


def change_person(actor: Actor, pk: int, uppgifter: dict[str, Any]) -> Person:
    """Change what is known of somebody; the account follows the e-mail address. Out: the row.

    Raises IngetAndrat when everything is known already.
    """
    with weighed(actor, Adminact.ANDRA_PERSON):
        person = Person.objects.select_for_update(of=("self",)).get(pk=pk)
        changed = [name for name in (*FALT, "region") if getattr(person, name) != uppgifter[name]]
        if not changed:
            raise IngetAndrat
        if "epost" in changed:
            _own_address(person, uppgifter["epost"])
            _move_account(person, uppgifter["epost"])
        for name in changed:
            setattr(person, name, uppgifter[name])
        person.save(update_fields=changed)
        words = ", ".join(str(Person._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        note(actor, Adminact.ANDRA_PERSON, f"Uppgifter ändrades: {words}.", om=person)
    return person


def _own_address(person: Person | None, epost: str) -> None:
    taken = Person.objects.filter(epost__iexact=epost).exclude(pk=person.pk if person else 0) if epost else None
    if taken and taken.exists():
        raise Ogiltigt("epost", "Adressen finns redan hos någon annan i registret. Sök efter den.")


def _move_account(person: Person, epost: str) -> None:
    konto = Konto.objects.filter(person=person).first()
    if konto is None:
        return
    if not epost:
        raise Ogiltigt("epost", "Personen har ett konto och måste ha en e-postadress. Stäng kontot först.")
    if Konto.objects.filter(email=epost.lower()).exclude(pk=konto.pk).exists():
        raise Ogiltigt("epost", "Det finns redan ett konto med den adressen.")
    konto.email = epost.lower()
    konto.save(update_fields=["email"])


def grant_role(
    actor: Actor,
    person: Person,
    roll: Roll,
    *,
    fran: date,
    till: date | None,
    beslut: str,
    region: Region | None = None,
    organ: Organ | None = None,
) -> Innehav:
    """Give somebody a role in the portal, from a day, maybe to a day (the last one). Out: the row."""
    with weighed(actor, Adminact.GE_ROLL):
        if roll not in PORTALROLLER:
            raise Ogiltigt("roll", "Den rollen ges i delprojektet.")
        if roll in KRAVER_REGION and region is None:
            raise Ogiltigt("region", "Välj vilken region rollen gäller.")
        if roll in MANDAT and till is None:
            raise Ogiltigt("till", "Ett politiskt mandat har en sista dag. Skriv när mandatperioden slutar.")
        _in_order(fran, till)
        still = Q(till_date=None) | Q(till_date__gt=fran)
        if person.innehav.filter(still, roll=roll, region=region, organ=organ, ersattare_for=None).exists():
            raise Ogiltigt("roll", f"{person} har redan den rollen den dagen.")
        row = Innehav.objects.create(
            person=person,
            roll=roll,
            region=region,
            organ=organ,
            fran_date=fran,
            till_date=day_after(till),
            beslut=beslut,
        )
        note(actor, Adminact.GE_ROLL, f"Rollen {in_words(row)} gavs från {skriv(fran)}{_until(till)}.", om=person)
    return row


def day_after(last: date | None) -> date | None:
    """Return the first day that is not included, as it is stored; people say the last one that is."""
    return date.fromordinal(last.toordinal() + 1) if last else None


def _in_order(fran: date, till: date | None) -> None:
    if till and till < fran:
        raise Ogiltigt("till", "Sista dagen kan inte vara före den första.")


def _until(till: date | None) -> str:
    return f" till och med {skriv(till)}" if till else ""


def in_words(row: Innehav) -> str:
    """Return a role and what it is held for: ``Samarbetsgruppen (Region Skåne)``."""
    where = row.delprojekt or row.organ or row.region
    return f"{row.get_roll_display()} ({where})" if where else str(row.get_roll_display())


def end_role(actor: Actor, pk: int, *, sista: date, skal: str) -> Innehav:
    """End a role after its last day. Out: the row.

    Refused with Ogiltigt for the last administratör, the last kontaktperson of a delprojekt and whoever leaves kansliet
    while she is one (M4.5-1), and a region's last representative in samarbetsgruppen (P-14); other roles of a
    delprojekt end in the delprojekt.
    """
    with weighed(actor, Adminact.AVSLUTA_ROLL):
        row = Innehav.objects.select_related("person", "region", "organ", "delprojekt", "ersattare_for").get(pk=pk)
        stop = day_after(sista)
        if row.till_date and stop and row.till_date <= stop:
            raise Ogiltigt("sista", "Rollen slutar redan då eller tidigare.")
        if stop and stop < row.fran_date:
            raise Ogiltigt("sista", "Sista dagen kan inte vara före den första.")
        if row.ersattare_for is None:
            _refuse_last(row, stop or idag())
            _refuse_contact(row, stop or idag())
            if row.delprojekt and row.roll not in SISTA:
                raise Ogiltigt("sista", "Rollen avslutas i delprojektet.")
        row.till_date = stop
        row.save(update_fields=["till_date"])
        reason = f" {skal}" if skal else ""
        note(
            actor,
            Adminact.AVSLUTA_ROLL,
            f"Rollen {in_words(row)} avslutas efter {skriv(sista)}.{reason}",
            om=row.person,
        )
    return row


def _refuse_last(row: Innehav, day: date) -> None:
    """Raise Ogiltigt when nobody else holds the role from the day it would end, without a last day of their own."""
    others = Innehav.objects.filter(
        roll=row.roll,
        region=row.region,
        delprojekt=row.delprojekt,
        ersattare_for=None,
        fran_date__lte=day,
        till_date=None,
    ).exclude(pk=row.pk)
    if row.roll == Roll.ADMINISTRATOR:
        others = others.filter(person__konto__is_active=True)
    why = hinder(Roll(row.roll), str(row.delprojekt or row.region or ""), andra=others.exists())
    if why:
        raise Ogiltigt("sista", why)


def _refuse_contact(row: Innehav, day: date) -> None:
    """Raise Ogiltigt when somebody would no longer work at kansliet but still be kontaktperson from a day (M4.5-1)."""
    later = row.person.innehav.filter(Q(till_date=None) | Q(till_date__gt=day)).exclude(pk=row.pk)
    if row.roll != Roll.KANSLI or later.filter(roll=Roll.KANSLI, ersattare_for=None).exists():
        return
    held = later.filter(roll=Roll.KONTAKTPERSON).select_related("delprojekt").order_by("delprojekt__nummer", "pk")
    why = kvar_som_kontaktperson(str(row.person), [str(one.delprojekt) for one in held])
    if why:
        raise Ogiltigt("sista", why)


def appoint_substitute(
    actor: Actor, replaced: Person, innehav: Iterable[int], ersattare: Person, *, fran: date, till: date, beslut: str
) -> list[Innehav]:
    """Let somebody act in another's place from a day to a day (both included), in the roles that are ticked.

    The substitute has the rights of the one replaced, for as long as that one holds the role; events say "ersättare
    för". Out: the rows.
    """
    with weighed(actor, Adminact.UTSE_ERSATTARE):
        _in_order(fran, till)
        if ersattare.pk == replaced.pk:
            raise Ogiltigt("ersattare", "Ingen kan vara sin egen ersättare.")
        rows = replaced.innehav.filter(pk__in=list(innehav), ersattare_for=None).select_related("delprojekt", "region")
        made = [_substitute(row, ersattare, fran, till, beslut) for row in rows.order_by("pk")]
        if not made:
            raise Ogiltigt("innehav", "Välj minst en roll.")
        what = ", ".join(in_words(row) for row in made)
        when = f"från {skriv(fran)} till och med {skriv(till)}"
        note(actor, Adminact.UTSE_ERSATTARE, f"{ersattare} är ersättare {when}: {what}.", om=replaced)
        note(actor, Adminact.UTSE_ERSATTARE, f"Ersättare för {replaced} {when}: {what}.", om=ersattare)
    return made


def _substitute(row: Innehav, person: Person, fran: date, till: date, beslut: str) -> Innehav:
    works_here = Innehav.objects.filter(person=person, roll=Roll.KANSLI, till_date=None).exists()
    if row.roll == Roll.KONTAKTPERSON and not works_here:
        raise Ogiltigt(
            "ersattare",
            "Kontaktpersonens ersättare ska arbeta på kansliet. Välj någon där, eller ta bort krysset för den rollen.",
        )
    if row.roll == Roll.PATIENTFORETRADARE:
        raise Ogiltigt("innehav", "Patient- och närståendeföreträdare byts i delprojektet.")
    return Innehav.objects.create(
        person=person,
        roll=row.roll,
        region=row.region,
        organ=row.organ,
        delprojekt=row.delprojekt,
        omgang=row.omgang,
        fran_date=fran,
        till_date=day_after(till),
        beslut=beslut,
        ersattare_for=row,
    )


def hand_over(actor: Actor, fran: Person, till: Person, delprojekt: Iterable[int], *, skicka: bool) -> list[Handelse]:
    """Hand over the delprojekt that are ticked from one kontaktperson to another (feature 24): one event and one mail
    in each, all or nothing. Out: the events. Raises what ``perform`` raises."""
    with weighed(actor, Adminact.LAMNA_OVER):
        held = fran.innehav.filter(roll=Roll.KONTAKTPERSON, till_date=None, ersattare_for=None)
        chosen = sorted(held.filter(delprojekt__in=list(delprojekt)).values_list("delprojekt", flat=True))
        if not chosen:
            raise Ogiltigt("delprojekt", "Välj minst ett delprojekt.")
        if fran.pk == till.pk:
            raise Ogiltigt("till", "Välj någon annan än den som lämnar.")
        events = [perform(actor, Act.UTSE_KONTAKTPERSON, pk, {"person": till.pk}, skicka=skicka) for pk in chosen]
        named = ", ".join(str(d) for d in Delprojekt.objects.filter(pk__in=chosen).order_by("nummer", "pk"))
        note(actor, Adminact.LAMNA_OVER, f"Lämnade över till {till}: {named}.", om=fran)
        note(actor, Adminact.LAMNA_OVER, f"Tog över från {fran}: {named}.", om=till)
    return events


def open_account_for(actor: Actor, person: Person) -> Konto:
    """Open an account, or open a closed one again, and send the link where a password is chosen. Out: the account."""
    with weighed(actor, Adminact.OPPNA_KONTO):
        if not person.epost:
            raise Ogiltigt("epost", "Personen har ingen e-postadress. Skriv in den först.")
        konto = Konto.objects.filter(person=person).first()
        if konto is None:
            if Konto.objects.filter(email=person.epost.lower()).exists():
                raise Ogiltigt("epost", "Det finns redan ett konto med den adressen.")
            konto = Konto.objects.create_user(person.epost, person=person)
        konto.is_active = True
        konto.save(update_fields=["is_active"])
        note(actor, Adminact.OPPNA_KONTO, "Kontot öppnades. En länk för att välja lösenord skickades.", om=person)
        _send_link(konto)
    return konto


def send_password_link(actor: Actor, person: Person) -> None:
    """Send the link where a new password is chosen. Refused with Ogiltigt when there is no open account."""
    with weighed(actor, Adminact.SKICKA_LOSENORDSLANK):
        konto = Konto.objects.filter(person=person, is_active=True).first()
        if konto is None:
            raise Ogiltigt("konto", "Personen har inget öppet konto.")
        _send_link(konto)
        note(actor, Adminact.SKICKA_LOSENORDSLANK, "En länk för att välja nytt lösenord skickades.", om=person)


def _send_link(konto: Konto) -> None:
    subject, text = password_letter(konto)
    Utskick.objects.create(person=konto.person, adress=konto.email, amne=subject, text=text)
    transaction.on_commit(lambda: enqueue(Job.SKICKA_UTSKICK), robust=True)


def close_account(actor: Actor, person: Person, skal: str) -> None:
    """Close an account: every session ends, and the password no longer counts if it is opened again.

    Refused with Ogiltigt for the last administratör and for whoever is kontaktperson (M4.5-1): hand over first.
    """
    with weighed(actor, Adminact.STANG_KONTO):
        konto = Konto.objects.filter(person=person, is_active=True).first()
        if konto is None:
            raise Ogiltigt("konto", "Personen har inget öppet konto.")
        for row in person.innehav.filter(roll__in=[Roll.ADMINISTRATOR, Roll.KONTAKTPERSON], ersattare_for=None):
            if row.till_date is None or row.till_date > idag():
                _refuse_last(row, idag())
        konto.is_active = False
        konto.set_unusable_password()
        konto.save(update_fields=["is_active", "password"])
        for session in UserSession.objects.filter(user=konto):
            session.end()
        reason = f" {skal}" if skal else ""
        note(actor, Adminact.STANG_KONTO, f"Kontot stängdes och alla inloggningar avslutades.{reason}", om=person)


def reset_second_factor(actor: Actor, person: Person) -> None:
    """Take away the second factor of somebody who has lost it; a new one is asked for at the next login."""
    with weighed(actor, Adminact.ATERSTALL_TVAFAKTOR):
        found = Authenticator.objects.filter(user__person=person)
        if not found.exists():
            raise Ogiltigt("konto", "Personen har ingen andra faktor.")
        found.delete()
        note(actor, Adminact.ATERSTALL_TVAFAKTOR, "Andra faktorn togs bort.", om=person)


def first_administrator(fornamn: str, efternamn: str, epost: str) -> Konto:
    """Make the first administratör of an empty portal, and send the link. Out: the account.

    Raises Ogiltigt when there is one already: then she is the one to ask.
    """
    with transaction.atomic():
        lock_root()
        if Innehav.objects.filter(gallande(), roll=Roll.ADMINISTRATOR, person__konto__is_active=True).exists():
            raise Ogiltigt("epost", "Det finns redan en administratör, som ger andra roller under Personer.")
        person = Person.objects.filter(epost__iexact=epost).first() or Person.objects.create(
            fornamn=fornamn, efternamn=efternamn, epost=epost
        )
        for roll in (Roll.KANSLI, Roll.ADMINISTRATOR):
            Innehav.objects.create(person=person, roll=roll, fran_date=idag(), beslut="Portalens första administratör")
        konto = Konto.objects.filter(person=person).first() or Konto.objects.create_user(epost, person=person)
        Konto.objects.filter(pk=konto.pk).update(is_active=True)
        note(SYSTEM, Adminact.GE_ROLL, f"{person} blev portalens första administratör.", om=person)
        _send_link(konto)
    return konto
