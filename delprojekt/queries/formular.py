"""What forms need to know beforehand: whom one can choose, and what is already filled in."""

from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from delprojekt.models import (
    Attsats,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Granskning,
    Inforandestatus,
    Innehav,
    Namndbeslut,
    Nominering,
    Person,
    Rekommendation,
    Styrka,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.arbete import RADER, living_rows


def has_row(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None, act: Act, pk: int | None) -> bool:
    """Tell whether ``pk`` is the row an act is about: of its kind and delprojekt; None where none is needed."""
    kind = POLICY[act].objekt
    needed = kind == "beslutshandling" or kind in RADER
    if pk is None or not needed:
        return pk is None and not needed
    if kind == "beslutshandling":
        return Beslutshandling.objects.filter(pk=pk, namndbeslut__delprojekt=delprojekt).exists()
    return living_rows(actor, kind, omgang).filter(pk=pk).exists()


def kansli_people(actor: Actor) -> QuerySet[Person]:
    """Return the people who work at the kansli today."""
    held = Innehav.objects.filter(gallande(), roll=Roll.KANSLI).values("person")
    return Person.objects.filter(pk__in=held).order_by("efternamn", "fornamn")


def group_people(actor: Actor, delprojekt: Delprojekt) -> QuerySet[Person]:
    """Return the people who are or have been in the working group (M5.8-5)."""
    in_group = Q(innehav__delprojekt=delprojekt, innehav__roll__in=ARBETSGRUPP)
    return Person.objects.filter(in_group).distinct().order_by("efternamn", "fornamn")


def next_number(actor: Actor, delprojekt: Delprojekt) -> int:
    """Return the number that the next delprojekt gets."""
    rows = Delprojekt.objects.filter(sjukvardsregion=delprojekt.sjukvardsregion)
    return (rows.aggregate(highest=Max("nummer"))["highest"] or 0) + 1


def nominated(actor: Actor, omgang: Uppdragsomgang | None, roll: Roll | None = None) -> QuerySet[Nominering]:
    """Return those who are nominated in an omgång, in the order they were."""
    rows = Nominering.objects.filter(omgang=omgang).select_related("person", "region").prefetch_related("kompetenser")
    return (rows.filter(roll=roll) if roll else rows).order_by("pk")


def uppdrag_rows(actor: Actor, omgang: Uppdragsomgang) -> dict[str, Any]:
    """Return points, competences and milestones as the form shows them: one per line."""
    competences = list(omgang.kompetenskrav.filter(struken_at=None).order_by("pk"))
    stones = omgang.milstolpar.filter(struken_at=None).order_by("sista_date", "pk")
    return {
        "punkter": list(omgang.punkter.filter(struken_at=None).order_by("nummer").values_list("text", flat=True)),
        "kompetens_ska": [k.kompetens for k in competences if k.styrka == Styrka.SKA],
        "kompetens_bor": [k.kompetens for k in competences if k.styrka == Styrka.BOR],
        "milstolpar": [f"{stone.rubrik}: {stone.nar}" for stone in stones],
    }


def plan_rows(actor: Actor, omgang: Uppdragsomgang) -> dict[str, Any]:
    """Return the plan for follow-up as the form shows it."""
    plan = getattr(omgang, "plan", None)
    if plan is None:
        return {}
    return {"hur": plan.hur, "nar": plan.nar, "vem": plan.vem}


def latest_beslutsforslag(actor: Actor, delprojekt: Delprojekt) -> Beslutsforslag | None:
    """Return the latest version with its clauses and stances."""
    rows = Beslutsforslag.objects.filter(delprojekt=delprojekt).order_by("-version")
    clauses = Prefetch("attsatser", Attsats.objects.order_by("nummer").prefetch_related("mottagare"))
    return rows.prefetch_related(clauses, "stallningar__region", "stallningar__lamnad_av").first()


def first_clauses(actor: Actor, omgang: Uppdragsomgang) -> list[dict[str, Any]]:
    """Return the group's proposals as the first draft of clauses (M5.4.3-2: each traces to an åtgärdsförslag)."""
    rows = omgang.atgardsforslag.filter(struken_at=None).order_by("nummer")
    return [{"text": row.rubrik[:1].lower() + row.rubrik[1:], "atgardsforslag": row.pk} for row in rows]


def namndbeslut_for(actor: Actor, delprojekt: Delprojekt) -> Namndbeslut | None:
    """Return nämnden's decision that is in force."""
    rows = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None)
    return rows.select_related("arende__mote__organ").first()


def recommendations(actor: Actor, delprojekt: Delprojekt) -> list[Rekommendation]:
    """Return the recommendations in force with their addressees."""
    rows = Rekommendation.objects.filter(namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None)
    return list(rows.prefetch_related("mottagare").order_by("nummer"))


def introduction(actor: Actor, delprojekt: Delprojekt, region: str) -> dict[int, Inforandestatus]:
    """Return what a region has last said of each recommendation."""
    rows = Inforandestatus.objects.filter(
        rekommendation__namndbeslut__delprojekt=delprojekt,
        rekommendation__namndbeslut__aterkallat_at=None,
        region__slug=region,
    )
    return {row.rekommendation_id: row for row in rows}


def to_review(actor: Actor, delprojekt: Delprojekt) -> list[Beslutshandling]:
    """Return the regions' documents that kansliet has not yet read."""
    rows = Beslutshandling.objects.filter(
        namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None, granskning=Granskning.VANTAR
    )
    return list(rows.select_related("region").order_by("inkommen_at"))
