"""Where the printers read from: the rows of one uppdragsomgång."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Self

from django.db.models import Prefetch, Q

from delprojekt.documents.hanvisning import figures
from delprojekt.models import (
    Datatabell,
    Delprojekt,
    Faktauppgift,
    Granskning,
    Huvudmansbeslut,
    Innehav,
    Namndbeslut,
    Rekommendation,
    Slutsats,
    Uppdragsomgang,
)
from delprojekt.process.mall import NULAGE_PREFIX, utelamnas_med
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.queries.huvudmansbeslut import Cell, in_force, told
from delprojekt.queries.namn import representatives
from delprojekt.queries.uppfoljning import Omgangsdel, rounds

_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
"""After z, in this order."""
_PATIENT = str(Roll.PATIENTFORETRADARE.label)


@dataclass(frozen=True)
class Rows:
    """What one uppdragsomgång has, read when asked for."""

    delprojekt: Delprojekt
    omgang: Uppdragsomgang
    day: date
    texts: dict[str, str] = field(default_factory=dict)
    held: tuple[Innehav, ...] = ()
    not_applicable: dict[str, str] = field(default_factory=dict)
    unnamed: frozenset[int] = frozenset()

    @classmethod
    def read(cls, delprojekt: Delprojekt, omgang: Uppdragsomgang, day: date) -> Self:
        """Return the rows as they stand on ``day``."""
        reasons = dict(omgang.avsnittsuppgifter.exclude(utelamnat="").values_list("nyckel", "utelamnat"))
        texts = dict(omgang.avsnitt.exclude(html="").order_by("pk").values_list("nyckel", "html"))
        held = Innehav.objects.filter(Q(till_date=None) | Q(till_date__gt=day), fran_date__lte=day)
        mine = held.filter(delprojekt=delprojekt).select_related("person", "region", "person__region")
        unnamed = frozenset(representatives(SYSTEM, delprojekt))
        return cls(delprojekt, omgang, day, texts, tuple(mine), reasons, unnamed)

    @property
    def left_out(self) -> frozenset[str]:
        """Return the keys of nuläge and analys sections that the group leaves out, each pair together (M5.2-4)."""
        nulage = [key for key in self.not_applicable if key.startswith(NULAGE_PREFIX)]
        return frozenset().union(*(utelamnas_med(key) for key in nulage))

    def holders(self, roll: Roll) -> str:
        """Return who holds a role now: "Karin Lind, Region Kronoberg"; several are parted by semicolons.

        Who is or has been a patient representative is called so, whatever the role (conventions.md §6.4).
        """
        held = [row for row in sorted(self.held, key=by_name) if row.roll == roll]
        return "; ".join(_PATIENT if row.person_id in self.unnamed else _name(row) for row in held)

    @cached_property
    def facts(self) -> list[Faktauppgift]:
        """Return the facts of nuläget that are not struck, in the order they were added."""
        return list(self.omgang.faktauppgifter.filter(struken_at=None).select_related("region").order_by("pk"))

    @cached_property
    def figures(self) -> dict[int, str]:
        """Return the figures that a text may cite, by fact."""
        return figures(self.facts)

    @cached_property
    def tables(self) -> dict[int, Datatabell]:
        """Return the tables of data that a text may show, by key."""
        found = self.omgang.datatabeller.select_related("diagram").defer(
            "diagram__svg", "diagram__png", "diagram__beskrivning"
        )
        return {row.pk: row for row in found}

    @cached_property
    def shown(self) -> set[int]:
        """Return the tables of data that stand in the document so far, by key."""
        return set()

    @cached_property
    def conclusions(self) -> list[Slutsats]:
        """Return the conclusions that are not struck, by number."""
        return list(self.omgang.slutsatser.filter(struken_at=None).order_by("nummer"))

    @cached_property
    def decision(self) -> Namndbeslut | None:
        """Return the nämnd's decision that counts, with its recommendations and their addressees."""
        recommendations = Prefetch("rekommendationer", Rekommendation.objects.order_by("nummer"))
        found = Namndbeslut.objects.filter(delprojekt=self.delprojekt, aterkallat_at=None)
        return (
            found.select_related("arende__mote")
            .prefetch_related(recommendations, "rekommendationer__mottagare")
            .first()
        )

    @cached_property
    def outcomes(self) -> dict[Cell, Huvudmansbeslut]:
        """Return each region's decision that counts, by recommendation and region; what a wrong paper told is out."""
        said = told(self.decision.pk) if self.decision else []
        return in_force(row for row in said if row.handling.granskning != Granskning.FEL)

    @cached_property
    def followed(self) -> Omgangsdel | None:
        """Return the round of follow-up that counts now, with its values; None before nämnden's decision."""
        return next(iter(rounds(SYSTEM, self.delprojekt, self.omgang)), None)

    @cached_property
    def regions(self) -> list[tuple[int, str]]:
        """Return key and name of the regions that the recommendations turn to, in their order."""
        recommendations = self.decision.rekommendationer.all() if self.decision else ()
        found = {region.pk: region for item in recommendations for region in item.mottagare.all()}
        return [(r.pk, r.kortnamn) for r in sorted(found.values(), key=lambda r: (r.ordning, r.slug))]


def _name(row: Innehav) -> str:
    region = row.region or row.person.region
    return f"{row.person}, {region}" if region and not row.person.skyddade_uppgifter else str(row.person)


def by_name(row: Innehav) -> tuple[str, str]:
    """Return the key that sorts people by surname as Swedes do."""
    return (_alphabetic(row.person.efternamn), _alphabetic(row.person.fornamn))


def _alphabetic(text: str) -> str:
    return text.casefold().translate(_ALPHABET)
