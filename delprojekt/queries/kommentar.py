"""Comments beside a text and proposed changes of it: threads, how many there are, and who is asked (§5.4.1)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value

from delprojekt.models import (
    Avsnittsuppgift,
    Delprojekt,
    Innehav,
    Kommentar,
    Kommentarsfraga,
    Kommentarsinlagg,
    Kommentarsslag,
    Person,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.mall import utelamnas_med
from delprojekt.process.roller import I_DELPROJEKT, SYSTEM, Actor, Roll
from delprojekt.process.steg import SKRIVER, Steg
from delprojekt.process.synlighet import kommenterar
from delprojekt.queries.aktor import gallande
from delprojekt.queries.namn import inside, is_representative, representatives
from delprojekt.queries.rader import rows, values


@dataclass(frozen=True)
class Inlagg:
    """What somebody wrote in a thread, and whether it is the reader's own; struck: without its words."""

    pk: int
    vem: str
    text: str
    nar: datetime
    eget: bool
    struket: bool


@dataclass(frozen=True)
class Fraga:
    """Somebody who is asked in a thread and has not answered; ``lamnad``: they are to see to it, by a day if any."""

    person: int
    vem: str
    lamnad: bool
    senast: date | None


@dataclass(frozen=True)
class Trad:
    """A thread beside a text: who began it, what was written in it, who is asked, and who ended it."""

    kommentar: Kommentar
    vem: str
    inlagg: list[Inlagg]
    fragor: list[Fraga]
    avgjord_av: str = ""

    @property
    def pk(self) -> int:
        """Return its key."""
        return self.kommentar.pk

    @property
    def oppen(self) -> bool:
        """Tell whether it is still to be seen to."""
        return not self.kommentar.utfall

    @property
    def andring(self) -> bool:
        """Tell whether it is a proposed change."""
        return self.kommentar.slag == Kommentarsslag.ANDRING

    @property
    def hos(self) -> Fraga | None:
        """Return who is to see to it, if somebody has been handed it."""
        return next((one for one in self.fragor if one.lamnad), None)


def threads(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang, nyckel: str) -> list[Trad]:
    """Return the threads of a section, and the open ones of the others. One query."""
    return _read(actor, delprojekt, Kommentar.objects.filter(Q(nyckel=nyckel) | Q(utfall=""), omgang=omgang))


def open_threads(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang) -> dict[str, list[Trad]]:
    """Return the open threads of every section, by key. One query."""
    found: dict[str, list[Trad]] = {}
    for one in _read(actor, delprojekt, Kommentar.objects.filter(omgang=omgang, utfall="")):
        found.setdefault(one.kommentar.nyckel, []).append(one)
    return found


def _read(actor: Actor, delprojekt: Delprojekt, asked: QuerySet[Kommentar]) -> list[Trad]:
    shown = inside(actor, delprojekt)

    def dold(person: str, path: str = "") -> Any:
        return Value(False) if shown else is_representative(SYSTEM, f"{path}omgang__delprojekt", person)

    wrote = Kommentarsinlagg.objects.filter(kommentar=OuterRef("pk")).order_by("pk")
    questions = Kommentarsfraga.objects.filter(kommentar=OuterRef("pk"), avgjord_at=None).order_by("pk")
    found: Any = asked.select_related("av", "avgjord_av", "omgang").annotate(
        skrivet=rows(
            wrote,
            pk="pk",
            text="text",
            nar="skriven_at",
            struken="struken_at",
            person="av_id",
            fornamn="av__fornamn",
            efternamn="av__efternamn",
            dold=dold("av", "kommentar__"),
        ),
        fragade=rows(
            questions,
            lamnad="lamnad",
            senast="senast_date",
            person="person_id",
            fornamn="person__fornamn",
            efternamn="person__efternamn",
            dold=dold("person", "kommentar__"),
        ),
        dold=dold("av"),
        dold_som_avgjorde=dold("avgjord_av"),
    )
    return [_thread(actor, row) for row in found.order_by("pk")]


def _thread(actor: Actor, row: Any) -> Trad:
    posts = [
        Inlagg(
            one["pk"],
            _name(one),
            "" if one["struken"] else one["text"],
            datetime.fromisoformat(one["nar"]),
            one["person"] == actor.person,
            bool(one["struken"]),
        )
        for one in row.skrivet
    ]
    asked = [
        Fraga(one["person"], _name(one), one["lamnad"], date.fromisoformat(one["senast"]) if one["senast"] else None)
        for one in row.fragade
    ]
    ended = row.avgjord_av.kallas({row.avgjord_av_id} if row.dold_som_avgjorde else ()) if row.avgjord_av else ""
    who = row.av.kallas({row.av_id} if row.dold else ())
    return Trad(row, who, posts, asked, ended)


def _name(one: dict[str, Any]) -> str:
    return str(Roll.PATIENTFORETRADARE.label) if one["dold"] else f"{one['fornamn']} {one['efternamn']}".strip()


def counts(actor: Actor, omgang: Uppdragsomgang) -> dict[str, int]:
    """Return how many open threads each section has, by key. One query."""
    found = Kommentar.objects.filter(omgang=omgang, utfall="").order_by().values_list("nyckel")
    return dict(found.annotate(n=Count("pk")))


def readers(actor: Actor, delprojekt: Delprojekt) -> list[tuple[Person, str]]:
    """Return who can be asked in a comment: those who may comment now by a role and can be told by mail, with names as
    the actor may see them. Not the actor. One query."""
    steg = Steg(delprojekt.steg)
    roller = frozenset(roll for roll in Roll if steg in kommenterar(roll))
    taking = delprojekt.deltaganden.values("region")
    own = Q(delprojekt=delprojekt, roll__in=roller & I_DELPROJEKT)
    everywhere = Q(delprojekt=None, roll__in=roller - I_DELPROJEKT) & (Q(region=None) | Q(region__in=taking))
    held = Innehav.objects.filter(gallande(), own | everywhere)
    people: Any = Person.objects.filter(pk__in=held.values("person")).exclude(pk=actor.person or 0).exclude(epost="")
    people = people.annotate(foretrader=Q(pk__in=representatives(actor, delprojekt)))
    shown = inside(actor, delprojekt)
    found = people.order_by("efternamn", "fornamn", "pk")
    return [(one, one.kallas({one.pk} if one.foretrader and not shown else ())) for one in found]


def works_with(actor: Actor, delprojekt: Delprojekt, person: int) -> bool:
    """Tell whether somebody holds a role now that lets them comment on some text of the delprojekt. One query."""
    steg = Steg(delprojekt.steg)
    roller = {roll for roll in Roll if steg in kommenterar(roll)} | {Roll.ADJUNGERAD}
    held = Innehav.objects.filter(gallande(), Q(delprojekt=delprojekt) | Q(delprojekt=None), roll__in=roller)
    return held.filter(person=person).exists()


def asked_of(actor: Actor) -> list[Kommentarsfraga]:
    """Return the open threads in which the actor is asked and can answer now, the first day to keep first. One query.

    Those of the round of mandate that is written now, in sections that are not left out.
    """
    path = "kommentar__omgang__delprojekt"
    now = Stegbesok.objects.filter(delprojekt=OuterRef(path)).order_by("-nummer").values("omgang")[:1]
    left_out = Avsnittsuppgift.objects.filter(omgang=OuterRef("kommentar__omgang")).exclude(utelamnat="")
    mine = Kommentarsfraga.objects.filter(person=actor.person, avgjord_at=None, kommentar__utfall="")
    mine = mine.filter(_comments_on(actor, f"{path}__"), **{f"{path}__pausat": False}, kommentar__omgang=Subquery(now))
    mine = mine.annotate(utelamnade=values(left_out, "nyckel")).select_related(path, "kommentar__av")
    found: Any = mine.order_by(F("senast_date").asc(nulls_last=True), "stalld_at", "pk")
    return [row for row in found if not any(row.kommentar.nyckel in utelamnas_med(key) for key in row.utelamnade)]


def _comments_on(actor: Actor, path: str) -> Q:
    """Return the filter for the questions that the actor's roles let them answer now (``policy/kommentar.py``)."""
    found = Q(pk__in=[])
    for mandat in actor.mandat:
        invited = mandat.roll is Roll.ADJUNGERAD
        steps = SKRIVER if invited else kommenterar(mandat.roll)
        where: dict[str, Any] = {f"{path}steg__in": [steg.value for steg in steps]}
        where |= {f"{path}pk": mandat.delprojekt} if mandat.delprojekt else {}
        where |= {"kommentar__nyckel__in": sorted(mandat.avsnitt)} if invited else {}
        found |= Q(**where) if steps else Q(pk__in=[])
    return found


def get_comment(actor: Actor, omgang: Uppdragsomgang, nyckel: str, pk: int) -> Kommentar:
    """Return one comment of a section. Raises Kommentar.DoesNotExist."""
    return Kommentar.objects.get(pk=pk, omgang=omgang, nyckel=nyckel)
