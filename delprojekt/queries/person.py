"""The register of people, as somebody may see it: protected data and patient representatives are kept back here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower

from delprojekt.models import (
    Attgora,
    Delprojekt,
    Forvaltningshandelse,
    Gruppmote,
    Handelse,
    Innehav,
    Nominering,
    Organ,
    Person,
    Region,
    Utskick,
)
from delprojekt.process.forvaltning import FAR, MANDAT, SER_SKYDDADE, Adminact
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import SLUT, Steg
from delprojekt.process.synlighet import Noun
from delprojekt.queries.aktor import gallande
from delprojekt.queries.delprojekt import readable
from delprojekt.queries.utkast import not_anothers_draft


@dataclass(frozen=True)
class Visad:
    """A person as she may be shown to somebody: what is protected is empty."""

    pk: int
    namn: str
    epost: str
    telefon: str
    befattning: str
    profession: str
    region: str
    skyddad: bool


def shown(actor: Actor, person: Person) -> Visad:
    """Return a person as the actor may see her (conventions.md §6.4).

    With skyddade uppgifter only the name is shown, except to herself and to whoever keeps her account. ``region`` must
    be read with the person, or it costs a query.
    """
    open_ = not person.skyddade_uppgifter or actor.person == person.pk or bool(actor.roller() & SER_SKYDDADE)
    return Visad(
        pk=person.pk,
        namn=str(person),
        epost=person.epost if open_ else "",
        telefon=person.telefon if open_ else "",
        befattning=person.befattning if open_ else "",
        profession=person.profession if open_ else "",
        region=person.region.namn if open_ and person.region else "",
        skyddad=person.skyddade_uppgifter,
    )


def people_named(actor: Actor, names: Iterable[str]) -> dict[str, list[str]]:
    """Return who is here with one of the names, by the name in small letters, each by e-mail. One query, or none."""
    wanted = {name.casefold() for name in names}
    found: dict[str, list[str]] = {}
    if wanted:
        whole = Lower(Concat("fornamn", Value(" "), "efternamn"))
        for row in Person.objects.annotate(hela=whole).filter(hela__in=wanted).select_related("region").order_by("pk"):
            found.setdefault(row.hela, []).append(shown(actor, row).epost or "utan e-post")
    return found


def _secret(actor: Actor) -> Q:
    """Return the filter for Innehav that tell who is a patient representative, where the actor may not know."""
    return Q(roll=Roll.PATIENTFORETRADARE) & ~readable(actor, Noun.PATIENTNAMN, "delprojekt__")


def _no_draft(actor: Actor) -> Q:
    """Return the filter for Innehav that tell of no draft of a förslag but the actor's own (T01)."""
    return Q(delprojekt=None) | not_anothers_draft(actor, "delprojekt__")


def people(actor: Actor) -> QuerySet[Person]:
    """Return the people the actor may find in the register, by name. Three queries when it is read.

    Who is a patient representative somewhere the actor is outside is found only by the one who keeps the accounts, and
    then without saying in what.
    """
    held = Innehav.objects.filter(gallande(), _no_draft(actor)).exclude(_secret(actor))
    held = held.select_related("region", "organ", "delprojekt")
    rows = Person.objects.select_related("region", "konto").prefetch_related(
        Prefetch("innehav", held.order_by("pk"), to_attr="nu")
    )
    if not actor.roller() & SER_SKYDDADE:
        known = readable(actor, Noun.PATIENTNAMN, "omgang__delprojekt__")
        proposed = Nominering.objects.filter(roll=Roll.PATIENTFORETRADARE).exclude(known)
        rows = rows.exclude(pk__in=Innehav.objects.filter(_secret(actor)).values("person"))
        rows = rows.exclude(pk__in=proposed.values("person"))
    return rows.order_by("efternamn", "fornamn", "pk")


def matching(actor: Actor, rows: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Return those whose name, e-mail or title has every word; protected e-mail and title are not searched in."""
    open_ = Q() if actor.roller() & SER_SKYDDADE else Q(skyddade_uppgifter=False)
    for word in words.split():
        name = Q(fornamn__icontains=word) | Q(efternamn__icontains=word)
        rows = rows.filter(name | (open_ & (Q(epost__icontains=word) | Q(befattning__icontains=word))))
    return rows


def from_region(actor: Actor, rows: QuerySet[Person], region: Region) -> QuerySet[Person]:
    """Return those who work in a region or hold a role for it now."""
    open_ = Q() if actor.roller() & SER_SKYDDADE else Q(skyddade_uppgifter=False)
    held = Innehav.objects.filter(gallande(), _no_draft(actor), region=region).exclude(_secret(actor))
    return rows.filter((open_ & Q(region=region)) | Q(pk__in=held.values("person")))


def holding(actor: Actor, rows: QuerySet[Person], **held: Any) -> QuerySet[Person]:
    """Return those who now hold a role that is described by ``held``, as far as the actor may know."""
    found = Innehav.objects.filter(gallande(), _no_draft(actor), **held).exclude(_secret(actor)).values("person")
    return rows.filter(pk__in=found)


def active(actor: Actor, rows: QuerySet[Person], *, wanted: bool) -> QuerySet[Person]:
    """Return those who hold some role now, or those who hold none."""
    held = Innehav.objects.filter(gallande(), _no_draft(actor)).values("person")
    return rows.filter(pk__in=held) if wanted else rows.exclude(pk__in=held)


@dataclass(frozen=True)
class Personsida:
    """The page of one person."""

    person: Person
    visad: Visad
    nu: list[Innehav]
    framtida: list[Innehav]
    tidigare: list[Innehav]
    inte_att_visa: bool
    """Holds something now that the actor is not shown: a draft of a förslag, or a place that is nobody's business."""
    handelser: list[Forvaltningshandelse]
    delprojekt: list[Delprojekt]
    senast_sedd: datetime | None
    andra_faktor: bool


def get_person(actor: Actor, pk: int) -> Person:
    """Return somebody the actor may find. Raises Person.DoesNotExist."""
    return people(actor).get(pk=pk)


def own_person(actor: Actor) -> Person:
    """Return the person who asks. Raises Person.DoesNotExist."""
    return Person.objects.select_related("region").get(pk=actor.person or 0)


def registrars(actor: Actor) -> list[Person]:
    """Return those who keep the register of people now, and can be sent mail."""
    held = Innehav.objects.filter(gallande(), roll__in=FAR[Adminact.ANDRA_PERSON])
    return list(Person.objects.filter(pk__in=held.values("person")).exclude(epost="").order_by("pk"))


def read_person(actor: Actor, pk: int) -> Personsida:
    """Return everything the page of a person shows. Raises Person.DoesNotExist. Eight queries."""
    person, today = get_person(actor, pk), idag()
    related = ("region", "organ", "delprojekt", "ersattare_for__person")
    known = person.innehav.filter(_no_draft(actor)).exclude(_secret(actor))
    rows = list(known.select_related(*related).order_by("-fran_date", "-pk"))
    now = {row.pk for row in person.nu}  # type: ignore[attr-defined]
    events = Forvaltningshandelse.objects.filter(om=person).select_related("av").order_by("-pk")
    return Personsida(
        person=person,
        visad=shown(actor, person),
        nu=[row for row in rows if row.pk in now],
        framtida=[row for row in rows if row.fran_date > today],
        tidigare=[row for row in rows if row.pk not in now and row.fran_date <= today],
        inte_att_visa=not now and person.innehav.filter(gallande()).exists(),
        handelser=list(events[:50]),
        delprojekt=contact_for(actor, person),
        senast_sedd=getattr(getattr(person, "konto", None), "senast_sedd_at", None),
        andra_faktor=_factors(person.pk),
    )


def _factors(person: int | None) -> bool:
    return bool(Authenticator.objects.filter(user__person=person).exists())


def has_second_factor(actor: Actor) -> bool:
    """Tell whether the actor logs in with a second factor."""
    return _factors(actor.person)


def contact_for(actor: Actor, person: Person) -> list[Delprojekt]:
    """Return the delprojekt whose kontaktperson somebody is now; what was imported as history needs none (M4.5-1)."""
    held = Innehav.objects.filter(gallande(), person=person, roll=Roll.KONTAKTPERSON, ersattare_for=None)
    rows = Delprojekt.objects.filter(pk__in=held.values("delprojekt")).exclude(steg=Steg.HISTORISKT)
    return list(rows.order_by("nummer", "pk"))


def replaceable(actor: Actor, person: Person) -> QuerySet[Innehav]:
    """Return the roles somebody holds now in which another may act in her place, as far as the actor may know."""
    rows = person.innehav.filter(gallande(), _no_draft(actor), ersattare_for=None)
    rows = rows.exclude(roll=Roll.PATIENTFORETRADARE)
    return rows.select_related("delprojekt", "organ", "region").order_by("pk")


def get_held(actor: Actor, person: Person, pk: int) -> Innehav:
    """Return a role of somebody. Raises Innehav.DoesNotExist when it is another's, or not the actor's to know."""
    rows = (
        person.innehav.filter(_no_draft(actor))
        .exclude(_secret(actor))
        .select_related("delprojekt", "organ", "region", "ersattare_for__person")
    )
    return rows.get(pk=pk)


def organs(actor: Actor) -> QuerySet[Organ]:
    """Return the bodies, by name."""
    return Organ.objects.order_by("namn")


def load(actor: Actor) -> list[tuple[Person, int]]:
    """Return the people of the kansli with how many delprojekt each is kontaktperson for, the most loaded first.

    Delprojekt that have ended do not count. One query.
    """
    kansli = Innehav.objects.filter(gallande(), roll=Roll.KANSLI).values("person")
    contact = Q(innehav__roll=Roll.KONTAKTPERSON) & gallande("innehav__")
    going = ~Q(innehav__delprojekt__steg__in=[steg.value for steg in SLUT])
    rows = Person.objects.filter(pk__in=kansli).annotate(antal=Count("innehav", filter=contact & going, distinct=True))
    return [(person, person.antal) for person in rows.order_by("-antal", "efternamn", "fornamn")]


@dataclass(frozen=True)
class Foretradd:
    """One region and who represents it in samarbetsgruppen now (P-14)."""

    region: Region
    personer: tuple[Visad, ...]


def representation(actor: Actor) -> list[Foretradd]:
    """Return every region with its representatives in samarbetsgruppen. Two queries."""
    held = Innehav.objects.filter(gallande(), roll=Roll.SAMARBETSGRUPP, ersattare_for=None)
    by_region: dict[int | None, list[Person]] = {}
    for row in held.select_related("person__region").order_by("fran_date", "pk"):
        by_region.setdefault(row.region_id, []).append(row.person)
    regions: Iterable[Region] = Region.objects.order_by("ordning")
    return [Foretradd(r, tuple(shown(actor, p) for p in by_region.get(r.pk, []))) for r in regions]


def mandates(actor: Actor) -> list[Innehav]:
    """Return the political mandates that are held now, by region (V-13). One query."""
    rows = Innehav.objects.filter(gallande(), roll__in=MANDAT, ersattare_for=None).select_related("person", "region")
    return list(rows.order_by("region__ordning", "person__efternamn", "pk"))


def unrepresented(actor: Actor) -> list[str]:
    """Return the names of the regions that nobody represents in samarbetsgruppen."""
    return [row.region.namn for row in representation(actor) if not row.personer]


def own_data(actor: Actor) -> dict[str, Any]:
    """Return what the portal knows of the actor, as plain data (GDPR art. 15). Raises Person.DoesNotExist."""
    person = Person.objects.select_related("region", "konto").get(pk=actor.person or 0)
    konto = getattr(person, "konto", None)
    held = person.innehav.select_related("region", "organ", "delprojekt", "ersattare_for__person").order_by("fran_date")
    return {
        "uppgifter": {
            "fornamn": person.fornamn,
            "efternamn": person.efternamn,
            "epost": person.epost,
            "telefon": person.telefon,
            "befattning": person.befattning,
            "profession": person.profession,
            "region": person.region.namn if person.region else "",
            "skyddade_uppgifter": person.skyddade_uppgifter,
        },
        "konto": {
            "epost": konto.email,
            "skapat": konto.date_joined,
            "senast_inloggad": konto.last_login,
            "senast_sedd": konto.senast_sedd_at,
        }
        if konto
        else {},
        "roller": [_held(row) for row in held],
        "nomineringar": [
            {"delprojekt": str(row.omgang.delprojekt), "roll": str(Roll(row.roll).label)}
            for row in person.nomineringar.select_related("omgang__delprojekt").order_by("pk")
        ],
        **_in_groups(person),
        "gjort_i_delprojekt": [
            {"nar": row.hande_at, "delprojekt": str(row.delprojekt), "vad": row.mening}
            for row in Handelse.objects.filter(person=person).select_related("delprojekt").order_by("pk")
        ],
        "andringar_om_dig": [{"nar": row.hande_at, "vad": row.mening} for row in person.forvaltning.order_by("pk")],
        "mejl_till_dig": [
            {"nar": row.skrivet_at, "amne": row.amne}
            for row in Utskick.objects.filter(person=person).select_related("handelse", "paminnelse").order_by("pk")
        ],
    }


def _in_groups(person: Person) -> dict[str, Any]:
    """Return the meetings of groups that somebody has been at, and what they have got to do."""
    met = Gruppmote.objects.filter(deltog=person).select_related("omgang__delprojekt").order_by("pk")
    to_do = Attgora.objects.filter(person=person).select_related("omgang__delprojekt").order_by("pk")
    return {
        "gruppmoten": [{"nar": row.date, "delprojekt": str(row.omgang.delprojekt)} for row in met],
        "att_gora": [
            {
                "delprojekt": str(row.omgang.delprojekt),
                "vad": row.vad,
                "senast": row.senast_date,
                "klart": row.klar_date,
            }
            for row in to_do
        ],
    }


def _held(row: Innehav) -> dict[str, Any]:
    return {
        "roll": str(Roll(row.roll).label),
        "for": str(row.delprojekt or row.organ or row.region or "hela portalen"),
        "fran": row.fran_date,
        "till_och_med": row.till_date and row.till_date - timedelta(days=1),
        "beslut": row.beslut,
    }
