"""What forms need to know beforehand: whom one can choose, and what is already filled in."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Max, Prefetch, Q, QuerySet, When

from delprojekt.models import (
    Atgardsforslag,
    Attsats,
    Beredningskontakt,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Huvudmansbeslut,
    Inforandehinder,
    Inforandestatus,
    Informationsinsats,
    Innehav,
    Namndbeslut,
    Nominering,
    Person,
    Rekommendation,
    Stallning,
    StruketForslag,
    Styrka,
    Svarslank,
    Uppdragsomgang,
    Uppfoljningsforfragan,
    Uppfoljningsomgang,
    Uppfoljningsparameter,
)
from delprojekt.process.act import Act
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.arbete import RADER, living_rows
from delprojekt.queries.handling import readable as readable_handlingar
from delprojekt.queries.historik import corrections_column
from delprojekt.queries.uppgift import get_row


def has_row(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None, act: Act, pk: int | None) -> bool:
    """Tell whether ``pk`` is the row an act is about: of its kind and delprojekt; None where none is needed."""
    kind = POLICY[act].objekt
    if kind == "uppgift":
        return get_row(actor, delprojekt, pk) is not None
    rows = _rows(actor, delprojekt, omgang, kind)
    if pk is None or rows is None:
        return pk is None and rows is None
    return rows.filter(pk=pk).exists()


def _rows(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None, kind: str) -> QuerySet[Any] | None:
    """Return the rows of a kind in one delprojekt; None for what is no row."""
    if kind in RADER:
        return living_rows(actor, kind, omgang)
    rows: dict[str, Callable[[], QuerySet[Any]]] = {
        "beslutshandling": lambda: Beslutshandling.objects.filter(namndbeslut__delprojekt=delprojekt),
        "inforandehinder": lambda: Inforandehinder.objects.filter(rekommendation__namndbeslut__delprojekt=delprojekt),
        "forfragan": lambda: Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=delprojekt),
        "allmanhandling": lambda: readable_handlingar(actor).filter(delprojekt=delprojekt),
        "nominering": lambda: Nominering.objects.filter(omgang=omgang),
        "svarslank": lambda: Svarslank.objects.filter(nominering__omgang=omgang),
        "utsedd": lambda: Nominering.objects.filter(omgang=omgang, status=Nomineringsstatus.UTSEDD),
        "beredningskontakt": lambda: Beredningskontakt.objects.filter(delprojekt=delprojekt),
        "informationsinsats": lambda: Informationsinsats.objects.filter(delprojekt=delprojekt, struken_at=None),
    }
    return rows[kind]() if kind in rows else None


def kansli_people(actor: Actor) -> QuerySet[Person]:
    """Return the people who work at the kansli today."""
    held = Innehav.objects.filter(gallande(), roll=Roll.KANSLI).values("person")
    return Person.objects.filter(pk__in=held).order_by("efternamn", "fornamn")


def next_number(actor: Actor, delprojekt: Delprojekt) -> int:
    """Return the number that the next delprojekt gets."""
    rows = Delprojekt.objects.filter(sjukvardsregion=delprojekt.sjukvardsregion)
    return (rows.aggregate(highest=Max("nummer"))["highest"] or 0) + 1


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
    clauses = Prefetch(
        "attsatser", Attsats.objects.order_by("nummer").select_related("atgardsforslag").prefetch_related("mottagare")
    )
    struck = Prefetch(
        "strukna", StruketForslag.objects.select_related("atgardsforslag").order_by("atgardsforslag__nummer")
    )
    stances = Prefetch("stallningar", Stallning.objects.select_related("region", "lamnad_av"))
    return rows.prefetch_related(clauses, struck, stances).first()


def first_clauses(actor: Actor, omgang: Uppdragsomgang) -> list[dict[str, Any]]:
    """Return a clause to write for each of the group's proposals (M5.4.3-2: each traces to an åtgärdsförslag)."""
    rows = omgang.atgardsforslag.filter(struken_at=None).order_by("nummer")
    return [{"atgardsforslag": row.pk} for row in rows]


def namndbeslut_for(actor: Actor, delprojekt: Delprojekt) -> Namndbeslut | None:
    """Return nämnden's decision that is in force; ``rattat`` holds what it and the regions' were corrected from."""
    rows = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).annotate(
        rattat=corrections_column(actor, delprojekt, "Namndbeslut", "Beslutshandling", "Huvudmansbeslut")
    )
    return rows.select_related("arende__mote__organ").first()


def recommendations(actor: Actor, delprojekt: Delprojekt) -> list[Rekommendation]:
    """Return the recommendations in force with their addressees."""
    rows = Rekommendation.objects.filter(namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None)
    return list(rows.prefetch_related("mottagare").order_by("nummer"))


def introduction(actor: Actor, delprojekt: Delprojekt, region: str | None) -> dict[int, Inforandestatus]:
    """Return what a region, or with None kansliet, has last said of each recommendation."""
    rows = Inforandestatus.objects.filter(
        rekommendation__namndbeslut__delprojekt=delprojekt, rekommendation__namndbeslut__aterkallat_at=None
    )
    rows = rows.filter(region__slug=region) if region else rows.filter(region=None)
    return {row.rekommendation_id: row for row in rows.order_by("rapporterat_at", "pk")}


def introductions(actor: Actor, delprojekt: Delprojekt) -> dict[int, str]:
    """Return what every region has last said of each recommendation: ``Halland: infört. Skåne: pågår.`` One query."""
    rows = Inforandestatus.objects.filter(
        rekommendation__namndbeslut__delprojekt=delprojekt,
        rekommendation__namndbeslut__aterkallat_at=None,
        region__isnull=False,
    )
    latest = rows.order_by("rekommendation", "region__ordning", "-rapporterat_at", "-pk")
    found: dict[int, list[str]] = {}
    for row in latest.distinct("rekommendation", "region__ordning").select_related("region"):
        words = f"{row.region.kortnamn}: {row.get_lage_display().lower()}." if row.region else ""
        found.setdefault(row.rekommendation_id, []).append(words)
    return {rek: " ".join(said) for rek, said in found.items()}


def get_decision(actor: Actor, delprojekt: Delprojekt, pk: int) -> Beslutshandling | None:
    """Return one decision of a region in this delprojekt, or None."""
    rows = Beslutshandling.objects.filter(pk=pk, namndbeslut__delprojekt=delprojekt).select_related("region")
    cells = Huvudmansbeslut.objects.select_related("rekommendation").order_by("rekommendation__nummer")
    return rows.prefetch_related(Prefetch("beslut", cells)).first()


def get_hinder(actor: Actor, delprojekt: Delprojekt, pk: int) -> Inforandehinder | None:
    """Return one hinder in this delprojekt, or None."""
    rows = Inforandehinder.objects.filter(pk=pk, rekommendation__namndbeslut__delprojekt=delprojekt)
    return rows.select_related("region", "rekommendation").first()


def get_request(actor: Actor, delprojekt: Delprojekt, pk: int) -> Uppfoljningsforfragan | None:
    """Return one request to make the follow-up of this delprojekt, or None."""
    rows = Uppfoljningsforfragan.objects.filter(pk=pk, omgang__namndbeslut__delprojekt=delprojekt)
    return rows.select_related("person").first()


def current_proposals(actor: Actor, omgang: Uppdragsomgang | None) -> list[Atgardsforslag]:
    """Return the proposals of the report that a beslutsförslag takes a stand on, in order."""
    rows = Atgardsforslag.objects.filter(omgang=omgang, struken_at=None)
    return list(rows.order_by("nummer")) if omgang else []


def parameters(actor: Actor, omgang: Uppdragsomgang | None) -> list[Uppfoljningsparameter]:
    """Return the plan's parameters in order."""
    rows = Uppfoljningsparameter.objects.filter(plan__omgang=omgang, struken_at=None)
    return list(rows.order_by("ordning", "pk")) if omgang else []


def current_round(actor: Actor, delprojekt: Delprojekt) -> Uppfoljningsomgang | None:
    """Return the round of follow-up that counts now."""
    rows = Uppfoljningsomgang.objects.filter(
        namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None, aterkallad_at=None
    )
    return rows.order_by("-nummer").first()


def can_be_asked(actor: Actor, grupp: frozenset[int]) -> QuerySet[Person]:
    """Return whom one can ask to make the follow-up: the group first, then everybody else with an account (M5.8-5)."""
    inside = Q(pk__in=grupp)
    rows = Person.objects.filter(inside | Q(konto__is_active=True, skyddade_uppgifter=False))
    first = Case(When(inside, then=0), default=1)
    return rows.annotate(utanfor=first).order_by("utanfor", "efternamn", "fornamn", "pk")
