"""Allmänna handlingar: what kinds there are, and what an act registers (conventions.md §6.2)."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

NAMNDENS = "Södra regionvårdsnämnden"
"""The authority whose diarium the kansli writes in."""


class Handlingstyp(TextChoices):
    """How a handling came to be one (TF 2 kap.)."""

    INKOMMEN = "inkommen", "Inkommen"
    UPPRATTAD = "upprattad", "Upprättad"
    EXPEDIERAD = "expedierad", "Expedierad"


class Hantering(TextChoices):
    """What happens to it in the end. Only an archive authority's decision lets anything be gallrat."""

    BEVARAS = "bevaras", "Bevaras"
    GALLRAS = "gallras", "Gallras"
    INTE_BESLUTAT = "inte_beslutat", "Inte beslutat"


class Motpart(Enum):
    """From whom it came or to whom it went, when the rule cannot name them."""

    AVSANDARE = "den som lämnar in"
    REGION = "regionen som uppgiften gäller"
    MOTTAGARE = "regionerna som rekommenderas något"


@dataclass(frozen=True)
class Handlingsspec:
    """What an act registers in the register of allmänna handlingar: one row, in the same transaction as the act."""

    typ: Handlingstyp
    beskrivning: str
    motpart: Motpart | str
    hantering: Hantering = Hantering.BEVARAS
    sedan: str = ""
    """What becomes of its file; said on the receipt, when there is one."""


KANSLIET_GRANSKAR = "Kansliet granskar handlingen och hör av sig om något är fel."


def inkommen(beskrivning: str, motpart: Motpart | str, sedan: str = "") -> Handlingsspec:
    """Return what is registered when something comes in."""
    return Handlingsspec(Handlingstyp.INKOMMEN, beskrivning, motpart, sedan=sedan)


def upprattad(beskrivning: str, motpart: Motpart | str) -> Handlingsspec:
    """Return what is registered when something is fixed."""
    return Handlingsspec(Handlingstyp.UPPRATTAD, beskrivning, motpart)


def expedierad(beskrivning: str, motpart: Motpart | str) -> Handlingsspec:
    """Return what is registered when something is sent out."""
    return Handlingsspec(Handlingstyp.EXPEDIERAD, beskrivning, motpart)
