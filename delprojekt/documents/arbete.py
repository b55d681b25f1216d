"""What the portal prints of the group's work: facts, conclusions, proposals with costs, plan, choices (§5.2–5.4.1)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.utils.timezone import localdate

from delprojekt.documents.plain import from_plain
from delprojekt.documents.source import Rows
from delprojekt.documents.tree import Block, Facts, Proposal, Table
from delprojekt.models import (
    Atgardsforslag,
    Faktauppgift,
    Gruppmote,
    Kalkylrad,
    Kostnadsslag,
    Slutsats,
    Uppdelning,
    Uppdragspunkt,
    Uppfoljningsparameter,
    Vagval,
    Vagvalsslag,
)
from delprojekt.process.datum import skriv
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, SAMLADE_SLUTSATSER
from delprojekt.process.matning import Riktning
from delprojekt.process.roller import SYSTEM
from delprojekt.process.tal import skriv_tal
from delprojekt.queries.arbete import parameter_rows

M = TypeVar("M", bound=Model)
COSTS = ("Region", "Kostnad", "Belopp, tkr", "Antagande")
"""The heads of a proposal's calculation; its last rows are the sums, one per kind of cost."""
CostLine = tuple[str, Kostnadsslag, int]
"""Whose cost, of which kind, and how many tkr."""
ALL_REGIONS, SHARED = "Hela sjukvårdsregionen", "Gemensamt"


def facts(rows: Rows, nyckel: str) -> Iterator[Block]:
    """Yield the facts of a nuläge section as a table with sources (M5.2-3)."""
    lines = [row for row in rows.facts if row.avsnitt == nyckel] if nyckel.startswith(NULAGE_PREFIX) else []
    if lines:
        header = ("Påstående", "Region", "Värde", "Period", "Källa")
        yield Table("Fakta om nuläget", header, tuple(_fact(row) for row in lines))


def _living(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.filter(struken_at=None)


def _fact(row: Faktauppgift) -> tuple[str, ...]:
    where = row.region.kortnamn if row.region else ALL_REGIONS
    source = ", ".join(text for text in (str(row.get_kalla_display()), row.kalla_text) if text)
    taken = f"uttag {skriv(row.uttag_date)}" if row.uttag_date else ""
    return (
        row.pastaende,
        f"{where} ({row.avser})" if row.avser else where,
        skriv_tal(row.varde, row.enhet),
        row.period,
        ", ".join(text for text in (source, taken) if text),
    )


def conclusions(rows: Rows, nyckel: str) -> Iterator[Block]:
    """Yield the conclusions: after their own section, or all of them where they are gathered (M5.3-6)."""
    if not nyckel.startswith(ANALYS_PREFIX):
        return
    found = rows.conclusions
    if rows.omgang.slutsatser_samlade:
        found = found if nyckel == SAMLADE_SLUTSATSER else []
    else:
        found = [row for row in found if row.avsnitt == nyckel]
    if found:
        yield Facts(tuple((f"Slutsats {row.nummer}", row.text) for row in found))


def proposals(rows: Rows) -> Iterator[Block]:
    """Yield each proposal as a box with all that §5.4 asks for."""
    costs = Prefetch("kalkylrader", Kalkylrad.objects.filter(struken_at=None).select_related("region").order_by("pk"))
    found = rows.omgang.atgardsforslag.filter(struken_at=None).order_by("nummer")
    costed: list[list[CostLine]] = []
    for row in found.prefetch_related(costs, "slutsatser", "punkter"):
        yield _proposal(row)
        mine = row.kalkylrader.all()
        costed.append([(k.region.kortnamn if k.region else SHARED, Kostnadsslag(k.slag), k.belopp_tkr) for k in mine])
    if total := total_costs(costed):
        yield total


def total_costs(proposals: Iterable[Sequence[CostLine]]) -> Table | None:
    """Return what all proposals cost, region by region, the first year and every year (M5.4-5).

    In: the lines of each proposal. Out: None when there is nothing to sum up: one payer of one proposal, or no lines.
    What is paid once is paid the first year.
    """
    costed = [lines for lines in proposals if lines]
    sums: dict[str, dict[Kostnadsslag, int]] = {}
    for region, kind, tkr in (line for lines in costed for line in lines):
        mine = sums.setdefault(region, dict.fromkeys(Kostnadsslag, 0))
        mine[kind] += tkr
    if len(costed) < 2 and len(sums) < 2:
        return None
    total = {kind: sum(mine[kind] for mine in sums.values()) for kind in Kostnadsslag}
    order = sorted(sums, key=lambda region: region == SHARED)
    cells = [_by_year(region, sums[region]) for region in order] + ([_by_year("Summa", total)] if len(sums) > 1 else [])
    header = ("Region", "En gång, tkr", "Varje år, tkr", "Första året, tkr")
    return Table("Kostnad för alla åtgärdsförslag", header, tuple(cells), "arbetsgruppens grova kalkyler")


def _by_year(region: str, tkr: dict[Kostnadsslag, int]) -> tuple[str, ...]:
    once, yearly = tkr[Kostnadsslag.ENGANG], tkr[Kostnadsslag.ARLIG]
    return (region, skriv_tal(once), skriv_tal(yearly), skriv_tal(once + yearly))


def _proposal(row: Atgardsforslag) -> Proposal:
    risk = " – ".join(text for text in (str(row.get_undantrangning_display()), row.undantrangning_text) if text)
    discussed = (row.diskuterat_med, skriv(row.diskuterat_date) if row.diskuterat_date else "")
    lines = list(row.kalkylrader.all())
    return Proposal(
        nummer=row.nummer,
        rubrik=row.rubrik,
        text=from_plain(row.text),
        vem=row.vem,
        nar=row.nar,
        rimlighet=from_plain(row.rimlighet),
        genomforbarhet=from_plain(row.genomforbarhet),
        narliggande=from_plain(row.narliggande),
        undantrangning=from_plain(risk),
        kalkyl=from_plain(_basis(row)) if lines or row.kalkyl_text else "",
        kalkyltabell=_costs(row, lines),
        diskuterat=", ".join(text for text in discussed if text),
        bakom=_behind(row),
        slutsatser=_numbers(row.slutsatser.all()),
        uppdragspunkter=_numbers(row.punkter.all()),
    )


def _numbers(rows: Iterable[Slutsats | Uppdragspunkt]) -> str:
    return ", ".join(str(n) for n in sorted(row.nummer for row in rows if row.struken_at is None))


def _behind(row: Atgardsforslag) -> str:
    stood = f"Arbetsgruppen {skriv(row.bakom_date)}" if row.bakom_date else ""
    dissent = f"Avvikande mening: {row.avvikande}" if row.avvikande else ""
    return ". ".join(text for text in (stood, dissent) if text)


def cost_sums(lines: Iterable[Kalkylrad]) -> dict[Kostnadsslag, int]:
    """Return the sum per kind of cost, only of the kinds that there are (M5.4-5)."""
    sums: dict[Kostnadsslag, int] = {}
    for line in lines:
        kind = Kostnadsslag(line.slag)
        sums[kind] = sums.get(kind, 0) + line.belopp_tkr
    return {kind: sums[kind] for kind in Kostnadsslag if kind in sums}


def costs_in_words(lines: Iterable[Kalkylrad]) -> str:
    """Return the sums: ``760 tkr per år och 120 tkr en gång``; empty without lines."""
    unit = {Kostnadsslag.ARLIG: "per år", Kostnadsslag.ENGANG: "en gång"}
    return " och ".join(f"{skriv_tal(tkr, 'tkr')} {unit[kind]}" for kind, tkr in cost_sums(lines).items())


def _basis(row: Atgardsforslag) -> str:
    total = costs_in_words(row.kalkylrader.all())
    basis = f"Räknat som {str(row.get_kostnadsbas_display()).lower()}."
    helped = f"Ekonom: {row.ekonom}." if row.ekonom else ""
    return " ".join(text for text in (f"{total}." if total else "", basis, row.kalkyl_text, helped) if text)


def _costs(row: Atgardsforslag, lines: list[Kalkylrad]) -> Table | None:
    if not lines:
        return None
    cells = [
        (
            line.region.kortnamn if line.region else SHARED,
            str(line.get_slag_display()),
            skriv_tal(line.belopp_tkr),
            line.antagande,
        )
        for line in lines
    ]
    sums = [("Summa", str(kind.label), skriv_tal(tkr), "") for kind, tkr in cost_sums(lines).items()]
    source = f"arbetsgruppens grova kalkyl{f', med stöd av {row.ekonom}' if row.ekonom else ''}"
    return Table(f"Grov kalkyl för åtgärdsförslag {row.nummer}", COSTS, (*cells, *sums), source)


def plan(rows: Rows) -> Iterator[Block]:
    """Yield how, when and by whom the follow-up is made, and the parameters: values, then what each one means."""
    found = getattr(rows.omgang, "plan", None)
    if found is None:
        return
    said = (("Hur", found.hur), ("När", found.nar), ("Av vem", found.vem))
    if pairs := tuple((label, text) for label, text in said if text):
        yield Facts(pairs)
    parameters = parameter_rows(SYSTEM, rows.omgang)
    if parameters:
        header = ("Parameter", "Källa", "Utgångsvärde", "Mål", "Mäts")
        yield Table("Parametrar för uppföljningen", header, tuple(_values(row) for row in parameters))
        yield from _meaning(parameters)


def levels_in_words(row: Uppfoljningsparameter) -> str:
    """Return the levels, worst first: ``Röd från 0 %, Gul från 70 %, Grön från 90 %``."""
    word = "högst" if row.riktning == Riktning.LAGRE else "från"
    limits = [f" {word} {skriv_tal(limit, row.enhet)}" for limit in row.granser] or [""] * len(row.nivaer)
    return ", ".join(f"{name}{limit}" for name, limit in zip(row.nivaer, limits, strict=True))


def _values(row: Uppfoljningsparameter) -> tuple[str, ...]:
    return (row.namn, row.kalla, row.utgangsvarde_i_ord, row.malvarde_i_ord, str(row.get_frekvens_display()).lower())


def _meaning(parameters: list[Uppfoljningsparameter]) -> Iterator[Block]:
    described = tuple((row.namn, text) for row in parameters if (text := described_in_words(row)))
    if described:
        yield Facts(described)


def described_in_words(row: Uppfoljningsparameter) -> str:
    """Return what a parameter means, one thing per line; what is not said is left out."""
    share = f"{row.taljare} delat med {row.namnare}" if row.taljare and row.namnare else row.taljare
    library = " ".join(text for text in (row.bibliotek, f"nr {row.bibliotek_nr}" if row.bibliotek_nr else "") if text)
    split = ", ".join(str(Uppdelning(key).label).lower() for key in row.uppdelning)
    parts = (
        ("", row.definition),
        ("Beräknas som ", share),
        ("Mäts genom ", row.matmetod),
        ("Indikator: ", library),
        ("", str(row.get_riktning_display()) if row.nivaer or row.malvarde is not None else ""),
        ("Nivåer: ", levels_in_words(row)),
        ("Gäller för: ", str(row.get_geografi_display()).lower()),
        ("Delas upp efter ", split),
        ("Hör till målet: ", str(row.get_malsattning_display())),
        ("Följer upp åtgärdsförslag ", ", ".join(map(str, getattr(row, "forslagsnummer", ())))),
    )
    return "\n".join(f"{label}{text.rstrip('.')}." for label, text in parts if text)


def choices(rows: Rows) -> Iterator[Block]:
    """Yield the group's choices and soft results, when it met, what support it had and what was told of the work (M5-3,
    M5-4, M5-5, M6.1-2, M6.6-1). Notes stay in the portal.
    """
    found = list(_living(Vagval.objects.filter(omgang=rows.omgang)).order_by("date", "pk"))
    for kind in Vagvalsslag:
        if group := [row for row in found if row.slag == kind]:
            yield from _log(kind, group)
    met = _living(Gruppmote.objects.filter(omgang=rows.omgang, date__lte=rows.day)).order_by("date")
    if days := [skriv(day) for day in met.values_list("date", flat=True)]:
        yield Facts((("Arbetsgruppens möten", ", ".join(days)),))
    yield from _support_and_information(rows)


def _support_and_information(rows: Rows) -> Iterator[Block]:
    came = _living(rows.omgang.stodbegaranden.filter(mottagen_date__lte=rows.day)).order_by("mottagen_date", "pk")
    support = [f"{row.get_omrade_display()}: {row.vad} ({row.mottagare})" for row in came]
    plan = rows.delprojekt.insatser.filter(klar_date__lte=rows.day)
    if rows.omgang.nummer > 1:  # what was told of an earlier round stands in its report
        plan = plan.filter(klar_date__gte=localdate(rows.omgang.oppnad_at))
    told = _living(plan).order_by("klar_date", "pk")
    information = [f"{row.vad}, {skriv(row.klar_date)}" for row in told if row.klar_date]
    pairs = (("Stöd som gruppen har fått", support), ("Information om arbetet", information))
    if any(lines for _, lines in pairs):
        yield Facts(tuple((label, "\n".join(lines)) for label, lines in pairs if lines))


def soft_results(rows: Rows) -> Iterator[Block]:
    """Yield the soft results that the group noted on its way (M5-5), for those who follow up."""
    found = _living(Vagval.objects.filter(omgang=rows.omgang, slag=Vagvalsslag.MJUKT_RESULTAT)).order_by("date", "pk")
    if group := list(found):
        yield from _log(Vagvalsslag.MJUKT_RESULTAT, group)


def _log(kind: Vagvalsslag, rows: list[Vagval]) -> Iterator[Block]:
    if kind is Vagvalsslag.MJUKT_RESULTAT:
        yield Table("Mjuka resultat", ("Datum", "Resultat"), tuple((f"{r.date:%Y-%m-%d}", r.text) for r in rows))
        return
    lines = tuple((f"{row.date:%Y-%m-%d}", row.text, row.alternativ, row.varfor) for row in rows)
    yield Table("Vägval och prioriteringar", ("Datum", "Vad gruppen valde", "Valdes bort", "Varför"), lines)
