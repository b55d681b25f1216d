"""The part of the Lage that is about decisions, introduction and follow-up (§5.4.3–5.8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from delprojekt.models import (
    BIFALL,
    HINDER_AVSLUTAT,
    Attsats,
    Beslutsforslag,
    Delprojekt,
    Granskning,
    Huvudmansbeslut,
    Inforandehinder,
    Inforandestatus,
    Namndbeslut,
    Rekommendation,
    Stallning,
    Stallningsval,
    Stegbesok,
    Uppdragsomgang,
    Uppfoljningsomgang,
)
from delprojekt.process.granser import HANDLING_DAGAR, plus_dagar
from delprojekt.process.lage import Beslutslage, Uppfoljningslage
from delprojekt.process.steg import HUVUDLINJE
from delprojekt.queries.huvudmansbeslut import in_force, is_decided, told, waits_for_paper

BESLUTAR = frozenset(HUVUDLINJE[6:])
"""Steps whose rules ask about decisions."""


def read_beslut(delprojekt: Delprojekt, path: list[Stegbesok]) -> Beslutslage:
    """Return what is decided and told so far. The number of queries does not depend on how much is stored."""
    current = path[-1]
    counting = [visit.pk for visit in counting_visits(path)]
    versions = Beslutsforslag.objects.filter(delprojekt=delprojekt, besok__in=counting).order_by("-version")
    latest = versions.first()
    base = _forslag(latest, current) if latest else Beslutslage(obehandlade=_obehandlade(current.omgang, None))
    decided = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None)
    found = decided.values_list("pk", "arende__mote__date").first()
    return _answers(*found, base) if found else base


def counting_visits(path: list[Stegbesok]) -> list[Stegbesok]:
    """Return the visits whose beslutsförslag counts.

    What was written before the group last had the report no longer counts; what nämnden sent back still does.
    """
    before = max((n for n, visit in enumerate(path) if visit.steg not in BESLUTAR), default=-1)
    return path[before + 1 :]


def _forslag(latest: Beslutsforslag, current: Stegbesok) -> Beslutslage:
    pairs = list(
        Attsats.objects.filter(beslutsforslag=latest).values_list("pk", "mottagare__slug", "sjukvardsregional")
    )
    clauses = _directed((pk, slug) for pk, slug, _ in pairs)
    own_level = {pk for pk, _, own in pairs if own}
    all_directed = all(regions or pk in own_level for pk, regions in clauses.items())
    taken = list(
        Stallning.objects.filter(beslutsforslag=latest, besok=current).values_list("region__slug", "val", "skal")
    )
    return Beslutslage(
        version=latest.version,
        attsatser=len(clauses),
        stallningar={region: val for region, val, _ in taken},
        vill_andra={region: reason for region, val, reason in taken if val != Stallningsval.ENIG},
        obehandlade=_obehandlade(current.omgang, latest),
        barnets_basta=bool(latest.barnets_basta.strip()),
        mottagare=frozenset().union(*clauses.values()) if all_directed else frozenset(),
        sjukvardsregional=bool(own_level) and all_directed,
    )


def _obehandlade(omgang: Uppdragsomgang | None, latest: Beslutsforslag | None) -> tuple[str, ...]:
    """Return the proposals of the report that no clause takes up and that are not struck (M5.4.3-2). One query."""
    if omgang is None or latest is None:
        return ()
    rows = omgang.atgardsforslag.filter(struken_at=None).order_by("nummer")
    return tuple(
        str(row) for row in rows.exclude(attsatser__beslutsforslag=latest).exclude(strukna__beslutsforslag=latest)
    )


def _directed(pairs: Iterable[tuple[int, str | None]]) -> dict[int, set[str]]:
    """Return to which regions each clause or recommendation is directed; one that nobody gets has an empty set."""
    found: dict[int, set[str]] = {}
    for pk, region in pairs:
        found.setdefault(pk, set()).update({region} if region else set())
    return found


def _answers(decided: int, day: date, base: Beslutslage) -> Beslutslage:
    pairs = list(
        Rekommendation.objects.filter(namndbeslut=decided).values_list("pk", "mottagare__slug", "sjukvardsregional")
    )
    asked: dict[str, set[int]] = {}
    for rek, regions in _directed((pk, slug) for pk, slug, _ in pairs).items():
        for region in regions:
            asked.setdefault(region, set()).add(rek)
    counting: dict[str, dict[int, Huvudmansbeslut]] = {}
    for (rek, _), row in in_force(told(decided)).items():
        counting.setdefault(row.handling.region.slug, {})[rek] = row
    done = {slug for slug, wanted in asked.items() if _all_decided(wanted, counting.get(slug, {}))}
    proved = {s for s in done if not any(waits_for_paper(row) for row in counting[s].values())}
    reported = Inforandestatus.objects.filter(rekommendation__namndbeslut=decided, region__isnull=False)
    hinder = Inforandehinder.objects.filter(rekommendation__namndbeslut=decided).exclude(lage__in=HINDER_AVSLUTAT)
    return replace(
        base,
        mottagare=frozenset(asked),
        sjukvardsregional=any(own for _, _, own in pairs),
        har_beslutat=frozenset(done),
        har_svarat=frozenset(proved),
        handling_saknas={s: due for s, rows in counting.items() if (due := _paper_due(rows.values()))},
        ogranskade=frozenset(s for s, rows in counting.items() if any(_unread(row) for row in rows.values())),
        verifierade=frozenset(s for s in proved if all(_verified(row) for row in counting[s].values())),
        bifall=frozenset(s for s in proved if any(row.utfall in BIFALL for row in counting[s].values())),
        rapporterat_inforande=frozenset(reported.values_list("region__slug", flat=True).distinct()),
        oppna_hinder=tuple(str(h) for h in hinder.select_related("region", "rekommendation").order_by("pk")),
        namndbeslut_date=day,
    )


def _all_decided(wanted: set[int], rows: dict[int, Huvudmansbeslut]) -> bool:
    return all(rek in rows and is_decided(rows[rek]) for rek in wanted)


def _unread(row: Huvudmansbeslut) -> bool:
    return bool(row.handling.fil) and row.handling.granskning == Granskning.VANTAR


def _verified(row: Huvudmansbeslut) -> bool:
    return row.handling.granskning == Granskning.GODKAND


def _paper_due(rows: Iterable[Huvudmansbeslut]) -> date | None:
    """Return when the first missing paper is due: 21 days after the decision was told, or a wrong paper sent back."""
    papers = [row.handling for row in rows if waits_for_paper(row)]
    asked = [timezone.localtime(paper.granskad_at or paper.inkommen_at).date() for paper in papers]
    return plus_dagar(min(asked), HANDLING_DAGAR) if asked else None


def read_uppfoljning(delprojekt: Delprojekt) -> Uppfoljningslage:
    """Return the round that counts now: the latest of the decision in force. Three queries, or one."""
    rows = Uppfoljningsomgang.objects.filter(
        namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None, aterkallad_at=None
    )
    current = rows.order_by("-nummer").first()
    if current is None:
        return Uppfoljningslage()
    asked = list(current.forfragningar.select_related("person").order_by("pk"))
    filled = {name for name in ("insats", "effekt", "patientsynpunkter") if getattr(current, name).strip()}
    return Uppfoljningslage(
        nummer=current.nummer,
        frist=current.frist_date,
        obesvarade=tuple(str(row.person) for row in asked if not row.svar),
        tackat_nej=frozenset(row.person_id for row in asked if row.svar == "nej"),
        ifyllt=frozenset(filled),
        matvarden=current.matvarden.count(),
    )
