"""The steps of a delprojekt: the owner's eleven, the endings, and the resting place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices


class Steg(TextChoices):
    """Where a delprojekt stands. The order of the members is the order of the method (seed 003 §5)."""

    PROJEKTFORSLAG = "projektforslag", "Förslag"
    BEREDNING = "beredning", "Beredning"
    UPPDRAG = "uppdrag", "Uppdrag"
    NULAGE = "nulage", "Nuläge"
    ANALYS = "analys", "Analys"
    ATGARDSFORSLAG = "atgardsforslag", "Åtgärdsförslag"
    LEDNINGSGRUPP = "ledningsgrupp", "Ledningsgrupp"
    NAMND = "namnd", "Nämnd"
    HUVUDMANSBESLUT = "huvudmansbeslut", "Huvudmansbeslut"
    INFORANDE = "inforande", "Införande"
    UPPFOLJNING = "uppfoljning", "Uppföljning"
    AVVAKTAR = "avvaktar", "Avvaktar"
    AVSLUTAT = "avslutat", "Avslutat"
    AVSLAG = "avslag", "Avslag"
    ATERTAGET = "atertaget", "Återtaget"
    AVBRUTET = "avbrutet", "Avbrutet"
    PERMANENTAD = "permanentad", "Permanentad arbetsgrupp"
    EJ_REKOMMENDERAT = "ej_rekommenderat", "Ej rekommenderat"
    HISTORISKT = "historiskt", "Historiskt"


HUVUDLINJE: tuple[Steg, ...] = tuple(Steg)[:11]
"""The owner's eleven steps, in order."""

SLUT: frozenset[Steg] = frozenset(
    {
        Steg.AVSLUTAT,
        Steg.AVSLAG,
        Steg.ATERTAGET,
        Steg.AVBRUTET,
        Steg.PERMANENTAD,
        Steg.EJ_REKOMMENDERAT,
        Steg.HISTORISKT,
    }
)
"""The endings. Each has a way back, except Historiskt, which only holds imported facts."""

FORE_START: frozenset[Steg] = frozenset(
    {Steg.PROJEKTFORSLAG, Steg.BEREDNING, Steg.AVVAKTAR, Steg.AVSLAG, Steg.ATERTAGET}
)
"""Steps in which ledningsgruppen has not (yet) decided on start."""

ARBETE: frozenset[Steg] = frozenset(HUVUDLINJE[2:])
"""The working steps: from uppdrag to uppföljning (process.md T41)."""

EFTER_NAMNDEN: frozenset[Steg] = frozenset(HUVUDLINJE[HUVUDLINJE.index(Steg.HUVUDMANSBESLUT) :])
"""The working steps after nämnden has recommended something to the regions."""

BESLUTAT: frozenset[Steg] = EFTER_NAMNDEN | {Steg.AVSLUTAT, Steg.PERMANENTAD, Steg.HISTORISKT}
"""Every step, also of the endings, that lies after a recommendation of nämnden."""

REDOVISAT: frozenset[Steg] = frozenset({Steg.AVSLUTAT, Steg.PERMANENTAD, Steg.HISTORISKT})
"""Steps in which the uppföljning has been presented, or never will be."""

SLUTRAPPORTERAT: frozenset[Steg] = BESLUTAT | {Steg.EJ_REKOMMENDERAT}
"""Steps that nämnden's decision on the slutrapport leads to (M1-4)."""

PAGAENDE: frozenset[Steg] = ARBETE - EFTER_NAMNDEN
"""Pågående: from uppdrag to nämnd (process.md S06–S16). What is paused is not counted."""


@dataclass(frozen=True)
class Raknat:
    """One of the numbers that ledningsgruppen reads: its words, how it is counted in words, and in code (M1-4)."""

    namn: str
    mening: str
    steg: frozenset[Steg]
    pausade: bool = True

    def __contains__(self, row: tuple[Steg, bool]) -> bool:
        """Tell whether a delprojekt in a step, paused or not, is counted."""
        steg, pausat = row
        return steg in self.steg and (self.pausade or not pausat)


STARTAT = Raknat(
    "Startat",
    "ledningsgruppen har beslutat om uppstart. Förslag som har avslagits eller avvaktar räknas inte.",
    frozenset(Steg) - FORE_START,
)
PAGAR = Raknat("Pågår", "från uppdrag till nämnd. Pausade räknas inte.", PAGAENDE, pausade=False)
RAPPORTERAT = Raknat(
    "Slutrapporterat",
    "nämnden har beslutat om slutrapporten. Äldre delprojekt räknas när det är känt.",
    SLUTRAPPORTERAT - {Steg.HISTORISKT},
)
FOLJS = Raknat(
    "Under införande eller uppföljning",
    "från regionernas beslut tills delprojektet är avslutat.",
    EFTER_NAMNDEN,
)
RAKNADE = (STARTAT, PAGAR, RAPPORTERAT, FOLJS)

SKRIVER: frozenset[Steg] = frozenset({Steg.NULAGE, Steg.ANALYS, Steg.ATGARDSFORSLAG})
"""Steps in which the group writes its report."""

LAMNAD: frozenset[Steg] = SLUTRAPPORTERAT | {Steg.LEDNINGSGRUPP, Steg.NAMND}
"""Steps after the report was handed on to ledningsgruppen (M5.4.2). Avbrutet may come before that or after."""

_SISTA: dict[Steg, Steg] = {
    Steg.AVVAKTAR: Steg.BEREDNING,
    Steg.AVSLUTAT: Steg.UPPFOLJNING,
    Steg.AVSLAG: Steg.BEREDNING,
    Steg.AVBRUTET: Steg.UPPDRAG,
    Steg.PERMANENTAD: Steg.INFORANDE,
    Steg.EJ_REKOMMENDERAT: Steg.NAMND,
}
"""The step that a delprojekt has at least been in before it came to rest; Historiskt says nothing of its way."""


def lamnad(way: Sequence[Steg]) -> bool:
    """Tell whether the report has been handed on, from the steps that led here, the current last.

    What was broken off says nothing itself: the step before does.
    """
    return next((steg for steg in reversed(way) if steg is not Steg.AVBRUTET), Steg.UPPDRAG) in LAMNAD


def way_to(steg: Steg) -> tuple[Steg, ...]:
    """Return the steps that a delprojekt standing in a step has come through, itself last."""
    if steg in HUVUDLINJE:
        return HUVUDLINJE[: HUVUDLINJE.index(steg) + 1]
    return (*way_to(_SISTA[steg]), steg) if steg in _SISTA else (steg,)
