"""The tab Uppföljning: the rounds with who is asked, what is measured and what came of it (§5.8)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from delprojekt.models import (
    Delprojekt,
    Faktumrad,
    Matvarde,
    Uppdragsomgang,
    Uppfoljningsforfragan,
    Uppfoljningsomgang,
    Uppfoljningsparameter,
)
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.matning import Malstatus, Trend, hogsta, malstatus, trend
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.formular import parameters


@dataclass(frozen=True)
class Parameterrad:
    """One parameter with what was measured last in a round, and before that."""

    parameter: Uppfoljningsparameter
    matvarden: list[Matvarde]
    trend: Trend
    hogsta: bool | None

    @property
    def senaste(self) -> Matvarde | None:
        """Return the value that speaks for the parameter: the latest of the whole sjukvårdsregion (I-3)."""
        return next((m for m in reversed(self.matvarden) if m.region_id is None), None)


@dataclass(frozen=True)
class Omgangsdel:
    """One round of follow-up as the tab shows it."""

    omgang: Uppfoljningsomgang
    forfragningar: list[Uppfoljningsforfragan]
    parametrar: list[Parameterrad]
    malstatus: Malstatus
    redovisningar: list[Faktumrad]

    @property
    def antal_hogsta(self) -> int:
        """Return how many parameters are on their highest level."""
        return sum(1 for row in self.parametrar if row.hogsta)

    @property
    def bedomda(self) -> int:
        """Return how many parameters have been assessed."""
        return sum(1 for row in self.parametrar if row.hogsta is not None)


def rounds(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None) -> list[Omgangsdel]:
    """Return the rounds, newest first. The number of queries does not grow with the rows."""
    asked = Prefetch("forfragningar", Uppfoljningsforfragan.objects.select_related("person").order_by("pk"))
    measured = Prefetch("matvarden", Matvarde.objects.select_related("region").order_by("registrerat_at", "pk"))
    rows = Uppfoljningsomgang.objects.filter(
        namndbeslut__delprojekt=delprojekt, namndbeslut__aterkallat_at=None, aterkallad_at=None
    )
    found = list(rows.prefetch_related(asked, measured).order_by("nummer"))
    plan = parameters(actor, omgang)
    told = list(
        Faktumrad.objects.filter(delprojekt=delprojekt, slag=Faktumslag.REDOVISAD, ersatt_av=None)
        .select_related("arende__mote__organ")
        .order_by("date", "pk")
    )
    parts = []
    before: list[Matvarde] = []
    for n, row in enumerate(found):
        values = list(row.matvarden.all())
        lines = [_line(one, values, before) for one in plan]
        status = malstatus(line.hogsta for line in lines)
        later = found[n + 1].fran_date if n + 1 < len(found) else None
        since = row.fran_date
        mine = [f for f in told if (since is None or since <= f.date) and (later is None or f.date < later)]
        parts.append(Omgangsdel(row, list(row.forfragningar.all()), lines, status, mine))
        before = values or before
    return parts[::-1]


def _line(one: Uppfoljningsparameter, values: Iterable[Matvarde], before: Iterable[Matvarde]) -> Parameterrad:
    mine = [m for m in values if m.parameter_id == one.pk]
    line = Parameterrad(one, mine, Trend.OKAND, None)
    latest = line.senaste
    if latest is None:
        return line
    all_regions = [m for m in (*before, *mine) if m.parameter_id == one.pk and m.region_id is None and m != latest]
    earlier = all_regions[-1].varde if all_regions else one.utgangsvarde
    moved = trend(latest.varde, earlier, one.riktning)
    return Parameterrad(one, mine, moved, hogsta(latest.niva, one.nivaer))


def may_answer(actor: Actor, delprojekt: int, asked: Uppfoljningsforfragan) -> bool:
    """Tell whether the actor may answer a request: the one who is asked, or kansliet that coordinates (M5.8-6)."""
    return asked.person_id == actor.person or bool(actor.roller(delprojekt) & {Roll.KANSLI, Roll.KONTAKTPERSON})
