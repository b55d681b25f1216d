"""Delprojekt for lists and pages, always as seen by the one who asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from delprojekt.models import Delprojekt, Handelse, Organ, Region, Stegbesok, Uppdragsomgang, Vantar
from delprojekt.models.delprojekt import NYAST_FORST
from delprojekt.models.svenska import SvOrdning
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import Decision, decide, main_act, offers
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import BESLUTAT, FORE_START, HUVUDLINJE, Steg
from delprojekt.process.synlighet import (
    HORS_AV,
    OM_STALLNINGAR,
    Niva,
    Noun,
    dolda_acts,
    hor,
    ser,
    synliga_steg,
)
from delprojekt.queries import efterhand
from delprojekt.queries.besok import levande_for
from delprojekt.queries.handelse import about_stances, events_of, told
from delprojekt.queries.lage import build_lage
from delprojekt.queries.utkast import not_anothers_draft


def readable(actor: Actor, noun: Noun, path: str = "", minst: Niva = Niva.LASA) -> Q:
    """Return the filter for the delprojekt of which the actor is shown a noun (synlighet.py).

    ``path`` leads from the filtered rows to the delprojekt ("delprojekt__"). What somebody is shown by a role in one
    delprojekt stands beside what the portal's roles show; who is shown every step gets no filter but that of drafts.
    """
    everywhere = synliga_steg(actor.roller(), noun, minst)
    if everywhere == frozenset(Steg):
        return not_anothers_draft(actor, path)
    found = Q(**{f"{path}steg__in": [s.value for s in everywhere]})
    own: dict[frozenset[Steg], list[int]] = {}
    for pk in {m.delprojekt for m in actor.mandat if m.delprojekt}:
        own.setdefault(synliga_steg(actor.roller(pk), noun, minst) - everywhere, []).append(pk)
    for steps, keys in own.items():
        if steps:
            found |= Q(**{f"{path}steg__in": [s.value for s in steps], f"{path}pk__in": sorted(keys)})
    shown = everywhere.union(*own)
    return found & not_anothers_draft(actor, path) if shown & FORE_START else found


def seen(actor: Actor, path: str = "") -> Q:
    """Return the filter for the delprojekt that the actor may see at least the heading of."""
    return readable(actor, Noun.DELPROJEKT, path, Niva.RUBRIK)


def visible_to(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the delprojekt that the actor may see at least the heading of (synlighet.py). Not ordered."""
    return Delprojekt.objects.filter(seen(actor))


def get_visible(actor: Actor, pk: int) -> Delprojekt:
    """Return one delprojekt. Raises Delprojekt.DoesNotExist if it is absent or not the actor's to see."""
    return visible_to(actor).select_related("sjukvardsregion", "forslag__tidigare", "foralder").get(pk=pk)


def continued_by(actor: Actor, delprojekt: Delprojekt) -> list[Delprojekt]:
    """Return the delprojekt that continue this one and that the actor may see, oldest first (T43, E6). One query, or
    none where nothing can have been continued."""
    if delprojekt.steg not in BESLUTAT:
        return []
    return list(visible_to(actor).filter(foralder=delprojekt).order_by("pk"))


def built_on(actor: Actor, delprojekt: Delprojekt) -> Delprojekt | None:
    """Return the latest förslag of the actor's own that builds on an earlier one (T07); None without one."""
    own = {"innehav__person": actor.person, "innehav__roll": Roll.FORSLAGSSTALLARE}
    return Delprojekt.objects.filter(forslag__tidigare=delprojekt, **own).order_by("-pk").first()


def waiting(actor: Actor) -> "Prefetch[Any]":
    """Return what a delprojekt waits for, to be read for many at once."""
    return Prefetch("vantar", Vantar.objects.select_related("region").order_by("sedan_at", "pk"))


def listed(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the visible delprojekt for lists, newest number first, without one last; with whom they lie with."""
    return visible_to(actor).prefetch_related(waiting(actor)).order_by(*NYAST_FORST)


def moved_in(actor: Actor) -> QuerySet[Delprojekt]:
    """Return the visible delprojekt that began before the portal, by number."""
    return listed(actor).filter(besok__efterhand=True, besok__nummer=1).order_by("nummer", "benamning")


def regions(actor: Actor) -> QuerySet[Region]:
    """Return the regions in their order; everybody may know them."""
    return Region.objects.order_by("ordning")


def bodies(actor: Actor) -> QuerySet[Organ]:
    """Return the bodies that a delprojekt can be treated by, as Swedes sort; everybody may know them."""
    return Organ.objects.order_by(SvOrdning("namn"), "pk")


def pending_for(actor: Actor, limit: int = 60) -> list[Vantar]:
    """Return what waits for the actor, most urgent first: own role, own region, own delprojekt. One query.

    What somebody is asked by name waits for that person only.
    """
    wanted = Q(pk__in=[])
    own: dict[Roll, list[int]] = {}
    for m in actor.mandat:
        if m.delprojekt:
            own.setdefault(m.roll, []).append(m.delprojekt)
        elif m.region:
            wanted |= Q(roll=m.roll) & (Q(region__slug=m.region) | Q(region=None))
        else:
            wanted |= Q(roll=m.roll)
    for roll, keys in own.items():
        wanted |= Q(roll=roll, delprojekt__in=sorted(keys))
    mine = Q(person=None) & wanted | Q(person=actor.person, person__isnull=False)
    rows = Vantar.objects.filter(mine, seen(actor, "delprojekt__")).select_related("delprojekt", "region")
    return list(rows.order_by("frist_date", "sedan_at", "pk")[:limit])


def read_step(actor: Actor, delprojekt: Delprojekt) -> tuple[Lage, Uppdragsomgang | None]:
    """Return the situation and the uppdragsomgång that a step page needs."""
    path = levande_for(delprojekt)
    return build_lage(delprojekt, path), path[-1].omgang


@dataclass(frozen=True)
class Railsteg:
    """One step of the process rail."""

    steg: Steg
    lage: str  # klar, nu, hoppat, kommande, okant
    besok: Stegbesok | None
    nar: str = ""  # when, in words, of what is known without a visit


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
    hor: bool
    ser: frozenset[str]
    dolda: frozenset[Act]

    def fore_portalen(self, steg: Steg | None) -> bool:
        """Tell whether the work of a step was done before the portal: then what is not told of it is not known."""
        if self.delprojekt.steg == Steg.HISTORISKT:
            return True
        return any(visit.efterhand and visit.steg == steg for visit in self.path[:-1])


def read_page(actor: Actor, delprojekt: Delprojekt, *, events: int = 30) -> Delprojektsida:
    """Return everything the page needs; the number of queries does not grow with what is stored."""
    path = levande_for(delprojekt)
    lage = build_lage(delprojekt, path)
    steg = Steg(delprojekt.steg)
    sees = frozenset(n.value for n in Noun if ser(actor, n, delprojekt.pk, steg))
    act = main_act(lage)
    waited = Vantar.objects.filter(delprojekt=delprojekt).select_related("region").order_by("sedan_at", "pk")
    return Delprojektsida(
        delprojekt=delprojekt,
        lage=lage,
        path=path,
        rail=_historic_rail(actor, delprojekt) if steg is Steg.HISTORISKT else _rail(steg, path),
        vantar=list(waited),
        erbjudanden=offers(actor, lage),
        nasta=decide(actor, act, lage) if act else None,
        handelser=read_events(actor, delprojekt, events),
        hor=hor(actor, delprojekt.pk, steg),
        ser=sees,
        dolda=dolda_acts(actor, delprojekt.pk, steg),
    )


def read_events(actor: Actor, delprojekt: Delprojekt, limit: int) -> list[Handelse]:
    """Return the latest events that the actor hears of, newest first. One query, or none."""
    if not limit or not hor(actor, delprojekt.pk, Steg(delprojekt.steg)):
        return []
    return told(actor, events_of(actor, delprojekt).select_related("person").order_by("-pk")[:limit], delprojekt)


def heard(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows (events or what is waited for) without those that tell how ledningsgruppen thinks."""
    if not dolda_acts(actor, 0, Steg.LEDNINGSGRUPP):
        return rows
    telling = about_stances(actor) if rows.model is Handelse else Q(act__in=OM_STALLNINGAR)
    return rows.exclude(telling & ~readable(actor, Noun.STALLNINGAR, "delprojekt__"))


def recent_events(actor: Actor, limit: int) -> list[Handelse]:
    """Return the latest events in the delprojekt whose events the actor hears of, newest first. One query.

    What is told afterwards of the time before the portal is no news.
    """
    heard_of = readable(actor, Noun.HANDELSER, "delprojekt__", Niva.RUBRIK)
    rows = Handelse.objects.filter(heard_of, seen(actor, "delprojekt__"))
    rows = rows.filter(efterhand=False)
    for acts, noun in HORS_AV:
        rows = rows.exclude(Q(act__in=acts) & ~readable(actor, noun, "delprojekt__"))
    return told(actor, heard(actor, rows).select_related("person", "delprojekt").order_by("-pk")[:limit])


def _historic_rail(actor: Actor, delprojekt: Delprojekt) -> list[Railsteg]:
    """Return the rail of what is Historiskt: nothing of it is to come, and only what is told is known."""
    known = {one.steg: one.nar for one in efterhand.known_facts(actor, [delprojekt]).get(delprojekt.pk, [])}
    return [Railsteg(s, "klar" if s in known else "okant", None, known.get(s, "")) for s in HUVUDLINJE]


def _rail(steg: Steg, path: list[Stegbesok]) -> list[Railsteg]:
    latest = {Steg(visit.steg): visit for visit in path}
    reached = [i for i, s in enumerate(HUVUDLINJE) if s in latest]
    here = HUVUDLINJE.index(steg) if steg in HUVUDLINJE else max(reached, default=-1) + 1
    states = [_rail_state(s, i, here, steg, latest) for i, s in enumerate(HUVUDLINJE)]
    return [
        Railsteg(s, state, latest.get(s) if state in {"klar", "nu"} else None)
        for s, state in zip(HUVUDLINJE, states, strict=True)
    ]


def _rail_state(step: Steg, number: int, here: int, now: Steg, latest: dict[Steg, Stegbesok]) -> str:
    if number >= here:
        return "nu" if step is now else "kommande"
    return "klar" if step in latest else "hoppat"  # an avvikelse led past it (M5-1)
