"""The history of relations: rows of a table between two others are added and taken away, and each time is kept."""

from functools import cache
from typing import Any

import pghistory
from django.apps import apps

from delprojekt.models.beslut import Attsats, Rekommendation
from delprojekt.models.dokumentation import Gruppmote
from delprojekt.models.grupp import Nominering
from delprojekt.models.nulage import Avsnittsuppgift
from delprojekt.models.rapport import Atgardsforslag
from delprojekt.models.uppfoljningsplan import Uppfoljningsparameter
from delprojekt.process.historik import STODFALT, Spar

_kept = pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)

_AttsatsMottagare: Any = Attsats.mottagare.through
_RekommendationMottagare: Any = Rekommendation.mottagare.through
_NomineringKompetens: Any = Nominering.kompetenser.through
_GruppmoteKallad: Any = Gruppmote.kallade.through
_AvsnittRegion: Any = Avsnittsuppgift.regioner.through
_AtgardsforslagSlutsats: Any = Atgardsforslag.slutsatser.through
_AtgardsforslagPunkt: Any = Atgardsforslag.punkter.through
_GruppmoteDeltog: Any = Gruppmote.deltog.through
_UppfoljningsparameterForslag: Any = Uppfoljningsparameter.forslag.through


@_kept
class AttsatsMottagare(_AttsatsMottagare):
    """Which regions an att-sats is for."""

    class Meta:
        proxy = True
        verbose_name = "mottagare"


@_kept
class RekommendationMottagare(_RekommendationMottagare):
    """Which regions a rekommendation is for."""

    class Meta:
        proxy = True
        verbose_name = "mottagare"


@_kept
class NomineringKompetens(_NomineringKompetens):
    """Which of the wanted competences somebody has."""

    class Meta:
        proxy = True
        verbose_name = "kompetens"


@_kept
class AvsnittRegion(_AvsnittRegion):
    """Which regions a section covers."""

    class Meta:
        proxy = True
        verbose_name = "täcker regionen"


@_kept
class GruppmoteKallad(_GruppmoteKallad):
    """Who is adjungerad and called to a meeting of the group."""

    class Meta:
        proxy = True
        verbose_name = "adjungerad som är med"


@_kept
class AtgardsforslagSlutsats(_AtgardsforslagSlutsats):
    """Which conclusions an åtgärdsförslag builds on."""

    class Meta:
        proxy = True
        verbose_name = "bygger på slutsats"


@_kept
class AtgardsforslagPunkt(_AtgardsforslagPunkt):
    """Which points of the uppdrag an åtgärdsförslag answers."""

    class Meta:
        proxy = True
        verbose_name = "svarar på uppdragets punkt"


@_kept
class GruppmoteDeltog(_GruppmoteDeltog):
    """Who was at a meeting of the group."""

    class Meta:
        proxy = True
        verbose_name = "var med på mötet"


@_kept
class UppfoljningsparameterForslag(_UppfoljningsparameterForslag):
    """Which proposals a parameter follows up."""

    class Meta:
        proxy = True
        verbose_name = "följer upp åtgärdsförslaget"


@cache
def event_model(name: str) -> Any:
    """Return the model of the kept rows of a kind."""
    return apps.get_model("delprojekt", f"{name}Event")


def value_fields(spar: Spar) -> list[Any]:
    """Return the fields of a kept row that are values of it; its key is one, to tell the rows apart."""
    own = [f for f in event_model(spar.modell)._meta.concrete_fields if not f.name.startswith("pgh_")]
    return [f for f in own if f.name in {"id", *spar.namn} or f.name not in STODFALT]
