"""The tabs of a delprojekt: each returns what stands there, as seen by the one who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from delprojekt.models import (
    RAKNAS_MED,
    Avsnitt,
    Avsnittsuppgift,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Deltagande,
    Dokumentjobb,
    Dokumentversion,
    Faktumrad,
    Format,
    Granskning,
    Innehav,
    Mallavsnitt,
    Namndbeslut,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.mall import utelamnas_med
from delprojekt.process.ordning import swedish
from delprojekt.process.roller import I_DELPROJEKT, Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import KANDA_ROLLER, Noun, ser, ser_fakta
from delprojekt.process.uppgift import Uppgiftslag
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for
from delprojekt.queries.formular import latest_beslutsforslag, namndbeslut_for
from delprojekt.queries.namn import DOLT_NAMN, inside, unnamed
from delprojekt.queries.uppgift import Rattbar, rows_of


def participants(actor: Actor, delprojekt: Delprojekt) -> list[Deltagande]:
    """Return how each region takes part, in the order of the regions."""
    return list(Deltagande.objects.filter(delprojekt=delprojekt).select_related("region").order_by("region__ordning"))


def facts(
    actor: Actor, delprojekt: Delprojekt, *slag: Faktumslag, path: list[Stegbesok] | None = None
) -> list[Faktumrad]:
    """Return the facts of some kinds (or all) that the actor may read, newest first; replaced and undone are left out.

    ``path`` is the living visits, if they are already read; then it is one query.
    """
    living = [visit.pk for visit in (levande_for(delprojekt) if path is None else path)]
    rows = Faktumrad.objects.filter(delprojekt=delprojekt, besok__in=living, ersatt_av=None)
    shown = ser_fakta(actor, delprojekt.pk, Steg(delprojekt.steg))
    rows = rows.filter(slag__in=shown & set(slag) if slag else shown)
    rows = rows.select_related("arende__mote__organ", "region", "registrerat_av", "ersatter")
    return list(rows.order_by("-date", "-pk"))


def correctable(actor: Actor, delprojekt: Delprojekt) -> list[tuple[Uppgiftslag, Rattbar]]:
    """Return every row that can be corrected, by kind, newest first. The number of queries does not grow with them."""
    return [(slag, row) for slag, rows in rows_of(actor, delprojekt).items() for row in rows.order_by("-pk")]


def people(actor: Actor, delprojekt: Delprojekt) -> list[dict[str, Any]]:
    """Return who holds a role in the delprojekt now, by surname as Swedes sort; where it was broken off, also the group
    that was dismissed with it (T42).

    Who may not know who is in the group sees whom to ask: the contact person, and who proposed it.
    The name of a patient representative is shown only to the group and its contact person (architecture.md §5), and
    so is where somebody with skyddade uppgifter works.
    """
    shown = I_DELPROJEKT if _sees(actor, Noun.ARBETSGRUPP, delprojekt) else KANDA_ROLLER
    dismissed = Q(avslutat_i__isnull=False, fran_date__lte=F("till_date"))  # not who had yet to begin
    rows = Innehav.objects.filter(gallande() | dismissed, delprojekt=delprojekt, roll__in=shown).select_related(
        "person", "region", "ersattare_for__person"
    )
    found = []
    hidden_people = unnamed(actor, delprojekt)
    for row in rows.order_by("pk"):
        hidden = row.person_id in hidden_people
        name = DOLT_NAMN if hidden else str(row.person)
        closed = row.person.skyddade_uppgifter and not inside(actor, delprojekt)
        region = row.region.namn if row.region and not closed else ""
        order = (list(Roll).index(Roll(row.roll)), bool(row.ersattare_for), swedish(row.person.efternamn))
        found.append({"namn": name, "dold": hidden, "roll": _role(row, hidden_people), "region": region, "sort": order})
    return sorted(found, key=lambda item: item["sort"])


def _sees(actor: Actor, noun: Noun, delprojekt: Delprojekt) -> bool:
    return ser(actor, noun, delprojekt.pk, Steg(delprojekt.steg))


def _role(row: Innehav, hidden: frozenset[int]) -> str:
    """Return a role in words; a substitute is called so, and for whom, and who was dismissed is."""
    label = str(Roll(row.roll).label) + (", entledigad" if row.avslutat_i_id else "")
    if row.ersattare_for is None:
        return label
    replaced = row.ersattare_for.person
    name = str(Roll.PATIENTFORETRADARE.label).lower() if replaced.pk in hidden else str(replaced)
    return f"{label}, ersättare för {name}"


def documents(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None) -> list[Dokumentversion]:
    """Return the frozen documents of an omgång (None: those that belong to none), newest first.

    Each with its PDF: the job's key and the number of pages (``pdf``, ``sidor``). One query; the texts stay behind.
    """
    files = Dokumentjobb.objects.filter(dokument=OuterRef("pk"), format=Format.PDF).order_by("pk")
    rows = Dokumentversion.objects.filter(delprojekt=delprojekt, omgang=omgang).defer("trad").select_related("handelse")
    return list(rows.annotate(pdf=_first(files, "pk"), sidor=_first(files, "sidor")).order_by("-pk"))


def _first(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])


@dataclass(frozen=True)
class Avsnittsrad:
    """A section of the template with what is written in it, or why it is left out."""

    mall: Mallavsnitt
    avsnitt: Avsnitt | None
    utelamnat: str

    @property
    def skrivet(self) -> bool:
        """Tell whether there is text."""
        return bool(self.avsnitt and self.avsnitt.html)


def sections(actor: Actor, omgang: Uppdragsomgang) -> list[Avsnittsrad]:
    """Return every section of the omgång's template, in order, with its text. Two queries.

    The analysis of a nuläge section that is left out is left out with it, for the same reason (M5.2-4).
    """
    written = {row.nyckel: row for row in omgang.avsnitt.select_related("sparat_av")}
    said = Avsnittsuppgift.objects.filter(omgang=omgang, nyckel=OuterRef("nyckel"))
    headings = Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id).order_by("ordning")
    rows = list(headings.annotate(utelamnat=_first(said, "utelamnat")))
    out = {key: m.utelamnat for m in rows if m.utelamnat for key in utelamnas_med(m.nyckel)}
    return [Avsnittsrad(m, written.get(m.nyckel), out.get(m.nyckel, "")) for m in rows]


def report_sections(actor: Actor, omgang: Uppdragsomgang) -> list[Mallavsnitt]:
    """Return the sections of text that the group writes, in order. One query."""
    rows = Mallavsnitt.objects.filter(
        mallversion=omgang.mallversion_id, innehall="text", i_slutrapport=True, i_uppdrag=False
    )
    return list(rows.order_by("ordning"))


def first_draft(actor: Actor, delprojekt: Delprojekt, nyckel: str) -> str:
    """Return what the underlag already says of a section of the uppdrag, as plain text (M5.1.3-1)."""
    form = delprojekt.forslag
    parts: dict[str, list[tuple[str, str]]] = {
        "bakgrund": [("", form.problem)],
        "syfte": [
            ("Syfte: ", form.syfte),
            ("Mål: ", form.mal),
            ("Förväntat utfall: ", form.forvantat_utfall),
            ("Effekter av samverkan: ", form.effekter),
        ],
    }
    return "\n\n".join(f"{label}{text}" for label, text in parts.get(nyckel, []) if text)


@dataclass(frozen=True)
class Beslutsdel:
    """The tab Beslut: what the actor may see of it."""

    beslutsforslag: Beslutsforslag | None
    stallningar: list[dict[str, Any]]
    namndbeslut: Namndbeslut | None
    mening: str


def decisions(actor: Actor, delprojekt: Delprojekt, current: Stegbesok) -> Beslutsdel:
    """Return the beslutsförslag with each region's stance on this version, in words too, and the decision."""
    latest = latest_beslutsforslag(actor, delprojekt) if _sees(actor, Noun.BESLUTSFORSLAG, delprojekt) else None
    given = {s.region_id: s for s in latest.stallningar.all()} if latest else {}
    if Steg(delprojekt.steg) is Steg.LEDNINGSGRUPP:
        given = {pk: s for pk, s in given.items() if s.besok_id == current.pk}
    taking = [p.region for p in participants(actor, delprojekt) if p.status in RAKNAS_MED]
    rows = [{"region": region, "stallning": given.get(region.pk)} for region in taking]
    decided = namndbeslut_for(actor, delprojekt) if _sees(actor, Noun.NAMNDBESLUT, delprojekt) else None
    if not _sees(actor, Noun.STALLNINGAR, delprojekt):
        return Beslutsdel(latest, [], decided, "")
    return Beslutsdel(latest, rows, decided, _in_words(rows))


def _in_words(rows: Iterable[dict[str, Any]]) -> str:
    rows = list(rows)
    agreed = [r for r in rows if r["stallning"] and r["stallning"].val == "enig"]
    against = [r["region"].kortnamn for r in rows if r["stallning"] and r["stallning"].val != "enig"]
    silent = [r["region"].kortnamn for r in rows if not r["stallning"]]
    words = [f"{len(agreed)} av {len(rows)} regioner är eniga."]
    if against:
        words.append(f"Inte eniga: {', '.join(against)}.")
    if silent:
        words.append(f"Har inte tagit ställning: {', '.join(silent)}.")
    return " ".join(words)


def get_paper(actor: Actor, delprojekt: Delprojekt, pk: int) -> Beslutshandling:
    """Return a region's document, if the actor may read huvudmansbeslut. Raises Beslutshandling.DoesNotExist."""
    if not ser(actor, Noun.HUVUDMANSBESLUT, delprojekt.pk, Steg(delprojekt.steg)):
        raise Beslutshandling.DoesNotExist
    paper = Beslutshandling.objects.select_related("region", "namndbeslut__delprojekt").get(
        pk=pk, namndbeslut__delprojekt=delprojekt
    )
    if not may_open(actor, paper):
        raise Beslutshandling.DoesNotExist
    return paper


def may_open(actor: Actor, paper: Beslutshandling) -> bool:
    """Tell whether the actor may open a document: a verified one that still counts is everybody's; others are for
    kansliet and the region that sent them, who must be able to put right what was sent by mistake."""
    if paper.granskning == Granskning.GODKAND and paper.namndbeslut.aterkallat_at is None:
        return True
    inside = {Roll.KANSLI, Roll.KONTAKTPERSON, Roll.DIREKTOR} & actor.roller(paper.namndbeslut.delprojekt_id)
    return bool(inside) or paper.region.slug in actor.regioner(Roll.REGIONKONTAKT)
