"""People, the roles they hold in the portal, and their accounts (architecture.md §5). No act of the process."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from delprojekt.actions.takt import Ogiltigt, Takt
from delprojekt.models import Innehav, Konto, Person, Region
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Roll

MELLAN = timedelta(hours=1)
"""How long somebody may be here before it is noted again."""


def register_person(*, region: str | None = None, **uppgifter: Any) -> Person:
    """Register somebody.

    In: the slug of the person's region, if any, and the fields of ``Person``. Out: the row.
    Raises Region.DoesNotExist.
    """
    return Person.objects.create(region=Region.objects.get(slug=region) if region else None, **uppgifter)


def grant(person: Person, roller: Iterable[Roll], *, fran: date) -> None:
    """Give a person roles in the whole portal from a day; where the person has a region, they are held for it."""
    Innehav.objects.bulk_create(
        Innehav(person=person, roll=roll, region=person.region, fran_date=fran) for roll in roller
    )


def open_account(person: Person, hashed: str) -> Konto:
    """Open an account at the person's address with a password that is hashed already. Out: the account."""
    konto = Konto.objects.create_user(person.epost, person=person)
    konto.password = hashed
    konto.save(update_fields=["password"])
    return konto


def invite(person: Person) -> Konto | None:
    """Open an account without a password for somebody who is appointed; the password is chosen by "Glömt lösenordet?".

    Out: the new account; None when there already is one, or no address to open it at.
    """
    known = Konto.objects.filter(Q(person=person) | Q(email=person.epost.lower())).exists()
    return None if known or not person.epost else Konto.objects.create_user(person.epost, person=person)


def find_or_register(takt: Takt) -> Person:
    """Return the person that was filled in: found again by e-mail, else registered.

    Raises Ogiltigt when the address belongs to somebody with another name, or whose profession is known to
    be another: what is known is not written over, and what decides what they cover is not dropped unsaid.
    """
    email = takt.text("epost").lower()
    found = Person.objects.filter(epost=email).first() if email else None
    if found is None:
        return Person.objects.create(
            fornamn=takt.text("fornamn"),
            efternamn=takt.text("efternamn"),
            epost=email,
            befattning=takt.text("befattning"),
            profession=takt.text("profession"),
            region=takt.region(),
        )
    if found.efternamn.casefold() != takt.text("efternamn").casefold():
        raise Ogiltigt("epost", "Adressen hör till någon med ett annat namn. Kontrollera stavningen.")
    known = {"befattning": found.befattning, "profession": found.profession}
    said = takt.text("profession")
    if found.profession and said and said.casefold() != found.profession.casefold():
        stands = "något annat" if found.skyddade_uppgifter else f"”{found.profession}”"
        raise Ogiltigt(
            "profession", f"I registret står {stands}. Lämna fältet tomt, eller be kansliet rätta uppgiften."
        )
    new = {name: takt.text(name) for name, value in known.items() if not value and takt.text(name)}
    for name, value in new.items():
        setattr(found, name, value)
    if new:
        found.save(update_fields=list(new))
    return found


def seen(konto: Konto) -> None:
    """Note that somebody is here, at most once an hour: a page that is read must not cost a write each time."""
    now = nu()
    if konto.senast_sedd_at is None or abs(now - konto.senast_sedd_at) > MELLAN:  # a demo's clock can be set back
        Konto.objects.filter(pk=konto.pk).update(senast_sedd_at=now)
