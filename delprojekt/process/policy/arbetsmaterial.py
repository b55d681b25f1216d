"""What the group gathers around its text: facts, conclusions, notes, support (§5, §5.2, §5.3, §6).

All of it may be done while the report is written: the text by those who write it (M5.4.1-3), the notes by the group.
"""

from dataclasses import replace

from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy.regel import Rule, roles
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import ARBETE, SKRIVER

_LEDER = roles(Roll.ORDFORANDE, Roll.KONTAKTPERSON)
_SKRIBENTER = _LEDER | {Roll.HELHETSANSVARIG, Roll.SKRIBENT}
_GRUPPEN = ARBETSGRUPP | {Roll.HELHETSANSVARIG, Roll.KONTAKTPERSON}
_OPEN = (Krav.SLUTRAPPORT_EJ_INLAMNAD,)


def _rule(who: frozenset[Roll], section: str, event: str, objekt: str = "", kapitel: str = "") -> Rule:
    """Return a rule of the kind that all here share: it notes something in the report that is being written."""
    return Rule(
        where=SKRIVER,
        who=who,
        owner=Roll.ORDFORANDE,
        objekt=objekt,
        kapitel=kapitel,
        requires=_OPEN,
        event=event,
        section=section,
    )


RULES = {
    Act.UTSE_SKRIBENTER: replace(
        _rule(_LEDER, "5.4.1", "Skrivandet av rapporten fördelades."),
        advises=(Krav.ORDFORANDE_SAMMANSTALLER,),
    ),
    Act.REGISTRERA_FAKTAUPPGIFT: _rule(_SKRIBENTER, "5.2", "En faktauppgift lades till.", kapitel="nulage"),
    Act.ANDRA_FAKTAUPPGIFT: _rule(_SKRIBENTER, "5.2", "En faktauppgift ändrades.", "faktauppgift", "nulage"),
    Act.ANGE_TACKNING: _rule(_SKRIBENTER, "5.2", "Vilka regioner som ingår i nuläget ändrades.", kapitel="nulage"),
    Act.UTELAMNA_AVSNITT: _rule(_LEDER, "5.2", "Ett avsnitt utelämnades."),
    Act.SKRIV_SLUTSATS: _rule(_SKRIBENTER, "5.3", "En slutsats lades till.", kapitel="analys"),
    Act.ANDRA_SLUTSATS: _rule(_SKRIBENTER, "5.3", "En slutsats ändrades.", "slutsats", "analys"),
    Act.PLACERA_SLUTSATSER: _rule(_SKRIBENTER, "5.3", "Analysens och slutsatsernas plats i rapporten ändrades."),
    Act.BESVARA_UPPDRAGSPUNKTER: _rule(_SKRIBENTER, "5.1.3", "Var uppdragspunkterna besvaras ändrades."),
    Act.ANTECKNA_GRUPPMOTE: _rule(_GRUPPEN, "5", "Ett gruppmöte lades till."),
    Act.SKRIV_MINNESANTECKNING: _rule(_GRUPPEN, "5", "Minnesanteckningar skrevs.", "gruppmote"),
    Act.FOLJ_UPP_ATTGORA: replace(  # it changes nothing in the report: what was left open is closed after it too
        _rule(_GRUPPEN, "5", "Något som ska göras följdes upp.", "attgora"), where=ARBETE, requires=()
    ),
    Act.MEJLA_GRUPPEN: Rule(
        where=ARBETE,
        who=_GRUPPEN,
        owner=Roll.ORDFORANDE,
        event="Gruppen fick ett mejl.",
        section="4",
        brev=True,
        under_paus=True,
    ),
    Act.ANTECKNA_VAGVAL: _rule(_GRUPPEN, "5", "Ett vägval antecknades."),
    Act.ANDRA_VAGVAL: _rule(_GRUPPEN, "5", "En anteckning om vägval ändrades.", "vagval"),
    Act.BEGAR_STOD: replace(
        _rule(_GRUPPEN, "6.1", "En begäran om stöd antecknades."), advises=(Krav.HR_FRAGAS_I_REGIONEN,)
    ),
    Act.ANDRA_STODBEGARAN: _rule(_GRUPPEN, "6.1", "En begäran om stöd följdes upp.", "stodbegaran"),
}
