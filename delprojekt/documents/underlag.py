"""The underlag for start (§5.1.2): one or two pages made of the förslag's fields and what beredningen gave."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from delprojekt.documents.plain import from_plain
from delprojekt.documents.tree import NO_ANSWER, Block, Chapter, Document, Empty, Facts, Html, Slag, Table
from delprojekt.models import (
    Beredningskontakt,
    Beslutsriktning,
    Delprojekt,
    Deltagande,
    Faktumrad,
    Innehav,
    Kriterium,
    Malsattning,
    Organkoppling,
    Projektforslag,
)
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.roller import Roll

_PROPOSALS = {
    Beslutsriktning.UPPSTART: "Kansliet föreslår att ledningsgruppen beslutar om uppstart.",
    Beslutsriktning.AVSLAG: "Kansliet föreslår att ledningsgruppen avslår förslaget.",
    Beslutsriktning.AVVAKTA: "Kansliet föreslår att ledningsgruppen avvaktar med förslaget.",
}
NOT_WRITTEN = "Inte skrivet än."


def build_underlag(delprojekt: Delprojekt, *, now: datetime, status_line: str) -> Document:
    """Return the underlag as the rows stand: a draft without version. The number of queries does not grow."""
    day = timezone.localdate(now)
    parts = list(delprojekt.deltaganden.select_related("region").order_by("region__ordning", "region__slug"))
    return Document(
        slag=Slag.UNDERLAG,
        title=delprojekt.benamning,
        number=None if delprojekt.nummer is None else str(delprojekt.nummer),
        part=delprojekt.delnummer,
        version="",
        status_line=status_line,
        is_draft=True,
        date=day,
        dnr="",
        responsible="",
        contact=_contact(delprojekt),
        regions=tuple(p.region.kortnamn for p in parts if p.status == "deltar"),
        chapters=tuple(_chapters(delprojekt, parts)),
    )


def _contact(delprojekt: Delprojekt) -> str:
    rows = Innehav.objects.filter(delprojekt=delprojekt, roll=Roll.KONTAKTPERSON, till_date=None)
    return "; ".join(str(row.person) for row in rows.select_related("person"))


def _chapters(delprojekt: Delprojekt, parts: list[Deltagande]) -> Iterator[Chapter]:
    forslag = delprojekt.forslag
    proposal = _PROPOSALS.get(Beslutsriktning(forslag.forslag_till_beslut)) if forslag.forslag_till_beslut else ""
    yield _text("beslut", "Förslag till beslut", proposal or "")
    yield _text("problem", "Problem som ska lösas", forslag.problem)
    yield Chapter("syfte", "", "Syfte, mål och förväntat utfall", (_aims(forslag),))
    yield Chapter("samverkan", "", "Vad samverkan ger", (_effects(forslag),))
    yield Chapter("behov", "", "Så angeläget är det för regionerna", (_needs(parts),))
    yield Chapter("beredning", "", "Beredning", tuple(_asked(delprojekt)))
    yield _text("resurser", "Resursbehov", forslag.resursbehov)


def _text(key: str, heading: str, text: str) -> Chapter:
    block: Block = Html(from_plain(text)) if text else Empty(NOT_WRITTEN)
    return Chapter(key, "", heading, (block,))


def _aims(forslag: Projektforslag) -> Facts:
    said = (("Syfte", forslag.syfte), ("Mål", forslag.mal), ("Förväntat utfall", forslag.forvantat_utfall))
    return Facts(tuple((label, text or NOT_WRITTEN) for label, text in said))


def _effects(forslag: Projektforslag) -> Facts:
    tags = [str(Kriterium(one).label) for one in forslag.kriterier]
    tags += [
        word for word, on in (("omfördelning", forslag.omfordelning), ("koncentrering", forslag.koncentrering)) if on
    ]
    pairs = (
        ("Positiva effekter", forslag.effekter or NOT_WRITTEN),
        ("Målsättning", "\n".join(str(Malsattning(one).label) for one in forslag.malsattningar)),
        ("Området rör", ", ".join(tags)),
        ("Patientflöde", forslag.patientflode),
        ("Barnets bästa", forslag.barnets_basta),
        ("Priser", "Priser eller ersättningar påverkas." if forslag.paverkar_priser else ""),
        ("Storlek", "Större delprojekt" if forslag.storre else ""),
    )
    return Facts(tuple((label, text) for label, text in pairs if text))


def _needs(parts: list[Deltagande]) -> Table:
    return Table(
        caption="Regionernas behov",
        header=("Region", "Angeläget", "Deltagande", "Enligt"),
        rows=tuple((p.region.namn, _word(p.angelaget), p.get_status_display(), _said(p)) for p in parts),
    )


def _word(answer: bool | None) -> str:
    return {True: "Ja", False: "Nej", None: "Inget svar"}[answer]


def _said(part: Deltagande) -> str:
    who = ", ".join(text for text in (part.sagt_av, part.sagt_roll) if text)
    when = skriv(part.sagt_date) if part.sagt_date else ""
    said = " ".join(text for text in (who, when) if text)
    return "\n".join(text for text in (said, part.kommentar) if text) or NO_ANSWER


def _asked(delprojekt: Delprojekt) -> Iterator[Block]:
    rows = Beredningskontakt.objects.filter(delprojekt=delprojekt).select_related("organ").order_by("fragad_date", "pk")
    contacts = tuple((row.namn, row.fraga, row.svar or "Inget svar än") for row in rows)
    if contacts:
        yield Table(caption="Kontakter i beredningen", header=("Instans", "Fråga", "Svar"), rows=contacts)
    facts = tuple(_facts(delprojekt))
    yield Facts(facts) if facts else Empty("Samarbetsgruppen har inte hörts än.")


def _facts(delprojekt: Delprojekt) -> Iterator[tuple[str, str]]:
    links = Organkoppling.objects.filter(delprojekt=delprojekt, struken_at=None).select_related("organ")
    if names := sorted(str(row) for row in links):
        yield "Berör", "\n".join(names)
    heard = Faktumrad.objects.filter(
        delprojekt=delprojekt, slag=Faktumslag.SAMARBETSGRUPPEN_AVSTAMD, ersatt_av=None
    ).order_by("date", "pk")
    if latest := heard.last():
        yield "Samarbetsgruppen", f"{skriv(latest.date)}: {latest.text}"
