"""Delprojekt for lists and pages, always as seen by the one who asks."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from delprojekt.models import Delprojekt, Handelse, Region, Stegbesok, Uppdragsomgang, Vantar
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import Decision, decide, main_act, offers
from delprojekt.process.roller import Actor
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.process.synlighet import Noun, ser, synliga_steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage


def visible_to(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the delprojekt that the actor may see at least the heading of (synlighet.py). Not ordered."""
    steps = synliga_steg(actor.roller())
    own = {m.delprojekt for m in actor.mandat if m.delprojekt}
    return Delprojekt.objects.filter(Q(steg__in=[s.value for s in steps]) | Q(pk__in=own))


def get_visible(actor: Actor, pk: int) -> Delprojekt:
    """Return one delprojekt. Raises Delprojekt.DoesNotExist if it is absent or not the actor's to see."""
    return visible_to(actor).select_related("sjukvardsregion", "forslag", "foralder").get(pk=pk)


def listed(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the visible delprojekt for lists, newest number first, with whom they lie with. Two queries."""
    waiting = Prefetch("vantar", Vantar.objects.select_related("region").order_by("sedan_at", "pk"))
    rows = visible_to(actor).select_related("forslag").prefetch_related(waiting)
    return rows.order_by("-nummer", "-skapat_at", "pk")


def moved_in(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the visible delprojekt that began before the portal, by number."""
    return listed(actor).filter(besok__efterhand=True, besok__nummer=1).order_by("nummer", "benamning")


def regions(actor: Actor) -> QuerySet[Region]:
    """Return the regions in their order; everybody may know them."""
    return Region.objects.order_by("ordning")


def pending_for(actor: Actor) -> list[Vantar]:
    """Return what waits for the actor, most urgent first: own role, own region, own delprojekt. One query."""
    wanted = Q(pk__in=[])
    for m in actor.mandat:
        mine = Q(roll=m.roll)
        if m.region:
            mine &= Q(region__slug=m.region) | Q(region=None)
        if m.delprojekt:
            mine &= Q(delprojekt=m.delprojekt)
        wanted |= mine
    rows = Vantar.objects.filter(wanted, delprojekt__in=visible_to(actor)).select_related("delprojekt", "region")
    return list(rows.order_by("frist_date", "sedan_at", "pk"))


def read_step(actor: Actor, delprojekt: Delprojekt) -> tuple[Lage, Uppdragsomgang | None]:
    """Return the situation and the uppdragsomgång that a step page needs."""
    path = levande_for(delprojekt)
    return build_lage(delprojekt, path), path[-1].omgang


@dataclass(frozen=True)
class Railsteg:
    """One step of the process rail."""

    steg: Steg
    lage: str  # klar, nu, kommande
    besok: Stegbesok | None


@dataclass(frozen=True)
class Delprojektsida:
    """What the delprojekt page shows somebody: where, whose turn, what is needed, what may be done."""

    delprojekt: Delprojekt
    lage: Lage
    path: list[Stegbesok]
    rail: list[Railsteg]
    vantar: list[Vantar]
    erbjudanden: tuple[Decision, ...]
    nasta: Decision | None
    handelser: list[Handelse]
    ser: frozenset[str]


def read_page(actor: Actor, delprojekt: Delprojekt, *, events: int = 30) -> Delprojektsida:
    """Return everything the page needs; the number of queries does not grow with what is stored."""
    path = levande_for(delprojekt)
    lage = build_lage(delprojekt, path)
    steg = Steg(delprojekt.steg)
    sees = frozenset(n.value for n in Noun if ser(actor, n, delprojekt.pk, steg))
    act = main_act(lage)
    return Delprojektsida(
        delprojekt=delprojekt,
        lage=lage,
        path=path,
        rail=_rail(steg, path),
        vantar=list(Vantar.objects.filter(delprojekt=delprojekt).select_related("region").order_by("sedan_at", "pk")),
        erbjudanden=offers(actor, lage),
        nasta=decide(actor, act, lage) if act else None,
        handelser=read_events(actor, delprojekt, events),
        ser=sees,
    )


def read_events(actor: Actor, delprojekt: Delprojekt, limit: int) -> list[Handelse]:
    """Return the latest events that the actor may read, newest first. One query, or none."""
    if not ser(actor, Noun.HANDELSER, delprojekt.pk, Steg(delprojekt.steg)):
        return []
    return list(Handelse.objects.filter(delprojekt=delprojekt).select_related("person").order_by("-pk")[:limit])


def recent_events(actor: Actor, limit: int) -> list[Handelse]:
    """Return the latest events in the delprojekt whose events the actor may read, newest first. Two queries."""
    rows = Handelse.objects.select_related("person", "delprojekt").order_by("-pk")
    readable = [
        pk for pk, steg in visible_to(actor).values_list("pk", "steg") if ser(actor, Noun.HANDELSER, pk, Steg(steg))
    ]
    return list(rows.filter(delprojekt__in=readable)[:limit])


def _rail(steg: Steg, path: list[Stegbesok]) -> list[Railsteg]:
    latest = {Steg(visit.steg): visit for visit in path}
    reached = [i for i, s in enumerate(HUVUDLINJE) if s in latest]
    here = HUVUDLINJE.index(steg) if steg in HUVUDLINJE else max(reached, default=-1) + 1
    states = ["klar" if i < here else "nu" if s is steg else "kommande" for i, s in enumerate(HUVUDLINJE)]
    return [
        Railsteg(s, state, latest.get(s) if state != "kommande" else None)
        for s, state in zip(HUVUDLINJE, states, strict=True)
    ]
