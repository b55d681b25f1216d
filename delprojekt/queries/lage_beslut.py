"""The part of the Lage that is about decisions, introduction and follow-up (§5.4.3–5.8).

As in ``lage``: each part says what it reads (``_x_column``: the rows of other tables as a column of the one query) and
what it makes of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.utils import timezone

from delprojekt.models import (
    BIFALL,
    HINDER_AVSLUTAT,
    Atgardsforslag,
    Attsats,
    Beslutsforslag,
    Beslutshandling,
    Granskning,
    Huvudmansbeslut,
    Inforandehinder,
    Inforandestatus,
    Matvarde,
    Namndbeslut,
    Rekommendation,
    Stallning,
    Stallningsval,
    Stegbesok,
    StruketForslag,
    Uppfoljningsforfragan,
    Uppfoljningsomgang,
)
from delprojekt.process.granser import HANDLING_DAGAR, plus_dagar
from delprojekt.process.lage import Beslutslage, Uppfoljningslage
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.process.steg import HUVUDLINJE
from delprojekt.queries.huvudmansbeslut import BESLUTSORDNING, in_force, is_decided, waits_for_paper
from delprojekt.queries.namn import is_representative
from delprojekt.queries.rader import rows, values

BESLUTAR = frozenset(HUVUDLINJE[6:])
"""Steps whose rules ask about decisions."""

_HAR = OuterRef("pk")
Read = dict[str, Any]
"""The columns of the one query."""


def beslut_columns(path: list[Stegbesok]) -> Read:
    """Return the latest beslutsförslag, and the decision in force with its answers and its follow-up, as columns."""
    return {"beslutsforslag": _proposal_column(path), "namndbeslut": _decision_column()}


def counting_visits(path: list[Stegbesok]) -> list[Stegbesok]:
    """Return the visits whose beslutsförslag counts.

    What was written before the group last had the report no longer counts; what nämnden sent back still does.
    """
    before = max((n for n, visit in enumerate(path) if visit.steg not in BESLUTAR), default=-1)
    return path[before + 1 :]


def _proposal_column(path: list[Stegbesok]) -> Any:
    versions = Beslutsforslag.objects.filter(delprojekt=_HAR, besok__in=[b.pk for b in counting_visits(path)])
    clauses = Attsats.objects.filter(beslutsforslag=_HAR)
    taken = Stallning.objects.filter(beslutsforslag=_HAR, besok=path[-1])
    proposals = Atgardsforslag.objects.filter(omgang=path[-1].omgang, struken_at=None).order_by("nummer")
    columns: Read = {
        "satser": rows(
            clauses,
            pk="pk",
            nummer="nummer",
            text="text",
            region="mottagare__slug",
            own="sjukvardsregional",
            atgardsforslag="atgardsforslag_id",
        ),
        "tagna": rows(taken, region="region__slug", val="val", skal="skal"),
        "bortvalda": values(StruketForslag.objects.filter(beslutsforslag=_HAR), "atgardsforslag_id"),
        "forslag": rows(proposals, pk="pk", nummer="nummer", rubrik="rubrik"),
    }
    latest: QuerySet[Any] = versions.order_by("-version").annotate(**columns)[:1]
    return rows(latest, version="version", barnets_basta="barnets_basta", **{name: F(name) for name in columns})


def _decision_column() -> Any:
    told = Huvudmansbeslut.objects.filter(handling__namndbeslut=_HAR)
    hinder = Inforandehinder.objects.filter(rekommendation__namndbeslut=_HAR)
    reported = Inforandestatus.objects.filter(rekommendation__namndbeslut=_HAR, region__isnull=False)
    columns: Read = {
        "riktade": rows(
            Rekommendation.objects.filter(namndbeslut=_HAR), pk="pk", region="mottagare__slug", own="sjukvardsregional"
        ),
        "svar": rows(
            told.order_by(*BESLUTSORDNING),
            region="handling__region__slug",
            region_pk="handling__region_id",
            rekommendation="rekommendation_id",
            utfall="utfall",
            fil="handling__fil",
            date="handling__date",
            granskning="handling__granskning",
            granskad="handling__granskad_at",
            inkommen="handling__inkommen_at",
            overklagan="handling__overklagan",
        ),
        "inforande": values(reported, "region__slug"),
        "hinder": rows(
            hinder.order_by("pk"), region="region__namn", punkt="rekommendation__nummer", text="text", lage="lage"
        ),
        "omgang": _round_column(),
    }
    decided: QuerySet[Any] = Namndbeslut.objects.filter(delprojekt=_HAR, aterkallat_at=None).annotate(**columns)
    return rows(decided, date="arende__mote__date", **{name: F(name) for name in columns})


def _round_column() -> Any:
    asked = Uppfoljningsforfragan.objects.filter(omgang=_HAR).order_by("pk")
    asked = asked.annotate(dold=is_representative(SYSTEM, "omgang__namndbeslut__delprojekt"))
    names = {"fornamn": "person__fornamn", "efternamn": "person__efternamn"}
    columns: Read = {
        "fragade": rows(
            asked, person="person_id", svar="svar", den="fragad_date", senast="svara_senast_date", dold="dold", **names
        ),
        "varden": values(Matvarde.objects.filter(omgang=_HAR), "pk"),
    }
    mine = Uppfoljningsomgang.objects.filter(namndbeslut=_HAR, aterkallad_at=None).order_by("-nummer")
    latest: QuerySet[Any] = mine.annotate(**columns)[:1]
    texts = {name: name for name in _TEXTER}
    days = {"frist": "frist_date", "raknas": "raknas_date", "fran": "fran_date"}
    return rows(latest, nummer="nummer", **days, **texts, **{name: F(name) for name in columns})


_TEXTER = ("insats", "effekt", "patientsynpunkter")


def beslut_of(read: Read) -> Beslutslage:
    """Return what is decided and told so far, from the columns."""
    latest, decided = read["beslutsforslag"][:1], read["namndbeslut"][:1]
    base = _forslag(latest[0]) if latest else Beslutslage()
    return _answers(decided[0], base) if decided else base


def _forslag(latest: Read) -> Beslutslage:
    clauses = _directed(latest["satser"])
    own_level = {clause["pk"] for clause in latest["satser"] if clause["own"]}
    all_directed = all(regions or pk in own_level for pk, regions in clauses.items())
    treated = {clause["atgardsforslag"] for clause in latest["satser"]} | set(latest["bortvalda"])
    return Beslutslage(
        version=latest["version"],
        attsatser=len(clauses),
        satser=tuple(text for _, text in sorted({(row["nummer"], row["text"]) for row in latest["satser"]})),
        stallningar={s["region"]: s["val"] for s in latest["tagna"]},
        vill_andra={s["region"]: s["skal"] for s in latest["tagna"] if s["val"] != Stallningsval.ENIG},
        forslag=len(latest["forslag"]),
        obehandlade=tuple(f"{f['nummer']}. {f['rubrik']}" for f in latest["forslag"] if f["pk"] not in treated),
        barnets_basta=bool(latest["barnets_basta"].strip()),
        mottagare=frozenset().union(*clauses.values()) if all_directed else frozenset(),
        sjukvardsregional=bool(own_level) and all_directed,
    )


def _directed(pairs: Iterable[Read]) -> dict[int, set[str]]:
    """Return to which regions each clause or recommendation is directed; one that nobody gets has an empty set."""
    found: dict[int, set[str]] = {}
    for pair in pairs:
        found.setdefault(pair["pk"], set()).update({pair["region"]} if pair["region"] else set())
    return found


def _in_force(told: Sequence[Read]) -> dict[str, dict[int, Huvudmansbeslut]]:
    """Return the outcomes that count, by region and recommendation."""
    names = {row["region_pk"]: row["region"] for row in told}
    found: dict[str, dict[int, Huvudmansbeslut]] = {}
    for (rek, region), row in in_force(_as_outcome(row) for row in told).items():
        found.setdefault(names[region], {})[rek] = row
    return found


def _as_outcome(row: Read) -> Huvudmansbeslut:
    paper = Beslutshandling(
        region_id=row["region_pk"],
        date=_day(row["date"]),
        fil=row["fil"],
        granskning=row["granskning"],
        granskad_at=datetime.fromisoformat(row["granskad"]) if row["granskad"] else None,
        inkommen_at=datetime.fromisoformat(row["inkommen"]),
        overklagan=row["overklagan"],
    )
    return Huvudmansbeslut(handling=paper, rekommendation_id=row["rekommendation"], utfall=row["utfall"])


def _answers(decision: Read, base: Beslutslage) -> Beslutslage:
    asked: dict[str, set[int]] = {}
    for rek, regions in _directed(decision["riktade"]).items():
        for region in regions:
            asked.setdefault(region, set()).add(rek)
    counting = _in_force(decision["svar"])
    done = {slug for slug, wanted in asked.items() if _all_decided(wanted, counting.get(slug, {}))}
    proved = {s for s in done if not any(waits_for_paper(row) for row in counting[s].values())}
    without = {s: since for s, cells in counting.items() if (since := _without_paper(cells.values()))}
    return replace(
        base,
        mottagare=frozenset(asked),
        sjukvardsregional=any(pair["own"] for pair in decision["riktade"]),
        har_beslutat=frozenset(done),
        har_svarat=frozenset(proved),
        handling_saknas={region: plus_dagar(since, HANDLING_DAGAR) for region, since in without.items()},
        beslutade={
            s: {rek: row.handling.date or date.min for rek, row in cells.items() if is_decided(row)}
            for s, cells in counting.items()
        },
        utan_handling=without,
        har_handling=frozenset(s for s, cells in counting.items() if any(c.handling.fil for c in cells.values())),
        ogranskade=frozenset(s for s, cells in counting.items() if any(_unread(row) for row in cells.values())),
        verifierade=frozenset(s for s in proved if all(_verified(row) for row in counting[s].values())),
        bifall=frozenset(s for s in proved if any(row.utfall in BIFALL for row in counting[s].values())),
        rapporterat_inforande=frozenset(decision["inforande"]),
        hinder=len(decision["hinder"]),
        oppna_hinder=tuple(
            f"{h['region']}, punkt {h['punkt']}: {h['text']}"
            for h in decision["hinder"]
            if h["lage"] not in HINDER_AVSLUTAT
        ),
        namndbeslut_date=_day(decision["date"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _all_decided(wanted: set[int], rows: dict[int, Huvudmansbeslut]) -> bool:
    return all(rek in rows and is_decided(rows[rek]) for rek in wanted)


def _unread(row: Huvudmansbeslut) -> bool:
    return bool(row.handling.fil) and row.handling.granskning == Granskning.VANTAR


def _verified(row: Huvudmansbeslut) -> bool:
    return row.handling.granskning == Granskning.GODKAND


def _without_paper(rows: Iterable[Huvudmansbeslut]) -> date | None:
    """Return since when a paper is missing: from the day the decision was told, or a wrong paper was sent back."""
    papers = [row.handling for row in rows if waits_for_paper(row)]
    asked = [timezone.localtime(paper.granskad_at or paper.inkommen_at).date() for paper in papers]
    return min(asked, default=None)


def uppfoljning_of(read: Read) -> Uppfoljningslage:
    """Return the round that counts now, from the columns: the latest of the decision in force."""
    found = [row for decision in read["namndbeslut"][:1] for row in decision["omgang"]]
    if not found:
        return Uppfoljningslage()
    current, asked = found[0], found[0]["fragade"]
    return Uppfoljningslage(
        nummer=current["nummer"],
        frist=_day(current["frist"]),
        raknas_fran=_day(current["raknas"] or current["fran"]),
        fragade=len(asked),
        obesvarade=tuple(_name(row) for row in asked if not row["svar"]),
        vantar_svar={
            row["person"]: date.fromisoformat(row["senast"]) if row["senast"] else None
            for row in asked
            if not row["svar"]
        },
        tillfragad={row["person"]: date.fromisoformat(row["den"]) for row in asked if not row["svar"]},
        tackat_nej=frozenset(row["person"] for row in asked if row["svar"] == "nej"),
        ifyllt=frozenset(name for name in _TEXTER if current[name].strip()),
        matvarden=len(current["varden"]),
    )


def _name(row: Read) -> str:
    """Return who is asked: a patient representative by role, as the rules' sentences are read by all (§6.4)."""
    return str(Roll.PATIENTFORETRADARE.label) if row["dold"] else f"{row['fornamn']} {row['efternamn']}".strip()
