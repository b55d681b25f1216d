"""The register of allmänna handlingar, as seen by the one who asks."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from delprojekt.models import (
    AllmanHandling,
    Avvisning,
    Delning,
    Delprojekt,
    Diarienummer,
    Filkontroll,
    Innehav,
    Person,
    Region,
)
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.synlighet import Niva, Noun, synliga_steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.utkast import not_anothers_draft

Nummer = tuple[int, int]


def readable(actor: Actor) -> QuerySet[AllmanHandling]:
    """Return the rows that count now and that the actor may read (synlighet.py), newest first.

    A region's contact reads what is the region's own and what is nobody else's.
    """
    shown = Q(delprojekt__steg__in=_steps(actor.roller(None) - {Roll.REGIONKONTAKT}))
    for pk in {m.delprojekt for m in actor.mandat if m.delprojekt}:
        shown |= Q(delprojekt=pk, delprojekt__steg__in=_steps(actor.roller(pk) - {Roll.REGIONKONTAKT}))
    if own := actor.regioner(Roll.REGIONKONTAKT):
        theirs = Q(region=None) | Q(region__slug__in=own)
        shown |= theirs & Q(delprojekt__steg__in=_steps(frozenset({Roll.REGIONKONTAKT})))
    rows = AllmanHandling.objects.filter(shown, not_anothers_draft(actor, "delprojekt__"), ersatt_av=None)
    return rows.select_related("delprojekt", "region", "dokument", "handelse").order_by("-ar", "-lopnummer")


def _steps(roles: frozenset[Roll]) -> list[str]:
    return [steg.value for steg in synliga_steg(roles, Noun.HANDLINGAR, Niva.LASA)]


def has_number(actor: Actor, text: str) -> Exists:
    """Return the condition that some authority's diarienummer contains a text."""
    rows = Diarienummer.objects.filter(
        handling__ar=OuterRef("ar"), handling__lopnummer=OuterRef("lopnummer"), dnr__icontains=text
    )
    return Exists(rows)


def of_authority(actor: Actor, region: Region) -> Q | Exists:
    """Return the condition that a row came from, went to, or has a diarienummer of a region."""
    rows = Diarienummer.objects.filter(
        handling__ar=OuterRef("ar"), handling__lopnummer=OuterRef("lopnummer"), region=region
    )
    return Q(region=region) | Q(motpart__icontains=region.namn) | Q(Exists(rows))


def get_handling(actor: Actor, pk: int) -> AllmanHandling:
    """Return the row that counts now of the handling that ``pk`` belongs to. Raises AllmanHandling.DoesNotExist."""
    asked = AllmanHandling.objects.get(pk=pk)
    rows = readable(actor).select_related(
        "delprojekt__sjukvardsregion",
        "region",
        "dokument",
        "handelse",
        "registrerad_av",
        "beslutshandling__region",
        "beslutshandling__namndbeslut__delprojekt",
    )
    return rows.get(ar=asked.ar, lopnummer=asked.lopnummer)


def earlier(actor: Actor, row: AllmanHandling) -> list[AllmanHandling]:
    """Return what a handling was registered as before it was corrected, latest first."""
    rows = AllmanHandling.objects.filter(ar=row.ar, lopnummer=row.lopnummer).exclude(pk=row.pk)
    return list(rows.select_related("registrerad_av").order_by("-rattelse"))


def numbers(actor: Actor, rows: Iterable[AllmanHandling]) -> dict[Nummer, list[Diarienummer]]:
    """Return the diarienummer of some handlingar, latest first, by year and number. One query."""
    wanted = {(row.ar, row.lopnummer) for row in rows}
    found: dict[Nummer, list[Diarienummer]] = defaultdict(list)
    given = Diarienummer.objects.filter(
        handling__ar__in={ar for ar, _ in wanted}, handling__lopnummer__in={number for _, number in wanted}
    )
    for one in given.select_related("handling", "region", "angivet_av").order_by("-pk"):
        key = (one.handling.ar, one.handling.lopnummer)
        if key in wanted:
            found[key].append(one)
    return dict(found)


def years(actor: Actor) -> list[int]:
    """Return the years that have something registered, latest first."""
    return list(AllmanHandling.objects.order_by("-ar").values_list("ar", flat=True).distinct())


def turned_away(actor: Actor, delprojekt: Delprojekt) -> list[Avvisning]:
    """Return the files that could not be taken, latest first."""
    rows = Avvisning.objects.filter(handelse__delprojekt=delprojekt).select_related("handelse__person")
    return list(rows.order_by("-pk"))


def shared(actor: Actor, delprojekt: Delprojekt) -> list[Delning]:
    """Return who of other authorities has fetched arbetsmaterial, latest first."""
    rows = Delning.objects.filter(delprojekt=delprojekt).select_related("person", "region")
    return list(rows.order_by("-pk")[:200])


def other_authority(actor: Actor, delprojekt: Delprojekt) -> Region | None:
    """Return the actor's region if it is another authority than the one that keeps the delprojekt, else None.

    The kansli keeps it; whoever is its contact person says which authority that is (no region: the nämnd's own).
    """
    person = Person.objects.select_related("region").filter(pk=actor.person or 0).first()
    if person is None or person.region is None:
        return None
    keeper = Innehav.objects.filter(gallande(), roll=Roll.KONTAKTPERSON, delprojekt=delprojekt)
    same = keeper.filter(person__region=person.region).exists()
    return None if same else person.region


def latest_check(actor: Actor) -> Filkontroll | None:
    """Return what the latest sweep of the files found."""
    return Filkontroll.objects.order_by("-pk").first()
