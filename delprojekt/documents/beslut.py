"""What is decided, in words that can be moved into the minutes: beslutsförslag and nämndens beslut (§5.4.3, §5.5)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from delprojekt.documents.draft import build_draft, participation
from delprojekt.documents.plain import from_plain
from delprojekt.documents.tree import Block, Chapter, Document, Empty, Facts, Html, NumberedPoints, Slag, Table
from delprojekt.models import Attsats, Beslutsforslag, Delprojekt, Namndbeslut, Rekommendation
from delprojekt.process.ordning import uppraknat

NO_PROPOSAL = "Beslutsförslaget är inte skrivet än."
OWN_LEVEL = "sjukvårdsregional nivå"


def decided(decision: Namndbeslut) -> Chapter:
    """Return the chapter that stands first in the slutrapport that nämnden has approved: its decision (M5.5-3)."""
    body = decision.arende.mote.organ if decision.arende else "Södra regionvårdsnämnden"
    recommended = decision.rekommendationer.prefetch_related("mottagare").order_by("nummer")
    blocks: tuple[Block, ...] = (
        Facts((("Beslutat av", f"{body}, {decision.nar_och_var}"),)),
        *_clauses(decision.delprojekt, recommended),
        Facts((("Lydelse i protokollet", decision.lydelse),)),
    )
    return Chapter("namndens_beslut", "", "Beslut", blocks)


def build_beslutsforslag(delprojekt: Delprojekt, *, now: datetime, status_line: str) -> Document:
    """Return ledningsgruppen's latest beslutsförslag: the clauses first, then what nämnden needs to know of them."""
    rows = Beslutsforslag.objects.filter(delprojekt=delprojekt).prefetch_related("attsatser__mottagare")
    latest = rows.order_by("-version").first()
    parts, chapters = participation(delprojekt), _chapters(delprojekt, latest)
    return build_draft(Slag.BESLUTSFORSLAG, delprojekt, parts, chapters, now=now, status_line=status_line)


def _chapters(delprojekt: Delprojekt, latest: Beslutsforslag | None) -> Iterator[Chapter]:
    if latest is None:
        yield Chapter("beslut", "", "Förslag till beslut", (Empty(NO_PROPOSAL),))
        return
    clauses = sorted(latest.attsatser.all(), key=lambda clause: clause.nummer)
    yield Chapter("beslut", "", "Förslag till beslut", tuple(_clauses(delprojekt, clauses)))
    if latest.barnets_basta:
        yield Chapter("barnets_basta", "", "Barnets bästa", (Html(from_plain(latest.barnets_basta)),))
    struck = latest.strukna.select_related("atgardsforslag").order_by("atgardsforslag__nummer")
    lines = tuple((f"{row.atgardsforslag.nummer}. {row.atgardsforslag.rubrik}", row.skal) for row in struck)
    if lines:
        table = Table("Åtgärdsförslag som inte är med", ("Arbetsgruppens förslag", "Varför"), lines)
        yield Chapter("strukna", "", "Vad ledningsgruppen har lämnat utanför", (table,))


def _clauses(delprojekt: Delprojekt, rows: Iterable[Attsats] | Iterable[Rekommendation]) -> Iterator[Block]:
    yield Html(from_plain(approves(delprojekt.sjukvardsregion.beslutsformel)))
    yield NumberedPoints(tuple(f"{row.text.rstrip('.')} (riktas till {_addressees(row)})" for row in rows))


def approves(formula: str) -> str:
    """Return the formula of a recommendation with the approval that nämnden gives first.

    >>> approves("Södra regionvårdsnämnden rekommenderar regionerna att")
    'Södra regionvårdsnämnden godkänner slutrapporten och rekommenderar regionerna att'
    """
    words = formula.split()
    return " ".join([*words[:-3], "godkänner slutrapporten och", *words[-3:]])


def _addressees(row: Attsats | Rekommendation) -> str:
    found = sorted(row.mottagare.all(), key=lambda region: (region.ordning, region.slug))
    names = [region.kortnamn for region in found] + ([OWN_LEVEL] if row.sjukvardsregional else [])
    return uppraknat(names)
