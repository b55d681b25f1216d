"""The short way of each delrapport: the group, samarbetsgruppen, and ledningsgruppen for kännedom (T21, §5.4.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from delprojekt.models import (
    Delprojekt,
    Dokumentjobb,
    Dokumentslag,
    Dokumentversion,
    Faktumrad,
    Format,
    Uppdragsomgang,
)
from delprojekt.process.fakta import DELRAPPORTENS, Faktumslag, Organslag
from delprojekt.process.roller import Actor
from delprojekt.process.steg import SKRIVER
from delprojekt.process.synlighet import Noun
from delprojekt.queries.besok import is_undone, levande_for_many
from delprojekt.queries.delprojekt import readable


@dataclass(frozen=True)
class Delrapport:
    """One delrapport and how far it has come. ``redovisad``: each time it was told, oldest first.

    ``utgava`` is the version of its document; empty when it was handed in before the portal.
    """

    delprojekt: Delprojekt
    utgava: str
    galler: str
    lamnad: date
    redovisad: tuple[Faktumrad, ...] = ()
    delgiven: date | None = None
    version: Dokumentversion | None = None

    def dag(self, organ: Organslag) -> date | None:
        """Return the day that a body was first told of it."""
        return next((f.date for f in self.redovisad if _body(f) == organ), None)

    @property
    def samarbetsgrupp(self) -> date | None:
        """Return the day that samarbetsgruppen, the first to see it, was told of it."""
        return self.dag(Organslag.SAMARBETSGRUPP)

    @property
    def ledningsgrupp(self) -> date | None:
        """Return the day that ledningsgruppen was told of it at a meeting."""
        return self.dag(Organslag.LEDNINGSGRUPP)

    @property
    def hos_ledningsgruppen(self) -> bool:
        """Tell whether ledningsgruppen has been given it: sent to, or told at a meeting."""
        return bool(self.delgiven or self.ledningsgrupp)

    @property
    def pdf(self) -> int | None:
        """Return the key of the job that makes its PDF."""
        return getattr(self.version, "pdf", None)


def _body(fact: Faktumrad) -> str:
    return fact.organ or (str(fact.arende.mote.organ.slag) if fact.arende else "")


def of_round(actor: Actor, omgang: Uppdragsomgang) -> list[Delrapport]:
    """Return the delrapporter of an uppdragsomgång, newest first. In: one that the actor may read the work of."""
    return _read([omgang.delprojekt_id], omgang.pk)


def latest(actor: Actor, noun: Noun, *, given: bool = False) -> list[Delrapport]:
    """Return the latest delrapport of each delprojekt that is at work and whose ``noun`` the actor may read.

    ``given``: the latest that ledningsgruppen has been given; one that is handed in after it changes nothing for them.
    """
    rows = Faktumrad.objects.filter(readable(actor, noun, "delprojekt__"), slag=Faktumslag.DELRAPPORT_LAMNAD)
    keys = set(rows.filter(delprojekt__steg__in=SKRIVER).values_list("delprojekt", flat=True))
    found = _read(sorted(keys)) if keys else []
    newest = {row.delprojekt.pk: row for row in reversed(found) if row.hos_ledningsgruppen or not given}
    return sorted(newest.values(), key=lambda row: row.lamnad, reverse=True)


def is_passed_on(actor: Actor, version: Dokumentversion) -> bool:
    """Tell whether a version of a delrapport has been given to ledningsgruppen."""
    found = _read([version.delprojekt_id], version.omgang_id)
    return any(row.version == version and row.hos_ledningsgruppen for row in found)


def _read(keys: Sequence[int], omgang: int | None = None) -> list[Delrapport]:
    """Return the delrapporter of some delprojekt, newest first; those of the latest omgång if none is given."""
    rows = Faktumrad.objects.filter(delprojekt__in=keys, slag__in=DELRAPPORTENS, ersatt_av=None)
    paths = levande_for_many(keys)
    rows = rows.select_related("delprojekt", "arende__mote__organ").order_by("date", "pk")
    facts = [f for f in rows if not is_undone(Faktumslag(f.slag), f.besok_id, paths[f.delprojekt_id])]
    files = Dokumentjobb.objects.filter(dokument=OuterRef("pk"), format=Format.PDF).order_by("pk")
    papers = Dokumentversion.objects.filter(
        delprojekt__in=keys, slag=Dokumentslag.DELRAPPORT, aterkallad_at=None
    ).defer("trad")
    versions = list(papers.annotate(pdf=Subquery(files.values("pk")[:1])).order_by("pk"))
    found: list[Delrapport] = []
    for pk in keys:
        wanted = omgang or (paths[pk][-1].omgang_id if paths[pk] else None)
        mine = [f for f in facts if f.delprojekt_id == pk and f.omgang_id == wanted]
        found += _ways(mine, [v for v in versions if v.delprojekt_id == pk and v.omgang_id == wanted])
    return found[::-1]


def ways(actor: Actor, facts: Iterable[Faktumrad], versions: Sequence[Dokumentversion] = ()) -> list[Delrapport]:
    """Return one way for each that was handed in, with what was told of it.

    Each fact says which it is about; of what was before the portal, it is what was told after it and before the next.
    In: the facts of one omgång and the versions that were not recalled, both oldest first. No query.
    """
    return _ways(facts, versions)


def _ways(facts: Iterable[Faktumrad], versions: Sequence[Dokumentversion]) -> list[Delrapport]:
    found: list[list[Faktumrad]] = []
    for fact in sorted(facts, key=lambda row: row.slag != Faktumslag.DELRAPPORT_LAMNAD):
        if fact.slag == Faktumslag.DELRAPPORT_LAMNAD:
            found.append([fact])
        elif way := _way_of(fact, found):
            way.append(fact)
    papers = {row.version: row for row in versions}
    return [
        Delrapport(
            way[0].delprojekt,
            way[0].val,
            way[0].part,
            way[0].date,
            tuple(f for f in way if f.slag == Faktumslag.DELRAPPORT),
            next((f.date for f in way if f.slag == Faktumslag.DELRAPPORT_DELGIVEN), None),
            papers.get(way[0].val),
        )
        for way in found
    ]


def _way_of(fact: Faktumrad, ways: Iterable[list[Faktumrad]]) -> list[Faktumrad] | None:
    """Return the way that a fact is about: of its version, or before the portal of its name, else the latest then."""
    found = [way for way in ways if way[0].val == fact.val]
    if not fact.val:
        named = [way for way in found if way[0].part.strip().casefold() == fact.part.strip().casefold()]
        found = named or [way for way in found if way[0].date <= fact.date]
    return found[-1] if found else None
