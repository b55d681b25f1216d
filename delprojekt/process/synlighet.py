"""Who sees what: noun × role × step -> inget / rubrik / läsa / ändra (data-model.md, permissions in one table).

Ändra is never granted here: changing is an act, and acts are POLICY's. This table only says what is shown.
"""

from enum import IntEnum

from django.db.models import TextChoices

from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.process.steg import FORE_START, HUVUDLINJE, Steg


class Niva(IntEnum):
    """How much is shown."""

    INGET = 0
    RUBRIK = 1
    LASA = 2


class Noun(TextChoices):
    """What can be shown."""

    DELPROJEKT = "delprojekt", "Delprojektet"
    FORSLAG = "forslag", "Förslaget"
    UPPDRAG = "uppdrag", "Uppdraget"
    NOMINERINGAR = "nomineringar", "Nomineringar"
    ARBETSMATERIAL = "arbetsmaterial", "Rapporten under arbete"
    ANTECKNINGAR = "anteckningar", "Gruppens arbete"
    BESLUTSFORSLAG = "beslutsforslag", "Beslutsförslaget"
    HUVUDMANSBESLUT = "huvudmansbeslut", "Huvudmannens beslut"
    HANDELSER = "handelser", "Händelser"


_KANSLI = frozenset({Roll.KANSLI, Roll.KONTAKTPERSON, Roll.DIREKTOR, Roll.KOMMUNIKATOR, Roll.ADMINISTRATOR})
_LEDNING = frozenset({Roll.LEDNINGSGRUPP, Roll.SEKRETERARE})
_POLITIK = frozenset({Roll.STYRGRUPP, Roll.NAMNDSEKRETERARE})
_GRUPP = ARBETSGRUPP | {Roll.HELHETSANSVARIG, Roll.UPPFOLJNINGSANSVARIG}
_ALLA = frozenset({Roll.INLOGGAD})
_EVERY_STEP = frozenset(Steg)
_STARTED = _EVERY_STEP - FORE_START
_FROM_LG = frozenset(HUVUDLINJE[6:]) | {Steg.AVSLUTAT, Steg.PERMANENTAD, Steg.EJ_REKOMMENDERAT, Steg.HISTORISKT}
_FROM_NAMND = _FROM_LG - {Steg.LEDNINGSGRUPP}
_FROM_BESLUT = _FROM_NAMND - {Steg.NAMND, Steg.EJ_REKOMMENDERAT}

_R, _L = Niva.RUBRIK, Niva.LASA
_FORE = _KANSLI | _LEDNING | {Roll.SAMARBETSGRUPP, Roll.FORSLAGSSTALLARE}

SYNLIGHET: tuple[tuple[Noun, frozenset[Roll], frozenset[Steg], Niva], ...] = (
    (Noun.DELPROJEKT, _FORE, FORE_START, _L),
    (Noun.DELPROJEKT, _ALLA, _STARTED, _R),
    (Noun.DELPROJEKT, _FORE | _GRUPP | _POLITIK | {Roll.ADJUNGERAD, Roll.REGIONKONTAKT, Roll.CHEFSAMRAD}, _STARTED, _L),
    (Noun.FORSLAG, _FORE, _EVERY_STEP, _L),
    (Noun.UPPDRAG, _FORE | _GRUPP | {Roll.ADJUNGERAD}, _STARTED, _L),
    (Noun.UPPDRAG, _ALLA, _STARTED - {Steg.UPPDRAG}, _L),
    (Noun.NOMINERINGAR, _KANSLI | _LEDNING | {Roll.ORDFORANDE, Roll.SAMARBETSGRUPP}, _STARTED, _L),
    (Noun.ARBETSMATERIAL, _KANSLI | _GRUPP | {Roll.SAMARBETSGRUPP}, _STARTED, _L),
    (Noun.ARBETSMATERIAL, _LEDNING, _FROM_LG, _L),
    (Noun.ARBETSMATERIAL, _POLITIK, _FROM_NAMND, _L),
    (Noun.ARBETSMATERIAL, _ALLA, _FROM_BESLUT, _L),
    (Noun.ANTECKNINGAR, _KANSLI | _GRUPP | {Roll.SAMARBETSGRUPP}, _STARTED, _L),
    (Noun.BESLUTSFORSLAG, _KANSLI | _LEDNING | {Roll.SAMARBETSGRUPP}, _FROM_LG, _L),
    (Noun.BESLUTSFORSLAG, _POLITIK, _FROM_NAMND, _L),
    (Noun.HUVUDMANSBESLUT, _ALLA, _FROM_BESLUT, _L),
    (
        Noun.HANDELSER,
        _KANSLI | _LEDNING | _GRUPP | _POLITIK | {Roll.SAMARBETSGRUPP, Roll.FORSLAGSSTALLARE},
        _EVERY_STEP,
        _L,
    ),
)


def niva(noun: Noun, roller: frozenset[Roll], steg: Steg) -> Niva:
    """Return the most that any of the roles is shown of a noun in a step."""
    found = (level for n, who, where, level in SYNLIGHET if n == noun and who & roller and steg in where)
    return max(found, default=Niva.INGET)


def ser(actor: Actor, noun: Noun, delprojekt: int, steg: Steg) -> bool:
    """Tell whether the actor may read a noun of one delprojekt in its step."""
    return niva(noun, actor.roller(delprojekt), steg) >= Niva.LASA


def synliga_steg(roller: frozenset[Roll]) -> frozenset[Steg]:
    """Return the steps in which a delprojekt shows at least its heading to somebody with these roles."""
    return frozenset(s for s in Steg if niva(Noun.DELPROJEKT, roller, s) >= Niva.RUBRIK)
