"""Ledningsgruppens meetings: which they are, what stands on their agenda, and what else waits for the group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery

from delprojekt.models import Arende, Delprojekt, Faktumrad, Mote, Stegbesok, Vantar
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.mote import ANMALER
from delprojekt.process.roller import Actor, Roll, sags_lika
from delprojekt.queries.delprojekt import heard, seen, visible_to

HOGST = 60
"""So many delprojekt stand on the page of a meeting; no meeting has so many points."""
NYSS = timedelta(days=60)
"""For so long a meeting that has been held is proposed."""


@dataclass(frozen=True)
class Motesarende:
    """A delprojekt that ledningsgruppen has before it, and where it is announced, if it is."""

    delprojekt: Delprojekt
    anmalt: Arende | None


def announced(actor: Actor, delprojekt: Iterable[int] | None = None) -> dict[int, Arende]:
    """Return the item of the anmälan that counts now, by delprojekt: of the visit that it stands in. One query."""
    latest = Stegbesok.objects.filter(delprojekt=OuterRef("delprojekt")).order_by("-nummer")
    rows = Faktumrad.objects.filter(seen(actor, "delprojekt__"), slag__in=ANMALER, ersatt_av=None)
    rows = rows.annotate(nu=Subquery(latest.values("pk")[:1]), fran=Subquery(latest.values("ateroppnar")[:1]))
    rows = rows.filter(Q(besok=F("nu")) | Q(besok=F("fran")), arende__isnull=False)
    rows = rows if delprojekt is None else rows.filter(delprojekt__in=delprojekt)
    return {row.delprojekt_id: row.arende for row in rows.select_related("arende__mote").order_by("pk") if row.arende}


def agenda_item(actor: Actor, delprojekt: Delprojekt) -> tuple[date, str] | None:
    """Return the day and the point where ledningsgruppen has the delprojekt on its agenda: the anmälan that counts now.

    Else a meeting today or later, without a point: what it was up for there is another matter. One or two queries.
    """
    found = announced(actor, [delprojekt.pk]).get(delprojekt.pk)
    if found:
        return found.mote.date, found.punkt
    rows = Arende.objects.filter(delprojekt=delprojekt, mote__organ__slag=Organslag.LEDNINGSGRUPP)
    day = rows.filter(mote__date__gte=idag()).order_by("mote__date").values_list("mote__date", flat=True).first()
    return (day, "") if day else None


def known_meetings(actor: Actor) -> list[Mote]:
    """Return ledningsgruppens meetings that have been held lately or are to come, in time. One query."""
    rows = Mote.objects.filter(organ__slag=Organslag.LEDNINGSGRUPP, date__gte=idag() - NYSS)
    return list(rows.order_by("date")[:8])


def matters(actor: Actor, announced_to: dict[int, Arende], day: date) -> list[Motesarende]:
    """Return what is announced to the meeting of a day, by point, then what else waits for ledningsgruppen. One query.

    In: ``announced_to``, as ``announced`` answers.
    """
    waits = heard(actor, Vantar.objects.filter(seen(actor, "delprojekt__"), roll__in=sags_lika(Roll.LEDNINGSGRUPP)))
    here = [pk for pk, item in announced_to.items() if item.mote.date == day]
    rows = visible_to(actor).filter(Q(pk__in=waits.values("delprojekt")) | Q(pk__in=here)).order_by("stegat_at", "pk")
    found = [Motesarende(row, announced_to.get(row.pk)) for row in rows.select_related("forslag")[:HOGST]]
    return sorted(found, key=lambda one: _place(one.anmalt, day))


def _place(item: Arende | None, day: date) -> tuple[int, int, str]:
    if item is None or item.mote.date != day:
        return (1, 0, "")
    number = "".join(sign for sign in item.punkt if sign.isdigit())
    return (0, int(number or 0), item.punkt)


def matters_of(actor: Actor, keys: Iterable[int]) -> list[Motesarende]:
    """Return named delprojekt as far as the actor may see them, in the order of the keys. Two queries."""
    wanted = list(dict.fromkeys(keys))[:HOGST]
    rows = visible_to(actor).select_related("sjukvardsregion", "forslag__tidigare", "foralder").in_bulk(wanted)
    items = announced(actor, wanted)
    return [Motesarende(rows[pk], items.get(pk)) for pk in wanted if pk in rows]
