"""The steps of a delprojekt: the owner's eleven, the endings, and the resting place."""

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

SLUTRAPPORTERAT: frozenset[Steg] = frozenset({*HUVUDLINJE[8:], Steg.AVSLUTAT, Steg.PERMANENTAD, Steg.EJ_REKOMMENDERAT})
"""Steps that nämnden's decision on the slutrapport leads to (M1-4). Of Historiskt it is only known where it is told."""

EFTER_NAMNDEN: frozenset[Steg] = frozenset(HUVUDLINJE[8:])
"""Under införande eller uppföljning (process.md S17–S20)."""

PAGAENDE: frozenset[Steg] = ARBETE - EFTER_NAMNDEN
"""Pågående: from uppdrag to nämnd (process.md S06–S16). What is paused is not counted."""

SKRIVER: frozenset[Steg] = frozenset({Steg.NULAGE, Steg.ANALYS, Steg.ATGARDSFORSLAG})
"""Steps in which the group writes its report."""

_SISTA: dict[Steg, Steg] = {
    Steg.AVVAKTAR: Steg.BEREDNING,
    Steg.AVSLUTAT: Steg.UPPFOLJNING,
    Steg.AVSLAG: Steg.BEREDNING,
    Steg.AVBRUTET: Steg.UPPDRAG,
    Steg.PERMANENTAD: Steg.INFORANDE,
    Steg.EJ_REKOMMENDERAT: Steg.NAMND,
}
"""The step that a delprojekt has at least been in before it came to rest; Historiskt says nothing of its way."""


def way_to(steg: Steg) -> tuple[Steg, ...]:
    """Return the steps that a delprojekt standing in a step has come through, itself last."""
    if steg in HUVUDLINJE:
        return HUVUDLINJE[: HUVUDLINJE.index(steg) + 1]
    return (*way_to(_SISTA[steg]), steg) if steg in _SISTA else (steg,)
