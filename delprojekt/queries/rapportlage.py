"""What the rules ask of the group's text and proposals. Read in few queries, whatever is stored."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Func, IntegerField, Model, OuterRef, Q, Subquery

from delprojekt.models import (
    Atgardsforslag,
    Avsnittsuppgift,
    Deltagande,
    Deltagandestatus,
    Faktauppgift,
    Gruppmote,
    Innehav,
    Kalkylrad,
    Kompetenskrav,
    Mallavsnitt,
    Milstolpe,
    Skribent,
    Slutsats,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsparameter,
)
from delprojekt.process.datum import skriv
from delprojekt.process.granser import MINNESANTECKNING_DAGAR, plus_dagar
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Rapportlage
from delprojekt.process.mall import (
    NULAGE_PREFIX,
    SLUTRAPPORTENS_DELAR,
    STANDARDAVSNITT,
    UPPDRAGETS_DELAR,
    analys_till,
)
from delprojekt.process.roller import Roll
from delprojekt.process.steg import SKRIVER, Steg
from delprojekt.queries.aktor import gallande


def build_rapport(omgang: Uppdragsomgang, steg: Steg) -> Rapportlage:
    """Return what stands in the report of an omgång. What only the writing steps ask about is read only there."""
    headings = dict(Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id).values_list("nyckel", "rubrik"))
    written = set(omgang.avsnitt.exclude(html="").values_list("nyckel", flat=True))
    rows = _omgang_rows(omgang.pk)
    left_out = set(omgang.avsnittsuppgifter.exclude(utelamnat="").values_list("nyckel", flat=True))
    filled = written | {key for key in ("uppdragspunkter", "tidplan", "arbetsgrupp") if rows[key]}
    proposals = _proposals(omgang)
    chapters = _chapters(filled, has_proposals=bool(proposals), has_plan=rows["plan__pk"] is not None)
    return Rapportlage(
        skrivna=frozenset(filled),
        utelamnade=frozenset(left_out),
        uppdragsdelar_saknas=tuple(h for k, h in UPPDRAGETS_DELAR.items() if k not in filled | left_out),
        slutrapportdelar_saknas=tuple(h for k, h in SLUTRAPPORTENS_DELAR.items() if k not in chapters),
        nulage_utan_analys=tuple(
            headings.get(k, k)
            for k in sorted(written - left_out)
            if k.startswith(NULAGE_PREFIX) and analys_till(k) not in written
        ),
        kompetenskrav=rows["arbetsgrupp"],
        plan=frozenset(name for name in ("hur", "nar", "vem") if rows[f"plan__{name}"]),
        parametrar=rows["parametrar"],
        parametrar_utan_uppgifter=_bare_parameters(omgang),
        skribenter=rows["antal_skribenter"],
        helhetsansvarig=rows["helhetsansvariga"] > 0,
        **_of_proposals(proposals),
        **(_of_nulage(omgang, headings, written - left_out, left_out) if steg in SKRIVER else {}),
    )


def _proposals(omgang: Uppdragsomgang) -> list[Any]:
    living = {"forslag": OuterRef("pk"), "struken_at": None}
    cited = Atgardsforslag.slutsatser.through.objects.filter(
        atgardsforslag=OuterRef("pk"), slutsats__in=Slutsats.objects.filter(struken_at=None)
    )
    rows = omgang.atgardsforslag.filter(struken_at=None).annotate(
        har_kalkyl=Exists(Kalkylrad.objects.filter(**living)), har_slutsats=Exists(cited)
    )
    return list(rows.order_by("nummer"))


def _of_proposals(rows: list[Any]) -> dict[str, Any]:
    judged = ("rimlighet", "genomforbarhet", "narliggande", "undantrangning")
    return {
        "atgardsforslag": len(rows),
        "utan_varderingar": tuple(p.rubrik for p in rows if not all(getattr(p, name) for name in judged)),
        "utan_kalkyl": tuple(p.rubrik for p in rows if p.kraver_medel and not p.har_kalkyl),
        "utan_slutsats": tuple(p.rubrik for p in rows if not p.har_slutsats),
        "ej_diskuterade": tuple(p.rubrik for p in rows if p.diskuterat_date is None),
        "ej_bakom": tuple(p.rubrik for p in rows if p.bakom_date is None),
    }


def _of_nulage(
    omgang: Uppdragsomgang, headings: dict[str, str], written: Collection[str], left_out: Collection[str]
) -> dict[str, Any]:
    parts = [key for key in headings if key.startswith(NULAGE_PREFIX) and key in written]
    facts = list(Faktauppgift.objects.filter(omgang=omgang, struken_at=None).order_by("pk"))
    missing = uncovered(omgang, parts, facts)
    return {
        "nulage_utan_region": tuple(f"{headings[key]}: {', '.join(missing[key])}" for key in parts if missing[key]),
        "utan_kalla": tuple(fact.pastaende for fact in facts if not fact.kalla and fact.avsnitt not in left_out),
        "standardavsnitt_saknas": tuple(
            headings.get(key, key) for key in STANDARDAVSNITT if key not in written and key not in left_out
        ),
        "utan_minnesanteckning": _late_notes(omgang),
    }


def uncovered(
    omgang: Uppdragsomgang, parts: Collection[str], facts: Collection[Faktauppgift]
) -> dict[str, tuple[str, ...]]:
    """Return for each nuläge section the participating regions that are not in it (M5.2-2), by their short name.

    A region is in a section when the group says so, or when a fact of the section is about it or about all.
    """
    taking = Deltagande.objects.filter(delprojekt=omgang.delprojekt_id, status=Deltagandestatus.DELTAR)
    regions = dict(taking.order_by("region__ordning").values_list("region", "region__kortnamn"))
    covered: dict[str, set[int]] = {key: set() for key in parts}
    said = Avsnittsuppgift.regioner.through.objects.filter(avsnittsuppgift__omgang=omgang)
    for key, region in said.values_list("avsnittsuppgift__nyckel", "region"):
        covered.setdefault(key, set()).add(region)
    for fact in facts:
        covered.setdefault(fact.avsnitt, set()).update({fact.region_id} if fact.region_id else regions)
    return {key: tuple(name for pk, name in regions.items() if pk not in covered[key]) for key in parts}


def notes_are_late(row: Gruppmote) -> bool:
    """Tell whether a meeting of the group should have had its minnesanteckningar by now (M5-3)."""
    return not row.text and plus_dagar(row.date, MINNESANTECKNING_DAGAR) < idag()


def _late_notes(omgang: Uppdragsomgang) -> tuple[str, ...]:
    rows = Gruppmote.objects.filter(omgang=omgang, struken_at=None, text="").order_by("date")
    return tuple(skriv(row.date) for row in rows if notes_are_late(row))


def _bare_parameters(omgang: Uppdragsomgang) -> tuple[str, ...]:
    rows = Uppfoljningsparameter.objects.filter(plan__omgang=omgang, struken_at=None)
    start = Q(utgangsvarde=None, utgangsvarde_text="")
    bare = rows.filter(Q(definition="") | Q(kalla="") | start | Q(malvarde=None, malvarde_text=""))
    return tuple(bare.order_by("ordning", "pk").values_list("namn", flat=True))


def _omgang_rows(pk: int) -> dict[str, Any]:
    """Return how many rows of each kind an omgång has, by the key of their section, and its plan. One query."""
    responsible = Innehav.objects.filter(
        gallande(), roll=Roll.HELHETSANSVARIG, delprojekt=OuterRef("delprojekt"), omgang=OuterRef("pk")
    )
    counted = {
        "uppdragspunkter": _living(Uppdragspunkt, "omgang"),
        "tidplan": _living(Milstolpe, "omgang"),
        "arbetsgrupp": _living(Kompetenskrav, "omgang"),
        "parametrar": _living(Uppfoljningsparameter, "plan__omgang"),
        "antal_skribenter": _counted(
            Skribent.objects.filter(omgang=OuterRef("pk"), struken_at=None), "person", distinct=True
        ),
        "helhetsansvariga": _counted(responsible, "pk"),
    }
    plan = ("plan__pk", "plan__hur", "plan__nar", "plan__vem")
    found: dict[str, Any] = Uppdragsomgang.objects.annotate(**counted).values(*counted, *plan).get(pk=pk)
    return found


def _living(model: type[Model], omgang: str) -> Subquery:
    """Return the number of rows of an omgång that are not struck, to be counted by the database."""
    return _counted(model._default_manager.filter(**{omgang: OuterRef("pk")}, struken_at=None), "pk")


def _counted(rows: Any, field: str, *, distinct: bool = False) -> Subquery:
    count = Func(field, function="COUNT", template=f"%(function)s({'DISTINCT ' if distinct else ''}%(expressions)s)")
    return Subquery(rows.order_by().annotate(n=count).values("n"), output_field=IntegerField())


def _chapters(filled: set[str], *, has_proposals: bool, has_plan: bool) -> set[str]:
    """Return the chapters that have something in them: a sub-section counts for its chapter."""
    chapters = {key.split("_", 1)[0] for key in filled}
    return chapters | ({"forslag"} if has_proposals else set()) | ({"uppfoljning"} if has_plan else set())
