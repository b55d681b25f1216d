"""Who sees what: noun × role × step -> inget / rubrik / läsa / ändra (data-model.md, permissions in one table).

Ändra is never granted here: changing is an act, and acts are POLICY's. This table only says what is shown.
"""

from enum import IntEnum
from functools import cache

from django.db.models import TextChoices

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.process.steg import ARBETE, BESLUTAT, FORE_START, HUVUDLINJE, LAMNAD, REDOVISAT, SKRIVER, Steg


class Niva(IntEnum):
    """How much is shown."""

    INGET = 0
    RUBRIK = 1
    LASA = 2


class Noun(TextChoices):
    """What can be shown."""

    DELPROJEKT = "delprojekt", "Delprojektet"
    FORSLAG = "forslag", "Förslaget"
    ARBETSGRUPP = "arbetsgrupp", "Vilka som sitter i gruppen"
    PATIENTNAMN = "patientnamn", "Namnet på patient- och närståendeföreträdare"
    UPPDRAG = "uppdrag", "Uppdraget"
    NOMINERINGAR = "nomineringar", "Nomineringar"
    EGNA_NOMINERINGAR = "egna_nomineringar", "Den egna regionens nomineringar"
    ARBETSMATERIAL = "arbetsmaterial", "Arbetsmaterial"
    DELGIVEN_DELRAPPORT = "delgiven_delrapport", "Delrapporten som ledningsgruppen har fått"
    SLUTRAPPORT = "slutrapport", "Rapporten som den har lämnats"
    SYNPUNKTER = "synpunkter", "Regionernas synpunkter"
    BESLUTSFORSLAG = "beslutsforslag", "Beslutsförslaget"
    STALLNINGAR = "stallningar", "Ledningsgruppens ställningar"
    NAMNDBESLUT = "namndbeslut", "Nämndens beslut"
    HUVUDMANSBESLUT = "huvudmansbeslut", "Huvudmannens beslut"
    UPPFOLJNING = "uppfoljning", "Uppföljningen"
    INLAGDA_FILER = "inlagda_filer", "Filer från tiden före portalen"
    HANDLINGAR = "handlingar", "Handlingar"
    HANDELSER = "handelser", "Händelser"


_KANSLI = frozenset({Roll.KANSLI, Roll.KONTAKTPERSON, Roll.DIREKTOR})
_LEDNING = frozenset({Roll.LEDNINGSGRUPP, Roll.SEKRETERARE})
_POLITIK = frozenset({Roll.STYRGRUPP, Roll.NAMNDSEKRETERARE})
_GRUPP = ARBETSGRUPP | {Roll.HELHETSANSVARIG}
_SAMARBETE = frozenset({Roll.SAMARBETSGRUPP})
_INSATTA = _KANSLI | _LEDNING | _SAMARBETE
"""Those who read along the whole way: kansliet, samarbetsgruppen (M5-2) and ledningsgruppen (P-13)."""
_ALLA = frozenset({Roll.INLOGGAD})
_EVERY_STEP = frozenset(Steg)
_STARTED = _EVERY_STEP - FORE_START
_FROM_LG = LAMNAD
_FROM_NAMND = _FROM_LG - {Steg.LEDNINGSGRUPP}
_PA_VAG = frozenset({Steg.BEREDNING, Steg.AVVAKTAR, Steg.AVSLAG})
_UNDER_ARBETE = SKRIVER | {Steg.UPPDRAG}

_R, _L = Niva.RUBRIK, Niva.LASA
_FORE = _INSATTA | {Roll.FORSLAGSSTALLARE}

SYNLIGHET: tuple[tuple[Noun, frozenset[Roll], frozenset[Steg], Niva], ...] = (
    (Noun.DELPROJEKT, _FORE, _EVERY_STEP, _L),
    (Noun.DELPROJEKT, frozenset({Roll.STYRGRUPP}), _PA_VAG, _R),
    (Noun.DELPROJEKT, _ALLA, _STARTED, _R),
    (Noun.DELPROJEKT, _GRUPP | _POLITIK | {Roll.KOMMUNIKATOR, Roll.ADJUNGERAD, Roll.CHEFSAMRAD}, _STARTED, _L),
    (Noun.DELPROJEKT, _ALLA, BESLUTAT, _L),
    (Noun.FORSLAG, _FORE, _EVERY_STEP, _L),
    (Noun.ARBETSGRUPP, _INSATTA | _GRUPP, _STARTED, _L),
    (Noun.ARBETSGRUPP, frozenset({Roll.KOMMUNIKATOR, Roll.STYRGRUPP}), _STARTED - {Steg.UPPDRAG}, _L),
    (Noun.ARBETSGRUPP, frozenset({Roll.ADJUNGERAD, Roll.CHEFSAMRAD}), frozenset(HUVUDLINJE[3:]), _L),
    (Noun.ARBETSGRUPP, frozenset({Roll.NAMNDSEKRETERARE}), _FROM_NAMND, _L),
    (Noun.ARBETSGRUPP, _ALLA, BESLUTAT, _L),
    (Noun.PATIENTNAMN, frozenset({Roll.KONTAKTPERSON}), _EVERY_STEP, _L),
    (Noun.PATIENTNAMN, ARBETSGRUPP, ARBETE | {Steg.PERMANENTAD}, _L),
    (Noun.UPPDRAG, _INSATTA | _GRUPP | {Roll.KOMMUNIKATOR}, _STARTED, _L),
    (Noun.UPPDRAG, _ALLA, _STARTED - {Steg.UPPDRAG}, _L),
    (Noun.NOMINERINGAR, _KANSLI, _STARTED, _L),
    (Noun.NOMINERINGAR, _LEDNING | {Roll.ORDFORANDE}, ARBETE, _L),
    (Noun.EGNA_NOMINERINGAR, _SAMARBETE, _UNDER_ARBETE, _L),
    (Noun.ARBETSMATERIAL, frozenset({Roll.KONTAKTPERSON}), _STARTED, _L),
    (Noun.ARBETSMATERIAL, _KANSLI, _STARTED - _UNDER_ARBETE, _L),
    (Noun.ARBETSMATERIAL, _SAMARBETE, ARBETE, _L),
    (Noun.ARBETSMATERIAL, _GRUPP, ARBETE | {Steg.PERMANENTAD}, _L),
    (Noun.ARBETSMATERIAL, frozenset({Roll.KOMMUNIKATOR}), frozenset({Steg.ATGARDSFORSLAG}), _L),
    (Noun.DELGIVEN_DELRAPPORT, _LEDNING, SKRIVER, _L),
    (Noun.SLUTRAPPORT, _KANSLI | _SAMARBETE | _GRUPP, _STARTED, _L),
    (Noun.SLUTRAPPORT, frozenset({Roll.KOMMUNIKATOR}), _FROM_LG | {Steg.ATGARDSFORSLAG}, _L),
    (Noun.SLUTRAPPORT, _LEDNING, _FROM_LG | {Steg.AVBRUTET}, _L),
    (Noun.SLUTRAPPORT, _POLITIK, _FROM_NAMND, _L),
    (Noun.SLUTRAPPORT, _ALLA, BESLUTAT, _L),
    (Noun.SYNPUNKTER, _KANSLI | _SAMARBETE, _STARTED, _L),
    (Noun.SYNPUNKTER, _GRUPP, ARBETE | {Steg.PERMANENTAD}, _L),
    (Noun.SYNPUNKTER, _LEDNING, _FROM_LG | {Steg.AVBRUTET}, _L),
    (Noun.BESLUTSFORSLAG, _INSATTA, _FROM_LG | {Steg.AVBRUTET}, _L),
    (Noun.BESLUTSFORSLAG, _POLITIK, _FROM_NAMND, _L),
    (Noun.STALLNINGAR, _INSATTA, _FROM_LG | {Steg.AVBRUTET}, _L),
    (Noun.NAMNDBESLUT, _INSATTA | _POLITIK, _FROM_NAMND, _L),
    (Noun.NAMNDBESLUT, frozenset({Roll.ORDFORANDE}), frozenset({Steg.NAMND}), _L),
    (Noun.NAMNDBESLUT, _ALLA, BESLUTAT | {Steg.EJ_REKOMMENDERAT}, _L),
    (Noun.HUVUDMANSBESLUT, _ALLA, BESLUTAT, _L),
    (Noun.UPPFOLJNING, _INSATTA | {Roll.TILLFRAGAD, Roll.UPPFOLJNINGSANSVARIG}, BESLUTAT, _L),
    (Noun.UPPFOLJNING, frozenset({Roll.CHEFSAMRAD, Roll.NAMNDSEKRETERARE}), frozenset({Steg.UPPFOLJNING}), _L),
    (Noun.UPPFOLJNING, _ALLA, REDOVISAT, _L),
    (Noun.INLAGDA_FILER, _INSATTA, _EVERY_STEP, _L),
    (Noun.INLAGDA_FILER, _GRUPP | _POLITIK | {Roll.REGIONKONTAKT}, BESLUTAT, _L),
    (Noun.HANDLINGAR, _INSATTA, _EVERY_STEP, _L),
    (Noun.HANDLINGAR, frozenset({Roll.NAMNDSEKRETERARE}), _FROM_NAMND, _L),
    (Noun.HANDLINGAR, frozenset({Roll.REGIONKONTAKT}), BESLUTAT, _L),
    (Noun.HANDELSER, _KANSLI, _EVERY_STEP, _L),
    (Noun.HANDELSER, _LEDNING | _SAMARBETE, _EVERY_STEP, _R),
    (Noun.HANDELSER, _GRUPP | {Roll.STYRGRUPP}, _STARTED, _R),
)


NAR_DEN_HAR_LAMNATS: frozenset[Steg] = frozenset({Steg.ATGARDSFORSLAG})
"""In which of the writing steps samarbetsgruppen comes to have the report before it (§5.4.2)."""


def kommenterar(roll: Roll) -> frozenset[Steg]:
    """Return the steps in which a role may say something beside the text that is being written: where it reads the
    draft, samarbetsgruppen where it comes to have it."""
    where = NAR_DEN_HAR_LAMNATS if roll in _SAMARBETE else SKRIVER
    return frozenset(steg for steg in where if niva(Noun.ARBETSMATERIAL, frozenset({roll}), steg) >= Niva.LASA)


UTKAST_LASES_AV: frozenset[Roll] = frozenset({Roll.FORSLAGSSTALLARE, Roll.KANSLI})
"""Whose a förslag is until it is sent in (S01, T01); also one that was taken back before that. A draft and a förslag
that has come in share a step, so the table says the rest: what others see once it is sent in (S02, T02)."""


def laser_utkast(roller: frozenset[Roll]) -> bool:
    """Tell whether somebody with these roles is shown a förslag that has not been sent in."""
    return bool(UTKAST_LASES_AV & roller)


def niva(noun: Noun, roller: frozenset[Roll], steg: Steg) -> Niva:
    """Return the most that any of the roles is shown of a noun in a step."""
    found = (level for n, who, where, level in SYNLIGHET if n == noun and who & roller and steg in where)
    return max(found, default=Niva.INGET)


def ser(actor: Actor, noun: Noun, delprojekt: int, steg: Steg) -> bool:
    """Tell whether the actor may read a noun of one delprojekt in its step."""
    return niva(noun, actor.roller(delprojekt), steg) >= Niva.LASA


def hor(actor: Actor, delprojekt: int, steg: Steg) -> bool:
    """Tell whether the actor hears what happens in one delprojekt: the steps' history, in words and without names.

    Who may *read* the events (``ser``) is also shown by whom, and every value before and after.
    """
    return niva(Noun.HANDELSER, actor.roller(delprojekt), steg) >= Niva.RUBRIK


@cache
def synliga_steg(roller: frozenset[Roll], noun: Noun = Noun.DELPROJEKT, minst: Niva = Niva.RUBRIK) -> frozenset[Steg]:
    """Return the steps in which somebody with these roles is shown a noun: without more, at least the heading."""
    return frozenset(s for s in Steg if niva(noun, roller, s) >= minst)


_F = Faktumslag
_BEHANDLING = (Noun.BESLUTSFORSLAG, Noun.NAMNDBESLUT)

FAKTA_OM: dict[Faktumslag, tuple[Noun, ...]] = {
    _F.FORSLAG_INSKICKAT: (Noun.FORSLAG,),
    _F.SAMARBETSGRUPPEN_AVSTAMD: (Noun.FORSLAG,),
    _F.ANMALT: (Noun.FORSLAG,),
    _F.STARTBESLUT: (Noun.FORSLAG,),
    _F.FORTSATTNING: (Noun.FORSLAG,),
    _F.AVSLAGSBESLUT: (Noun.FORSLAG,),
    _F.AVVAKTAN: (Noun.FORSLAG,),
    _F.ATERTAGET: (Noun.FORSLAG,),
    _F.UPPDRAG_FASTSTALLT: (Noun.UPPDRAG,),
    _F.NOMINERINGAR_BEGARDA: (Noun.UPPDRAG,),
    _F.ORDFORANDE_UTSEDD: (Noun.ARBETSGRUPP,),
    _F.ARBETSGRUPP_UTSEDD: (Noun.ARBETSGRUPP,),
    _F.FLER_UTSEDDA: (Noun.ARBETSGRUPP,),
    _F.ENTLEDIGAD: (Noun.ARBETSGRUPP,),
    _F.DELTAGANDE_ANDRAT: (Noun.UPPDRAG,),
    _F.UPPDRAG_OVERLAMNAT: (Noun.UPPDRAG,),
    _F.UPPDRAG_KVITTERAT: (Noun.UPPDRAG,),
    _F.STARTMOTE: (Noun.ARBETSMATERIAL,),
    _F.LINJEKONTAKT: (Noun.ARBETSMATERIAL,),
    _F.KOMMUNIKATOR_INKOPPLAD: (Noun.ARBETSMATERIAL,),
    _F.DELRAPPORT_LAMNAD: (Noun.ARBETSMATERIAL,),
    _F.DELRAPPORT: (Noun.ARBETSMATERIAL,),
    _F.DELRAPPORT_DELGIVEN: (Noun.ARBETSMATERIAL, Noun.DELGIVEN_DELRAPPORT),
    _F.AVVIKELSE: (Noun.DELPROJEKT,),
    _F.GRUPPEN_BAKOM: (Noun.ARBETSMATERIAL,),
    _F.KLAR_FOR_KORREKTUR: (Noun.ARBETSMATERIAL,),
    _F.KORREKTURLAST: (Noun.ARBETSMATERIAL,),
    _F.SLUTRAPPORT_INLAMNAD: (Noun.ARBETSMATERIAL, Noun.SLUTRAPPORT),
    _F.REGIONSYNPUNKT: (Noun.SYNPUNKTER,),
    _F.SYNPUNKTER_BEGARDA: (Noun.SYNPUNKTER,),
    _F.SYNPUNKTSFRIST: (Noun.SYNPUNKTER,),
    _F.SAMARBETSGRUPPEN_BEHANDLAT: (Noun.SYNPUNKTER,),
    _F.PRESENTERAD: (Noun.BESLUTSFORSLAG,),
    _F.EJ_ENIGA: (Noun.STALLNINGAR,),
    _F.ENIGA: (Noun.BESLUTSFORSLAG,),
    _F.RETUR: (Noun.BESLUTSFORSLAG,),
    _F.POLITISK_BEREDNING: (Noun.BESLUTSFORSLAG,),
    _F.BORDLAGT: _BEHANDLING,
    _F.LAGT_TILL_HANDLINGARNA: _BEHANDLING,
    _F.EJ_GODKANT: _BEHANDLING,
    _F.JUSTERAT: (Noun.NAMNDBESLUT,),
    _F.EXPEDIERAT: (Noun.HUVUDMANSBESLUT,),
    _F.LEDNINGSGRUPPEN_INFORMERAD: (Noun.HUVUDMANSBESLUT,),
    _F.UPPFOLJNINGSRAPPORT_KLAR: (Noun.UPPFOLJNING,),
    _F.REDOVISAD: (Noun.UPPFOLJNING,),
    _F.YTTERLIGARE_UPPFOLJNING: (Noun.UPPFOLJNING,),
    _F.AVSLUTNING: (Noun.UPPFOLJNING,),
    _F.RADFRAGA: (Noun.ARBETSMATERIAL,),
    _F.RAD: (Noun.ARBETSMATERIAL,),
    _F.PAUS: (Noun.HANDELSER,),
    _F.ATERUPPTAGET: (Noun.HANDELSER,),
    _F.AVBRUTET: (Noun.HANDELSER,),
    _F.PERMANENTNING: (Noun.HANDELSER,),
    _F.ATEROPPNAT: (Noun.HANDELSER,),
}
"""What each kind of fact belongs to: who is shown any of it is shown the fact, on the tabs and in the history."""


def ser_fakta(actor: Actor, delprojekt: int, steg: Steg) -> frozenset[Faktumslag]:
    """Return the kinds of facts that the actor may read of one delprojekt in its step."""
    shown = {noun for noun in Noun if ser(actor, noun, delprojekt, steg)}
    shown |= {Noun.HANDELSER} if hor(actor, delprojekt, steg) else set()
    return frozenset(slag for slag, nouns in FAKTA_OM.items() if shown & set(nouns))


OM_STALLNINGAR: frozenset[Act] = frozenset({Act.SKRIV_BESLUTSFORSLAG, Act.LAMNA_STALLNING, Act.KONSTATERA_OENIGHET})
"""Acts that tell how ledningsgruppen thinks: only those who see the stances hear of them."""
FAKTA_OM_STALLNINGAR: frozenset[Faktumslag] = frozenset(
    s for s, nouns in FAKTA_OM.items() if nouns == (Noun.STALLNINGAR,)
)
"""Facts that tell the same: an act that writes or corrects one is heard of by the same people, whatever act it is."""


def dolda_acts(actor: Actor, delprojekt: int, steg: Steg) -> frozenset[Act]:
    """Return the acts whose traces (events, whom it waits for, what is missing) the actor is not shown in a step.

    Who sees ledningsgruppen's stances while it has the delprojekt hears of them in every step.
    """
    hears = any(ser(actor, Noun.STALLNINGAR, delprojekt, where) for where in (Steg.LEDNINGSGRUPP, steg))
    return frozenset() if hears else OM_STALLNINGAR


OM_NOMINERINGAR: frozenset[Act] = frozenset(
    {
        Act.NOMINERA,
        Act.ANDRA_NOMINERING,
        Act.TILLFRAGA_NOMINERAD,
        Act.SVARA_PA_NOMINERING,
        Act.TILLFRAGA_CHEF,
        Act.SVARA_SOM_CHEF,
    }
)
"""Acts whose events name somebody who is only put forward."""

OM_GRUPPEN: frozenset[Act] = frozenset(
    {Act.UTSE_ORDFORANDE, Act.UTSE_ARBETSGRUPP, Act.UTSE_FLER, Act.ENTLEDIGA, Act.ANDRA_DELTAGANDE}
)
"""Acts whose events name those who are, or were, in the group."""

OM_TEXTEN: frozenset[Act] = frozenset(
    {Act.KOMMENTERA, Act.BESVARA_KOMMENTAR, Act.FORESLA_ANDRING, Act.AVGOR_ANDRINGSFORSLAG}
)
"""Acts whose events tell what is said of a text that is being written: they are its readers' own."""

HORS_AV: tuple[tuple[frozenset[Act], Noun], ...] = (
    (OM_NOMINERINGAR, Noun.NOMINERINGAR),
    (OM_GRUPPEN, Noun.ARBETSGRUPP),
    (OM_TEXTEN, Noun.ARBETSMATERIAL),
)
"""Acts whose events name people or tell of a draft, and what one must be shown to hear of them."""


def tysta_acts(actor: Actor, delprojekt: int, steg: Steg) -> frozenset[Act]:
    """Return the acts whose events the actor does not read in a step: stances, names that are not shown, drafts."""
    names = (acts for acts, noun in HORS_AV if not ser(actor, noun, delprojekt, steg))
    return dolda_acts(actor, delprojekt, steg).union(*names)


KANDA_ROLLER: frozenset[Roll] = frozenset({Roll.KONTAKTPERSON, Roll.FORSLAGSSTALLARE})
"""Roles whose holders everybody knows who reads the delprojekt, also before they may know who is in the group."""


class Sida(TextChoices):
    """The pages that belong to a role; the value is the word in the address."""

    KANSLIET = "kansliet", "Kansliet"
    SAMARBETSGRUPPEN = "samarbetsgruppen", "Samarbetsgruppen"
    LEDNINGSGRUPPEN = "ledningsgruppen", "Ledningsgruppen"
    REGIONER = "regioner", "Min region"
    MIN_ARBETSGRUPP = "min-arbetsgrupp", "Min arbetsgrupp"


_TJANST = frozenset({Roll.KANSLI, Roll.DIREKTOR, Roll.KOMMUNIKATOR, Roll.ADMINISTRATOR})
_I_GRUPPEN = _GRUPP | {Roll.ADJUNGERAD, Roll.UPPFOLJNINGSANSVARIG}

SIDOR: dict[Sida, tuple[frozenset[Roll], frozenset[Roll]]] = {
    Sida.KANSLIET: (_TJANST, frozenset()),
    Sida.SAMARBETSGRUPPEN: (frozenset({Roll.SAMARBETSGRUPP}), _TJANST),
    Sida.LEDNINGSGRUPPEN: (_LEDNING, _TJANST),
    Sida.REGIONER: (frozenset({Roll.REGIONKONTAKT, Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP}), _TJANST),
    Sida.MIN_ARBETSGRUPP: (_I_GRUPPEN, frozenset()),
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
FLIKAR_MED_MER = 7
"""So many tabs those get who work with it daily; the last is "Mer", with the others in it."""


def manga_flikar(actor: Actor, delprojekt: int) -> bool:
    """Tell whether the actor works with the delprojekt so often that every tab is shown."""
    return bool(actor.roller(delprojekt) - FA_FLIKAR)
