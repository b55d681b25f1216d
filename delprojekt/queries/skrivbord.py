"""The writing desk: the document that is written now, its sections and versions, and how others wrote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from delprojekt.models import (
    Avsnitt,
    Avsnittsversion,
    Delprojekt,
    Dokumentjobb,
    Dokumentslag,
    Dokumentversion,
    Faktauppgift,
    Format,
    Innehall,
    Mallavsnitt,
    Uppdragsomgang,
    Versionsslag,
)
from delprojekt.process.act import Act
from delprojekt.process.roller import Actor
from delprojekt.process.steg import BESLUTAT, REDOVISAT, Steg
from delprojekt.process.synlighet import Noun
from delprojekt.process.trad import citerade
from delprojekt.queries import arbete
from delprojekt.queries.delar import Avsnittsrad
from delprojekt.queries.delprojekt import readable
from delprojekt.queries.krav import Kravrad, catalogue
from delprojekt.queries.namn import unnamed

SA_MANGA = 5
"""So many earlier reports are shown beside a section."""
DOKUMENT: dict[Act, Dokumentslag] = {
    Act.SKRIV_UPPDRAG: Dokumentslag.UPPDRAG,
    Act.SKRIV_RAPPORT: Dokumentslag.SLUTRAPPORT,
    Act.SKRIV_UPPFOLJNING: Dokumentslag.UPPFOLJNINGSRAPPORT,
}
"""The document that is written by each act."""
_FARDIGT: dict[Dokumentslag, tuple[Noun, frozenset[Steg]]] = {
    Dokumentslag.UPPDRAG: (Noun.UPPDRAG, BESLUTAT),
    Dokumentslag.SLUTRAPPORT: (Noun.SLUTRAPPORT, BESLUTAT),
    Dokumentslag.UPPFOLJNINGSRAPPORT: (Noun.UPPFOLJNING, REDOVISAT),
}
"""What must be readable of another delprojekt, and the steps in which its document is finished."""


@dataclass(frozen=True)
class Bordsrad:
    """A section at the desk: what stands in it, and who writes it (empty: nobody is chosen)."""

    rad: Avsnittsrad
    skribent: str
    person: int | None = None

    @property
    def nyckel(self) -> str:
        """Return the section's key."""
        return self.rad.mall.nyckel

    @property
    def text(self) -> bool:
        """Tell whether it is running text; the others are rows that are filled in elsewhere."""
        return bool(self.rad.mall.innehall == Innehall.TEXT)

    @property
    def klart(self) -> bool:
        """Tell whether somebody has said that its text is done."""
        return bool(self.rad.avsnitt and self.rad.avsnitt.klart)


def rows(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang, found: list[Avsnittsrad]) -> list[Bordsrad]:
    """Return sections with who writes each: its own writer, else its chapter's (M5.4.1-3). One query."""
    writing = arbete.writing(actor, delprojekt, omgang)
    chosen = writing.kapitel
    writers = [chosen.get(one.mall.nyckel) or chosen.get(one.mall.foralder) for one in found]
    return [
        Bordsrad(one, writing.namn(person), person.pk if person else None)
        for one, person in zip(found, writers, strict=True)
    ]


def method(actor: Actor, section: str) -> list[Kravrad]:
    """Return what the method says in a §, sentence by sentence. No query."""
    return [row for row in catalogue(actor) if row.id.startswith(f"M{section}-")]


def earlier(actor: Actor, delprojekt: Delprojekt, nyckel: str, slag: Dokumentslag) -> list[Avsnitt]:
    """Return the same section in the documents of the kind that are finished, the latest first. One query.

    Uppdrag and slutrapport are when nämnden has dealt with the report, the uppföljningsrapport when it has been
    presented. Only of the delprojekt whose document the actor may read; whose work goes on in a new round is not among
    them.
    """
    noun, steps = _FARDIGT[slag]
    found = Avsnitt.objects.filter(readable(actor, noun, "omgang__delprojekt__"), nyckel=nyckel)
    found = found.filter(omgang__delprojekt__steg__in=steps).exclude(html="").exclude(omgang__delprojekt=delprojekt)
    return list(found.select_related("omgang__delprojekt").order_by("-omgang__delprojekt__nummer", "-pk")[:SA_MANGA])


def locked_reports(actor: Actor, omgang: Uppdragsomgang, slag: Dokumentslag) -> list[Dokumentversion]:
    """Return the document as it was last handed in in each round before this one, the latest first, with its omgång and
    the job of its PDF (``pdf``). One query, or none. In: the round that the actor writes in."""
    if omgang.nummer == 1:
        return []
    files = Dokumentjobb.objects.filter(dokument=OuterRef("pk"), format=Format.PDF).order_by("pk")
    rows = Dokumentversion.objects.filter(slag=slag, aterkallad_at=None, omgang__nummer__lt=omgang.nummer)
    rows = rows.filter(omgang__delprojekt=omgang.delprojekt_id).annotate(pdf=Subquery(files.values("pk")[:1]))
    return list(rows.select_related("omgang").order_by("-omgang__nummer", "-pk").distinct("omgang__nummer"))


def earlier_rounds(
    actor: Actor, omgang: Uppdragsomgang, nyckel: str, locked: Iterable[Dokumentversion]
) -> list[Avsnitt]:
    """Return what the section said in the rounds before this one, the latest first (V-20). One query, or none.

    In: the round that the actor writes in, and the reports of those that handed one in: they say it themselves.
    """
    if omgang.nummer == 1:
        return []
    rows = Avsnitt.objects.filter(omgang__delprojekt=omgang.delprojekt_id, omgang__nummer__lt=omgang.nummer)
    rows = rows.filter(nyckel=nyckel).exclude(html="").exclude(omgang__in=[row.omgang_id for row in locked])
    return list(rows.select_related("omgang").order_by("-omgang__nummer"))


def cited_facts(actor: Actor, texts: Iterable[Avsnitt]) -> list[Faktauppgift]:
    """Return the facts that texts cite, each of its own round and not struck. One query, or none."""
    cited = {(row.omgang_id, key) for row in texts for key in citerade(row.html)}
    found = Faktauppgift.objects.filter(pk__in={key for _, key in cited}, struken_at=None) if cited else ()
    return [fact for fact in found if (fact.omgang_id, fact.pk) in cited]


@dataclass(frozen=True)
class Versionsrad:
    """A version: its number, when, by whom, and what it was.

    ``mitt_i``: it was saved by itself while somebody wrote, and they went on.
    """

    version: Avsnittsversion
    vem: str
    mitt_i: bool


def versions(actor: Actor, delprojekt: Delprojekt, row: Avsnitt) -> list[Versionsrad]:
    """Return the versions of a section, newest first. Two queries."""
    hidden = unnamed(actor, delprojekt)
    found: list[Versionsrad] = []
    for one in row.versioner.select_related("sparat_av").order_by("-version"):
        later = found[-1].version if found else None
        same = later and (later.sparat_av_id, later.pass_at) == (one.sparat_av_id, one.pass_at)
        loose = bool(same) and not one.markning and one.slag == Versionsslag.AUTO
        found.append(Versionsrad(one, one.sparat_av.kallas(hidden) if one.sparat_av else "", loose))
    return found


def get_version(actor: Actor, row: Avsnitt, version: int) -> Avsnittsversion:
    """Return one version with its text. Raises Avsnittsversion.DoesNotExist."""
    return row.versioner.get(version=version)


def heading(actor: Actor, omgang: Uppdragsomgang | None, nyckel: str) -> Mallavsnitt | None:
    """Return a section of the round's template; None when it has none by that key."""
    return Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id, nyckel=nyckel).first() if omgang else None


def text_now(actor: Actor, omgang: Uppdragsomgang, nyckel: str) -> Avsnitt | None:
    """Return what a section says now, if anything has been saved."""
    return omgang.avsnitt.filter(nyckel=nyckel).first()


def saved_by(actor: Actor, delprojekt: Delprojekt, row: Avsnitt) -> str:
    """Return who saved a section last, as the actor may know it."""
    return row.sparat_av.kallas(unnamed(actor, delprojekt)) if row.sparat_av else ""


def whole(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang) -> str:
    """Return who answers for the whole report, as the actor may know it; empty when nobody is chosen. One query."""
    writing = arbete.writing(actor, delprojekt, omgang)
    return writing.namn(writing.helhetsansvarig)
