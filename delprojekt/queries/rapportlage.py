"""What the rules ask of the group's text and proposals: columns of the one query that builds the Lage."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, Model, OuterRef, Subquery

from delprojekt.models import (
    RAKNAS_MED,
    Atgardsforslag,
    Avsnitt,
    Avsnittsuppgift,
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
    Uppfoljningsplan,
    Vagval,
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
    UPPFOLJNING_PREFIX,
    utan_analys,
)
from delprojekt.process.roller import Roll
from delprojekt.process.steg import SKRIVER, Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.rader import living, rows, values

Read = dict[str, Any]
_FORSLAGETS_FALT = (
    *("rubrik", "rimlighet", "genomforbarhet", "narliggande", "undantrangning", "kraver_medel"),
    *("diskuterat_date", "bakom_date", "har_kalkyl", "har_slutsats"),
)
_VARDERAT = ("rimlighet", "genomforbarhet", "narliggande", "undantrangning")
_PARAMETERNS_FALT = (
    *("namn", "definition", "kalla", "utgangsvarde", "utgangsvarde_text", "malvarde", "malvarde_text"),
)


def rapport_columns(omgang: Uppdragsomgang, steg: Steg) -> Read:
    """Return the columns. What only the writing steps ask about is read only there."""
    sections = Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id).order_by("ordning")
    written = Avsnitt.objects.filter(omgang=omgang).exclude(html="")
    responsible = Innehav.objects.filter(gallande(), roll=Roll.HELHETSANSVARIG, omgang=omgang)
    left_out = Avsnittsuppgift.objects.filter(omgang=omgang).exclude(utelamnat="")
    parameters = living(Uppfoljningsparameter, plan__omgang=omgang).order_by("ordning", "pk")
    return {
        "mallavsnitt": rows(sections, nyckel="nyckel", nummer="nummer", rubrik="rubrik", i_uppdrag="i_uppdrag"),
        "avsnitt": values(written, "nyckel"),
        "klara": values(written.filter(klar_version=F("version")), "nyckel"),
        "utelamnade": values(left_out, "nyckel"),
        "uppdragspunkter": _count(Uppdragspunkt, omgang=omgang),
        "tidplan": _count(Milstolpe, omgang=omgang),
        "arbetsgrupp": _count(Kompetenskrav, omgang=omgang),
        "atgardsforslag": rows(_proposals(omgang), **{name: name for name in _FORSLAGETS_FALT}),
        "parametrar": rows(parameters, **{name: name for name in _PARAMETERNS_FALT}),
        "plan": rows(Uppfoljningsplan.objects.filter(omgang=omgang), hur="hur", nar="nar", vem="vem"),
        "skribenter": values(living(Skribent, omgang=omgang), "person"),
        "helhetsansvariga": values(responsible, "person"),
        **(_nulage_columns(omgang) if steg in SKRIVER else {}),
    }


def _nulage_columns(omgang: Uppdragsomgang) -> Read:
    said = Avsnittsuppgift.regioner.through.objects.filter(avsnittsuppgift__omgang=omgang)
    meetings = living(Gruppmote, omgang=omgang, text="").order_by("date")
    facts = living(Faktauppgift, omgang=omgang).order_by("pk")
    return {
        "fakta_i_nulaget": rows(facts, avsnitt="avsnitt", pastaende="pastaende", kalla="kalla", region="region__slug"),
        "tackning": rows(said, avsnitt="avsnittsuppgift__nyckel", region="region__slug"),
        "gruppmoten": values(meetings, "date"),
        "antal_moten": _count(Gruppmote, omgang=omgang),
        "vagval": values(living(Vagval, omgang=omgang), "slag"),
        "slutsatser_i": values(living(Slutsats, omgang=omgang), "avsnitt"),
    }


def _proposals(omgang: Uppdragsomgang) -> Any:
    cited = Atgardsforslag.slutsatser.through.objects.filter(
        atgardsforslag=OuterRef("pk"), slutsats__in=Slutsats.objects.filter(struken_at=None)
    )
    costs = Kalkylrad.objects.filter(forslag=OuterRef("pk"), struken_at=None)
    found = living(Atgardsforslag, omgang=omgang).order_by("nummer")
    return found.annotate(har_kalkyl=Exists(costs), har_slutsats=Exists(cited))


def _count(model: type[Model], **of: Any) -> Subquery:
    """Return the number of rows that are not struck, to be counted by the database."""
    counted = living(model, **of).order_by().annotate(n=Func("pk", function="COUNT"))
    return Subquery(counted.values("n"), output_field=IntegerField())


def rapport_of(read: Read) -> Rapportlage:
    """Return what stands in the report, from the columns."""
    headings = {row["nyckel"]: f"{row['nummer']} {row['rubrik']}".strip() for row in read["mallavsnitt"]}
    written, left_out = set(read["avsnitt"]), set(read["utelamnade"])
    filled = written | {key for key in ("uppdragspunkter", "tidplan", "arbetsgrupp") if read[key]}
    proposals, plans = read["atgardsforslag"], read["plan"]
    undone = [row for row in read["mallavsnitt"] if row["nyckel"] in written - set(read["klara"])]
    chapters = _chapters(filled, has_proposals=bool(proposals), has_plan=bool(plans))
    return Rapportlage(
        skrivna=frozenset(filled),
        utelamnade=frozenset(left_out),
        uppdragsdelar_saknas=tuple(h for k, h in UPPDRAGETS_DELAR.items() if k not in filled | left_out),
        slutrapportdelar_saknas=tuple(h for k, h in SLUTRAPPORTENS_DELAR.items() if k not in chapters),
        nulage_utan_analys=tuple(headings.get(k, k) for k in utan_analys(written, left_out)),
        ej_klarmarkerade=tuple(headings[row["nyckel"]] for row in undone if not row["i_uppdrag"]),
        uppfoljning_ej_klar=tuple(
            headings[row["nyckel"]] for row in undone if row["nyckel"].startswith(UPPFOLJNING_PREFIX)
        ),
        kompetenskrav=read["arbetsgrupp"],
        plan=frozenset(name for plan in plans for name in ("hur", "nar", "vem") if plan[name]),
        parametrar=len(read["parametrar"]),
        parametrar_utan_uppgifter=tuple(row["namn"] for row in read["parametrar"] if _is_bare(row)),
        skribenter=len(set(read["skribenter"])),
        helhetsansvarig=bool(read["helhetsansvariga"]),
        **_of_proposals(proposals),
        **(_of_nulage(read, headings, written - left_out, left_out) if "gruppmoten" in read else {}),
    )


def _is_bare(row: Read) -> bool:
    start = row["utgangsvarde"] is not None or row["utgangsvarde_text"]
    goal = row["malvarde"] is not None or row["malvarde_text"]
    return not (row["definition"] and row["kalla"] and start and goal)


def _of_proposals(found: Collection[Read]) -> Read:
    return {
        "atgardsforslag": len(found),
        "utan_varderingar": tuple(p["rubrik"] for p in found if not all(p[name] for name in _VARDERAT)),
        "kraver_medel": sum(1 for p in found if p["kraver_medel"]),
        "utan_kalkyl": tuple(p["rubrik"] for p in found if p["kraver_medel"] and not p["har_kalkyl"]),
        "utan_slutsats": tuple(p["rubrik"] for p in found if not p["har_slutsats"]),
        "ej_diskuterade": tuple(p["rubrik"] for p in found if p["diskuterat_date"] is None),
        "ej_bakom": tuple(p["rubrik"] for p in found if p["bakom_date"] is None),
    }


def _of_nulage(
    read: Read, headings: Mapping[str, str], written: Collection[str], left_out: Collection[str]
) -> dict[str, Any]:
    taking = [p for p in read["deltaganden"] if p["status"] in RAKNAS_MED]
    regions = {p["slug"]: p["namn"].removeprefix("Region ") for p in taking}
    parts = [key for key in headings if key.startswith(NULAGE_PREFIX) and key in written]
    every = [key for key in headings if key.startswith(NULAGE_PREFIX)]
    facts = read["fakta_i_nulaget"]
    said = [(row["avsnitt"], row["region"]) for row in (*read["tackning"], *facts)]
    missing = uncovered(parts, regions, said)
    return {
        "nulage_delar": len(every),
        "nulage_tomma": sum(1 for key in every if key not in written and key not in left_out),
        "nulage_utan_region": tuple(f"{headings[key]}: {', '.join(missing[key])}" for key in parts if missing[key]),
        "regioner_saknas": {key: names for key, names in missing.items() if names},
        "slutsatser_i": frozenset(read["slutsatser_i"]),
        "fakta_i": frozenset(row["avsnitt"] for row in facts),
        "pastaenden": len(facts),
        "utan_kalla": tuple(row["pastaende"] for row in facts if not row["kalla"] and row["avsnitt"] not in left_out),
        "standardavsnitt_saknas": tuple(
            headings.get(key, key) for key in STANDARDAVSNITT if key not in written and key not in left_out
        ),
        "antecknat": frozenset(read["vagval"]),
        "moten": read["antal_moten"] or 0,
        "utan_minnesanteckning": tuple(skriv(day) for day in read["gruppmoten"] if notes_are_late(day)),
    }


def uncovered(
    parts: Collection[str], regions: Mapping[str, str], said: Iterable[tuple[str, str | None]]
) -> dict[str, tuple[str, ...]]:
    """Return for each nuläge section the participating regions that are not in it (M5.2-2).

    In: the sections; the regions' names by slug; which section covers which region, None for all of them. A region is
    in a section when the group says so, or when a fact of the section is about it or about all.
    """
    covered: dict[str, set[str]] = {key: set() for key in parts}
    for key, region in said:
        covered.setdefault(key, set()).update({region} if region else regions)
    return {key: tuple(name for slug, name in regions.items() if slug not in covered[key]) for key in parts}


def notes_are_late(day: date) -> bool:
    """Tell whether a meeting of that day should have had its minnesanteckningar by now (M5-3)."""
    return plus_dagar(day, MINNESANTECKNING_DAGAR) < idag()


def _chapters(filled: set[str], *, has_proposals: bool, has_plan: bool) -> set[str]:
    """Return the chapters that have something in them: a sub-section counts for its chapter."""
    chapters = {key.split("_", 1)[0] for key in filled}
    return chapters | ({"forslag"} if has_proposals else set()) | ({"uppfoljning"} if has_plan else set())
