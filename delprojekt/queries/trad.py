"""The thread of one delprojekt, as far as the one who asks may see it (process/trad.py)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef

from delprojekt.models import (
    BIFALL,
    Atgardsforslag,
    Attsats,
    Avsnitt,
    Beslutsforslag,
    Delprojekt,
    Faktauppgift,
    Huvudmansbeslut,
    Inforandelage,
    Inforandestatus,
    Matvarde,
    Namndbeslut,
    Region,
    Rekommendation,
    Slutsats,
    Stegbesok,
    StruketForslag,
    Uppdragsomgang,
    Uppfoljningsparameter,
)
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, SAMLADE_SLUTSATSER, nulage_till
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.process.tal import skriv_tal
from delprojekt.process.trad import Hal, Knut, Led, Trad, citerade, om
from delprojekt.queries.arbete import template
from delprojekt.queries.besok import handed_in
from delprojekt.queries.huvudmansbeslut import in_force, is_decided, told
from delprojekt.queries.rader import living, rows, values

Read = Mapping[str, Any]
INGET_BESLUT = "har inte beslutat om rekommendation {}."
INGET_INFORANDE = "har inte rapporterat införandet av rekommendation {}."
INTE_MATT = "Inte mätt än"
OKAND = "Det är okänt vilken rekommendation den blev."
_RAPPORTEN = (Led.NULAGE, Led.ANALYS, Led.SLUTSATS, Led.FORSLAG)


def thread(actor: Actor, delprojekt: Delprojekt, path: Sequence[Stegbesok]) -> Trad:
    """Return the thread. In: the living visits. Five queries at most, however many rows there are.

    Each link is shown to those who are shown its noun: what stands in the report, the beslutsförslag, nämnden's
    decision, the regions' decisions and introduction, the follow-up.
    """
    omgang = path[-1].omgang  # none when it was finished before the portal
    steg = Steg(delprojekt.steg)
    nouns = {noun for noun in Noun if ser(actor, noun, delprojekt.pk, steg)}
    report = omgang is not None and (Noun.SLUTRAPPORT if handed_in(path) else Noun.ARBETSMATERIAL) in nouns
    led = {one for one in _RAPPORTEN if report}
    told_of = _read(omgang) if omgang and (report or Noun.UPPFOLJNING in nouns) else {}
    found = [*_report(actor, omgang, told_of, whole=Noun.ARBETSMATERIAL in nouns)] if omgang and report else []
    if omgang and Noun.BESLUTSFORSLAG in nouns:
        led.add(Led.ATTSATS)
        found = _with_clauses(found, omgang, [visit.pk for visit in path if visit.omgang_id == omgang.pk])
    holes: list[Hal] = []
    if Noun.NAMNDBESLUT in nouns:
        led.add(Led.REKOMMENDATION)
        found, holes = _decided(found, delprojekt, regions=Noun.HUVUDMANSBESLUT in nouns)
        led |= {Led.BESLUT, Led.INFORANDE} if Noun.HUVUDMANSBESLUT in nouns else set()
    if told_of:
        led.add(Led.MATVARDE)
        so_far = Trad(tuple(found), frozenset(led))
        found += [_parameter(so_far, row, measured=Noun.UPPFOLJNING in nouns) for row in told_of["parametrar"]]
    return Trad(tuple(found), frozenset(led), tuple(holes))


def _read(omgang: Uppdragsomgang) -> Read:
    """Return the rows of the report, each table a column. One query."""
    builds = living(Slutsats, atgardsforslag=OuterRef("pk")).order_by("nummer")
    proposals = living(Atgardsforslag, omgang=omgang).annotate(bygger=values(builds, "pk")).order_by("nummer")
    values_of = Matvarde.objects.filter(
        parameter=OuterRef("pk"), region=None, omgang__aterkallad_at=None, omgang__namndbeslut__aterkallat_at=None
    ).order_by("-registrerat_at", "-pk")
    parameters = living(Uppfoljningsparameter, plan__omgang=omgang).order_by("ordning", "pk")
    parameters = parameters.annotate(
        foljer=values(living(Atgardsforslag, parametrar=OuterRef("pk")).order_by("nummer"), "pk"),
        matt=rows(values_of[:1], varde="varde", period="period"),
    )
    found: Read = (
        Uppdragsomgang.objects.filter(pk=omgang.pk)
        .values(
            citat=rows(
                Avsnitt.objects.filter(omgang=omgang, nyckel__startswith=ANALYS_PREFIX, html__contains="#fakta-"),
                nyckel="nyckel",
                html="html",
            ),
            fakta_=_facts(omgang),
            slutsatser_=rows(
                living(Slutsats, omgang=omgang).order_by("nummer"),
                pk="pk",
                nummer="nummer",
                avsnitt="avsnitt",
                text="text",
            ),
            forslag=rows(proposals, pk="pk", nummer="nummer", rubrik="rubrik", bygger="bygger"),
            parametrar=rows(parameters, pk="pk", namn="namn", enhet="enhet", foljer="foljer", matt="matt"),
        )
        .get()
    )
    return found


def _facts(omgang: Uppdragsomgang) -> Any:
    """Return the column with the facts of nuläget."""
    columns = {name: name for name in ("pk", "avsnitt", "pastaende", "varde", "enhet", "period", "kalla")}
    found = living(Faktauppgift, omgang=omgang).order_by("avsnitt", "pk")
    return rows(found, **columns, region="region__kortnamn")


def _report(actor: Actor, omgang: Uppdragsomgang, read: Read, *, whole: bool) -> Iterable[Knut]:
    """Yield the knots of the report. ``whole``: with the facts of what is left out, and why; else only that it is."""
    sections = template(actor, omgang)
    facts: dict[str, list[str]] = {}
    for row in read["fakta_"]:
        facts.setdefault(row["avsnitt"], []).append(_fact(row))
    for one in sections:
        if one.nyckel.startswith(NULAGE_PREFIX) and (one.skrivet or one.nyckel in facts):
            lines = tuple(facts.get(one.nyckel, ())) if whole or not one.utelamnat else ()
            kort = f"Nuläge {one.nummer}".strip()
            yield Knut(
                Led.NULAGE, one.nyckel, kort, one.rubrik, rader=lines, slut=_left_out(one.utelamnat, whole=whole)
            )
    out = {one.nyckel for one in sections if one.utelamnat}
    where = {row["pk"]: row["avsnitt"] for row in read["fakta_"]}
    cites = {row["nyckel"]: sorted({where[pk] for pk in citerade(row["html"]) if pk in where}) for row in read["citat"]}
    for one in sections:
        if one.nyckel.startswith(ANALYS_PREFIX) and one.skrivet and one.nyckel != SAMLADE_SLUTSATSER:
            before = nulage_till(one.nyckel)
            ended = _left_out("som nuläget", whole=True) if before in out else ""
            kort = f"Analys {one.nummer}".strip()
            came = dict.fromkeys(f"{Led.NULAGE}-{key}" for key in (before, *cites.get(one.nyckel, ())))
            yield Knut(Led.ANALYS, one.nyckel, kort, one.rubrik, tuple(came), slut=ended)
    for row in read["slutsatser_"]:
        drawn = (f"{Led.ANALYS}-{row['avsnitt']}",)
        free = row["avsnitt"] == SAMLADE_SLUTSATSER
        yield Knut(Led.SLUTSATS, str(row["pk"]), f"Slutsats {row['nummer']}", row["text"], drawn, fri=free)
    for row in read["forslag"]:
        builds_on = tuple(f"{Led.SLUTSATS}-{pk}" for pk in row["bygger"])
        yield Knut(Led.FORSLAG, str(row["pk"]), f"Förslag {row['nummer']}", row["rubrik"], builds_on)


def _left_out(why: str | None, *, whole: bool) -> str:
    return (f"Utelämnat: {why}" if whole else "Utelämnat") if why else ""


def _fact(row: Read) -> str:
    where = ", ".join(text for text in (row["region"] or "hela sjukvårdsregionen", row["period"]) if text)
    said = f": {_number(row['varde'], row['enhet'])}" if row["varde"] is not None else ""
    return f"{row['pastaende']} ({where}){said}" + ("" if row["kalla"] else ". Källa saknas")


def _number(value: float | int | str, unit: str) -> str:
    return skriv_tal(Decimal(str(value)), unit)


def _with_clauses(found: list[Knut], omgang: Uppdragsomgang, visits: list[int]) -> list[Knut]:
    """Return the knots with the clauses of the latest beslutsförslag; a proposal that it leaves out ends there."""
    clauses = Attsats.objects.filter(beslutsforslag=OuterRef("pk")).order_by("nummer")
    struck = StruketForslag.objects.filter(beslutsforslag=OuterRef("pk"))
    latest = (
        Beslutsforslag.objects.filter(besok__in=visits)
        .order_by("-version")
        .values(
            satser=rows(clauses, pk="pk", nummer="nummer", text="text", forslag="atgardsforslag"),
            strukna_=rows(struck, forslag="atgardsforslag", skal="skal"),
        )
        .first()
    )
    if latest is None:
        return found
    why = {f"{Led.FORSLAG}-{row['forslag']}": row["skal"] for row in latest["strukna_"]}
    ended = "Struket av ledningsgruppen: {}".format
    found = [replace(knut, slut=ended(why[knut.id])) if knut.id in why else knut for knut in found]
    return found + [
        Knut(
            Led.ATTSATS,
            str(row["pk"]),
            f"Att-sats {row['nummer']}",
            row["text"],
            (f"{Led.FORSLAG}-{row['forslag']}",) if row["forslag"] else (),
        )
        for row in latest["satser"]
    ]


def _decided(found: list[Knut], delprojekt: Delprojekt, *, regions: bool) -> tuple[list[Knut], list[Hal]]:
    """Return the knots with nämnden's recommendations, and what the regions made of each if that is shown."""
    asked = Region.objects.filter(rekommendationer=OuterRef("pk")).order_by("ordning", "slug")
    said = Inforandestatus.objects.filter(rekommendation=OuterRef("pk")).order_by("rapporterat_at", "pk")
    wanted = Rekommendation.objects.filter(namndbeslut=OuterRef("pk")).order_by("nummer")
    wanted = wanted.annotate(
        fragade=rows(asked, pk="pk", namn="kortnamn"), infort=rows(said, region="region", lage="lage")
    )
    columns = {"pk": "pk", "nummer": "nummer", "text": "text", "attsats": "attsats", "fragade": "fragade"}
    columns |= {"infort": "infort", "forslag": "attsats__atgardsforslag"}
    decision = (
        Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None)
        .values("pk", rekommendationer_=rows(wanted, **columns))
        .first()
    )
    if decision is None:
        return found, []
    cells = in_force(told(decision["pk"])) if regions else {}
    known = {knut.id for knut in found}
    if any(row["attsats"] is None for row in decision["rekommendationer_"]):  # from before it was kept
        told_of = {f"{Led.ATTSATS}-{row['attsats']}" for row in decision["rekommendationer_"]}
        found = [replace(k, slut=OKAND) if k.led is Led.ATTSATS and k.id not in told_of else k for k in found]
    holes: list[Hal] = []
    for row in decision["rekommendationer_"]:
        came = [f"{Led.ATTSATS}-{row['attsats']}", f"{Led.FORSLAG}-{row['forslag']}"]
        knut = Knut(
            Led.REKOMMENDATION,
            str(row["pk"]),
            f"Rekommendation {row['nummer']}",
            row["text"],
            tuple([key for key in came if key in known][:1]),
            fri=row["attsats"] is None,
        )
        found = [*found, knut]
        if regions:
            more, missing = _by_region(knut, row, {key: cell for key, cell in cells.items() if key[0] == row["pk"]})
            found, holes = [*found, *more], [*holes, *missing]
    return found, holes


def _by_region(rek: Knut, row: Read, cells: Mapping[tuple[int, int], Huvudmansbeslut]) -> tuple[list[Knut], list[Hal]]:
    """Return what the regions decided of one recommendation, how they introduce it, and who has not told."""
    names = {region["pk"]: region["namn"] for region in row["fragade"]}
    answers = {pk: cells[(row["pk"], pk)] for pk in names if (row["pk"], pk) in cells}
    done = {pk: cell for pk, cell in answers.items() if is_decided(cell)}
    states = {said["region"]: Inforandelage(said["lage"]) for said in row["infort"]}
    agreed = [pk for pk, cell in done.items() if cell.utfall in BIFALL]
    found, holes = [], []
    if answers:
        lines = tuple(f"{names[pk]}: {cell.get_utfall_display()}" for pk, cell in answers.items())
        text = f"{len(agreed)} av {len(names)} säger ja"
        found.append(Knut(Led.BESLUT, rek.nyckel, f"Beslut {row['nummer']}", text, (rek.id,), lines))
    beside = found[0].id if found else rek.id
    holes += [om(beside, Led.BESLUT, f"{names[pk]} {INGET_BESLUT}", row["nummer"]) for pk in names if pk not in done]
    if states:
        lines = tuple(f"{names.get(pk, 'Sjukvårdsregional nivå')}: {state.label}" for pk, state in states.items())
        ready = sum(1 for state in states.values() if state is Inforandelage.INFORT)
        came = (beside,)
        text = f"infört i {ready} av {len({*agreed, *states})}"
        found.append(Knut(Led.INFORANDE, rek.nyckel, f"Införande {row['nummer']}", text, came, lines))
    silent = [pk for pk in agreed if pk not in states]
    holes += [om(found[-1].id, Led.INFORANDE, f"{names[pk]} {INGET_INFORANDE}", row["nummer"]) for pk in silent]
    return found, holes


def _parameter(so_far: Trad, row: Read, *, measured: bool) -> Knut:
    """Return a parameter, tied to the last knots of the proposals that it follows up."""
    starts = [key for pk in row["foljer"] if (key := f"{Led.FORSLAG}-{pk}") in so_far.med_id]
    ends = tuple(dict.fromkeys(end for key in starts for end in so_far.ytterst(key)))
    value = row["matt"][0] if measured and row["matt"] else None
    text = f"{_number(value['varde'], row['enhet'])} ({value['period']})" if value else ""
    return Knut(Led.MATVARDE, str(row["pk"]), row["namn"], text or (INTE_MATT if measured else ""), ends)
