"""What the portal prints of chapter 13: decisions, introduction, parameters, answers, hinders (template.md, §5.8)."""

from collections.abc import Iterable, Mapping

from delprojekt.documents.arbete import soft_results
from delprojekt.documents.plain import from_plain
from delprojekt.documents.source import Rows
from delprojekt.documents.tree import NO_ANSWER, Block, Facts, Html, Table
from delprojekt.models import BIFALL, Inforandehinder, Inforandestatus, Matvarde
from delprojekt.process.matning import Trend, andel
from delprojekt.process.tal import skriv_tal
from delprojekt.queries.huvudmansbeslut import is_decided
from delprojekt.queries.uppfoljning import Parameterrad

NOT_DECIDED, NOT_REPORTED, NOT_CONCERNED = "Inget beslut än", "Inte rapporterat", "Inte aktuellt"
NOT_MEASURED, NOT_ASSESSED = "Inte mätt", "Inte bedömd"
ALL_REGIONS = "Hela sjukvårdsregionen"
OWN_LEVEL: tuple[int | None, str] = (None, "Sjukvårdsregional nivå")
Cells = tuple[int, int | None]
"""A recommendation and a region by key; without a region the sjukvårdsregional level (M5.7-2)."""


def decisions(rows: Rows) -> Iterable[Block]:
    """Yield the nämnd's words, and what each region decided of each recommendation (13.1)."""
    decision = rows.decision
    if decision is None:
        return
    yield Facts((("Nämndens beslut", decision.nar_och_var),))
    yield Html(from_plain(decision.lydelse))
    outcome: dict[Cells, str] = {cell: str(row.get_utfall_display()) for cell, row in rows.outcomes.items()}
    outcome |= {(item.pk, None): "Genomförs av kansliet" for item in decision.rekommendationer.all()}
    terms: dict[Cells, str] = {cell: row.villkor for cell, row in rows.outcomes.items()}
    yield from _matrix("Regionernas beslut", rows, outcome, terms, NOT_DECIDED)


def introduction(rows: Rows) -> Iterable[Block]:
    """Yield how far each region has come with each recommendation, in its own words, and what was done (13.2)."""
    if rows.decision is None:
        return
    said = Inforandestatus.objects.filter(rekommendation__namndbeslut=rows.decision)
    reported: dict[Cells, Inforandestatus] = {
        (row.rekommendation_id, row.region_id): row for row in said.order_by("rapporterat_at", "pk")
    }
    state: dict[Cells, str] = {cell: str(row.get_lage_display()) for cell, row in reported.items()}
    decided = {cell: row for cell, row in rows.outcomes.items() if is_decided(row)}
    declined = {cell for cell, row in decided.items() if row.utfall not in BIFALL}
    asked = [(item.pk, region.pk) for item in rows.decision.rekommendationer.all() for region in item.mottagare.all()]
    state = {cell: NOT_DECIDED for cell in asked if cell not in decided} | state
    notes = {cell: row.kommentar for cell, row in reported.items() if cell not in declined}
    yield from _matrix(
        "Införandet per region", rows, state | dict.fromkeys(declined, NOT_CONCERNED), notes, NOT_REPORTED
    )
    if rows.followed and rows.followed.omgang.insats:
        yield Facts((("Vad som har gjorts", rows.followed.omgang.insats),))


def _matrix(
    caption: str, rows: Rows, cells: Mapping[Cells, str], notes: Mapping[Cells, str], missing: str
) -> Iterable[Block]:
    """Yield recommendations × regions, and the notes that do not fit in a cell."""
    recommendations = list(rows.decision.rekommendationer.all()) if rows.decision else []
    columns: list[tuple[int | None, str]] = [*rows.regions]
    columns += [OWN_LEVEL] if any(item.sjukvardsregional for item in recommendations) else []
    lines, remarks = [], []
    for item in recommendations:
        asked = {region.pk for region in item.mottagare.all()} | ({None} if item.sjukvardsregional else set())
        answers = [cells.get((item.pk, pk), missing) if pk in asked else NO_ANSWER for pk, _ in columns]
        lines.append((f"{item.nummer}. {item.text}", *answers))
        remarks += [(f"{name}, punkt {item.nummer}", notes.get((item.pk, pk), "")) for pk, name in columns]
    if lines:
        yield Table(caption, ("Rekommendation", *(name for _, name in columns)), tuple(lines))
    if any(text for _, text in remarks):
        yield Facts(tuple((label, text) for label, text in remarks if text))


def measured(rows: Rows) -> Iterable[Block]:
    """Yield each parameter's start, latest value and goal, per region and for all of them, and the effect (13.3)."""
    followed = rows.followed
    if followed is None:
        return
    if any(line.matvarden for line in followed.parametrar):
        header = ("Parameter", "Avser", "Utgångsvärde", "Nu", "Mål", "Period", "Bedömning")
        lines = tuple(cells for line in followed.parametrar for cells in _values(line))
        sources = dict.fromkeys(m.kalla.rstrip(".") for line in followed.parametrar for m in line.matvarden if m.kalla)
        yield Table("Parametrarna: utgångsvärde, nu och mål", header, lines, "; ".join(sources))
    if followed.bedomda:
        reached = f"{followed.antal_hogsta} av {followed.bedomda} bedömda parametrar är på högsta nivån."
        yield Facts((("Måluppfyllelse", f"{followed.malstatus.label}. {reached}"),))
    if followed.omgang.effekt:
        yield Facts((("Vad det har gett", followed.omgang.effekt),))


def _values(line: Parameterrad) -> Iterable[tuple[str, ...]]:
    """Yield one row for the whole sjukvårdsregion, then one for each region: a region's value is not all's (I-3)."""
    one = line.parameter
    latest = {m.region_id: m for m in line.matvarden}
    order = {m.pk: (m.region.ordning, m.region.slug) for m in latest.values() if m.region}
    regions = sorted((m for m in latest.values() if m.pk in order), key=lambda m: order[m.pk])
    shown: list[Matvarde | None] = [line.senaste, *regions] if line.senaste or not regions else [*regions]
    for value in shown:
        start, goal = one.utgangsvarde_i_ord or NO_ANSWER, one.malvarde_i_ord or NO_ANSWER
        where = value.region.kortnamn if value and value.region else ALL_REGIONS
        now = skriv_tal(value.varde, one.enhet) if value else NOT_MEASURED
        period = value.period if value else NO_ANSWER
        yield (one.namn, where, start, now, goal, period, _verdict(line, value))


def _verdict(line: Parameterrad, value: Matvarde | None) -> str:
    level = (value.niva if value else "") or NOT_ASSESSED
    moved = value is not None and value.region_id is None and line.trend is not Trend.OKAND
    return f"{level}, {str(line.trend.label).lower()}" if moved else level


def answers(rows: Rows) -> Iterable[Block]:
    """Yield how many answered the questionnaire, and how many managers were in contact (13.4)."""
    if rows.followed is None:
        return
    row = rows.followed.omgang
    told = (("Enkät", row.enkat_svar, row.enkat_fragade), ("Kontakt med chefer", row.chefer_svar, row.chefer_fragade))
    pairs = tuple(
        (label, f"{given} av {asked} svarade ({share}\N{NO-BREAK SPACE}%).")
        for label, given, asked in told
        if (share := andel(given, asked)) is not None
    )
    if pairs:
        yield Facts(pairs)


def patients(rows: Rows) -> Iterable[Block]:
    """Yield what patients and next of kin say (13.5, I-14)."""
    if rows.followed and rows.followed.omgang.patientsynpunkter:
        yield Html(from_plain(rows.followed.omgang.patientsynpunkter))


def hinders(rows: Rows) -> Iterable[Block]:
    """Yield what stood in the way in the regions and with whom it lies, and the group's soft results (13.6)."""
    if rows.decision is None:
        return
    found = Inforandehinder.objects.filter(rekommendation__namndbeslut=rows.decision)
    lines = tuple(
        (row.region.kortnamn, str(row.rekommendation.nummer), row.text, str(row.get_lage_display()))
        for row in found.select_related("region", "rekommendation").order_by("region__ordning", "pk")
    )
    if lines:
        yield Table("Hinder i införandet", ("Region", "Punkt", "Vad som hindrar", "Läge"), lines)
    yield from soft_results(rows)
