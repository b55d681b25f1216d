"""Uppdrag and how the group begins: T11, T13 (§5, §5.1.3, §5.1.4)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.handling import upprattad
from delprojekt.process.krav import Krav
from delprojekt.process.policy.regel import Rule, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_UPPDRAG = steps(Steg.UPPDRAG)

RULES = {
    Act.REDIGERA_UPPDRAG: Rule(
        where=_UPPDRAG,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.UPPDRAG_EJ_FASTSTALLT,),
        event="Uppdragets punkter, kompetenser och tidplan ändrades.",
        section="5.1.3",
    ),
    Act.SKRIV_UPPDRAG: Rule(
        where=_UPPDRAG,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="avsnitt",
        requires=(Krav.UPPDRAG_EJ_FASTSTALLT,),
        event="Uppdragets text ändrades.",
        section="5.1.3",
    ),
    Act.ANGE_EJ_TILLAMPLIGT: Rule(
        where=_UPPDRAG,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.UPPDRAG_EJ_FASTSTALLT,),
        event="En del av uppdraget angavs som inte tillämplig.",
        section="5.1.3",
    ),
    Act.FASTSTALL_UPPDRAG: Rule(
        where=_UPPDRAG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.UPPDRAG_PABORJAT, Krav.UPPDRAG_EJ_FASTSTALLT),
        advises=(Krav.UPPDRAGETS_DELAR_SKRIVNA, Krav.KOMPETENSKRAV_ANGIVNA),
        fact=Faktumslag.UPPDRAG_FASTSTALLT,
        handling=upprattad("Uppdrag, fastställt av ledningsgruppen", "Ledningsgruppen"),
        tells=roles(Roll.KONTAKTPERSON, Roll.LEDNINGSGRUPP, Roll.SAMARBETSGRUPP),
        event="Ledningsgruppen fastställde uppdraget.",
        section="5.1.3",
    ),
    Act.OVERLAMNA_UPPDRAG: Rule(
        where=_UPPDRAG,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(
            Krav.UPPDRAG_FASTSTALLT,
            Krav.ARBETSGRUPP_UTSEDD,
            Krav.REGIONERNA_REPRESENTERADE,
            Krav.UPPDRAG_EJ_OVERLAMNAT,
        ),
        fact=Faktumslag.UPPDRAG_OVERLAMNAT,
        tells=ARBETSGRUPP,
        event="Kansliet överlämnade uppdraget till arbetsgruppen.",
        section="5.1.4",
    ),
    Act.KVITTERA_UPPDRAG: Rule(
        where=_UPPDRAG,
        who=roles(Roll.ORDFORANDE),
        owner=Roll.ORDFORANDE,
        requires=(Krav.UPPDRAG_OVERLAMNAT, Krav.UPPDRAG_EJ_KVITTERAT),
        fact=Faktumslag.UPPDRAG_KVITTERAT,
        tells=roles(Roll.KONTAKTPERSON),
        event="Ordföranden kvitterade uppdraget.",
        section="5.1.4",
    ),
    Act.REGISTRERA_STARTMOTE: Rule(
        where=_UPPDRAG,
        who=roles(Roll.ORDFORANDE, Roll.PROCESSLEDARE) | _KANSLI,
        owner=Roll.ORDFORANDE,
        requires=(Krav.ARBETSGRUPP_UTSEDD,),
        fact=Faktumslag.STARTMOTE,
        event="Startmötet antecknades.",
        section="5",
    ),
    Act.BORJA_NULAGE: Rule(
        where=_UPPDRAG,
        who=roles(Roll.ORDFORANDE) | _KANSLI,
        owner=Roll.ORDFORANDE,
        to=Steg.NULAGE,
        requires=(
            Krav.UPPDRAG_FASTSTALLT,
            Krav.ARBETSGRUPP_UTSEDD,
            Krav.UPPDRAG_OVERLAMNAT,
            Krav.UPPDRAG_KVITTERAT,
            Krav.STARTMOTE_HALLET,
        ),
        advises=(
            Krav.CHEFSAMRAD_KOPPLAT,
            Krav.CHEFSAMRAD_KONTAKTAT,
            Krav.KOMMUNIKATOR_INKOPPLAD,
            Krav.KOMMUNIKATIONSPLAN_PLANERAD,
        ),
        tells=roles(Roll.KONTAKTPERSON, Roll.SAMARBETSGRUPP) | ARBETSGRUPP,
        event="Arbetsgruppen började beskriva nuläget.",
        section="5.2",
        main=True,
    ),
}
