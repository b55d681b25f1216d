"""The working group: nominations, appointments, changes on the way: T12, T45, E9 (§4, §5.1.4)."""

from dataclasses import replace

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.handling import Motpart, inkommen
from delprojekt.process.krav import Krav
from delprojekt.process.policy.regel import Rule, Scope, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import ARBETE, PAGAENDE, SKRIVER, Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_REGION = roles(Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP)
_UPPDRAG = steps(Steg.UPPDRAG)
_ORDFORANDE = ((Roll.ORDFORANDE, _UPPDRAG | SKRIVER),)
_NOMINERAR = (*_ORDFORANDE, *((roll, _UPPDRAG | SKRIVER) for roll in (Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP)))
"""Nominations are asked for while the group is put together and works; then kansliet alone finds who replaces (T45)."""
_RAD_OM_GRUPPEN = (
    Krav.CHEFER_HAR_SAGT_JA,
    Krav.TVARPROFESSIONELL,
    Krav.TVARDISCIPLINAR,
    Krav.PATIENTFORETRADARE_FINNS,
    Krav.BOR_KOMPETENSER_TACKTA,
    Krav.PROCESSLEDARE_UTIFRAN,
    Krav.PROCESSLEDARE_EGEN_FINANSIERING,
    Krav.CHEF_I_GRUPPEN,
    Krav.REGIONERNA_HAR_SVARAT,
)

_BE = Rule(
    where=_UPPDRAG,
    who=_KANSLI,
    owner=Roll.KONTAKTPERSON,
    advises=(Krav.ORDFORANDE_FORST,),
    fact=Faktumslag.NOMINERINGAR_BEGARDA,
    tells=_REGION,
    event="Kansliet bad regionerna om nomineringar till arbetsgruppen.",
    section="4",
)

RULES = {
    Act.BE_OM_NOMINERINGAR: _BE,
    Act.NOMINERA: Rule(
        where=PAGAENDE,
        bara=_NOMINERAR,
        who=_KANSLI | _REGION | {Roll.ORDFORANDE},
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        handling=inkommen("Nominering till arbetsgruppen", Motpart.REGION),
        event="En person nominerades till arbetsgruppen.",
        section="4",
        frist=lambda lage: lage.grupp.sista_svarsdag,
        region_frist=lambda lage, region: lage.grupp.svar_senast.get(region),
        fran=lambda lage: lage.dag(Faktumslag.NOMINERINGAR_BEGARDA) or lage.stegat,
    ),
    Act.AVSTA_NOMINERING: Rule(
        where=_UPPDRAG,
        who=_KANSLI | _REGION,
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        requires=(Krav.FORFRAGAN_SKICKAD,),
        tells=roles(Roll.KONTAKTPERSON),
        event="Regionen svarade att ingen nomineras.",
        section="4",
    ),
    Act.PAMINN_OM_NOMINERINGAR: replace(
        _BE,
        advises=(),
        requires=(Krav.FORFRAGAN_SKICKAD, Krav.NAGON_HAR_INTE_SVARAT),
        fact=None,
        event="Kansliet påminde de regioner som inte har svarat om nomineringar.",
    ),
    Act.ANDRA_NOMINERING: Rule(
        where=PAGAENDE,
        bara=_ORDFORANDE,
        who=_KANSLI | {Roll.ORDFORANDE},
        owner=Roll.KONTAKTPERSON,
        objekt="nominering",
        event="En nominering uppdaterades.",
        section="4.3",
    ),
    Act.TILLFRAGA_NOMINERAD: Rule(
        where=PAGAENDE,
        bara=_ORDFORANDE,
        who=_KANSLI | {Roll.ORDFORANDE},
        owner=Roll.KONTAKTPERSON,
        objekt="nominering",
        event="En nominerad tillfrågades.",
        section="4.3",
        brev=True,
    ),
    Act.SVARA_PA_NOMINERING: Rule(
        where=ARBETE,
        who=roles(Roll.NOMINERAD),
        owner=Roll.NOMINERAD,
        objekt="svarslank",
        tells=roles(Roll.KONTAKTPERSON),
        event="En nominerad svarade.",
        section="4.3",
        under_paus=True,
    ),
    Act.TILLFRAGA_CHEF: Rule(
        where=PAGAENDE,
        bara=_ORDFORANDE,
        who=_KANSLI | {Roll.ORDFORANDE},
        owner=Roll.KONTAKTPERSON,
        objekt="nominering",
        event="Närmsta chef till en nominerad tillfrågades.",
        section="4.3",
        brev=True,
    ),
    Act.SVARA_SOM_CHEF: Rule(
        where=ARBETE,
        who=roles(Roll.NARMSTA_CHEF),
        owner=Roll.NARMSTA_CHEF,
        objekt="svarslank",
        tells=roles(Roll.KONTAKTPERSON),
        event="Närmsta chef till en nominerad svarade.",
        section="4.3",
        under_paus=True,
    ),
    Act.UTSE_ORDFORANDE: Rule(
        where=PAGAENDE,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.ORDFORANDE_NOMINERAD,),
        advises=(Krav.TID_AVSATT, Krav.ORDFORANDENS_MERITER),
        fact=Faktumslag.ORDFORANDE_UTSEDD,
        tells=roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE),
        event="Ledningsgruppen utsåg ordförande.",
        section="4.1",
    ),
    Act.UTSE_ARBETSGRUPP: Rule(
        where=_UPPDRAG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(
            Krav.UPPDRAG_FASTSTALLT,
            Krav.FORFRAGAN_SKICKAD,
            Krav.ORDFORANDE_UTSEDD,
            Krav.LEDAMOT_FRAN_VARJE_REGION,
            Krav.SKA_KOMPETENSER_TACKTA,
        ),
        advises=_RAD_OM_GRUPPEN,
        fact=Faktumslag.ARBETSGRUPP_UTSEDD,
        tells=roles(Roll.KONTAKTPERSON) | ARBETSGRUPP,
        event="Ledningsgruppen utsåg arbetsgruppen.",
        section="5.1.4",
    ),
    Act.UTSE_FLER: Rule(
        where=PAGAENDE - _UPPDRAG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.NAGON_HAR_TACKAT_JA,),
        advises=(Krav.CHEFER_HAR_SAGT_JA, Krav.PROCESSLEDARE_UTIFRAN, Krav.PROCESSLEDARE_EGEN_FINANSIERING),
        fact=Faktumslag.FLER_UTSEDDA,
        tells=roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE),
        event="Ledningsgruppen utsåg fler till arbetsgruppen.",
        section="5.1.4",
    ),
    Act.ENTLEDIGA: Rule(
        where=PAGAENDE,
        who=_LG,
        owner=Roll.SEKRETERARE,
        objekt="utsedd",
        requires=(Krav.NY_ORDFORANDE_FORST,),
        advises=(Krav.REGIONEN_HAR_KVAR_NAGON,),
        fact=Faktumslag.ENTLEDIGAD,
        tells=roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE),
        event="En person entledigades ur arbetsgruppen.",
        section="5.1.4",
    ),
    Act.ANDRA_DELTAGANDE: Rule(
        where=_UPPDRAG | SKRIVER,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.ANSLUTEN_HAR_LEDAMOT,),
        advises=(Krav.TILLRACKLIGT_MANGA_DELTAR,),
        fact=Faktumslag.DELTAGANDE_ANDRAT,
        tells=roles(Roll.KONTAKTPERSON, Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.ORDFORANDE),
        event="Ledningsgruppen ändrade en regions deltagande.",
        section="5.2",
    ),
}
