"""The group's rows for forms and tabs: facts, coverage, conclusions, notes, parameters, writers (§5–5.4.1, §6)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, OuterRef, Prefetch, QuerySet

from delprojekt.models import (
    Atgardsforslag,
    Delprojekt,
    Faktauppgift,
    Gruppmote,
    Innehall,
    Innehav,
    Kalkylrad,
    Mallavsnitt,
    Person,
    Skribent,
    Slutsats,
    Stodbegaran,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsparameter,
    Vagval,
)
from delprojekt.process.act import Act
from delprojekt.process.mall import NULAGE_PREFIX
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.rader import living, values
from delprojekt.queries.rader import rows as as_rows
from delprojekt.queries.rapportlage import notes_are_late, uncovered

Choices = list[tuple[str, str]]
RADER: dict[str, tuple[type[Model], str]] = {
    "atgardsforslag": (Atgardsforslag, "omgang"),
    "faktauppgift": (Faktauppgift, "omgang"),
    "gruppmote": (Gruppmote, "omgang"),
    "parameter": (Uppfoljningsparameter, "plan__omgang"),
    "slutsats": (Slutsats, "omgang"),
    "stodbegaran": (Stodbegaran, "omgang"),
    "vagval": (Vagval, "omgang"),
}
"""The rows that acts can be about, and the way from each to its uppdragsomgång."""


def living_rows(actor: Actor, kind: str, omgang: Uppdragsomgang | None) -> QuerySet[Model]:
    """Return the rows of a kind of an omgång that are not struck."""
    model, way = RADER[kind]
    return model._default_manager.filter(**{way: omgang}, struken_at=None)


def get_row(actor: Actor, act: Act, omgang: Uppdragsomgang | None, pk: int) -> Model:
    """Return the row an act is about. Raises the model's DoesNotExist."""
    return living_rows(actor, POLICY[act].objekt, omgang).get(pk=pk)


def _sections(omgang: Uppdragsomgang | None) -> list[Mallavsnitt]:
    rows = Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id) if omgang else Mallavsnitt.objects.none()
    return list(rows.order_by("ordning"))


def section_choices(actor: Actor, omgang: Uppdragsomgang | None, prefix: str) -> Choices:
    """Return the sections whose key begins so, in order, as choices."""
    return [(row.nyckel, str(row)) for row in _sections(omgang) if row.nyckel.startswith(prefix)]


def written_choices(actor: Actor, omgang: Uppdragsomgang | None) -> Choices:
    """Return the sections of the report that have text or rows of their own, beside those of the uppdrag."""
    if omgang is None:
        return []
    written = set(omgang.avsnitt.exclude(html="").values_list("nyckel", flat=True))
    rows = (row for row in _sections(omgang) if row.i_slutrapport and not row.i_uppdrag)
    return [(row.nyckel, str(row)) for row in rows if row.nyckel in written or row.innehall != Innehall.TEXT]


def to_be_written(actor: Actor, omgang: Uppdragsomgang | None) -> list[Mallavsnitt]:
    """Return the chapters and sections of the report that somebody writes, beside those of the uppdrag. One query."""
    return [row for row in _sections(omgang) if row.i_slutrapport and not row.i_uppdrag]


def left_out(actor: Actor, omgang: Uppdragsomgang | None) -> dict[str, str]:
    """Return why sections are left out, or do not apply, by key."""
    rows = omgang.avsnittsuppgifter.exclude(utelamnat="") if omgang else ()
    return {row.nyckel: row.utelamnat for row in rows}


@dataclass(frozen=True)
class Tackning:
    """A section of nuläget with text: which regions are said to be in it, which have facts, which are missing."""

    nyckel: str
    rubrik: str
    angivna: list[str]
    fakta: list[str]
    saknas: tuple[str, ...]


def coverage(
    actor: Actor,
    omgang: Uppdragsomgang | None,
    regions: Mapping[str, str],
    facts: Collection[Faktauppgift] | None = None,
) -> list[Tackning]:
    """Return the sections of nuläget that have text and are not left out, with their regions (M5.2-2).

    In: names of the participating regions by slug, and the facts of nuläget if they are already read.
    """
    if omgang is None:
        return []
    facts = fact_rows(actor, omgang) if facts is None else facts
    rows = {row.nyckel: row for row in omgang.avsnittsuppgifter.prefetch_related("regioner")}
    written = set(omgang.avsnitt.exclude(html="").values_list("nyckel", flat=True))
    written -= {row.nyckel for row in rows.values() if row.utelamnat}
    parts = [s for s in _sections(omgang) if s.nyckel.startswith(NULAGE_PREFIX) and s.nyckel in written]
    said = {key: [r.slug for r in row.regioner.all()] for key, row in rows.items()}
    about = [(fact.avsnitt, fact.region.slug if fact.region else None) for fact in facts]
    pairs = [(key, slug) for key, slugs in said.items() for slug in slugs]
    missing = uncovered([s.nyckel for s in parts], regions, [*pairs, *about])
    return [
        Tackning(
            nyckel=s.nyckel,
            rubrik=str(s),
            angivna=said.get(s.nyckel, []),
            fakta=_regions_with_facts(facts, s.nyckel),
            saknas=missing[s.nyckel],
        )
        for s in parts
    ]


def _regions_with_facts(facts: Iterable[Faktauppgift], nyckel: str) -> list[str]:
    found = [fact.region.kortnamn if fact.region else "alla regioner" for fact in facts if fact.avsnitt == nyckel]
    return list(dict.fromkeys(found))


def fact_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Faktauppgift]:
    """Return the facts of nuläget by section, in the order they were added."""
    rows = omgang.faktauppgifter.filter(struken_at=None).select_related("region")
    return list(rows.order_by("avsnitt", "pk"))


def conclusion_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Slutsats]:
    """Return the conclusions with the proposals that build on them."""
    living = Prefetch("atgardsforslag", Atgardsforslag.objects.filter(struken_at=None).order_by("nummer"))
    return list(omgang.slutsatser.filter(struken_at=None).order_by("nummer").prefetch_related(living))


@dataclass(frozen=True)
class Punkt:
    """A point of the uppdrag and where it is answered: in sections, and by proposals (their numbers)."""

    pk: int
    nummer: int
    text: str
    besvarad_i: list[str]
    forslag: list[int]

    @property
    def besvarad(self) -> bool:
        """Tell whether it is answered at all."""
        return bool(self.besvarad_i or self.forslag)


def points(actor: Actor, omgang: Uppdragsomgang | None, proposals: Collection[Any] | None = None) -> list[Punkt]:
    """Return the points of the uppdrag with their answers, in order. In: ``proposal_rows``, if already read."""
    if proposals is None:
        given = Atgardsforslag.objects.filter(omgang=omgang, struken_at=None).order_by("nummer")
        answers = list(given.values_list("punkter", "nummer"))
    else:
        answers = [(pk, row.nummer) for row in proposals for pk in row.punktnycklar]
    by_point: dict[int, list[int]] = {}
    for pk, number in answers:
        by_point.setdefault(pk, []).append(number)
    rows = Uppdragspunkt.objects.filter(omgang=omgang, struken_at=None).order_by("nummer")
    return [Punkt(r.pk, r.nummer, r.text, r.besvarad_i, by_point.get(r.pk, [])) for r in rows]


def proposal_rows(actor: Actor, omgang: Uppdragsomgang | None) -> list[Atgardsforslag]:
    """Return the proposals in order, with costs, and the numbers of the conclusions and points they build on.

    One query, however many there are.
    """
    costs = living(Kalkylrad, forslag=OuterRef("pk")).order_by("pk")
    conclusions = living(Slutsats, atgardsforslag=OuterRef("pk")).order_by("nummer")
    answers = living(Uppdragspunkt, atgardsforslag=OuterRef("pk")).order_by("nummer")
    rows = Atgardsforslag.objects.filter(omgang=omgang, struken_at=None).order_by("nummer")
    return list(
        rows.annotate(
            kalkyl=as_rows(costs, slag="slag", belopp_tkr="belopp_tkr"),
            slutsatsnummer=values(conclusions, "nummer"),
            punktnummer=values(answers, "nummer"),
            punktnycklar=values(answers, "pk"),
        )
    )


def proposal(actor: Actor, omgang: Uppdragsomgang | None, pk: int) -> Atgardsforslag:
    """Return one proposal with its costs. Raises Atgardsforslag.DoesNotExist."""
    costs = Prefetch("kalkylrader", Kalkylrad.objects.filter(struken_at=None).select_related("region").order_by("pk"))
    found: Atgardsforslag = (
        Atgardsforslag.objects.filter(omgang=omgang, struken_at=None).prefetch_related(costs).get(pk=pk)
    )
    return found


def parameter_rows(actor: Actor, omgang: Uppdragsomgang | None) -> list[Uppfoljningsparameter]:
    """Return the parameters in order, each with its plan. One query."""
    rows = Uppfoljningsparameter.objects.filter(plan__omgang=omgang, struken_at=None).select_related("plan")
    return list(rows.order_by("ordning", "pk"))


def meetings(actor: Actor, omgang: Uppdragsomgang) -> tuple[list[Gruppmote], set[int]]:
    """Return the group's meetings, newest first, and the keys of those whose notes are late (M5-3)."""
    rows = list(omgang.gruppmoten.filter(struken_at=None).order_by("-date", "-pk"))
    return rows, {row.pk for row in rows if not row.text and notes_are_late(row.date)}


def choice_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Vagval]:
    """Return the group's choices and soft results, newest first."""
    return list(omgang.vagval.filter(struken_at=None).order_by("-date", "-pk"))


def support_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Stodbegaran]:
    """Return what the group has asked for: what has not come first, then the latest."""
    rows = omgang.stodbegaranden.filter(struken_at=None).select_related("region")
    return sorted(rows.order_by("-begard_date", "-pk"), key=lambda row: row.mottagen_date is not None)


def writers(actor: Actor, omgang: Uppdragsomgang) -> dict[str, Person]:
    """Return who writes each chapter, by the chapter's key."""
    rows = Skribent.objects.filter(omgang=omgang, struken_at=None).select_related("person")
    return {row.nyckel: row.person for row in rows}


def responsible(actor: Actor, delprojekt: Delprojekt) -> Person | None:
    """Return who answers for the whole slutrapport, if somebody has been chosen."""
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll=Roll.HELHETSANSVARIG)
    found = held.select_related("person").first()
    return found.person if found else None


def writing_people(actor: Actor, delprojekt: Delprojekt) -> list[Person]:
    """Return who is in the working group today, the chair first."""
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll__in=ARBETSGRUPP).select_related("person")
    rows = sorted(held.order_by("pk"), key=lambda row: row.roll != Roll.ORDFORANDE)
    return list({row.person_id: row.person for row in rows}.values())


def headings(actor: Actor, omgang: Uppdragsomgang, keys: Collection[str]) -> dict[str, str]:
    """Return the headings of sections, by key."""
    return {row.nyckel: str(row) for row in _sections(omgang) if row.nyckel in keys}
