"""The group's rows for forms and tabs: facts, coverage, conclusions, notes, parameters, writers (§5–5.4.1, §6)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery

from delprojekt.models import (
    Atgardsforslag,
    Attgora,
    Avsnitt,
    Avsnittsuppgift,
    Delprojekt,
    Faktauppgift,
    Gruppmote,
    Innehall,
    Innehav,
    Kalkylrad,
    Mallavsnitt,
    Nominering,
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
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.mall import NULAGE_PREFIX, utelamnas_med
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.namn import inside, representatives
from delprojekt.queries.rader import living, values
from delprojekt.queries.rader import rows as as_rows
from delprojekt.queries.rapportlage import notes_are_late, uncovered

Choices = list[tuple[str, str]]
RADER: dict[str, tuple[type[Model], str]] = {
    "atgardsforslag": (Atgardsforslag, "omgang"),
    "attgora": (Attgora, "omgang"),
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


def template(actor: Actor, omgang: Uppdragsomgang | None) -> list[Any]:
    """Return the sections of the omgång's template, in order, with what the group says of each. One query.

    ``skrivet``: there is text; ``utelamnat``: why it is left out, or None; ``regioner``: those it is said to cover.
    """
    if omgang is None:
        return []
    said = Avsnittsuppgift.objects.filter(omgang=omgang, nyckel=OuterRef("nyckel")).exclude(utelamnat="")
    covers = Avsnittsuppgift.regioner.through.objects.filter(
        avsnittsuppgift__omgang=omgang, avsnittsuppgift__nyckel=OuterRef("nyckel")
    )
    rows = Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id).annotate(
        skrivet=Exists(Avsnitt.objects.filter(omgang=omgang, nyckel=OuterRef("nyckel")).exclude(html="")),
        utelamnat=Subquery(said.values("utelamnat")[:1]),
        regioner=values(covers.order_by("region__ordning"), "region__slug"),
    )
    return list(rows.order_by("ordning"))


def section_choices(actor: Actor, omgang: Uppdragsomgang | None, prefix: str) -> Choices:
    """Return the sections whose key begins so, in order, as choices."""
    return [(row.nyckel, str(row)) for row in template(actor, omgang) if row.nyckel.startswith(prefix)]


def written_choices(actor: Actor, omgang: Uppdragsomgang | None) -> Choices:
    """Return the sections of the report that have text or rows of their own, beside those of the uppdrag."""
    rows = to_be_written(actor, omgang)
    return [(row.nyckel, str(row)) for row in rows if row.skrivet or row.innehall != Innehall.TEXT]


def to_be_written(actor: Actor, omgang: Uppdragsomgang | None) -> list[Any]:
    """Return the chapters and sections of the report that somebody writes, beside those of the uppdrag. One query."""
    return [row for row in template(actor, omgang) if row.i_slutrapport and not row.i_uppdrag]


def left_out(actor: Actor, omgang: Uppdragsomgang | None) -> dict[str, str]:
    """Return why sections are left out, or do not apply, by key."""
    return {row.nyckel: row.utelamnat for row in template(actor, omgang) if row.utelamnat}


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
    sections: Collection[Any] | None = None,
) -> list[Tackning]:
    """Return the sections of nuläget that have text and are not left out, with their regions (M5.2-2).

    In: names of the participating regions by slug, and the facts of nuläget and ``template`` if they are already read.
    """
    if omgang is None:
        return []
    facts = fact_rows(actor, omgang) if facts is None else facts
    sections = template(actor, omgang) if sections is None else sections
    parts = [s for s in sections if s.nyckel.startswith(NULAGE_PREFIX) and s.skrivet and not s.utelamnat]
    about = [(fact.avsnitt, fact.region.slug if fact.region else None) for fact in facts]
    pairs = [(s.nyckel, slug) for s in parts for slug in s.regioner]
    missing = uncovered([s.nyckel for s in parts], regions, [*pairs, *about])
    return [
        Tackning(
            nyckel=s.nyckel,
            rubrik=str(s),
            angivna=s.regioner,
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


def conclusion_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Any]:
    """Return the conclusions with the numbers of the proposals that build on them (``forslag``). One query."""
    builds = living(Atgardsforslag, slutsatser=OuterRef("pk")).order_by("nummer")
    found = omgang.slutsatser.filter(struken_at=None).order_by("nummer")
    return list(found.annotate(forslag=values(builds, "nummer")))


@dataclass(frozen=True)
class Punkt:
    """A point of the uppdrag and where it is answered: in sections, and by proposals (their numbers).

    ``svarar_i``: those of the sections that the report has; an empty one, or one that is left out, answers nothing.
    """

    pk: int
    nummer: int
    text: str
    besvarad_i: list[str]
    forslag: list[int]
    svarar_i: list[str]

    @property
    def besvarad(self) -> bool:
        """Tell whether it is answered at all."""
        return bool(self.svarar_i or self.forslag)


def points(actor: Actor, omgang: Uppdragsomgang | None) -> list[Punkt]:
    """Return the points of the uppdrag with their answers, in order. One query."""
    answers = living(Atgardsforslag, punkter=OuterRef("pk"), omgang=omgang).order_by("nummer")
    rows = Uppdragspunkt.objects.filter(omgang=omgang, struken_at=None).order_by("nummer")
    texts = Avsnitt.objects.filter(omgang=omgang).exclude(html="")
    lists = Mallavsnitt.objects.filter(mallversion__uppdragsomgang=omgang).exclude(innehall=Innehall.TEXT)
    out = Avsnittsuppgift.objects.filter(omgang=omgang).exclude(utelamnat="")
    rows = rows.annotate(
        forslag=values(answers, "nummer"),
        skrivna=values(texts, "nyckel"),
        fyllda=values(lists, "nyckel"),
        utelamnade=values(out, "nyckel"),
    )
    return [Punkt(r.pk, r.nummer, r.text, r.besvarad_i, r.forslag, _in_report(r)) for r in rows]


def _in_report(row: Any) -> list[str]:
    """Return the sections answering a point that have something in them and are not left out."""
    out = {key for nulage in row.utelamnade for key in utelamnas_med(nulage)}
    return [key for key in row.besvarad_i if key in {*row.skrivna, *row.fyllda} - out]


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
            kalkyl=as_rows(costs, slag="slag", belopp_tkr="belopp_tkr", region="region__kortnamn"),
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
    """Return the parameters in order, each with its plan and the numbers of the proposals it follows up. One query."""
    rows = Uppfoljningsparameter.objects.filter(plan__omgang=omgang, struken_at=None).select_related("plan")
    follows = living(Atgardsforslag, parametrar=OuterRef("pk")).order_by("nummer")
    return list(rows.annotate(forslagsnummer=values(follows, "nummer")).order_by("ordning", "pk"))


@dataclass(frozen=True)
class Uppgiftsrad:
    """Something that a meeting gave somebody to do; ``person`` and ``namn`` are empty when nobody is chosen."""

    pk: int
    vad: str
    person: int | None
    namn: str
    senast: date | None
    klar: date | None


def _given_tasks(**of: Any) -> ArraySubquery:
    """Return the column with what was given somebody to do, as ``tasks_of`` reads it."""
    names = {"fornamn": "person__fornamn", "efternamn": "person__efternamn", "omgang": "omgang"}
    given = living(Attgora, mote__struken_at=None, **of).order_by("pk")
    return as_rows(given, pk="pk", vad="vad", person="person", senast="senast_date", klar="klar_date", **names)


def meetings(actor: Actor, omgang: Uppdragsomgang) -> tuple[list[Any], set[int]]:
    """Return the group's meetings, newest first, with who came (``kom``), who was called (``adjungerade``)
    and what it gave somebody to do (``gav``), and the keys of those whose notes are late (M5-3). One query.
    """
    came = Gruppmote.deltog.through.objects.filter(gruppmote=OuterRef("pk")).order_by("person__efternamn", "pk")
    people = as_rows(came, pk="person", fornamn="person__fornamn", efternamn="person__efternamn")
    invited = Nominering.objects.filter(gruppmoten=OuterRef("pk")).order_by("pk")
    called = as_rows(invited, fornamn="person__fornamn", efternamn="person__efternamn")
    found = omgang.gruppmoten.filter(struken_at=None).annotate(
        kom=people, adjungerade=called, gav=_given_tasks(mote=OuterRef("pk"))
    )
    rows = list(found.order_by("-date", "-pk"))
    return rows, {row.pk for row in rows if not row.text and notes_are_late(row.date)}


def with_tasks(actor: Actor, rows: QuerySet[Delprojekt]) -> QuerySet[Any]:
    """Return delprojekt with what their meetings gave somebody to do (``gav``), read with them."""
    return rows.annotate(gav=_given_tasks(omgang__delprojekt=OuterRef("pk")))


def tasks_of(actor: Actor, omgang: Uppdragsomgang, held: Iterable[Any]) -> list[Uppgiftsrad]:
    """Return what was given somebody to do in an omgång: what is not done first, by its last day. No query.

    In: rows that have it in ``gav``: meetings, or the delprojekt itself.
    """
    rows = [
        Uppgiftsrad(
            one["pk"],
            one["vad"],
            one["person"],
            f"{one['fornamn']} {one['efternamn']}" if one["person"] else "",
            *(date.fromisoformat(one[name]) if one[name] else None for name in ("senast", "klar")),
        )
        for meeting in held
        for one in meeting.gav
        if one["omgang"] == omgang.pk
    ]
    return sorted(rows, key=lambda row: (row.klar is not None, row.senast or date.max, row.pk))


def called_to(actor: Actor, delprojekt: Delprojekt) -> list[Gruppmote]:
    """Return the group's meetings that the actor is called to as adjungerad, the latest first (M4.4-1)."""
    mine = Gruppmote.objects.filter(omgang__delprojekt=delprojekt, kallade__person=actor.person, struken_at=None)
    called_in = any(m.roll == Roll.ADJUNGERAD for m in actor.mandat_i(delprojekt.pk))
    return list(mine.order_by("-date", "-pk")) if called_in else []


def callable_to(actor: Actor, omgang: Uppdragsomgang | None, meeting: int | None) -> Choices:
    """Return who is adjungerad now, or was called to a meeting already, as choices for a form (M4.4-1)."""
    rows = Nominering.objects.filter(omgang=omgang, roll=Roll.ADJUNGERAD).select_related("person")
    rows = rows.filter(Q(status=Nomineringsstatus.UTSEDD) | Q(gruppmoten=meeting)).distinct().order_by("pk")
    return [(str(row.pk), f"{row.person}, {row.get_omrade_display() or 'adjungerad'}") for row in rows]


def choice_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Vagval]:
    """Return the group's choices and soft results, newest first."""
    return list(omgang.vagval.filter(struken_at=None).order_by("-date", "-pk"))


def support_rows(actor: Actor, omgang: Uppdragsomgang) -> list[Stodbegaran]:
    """Return what the group has asked for: what has not come first, then the latest."""
    rows = omgang.stodbegaranden.filter(struken_at=None).select_related("region")
    return sorted(rows.order_by("-begard_date", "-pk"), key=lambda row: row.mottagen_date is not None)


@dataclass(frozen=True)
class Skrivande:
    """Who writes each chapter of the slutrapport, by its key, and who answers for the whole, if somebody is chosen.

    ``dolda``: the keys of those whose names the actor may not read.
    """

    kapitel: dict[str, Person]
    helhetsansvarig: Person | None
    dolda: frozenset[int]

    def namn(self, person: Person | None) -> str:
        """Return a name as the actor may see it; nothing for nobody."""
        return person.kallas(self.dolda) if person else ""


def writing(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None) -> Skrivande:
    """Return who writes what. One query."""
    wrote = living(Skribent, omgang=omgang)
    whole = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll=Roll.HELHETSANSVARIG)
    people: Any = Person.objects.filter(pk__in=wrote.values("person").union(whole.values("person"))).annotate(
        kapitel=values(wrote.filter(person=OuterRef("pk")).order_by("pk"), "nyckel"),
        svarar=Exists(whole.filter(person=OuterRef("pk"))),
        foretrader=Q(pk__in=representatives(actor, delprojekt)),
    )
    found = list(people.order_by("pk"))
    shown = inside(actor, delprojekt)
    return Skrivande(
        {key: person for person in found for key in person.kapitel},
        next((person for person in found if person.svarar), None),
        frozenset(person.pk for person in found if person.foretrader and not shown),
    )


def writing_people(actor: Actor, delprojekt: Delprojekt) -> list[Person]:
    """Return who is in the working group today, the chair first."""
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll__in=ARBETSGRUPP).select_related("person")
    rows = sorted(held.order_by("pk"), key=lambda row: row.roll != Roll.ORDFORANDE)
    return list({row.person_id: row.person for row in rows}.values())


def headings(actor: Actor, omgang: Uppdragsomgang, keys: Collection[str]) -> dict[str, str]:
    """Return the headings of sections, by key."""
    return {row.nyckel: str(row) for row in template(actor, omgang) if row.nyckel in keys}
