"""Who sees what: noun × role × step -> inget / rubrik / läsa / ändra (data-model.md, permissions in one table).

Ändra is never granted here: changing is an act, and acts are POLICY's. This table only says what is shown.
"""

from enum import IntEnum

from django.db.models import TextChoices

from delprojekt.process.act import Act
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
    INLAGDA_FILER = "inlagda_filer", "Filer från tiden före portalen"
    HANDLINGAR = "handlingar", "Handlingar"
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
    (Noun.INLAGDA_FILER, _KANSLI | _LEDNING | {Roll.SAMARBETSGRUPP}, _EVERY_STEP, _L),
    (Noun.INLAGDA_FILER, _GRUPP | _POLITIK | {Roll.REGIONKONTAKT}, _FROM_BESLUT, _L),
    (Noun.HANDLINGAR, _KANSLI | _LEDNING | {Roll.SAMARBETSGRUPP}, _EVERY_STEP, _L),
    (Noun.HANDLINGAR, _GRUPP | _POLITIK | {Roll.REGIONKONTAKT}, _STARTED, _L),
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


def synliga_steg(roller: frozenset[Roll], noun: Noun = Noun.DELPROJEKT, minst: Niva = Niva.RUBRIK) -> frozenset[Steg]:
    """Return the steps in which somebody with these roles is shown a noun: without more, at least the heading."""
    return frozenset(s for s in Steg if niva(noun, roller, s) >= minst)


OM_STALLNINGAR: frozenset[Act] = frozenset({Act.SKRIV_BESLUTSFORSLAG, Act.LAMNA_STALLNING, Act.KONSTATERA_OENIGHET})
"""Acts that tell how ledningsgruppen thinks: in its step, only those who see the beslutsförslag hear of them."""


def dolda_acts(actor: Actor, delprojekt: int, steg: Steg) -> frozenset[Act]:
    """Return the acts whose traces (events, whom it waits for, what is missing) the actor is not shown in a step.

    Who sees the beslutsförslag while ledningsgruppen has it hears of them in every step; others when it has gone on.
    """
    hears = any(ser(actor, Noun.BESLUTSFORSLAG, delprojekt, where) for where in (Steg.LEDNINGSGRUPP, steg))
    return frozenset() if hears else OM_STALLNINGAR


class Sida(TextChoices):
    """The pages that belong to a role; the value is the word in the address."""

    KANSLIET = "kansliet", "Kansliet"
    SAMARBETSGRUPPEN = "samarbetsgruppen", "Samarbetsgruppen"
    LEDNINGSGRUPPEN = "ledningsgruppen", "Ledningsgruppen"
    REGIONER = "regioner", "Min region"
    MIN_ARBETSGRUPP = "min-arbetsgrupp", "Min arbetsgrupp"


_TJANST = frozenset({Roll.KANSLI, Roll.DIREKTOR, Roll.KOMMUNIKATOR, Roll.ADMINISTRATOR})

SIDOR: dict[Sida, tuple[frozenset[Roll], frozenset[Roll]]] = {
    Sida.KANSLIET: (_TJANST, frozenset()),
    Sida.SAMARBETSGRUPPEN: (frozenset({Roll.SAMARBETSGRUPP}), _TJANST),
    Sida.LEDNINGSGRUPPEN: (_LEDNING, _TJANST),
    Sida.REGIONER: (frozenset({Roll.REGIONKONTAKT, Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP}), _TJANST),
    Sida.MIN_ARBETSGRUPP: (_GRUPP | {Roll.ADJUNGERAD}, frozenset()),
}
"""Whose page it is, and who else may look at it. A region's page is its own people's."""


def _alla_roller(actor: Actor) -> frozenset[Roll]:
    return frozenset(m.roll for m in actor.mandat)


def egna_sidor(actor: Actor) -> list[Sida]:
    """Return the role pages that are the actor's own, in the order of the menu."""
    return [sida for sida, (whose, _) in SIDOR.items() if whose & _alla_roller(actor)]


def far_se_sida(actor: Actor, sida: Sida, region: str | None = None) -> bool:
    """Tell whether the actor may look at a role page; for a region's page, which region's."""
    whose, others = SIDOR[sida]
    if others & _alla_roller(actor):
        return True
    if region is None:
        return bool(whose & _alla_roller(actor))
    return any(region in actor.regioner(roll) for roll in whose)


FA_FLIKAR: frozenset[Roll] = frozenset({Roll.INLOGGAD, Roll.LEDNINGSGRUPP, Roll.SAMARBETSGRUPP, Roll.REGIONKONTAKT})
"""Those who come seldom: who holds no other role in a delprojekt gets at most ``MAX_FLIKAR`` tabs (interface.md)."""
MAX_FLIKAR = 5


def manga_flikar(actor: Actor, delprojekt: int) -> bool:
    """Tell whether the actor works with the delprojekt so often that every tab is shown."""
    return bool(actor.roller(delprojekt) - FA_FLIKAR)
