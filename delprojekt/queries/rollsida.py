"""What the pages of the roles show: what is waited for, what comes, and how it stands, as seen by the one who asks."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from delprojekt.models import (
    HINDER_AVSLUTAT,
    RAKNAS_MED,
    Arende,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Inforandehinder,
    Inforandestatus,
    Innehav,
    Milstolpe,
    Mote,
    Namndbeslut,
    Person,
    Region,
    Stallning,
    Stallningsval,
    Vantar,
)
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll, sags_lika
from delprojekt.process.stallning import AVSTAR, vill_andra
from delprojekt.process.steg import SLUT, Steg
from delprojekt.process.synlighet import Noun, ser, ser_fakta
from delprojekt.queries.aktor import gallande
from delprojekt.queries.arbete import with_tasks
from delprojekt.queries.besok import is_undone, levande_for_many
from delprojekt.queries.delprojekt import heard, readable, seen, visible_to, waiting
from delprojekt.queries.lage_beslut import counting_visits
from delprojekt.queries.nomineringssvar import Regionsfraga, asked_of
from delprojekt.queries.rader import among

FA = 20
"""So many rows of a kind stand on a role page; the rest are a click away, in the list."""


def waits(actor: Actor, *roller: Roll, region: str | None = None, acts: tuple[Act, ...] = ()) -> list[Vantar]:
    """Return what is waited for of some roles (and one region), most urgent first. One query."""
    rows = heard(actor, Vantar.objects.filter(seen(actor, "delprojekt__")))
    rows = rows.filter(roll__in=roller) if roller else rows
    rows = rows.filter(act__in=acts) if acts else rows
    if region:
        rows = rows.filter(Q(region__slug=region) | Q(region=None))
    rows = rows.select_related("delprojekt", "region")
    return list(rows.order_by("frist_date", "sedan_at", "pk")[: 4 * FA])


def overdue(actor: Actor) -> list[Vantar]:
    """Return what is overdue, the oldest first. One query."""
    rows = heard(actor, Vantar.objects.filter(seen(actor, "delprojekt__"), frist_date__lt=idag()))
    return list(rows.select_related("delprojekt", "region").order_by("frist_date", "pk")[:FA])


def lies_with(actor: Actor) -> list[tuple[Roll, int]]:
    """Return how many delprojekt lie with each role, the most first. One query."""
    rows = Vantar.objects.filter(~_SAID_ALREADY, seen(actor, "delprojekt__")).order_by().values_list("roll")
    counted: dict[Roll, int] = {}
    for word, n in rows.annotate(n=Count("delprojekt", distinct=True)):
        name = sags_lika(Roll(word))[0]
        counted[name] = counted.get(name, 0) + n
    return sorted(counted.items(), key=lambda pair: -pair[1])


def _said_already() -> Q:
    """Return what lies with a role in a delprojekt that lies with an earlier one that is said with the same words.

    So each delprojekt is counted once, and the rows can be counted as they lie in the index.
    """
    found = Q(pk__in=[])
    for roll in Roll:
        if earlier := list(takewhile(lambda other, last=roll: other is not last, sags_lika(roll))):  # type: ignore[misc]
            found |= Q(Exists(Vantar.objects.filter(delprojekt=OuterRef("delprojekt"), roll__in=earlier)), roll=roll)
    return found


_SAID_ALREADY = _said_already()


@dataclass(frozen=True)
class Obesvarad:
    """A recommendation that some region has not decided on."""

    delprojekt: Delprojekt
    regioner: list[str]
    namnd_date: date | None

    @property
    def dagar(self) -> int | None:
        """Return the days since nämnden recommended."""
        return (idag() - self.namnd_date).days if self.namnd_date else None


def unanswered(actor: Actor) -> list[Obesvarad]:
    """Return the recommendations that wait for a region's decision, the oldest first (KEFU). One query."""
    decided = Namndbeslut.objects.filter(delprojekt=OuterRef("delprojekt"), aterkallat_at=None)
    rows = Vantar.objects.filter(
        seen(actor, "delprojekt__"), act=Act.REGISTRERA_HUVUDMANSBESLUT, roll=Roll.REGIONKONTAKT
    )
    rows = rows.annotate(namnd_date=Subquery(decided.values("arende__mote__date")[:1]))
    found: dict[int, Obesvarad] = {}
    for row in rows.select_related("delprojekt", "region").order_by("frist_date", "sedan_at", "pk")[: 4 * FA]:
        item = found.setdefault(row.delprojekt_id, Obesvarad(row.delprojekt, [], row.namnd_date))
        if row.region:
            item.regioner.append(row.region.kortnamn)
    return list(found.values())[:FA]


@dataclass(frozen=True)
class Motesplan:
    """A meeting to come: the delprojekt on its agenda, each once, with what is taken up."""

    mote: Mote
    arenden: list[tuple[Delprojekt, list[str]]]


def meetings(actor: Actor, *slag: Organslag) -> list[Motesplan]:
    """Return the meetings to come with the visible delprojekt under way, the next first; what is taken up is said as
    far as the actor may read it. Four queries."""
    shown = Arende.objects.filter(seen(actor, "delprojekt__")).exclude(delprojekt__steg__in=SLUT)
    agenda = shown.select_related("delprojekt").order_by("mote", "delprojekt", "pk").distinct("mote", "delprojekt")
    rows = Mote.objects.filter(date__gte=idag())
    rows = rows.filter(organ__slag__in=slag) if slag else rows
    found = rows.select_related("organ").prefetch_related(Prefetch("arenden", agenda)).order_by("date", "pk")[:8]
    taken_up = _taken_up(list(found))
    return [Motesplan(one, [_item(actor, item, taken_up) for item in one.arenden.all()]) for one in found]


_Kinds = dict[tuple[int, int], list[Faktumslag]]


def _taken_up(meetings: list[Mote]) -> _Kinds:
    """Return the kinds of facts that belong to each meeting and delprojekt; not what was undone. Two queries."""
    shown = {item.delprojekt_id for one in meetings for item in one.arenden.all()}
    rows = Faktumrad.objects.filter(arende__mote__in=meetings, delprojekt__in=shown, ersatt_av=None).order_by("pk")
    found: _Kinds = {}
    paths = levande_for_many(shown)
    told = rows.values_list("arende__mote", "delprojekt", "slag", "besok", "efterhand")
    for mote, delprojekt, slag, besok, before in told:
        if mote is not None and (before or not is_undone(Faktumslag(slag), besok, paths[delprojekt])):
            found.setdefault((mote, delprojekt), []).append(Faktumslag(slag))
    return found


def _item(actor: Actor, item: Arende, taken_up: _Kinds) -> tuple[Delprojekt, list[str]]:
    one = item.delprojekt
    reads = ser_fakta(actor, one.pk, Steg(one.steg))
    kinds = dict.fromkeys(taken_up.get((item.mote_id, one.pk), []))
    return one, [str(slag.label) for slag in kinds if slag in reads]


def load(actor: Actor) -> list[dict[str, Any]]:
    """Return how many delprojekt under way each contact person keeps, the most first. Two queries."""
    going = [steg.value for steg in Steg if steg not in SLUT]
    under_way = among("delprojekt", Delprojekt.objects.filter(steg__in=going))
    rows = Innehav.objects.filter(gallande(), under_way, roll=Roll.KONTAKTPERSON)
    counted = dict(rows.order_by().values_list("person").annotate(n=Count("*")).order_by("-n", "person")[:FA])
    named = Person.objects.in_bulk(list(counted))
    return [{"pk": pk, "namn": str(named[pk]), "antal": n} for pk, n in counted.items()]


def resting(actor: Actor) -> list[Delprojekt]:
    """Return what is paused or waits for resources, the longest first, with the day it is to be taken up. One query."""
    until = Faktumrad.objects.filter(
        delprojekt=OuterRef("pk"), slag__in=[Faktumslag.PAUS, Faktumslag.AVVAKTAN], ersatt_av=None
    ).order_by("-pk")
    rows = visible_to(actor).filter(Q(pausat=True) | Q(steg=Steg.AVVAKTAR))
    return list(rows.annotate(tas_upp=Subquery(until.values("till_date")[:1])).order_by("stegat_at", "pk")[:FA])


@dataclass(frozen=True)
class Arendelage:
    """One delprojekt at ledningsgruppen: what is waited for, at which meeting, and how the regions stand."""

    delprojekt: Delprojekt
    vantar: list[Vantar]
    mote_date: date | None
    eniga: int
    av: int
    vill_andra: dict[str, str]
    """What each region that is not agreed says, in a sentence."""


def at_ledningsgruppen(actor: Actor) -> list[Arendelage]:
    """Return what ledningsgruppen is to decide or take a stance on, by its meeting. Five queries at most."""
    rows = waits(actor, Roll.LEDNINGSGRUPP, Roll.SEKRETERARE)
    by: dict[int, list[Vantar]] = {}
    for row in rows:
        by.setdefault(row.delprojekt_id, []).append(row)
    keys = list(by)[:FA]
    stances = _stances(actor, [by[pk][0].delprojekt for pk in keys])
    days = _meeting_days(keys)
    found = []
    for pk in keys:
        agreed, of, against = stances.get(pk, (0, 0, {}))
        found.append(Arendelage(by[pk][0].delprojekt, by[pk], days.get(pk), agreed, of, against))
    return sorted(found, key=lambda item: (item.mote_date is None, item.mote_date or idag()))


def _meeting_days(keys: list[int]) -> dict[int, date]:
    """Return the last meeting of ledningsgruppen that each delprojekt stands on the agenda of. One query."""
    rows = Arende.objects.filter(delprojekt__in=keys).values_list("delprojekt", "mote__date", "mote__organ__slag")
    days = sorted((day, pk) for pk, day, slag in rows if slag == Organslag.LEDNINGSGRUPP)
    return {pk: day for day, pk in days}


def _stances(actor: Actor, rows: list[Delprojekt]) -> dict[int, tuple[int, int, dict[str, str]]]:
    """Return agreed, of how many, and what the others want, by delprojekt. Four queries."""
    keys = [
        d.pk for d in rows if d.steg == Steg.LEDNINGSGRUPP and ser(actor, Noun.STALLNINGAR, d.pk, Steg.LEDNINGSGRUPP)
    ]
    paths = levande_for_many(keys)
    taking: dict[int, set[int]] = {}
    asked = Deltagande.objects.filter(delprojekt__in=keys, status__in=RAKNAS_MED)
    for pk, region in asked.values_list("delprojekt", "region"):
        taking.setdefault(pk, set()).add(region)
    taken = Prefetch("stallningar", Stallning.objects.select_related("region").order_by("region__ordning"))
    latest = Beslutsforslag.objects.filter(delprojekt__in=keys).order_by("delprojekt", "-version")
    found = {}
    for proposal in latest.distinct("delprojekt").prefetch_related(taken):
        path = paths[proposal.delprojekt_id]
        if proposal.besok_id not in {v.pk for v in counting_visits(path)}:
            continue
        regions = taking.get(proposal.delprojekt_id, set())
        valid = [s for s in proposal.stallningar.all() if s.besok_id == path[-1].pk and s.region_id in regions]
        agreed = sum(1 for s in valid if s.val == Stallningsval.ENIG)
        against = {
            s.region.kortnamn: vill_andra(s.region.kortnamn, s.skal, avstar=s.val == AVSTAR)
            for s in valid
            if s.val != Stallningsval.ENIG
        }
        found[proposal.delprojekt_id] = (agreed, len(regions), against)
    return found


@dataclass(frozen=True)
class Regionsida:
    """A region's commitments."""

    region: Region
    fragat: list[Vantar]
    svarat: list[Beslutshandling]
    inforande: list[Inforandestatus]
    hinder: list[Inforandehinder]
    uppfoljning: list[Delprojekt]
    nomineringar: list[Regionsfraga]


def get_region(actor: Actor, slug: str) -> Region:
    """Return a region. Raises Region.DoesNotExist when there is none."""
    found: Region = Region.objects.get(slug=slug)
    return found


def region_page(actor: Actor, region: Region) -> Regionsida:
    """Return what a region is asked, what it has answered, and what it introduces and follows up. Seven queries."""
    seen = readable(actor, Noun.HUVUDMANSBESLUT, "namndbeslut__delprojekt__")
    papers = Beslutshandling.objects.filter(seen, region=region, namndbeslut__aterkallat_at=None)
    mine = readable(actor, Noun.HUVUDMANSBESLUT, "rekommendation__namndbeslut__delprojekt__")
    own = {"region": region, "rekommendation__namndbeslut__aterkallat_at": None}
    # the latest word on each recommendation, newest first
    latest = Inforandestatus.objects.filter(mine, **own).order_by("rekommendation", "-rapporterat_at", "-pk")
    intro = Inforandestatus.objects.filter(pk__in=latest.distinct("rekommendation").values("pk"))
    hinder = Inforandehinder.objects.filter(mine, **own).exclude(lage__in=HINDER_AVSLUTAT).order_by("pk")
    follow = visible_to(actor).filter(
        steg__in=[Steg.INFORANDE, Steg.UPPFOLJNING],
        deltaganden__region=region,
        deltaganden__status=Deltagandestatus.DELTAR,
    )
    return Regionsida(
        region,
        waits(actor, Roll.REGIONKONTAKT, Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, region=region.slug),
        list(papers.select_related("namndbeslut__delprojekt").order_by("-date", "-pk")[:FA]),
        list(
            intro.select_related("rekommendation__namndbeslut__delprojekt").order_by("-rapporterat_at", "-pk")[: 2 * FA]
        ),
        list(hinder.select_related("rekommendation__namndbeslut__delprojekt")[:FA]),
        list(follow.prefetch_related(waiting(actor)).order_by("stegat_at", "pk")[:FA]),
        asked_of(actor, region)[:FA],
    )


def group_delprojekt(actor: Actor, roller: frozenset[Roll]) -> QuerySet[Delprojekt]:
    """Return the delprojekt whose group the actor is in, those under way first."""
    own = [m.delprojekt for m in actor.mandat if m.delprojekt and m.roll in roller]
    rows = visible_to(actor).filter(pk__in=own).select_related("sjukvardsregion", "forslag", "foralder")
    return with_tasks(actor, rows.order_by("-stegat_at", "-pk"))


def meetings_of(actor: Actor, delprojekt: Delprojekt) -> list[Arende]:
    """Return the meetings that a delprojekt has been and will be on the agenda of, the latest first. One query."""
    rows = Arende.objects.filter(delprojekt=delprojekt).select_related("mote__organ")
    return list(rows.order_by("-mote__date", "-pk")[:8])


def milestones(actor: Actor, omgang: int) -> list[Milstolpe]:
    """Return the planned milestones of an omgång, in time. One query."""
    rows = Milstolpe.objects.filter(omgang=omgang, struken_at=None)
    return list(rows.order_by("sista_date", "pk"))
