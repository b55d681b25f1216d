"""Huvudmansbeslut and införande: T35, T36 (§5.6, §5.7)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.handling import Motpart, expedierad, inkommen
from delprojekt.process.krav import Krav
from delprojekt.process.policy.frister import forsta_handlingsfrist, handlingsfrist, svarsfrist
from delprojekt.process.policy.regel import Rule, Scope, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_REGION = roles(Roll.REGIONKONTAKT) | _KANSLI
_LYFTER = _REGION | {Roll.CHEFSAMRAD, Roll.SAMARBETSGRUPP}
_BESLUT, _INFORANDE, _UPPFOLJNING = steps(Steg.HUVUDMANSBESLUT), steps(Steg.INFORANDE), steps(Steg.UPPFOLJNING)
_EFTER_NAMNDEN = _BESLUT | _INFORANDE | _UPPFOLJNING
_INFORMERADE = roles(Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.KONTAKTPERSON)


RULES = {
    Act.EXPEDIERA: Rule(
        where=_BESLUT,
        who=roles(Roll.NAMNDSEKRETERARE) | _KANSLI,
        owner=Roll.NAMNDSEKRETERARE,
        requires=(Krav.EJ_EXPEDIERAT,),
        fact=Faktumslag.EXPEDIERAT,
        handling=expedierad("Nämndens rekommendation, expedierad till regionerna", Motpart.MOTTAGARE),
        tells=roles(Roll.REGIONKONTAKT),
        event="Rekommendationen expedierades till regionerna.",
        section="5.6",
    ),
    Act.REGISTRERA_HUVUDMANSBESLUT: Rule(
        where=_EFTER_NAMNDEN,
        who=_REGION,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        handling=inkommen("Regionens beslut", Motpart.REGION),
        advises=(Krav.INGEN_DELEGERING_VID_OMFORDELNING,),
        tells=roles(Roll.KONTAKTPERSON),
        event="Regionens beslut lämnades.",
        section="5.6",
        under_paus=True,
        frist=svarsfrist,
        fran=lambda lage: lage.dag(Faktumslag.EXPEDIERAT) or lage.beslut.namndbeslut_date,
    ),
    Act.SKICKA_HANDLING: Rule(
        where=_EFTER_NAMNDEN,
        who=_REGION,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        objekt="beslutshandling",
        handling=inkommen("Handling till regionens beslut", Motpart.REGION),
        tells=roles(Roll.KONTAKTPERSON),
        event="Handlingen till regionens beslut kom in.",
        section="5.6",
        under_paus=True,
        frist=forsta_handlingsfrist,
        region_frist=handlingsfrist,
    ),
    Act.GRANSKA_HANDLING: Rule(
        where=_EFTER_NAMNDEN,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="beslutshandling",
        tells=roles(Roll.REGIONKONTAKT),
        event="Regionens beslutshandling granskades.",
        section="5.6",
        under_paus=True,
    ),
    Act.ANTECKNA_NAMNDANMALAN: Rule(
        where=_EFTER_NAMNDEN,
        who=_REGION,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        objekt="beslutshandling",
        event="Beslutet anmäldes till regionens nämnd.",
        section="5.6",
        under_paus=True,
    ),
    Act.ANTECKNA_OVERKLAGANDE: Rule(
        where=_EFTER_NAMNDEN,
        who=_REGION,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        objekt="beslutshandling",
        tells=roles(Roll.KONTAKTPERSON),
        event="Ett överklagande av regionens beslut antecknades.",
        section="5.6",
        under_paus=True,
    ),
    Act.BORJA_INFORANDE: Rule(
        where=_BESLUT,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.INFORANDE,
        requires=(Krav.EXPEDIERAT, Krav.FORSTA_BIFALL_VERIFIERAT),
        advises=(
            Krav.ALLA_REGIONER_HAR_BESLUTAT,
            Krav.HANDLINGARNA_INKOMNA,
            Krav.HANDLINGAR_GRANSKADE,
            Krav.CHEFSAMRAD_I_INFORANDET,
        ),
        tells=roles(Roll.REGIONKONTAKT, Roll.CHEFSAMRAD) | _INFORMERADE,
        event="Införandet började.",
        section="5.7",
        main=True,
    ),
    Act.INFORMERA_LEDNINGSGRUPPEN: Rule(
        where=_BESLUT,
        who=_LG,
        owner=Roll.SEKRETERARE,
        fact=Faktumslag.LEDNINGSGRUPPEN_INFORMERAD,
        event="Ledningsgruppen informerades om regionernas beslut.",
        section="5.6",
    ),
    Act.AVSLUTA_UTAN_INFORANDE: Rule(
        where=_BESLUT,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.AVSLUTAT,
        requires=(Krav.INGEN_REGION_BIFALLER, Krav.LEDNINGSGRUPPEN_INFORMERAD),
        tells=_INFORMERADE | ARBETSGRUPP,
        event="Delprojektet avslutades utan införande: ingen region biföll.",
        section="5.6",
        main=True,
    ),
    Act.RAPPORTERA_INFORANDE: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=roles(Roll.REGIONKONTAKT, Roll.CHEFSAMRAD) | _KANSLI,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        tells=roles(Roll.KONTAKTPERSON),
        event="Regionens införande rapporterades.",
        section="5.7",
    ),
    Act.RAPPORTERA_KANSLIETS_INFORANDE: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_KANSLI | {Roll.DIREKTOR},
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.KANSLIET_HAR_NAGOT_ATT_INFORA,),
        event="Kansliet rapporterade hur införandet går på sjukvårdsregional nivå.",
        section="5.7",
    ),
    Act.ANMAL_HINDER: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_REGION | {Roll.CHEFSAMRAD},
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        tells=roles(Roll.KONTAKTPERSON),
        event="Ett hinder för införandet anmäldes.",
        section="5.7",
        under_paus=True,
    ),
    Act.LYFT_HINDER_TILL_CHEFSAMRADET: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_LYFTER,
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        objekt="inforandehinder",
        tells=roles(Roll.CHEFSAMRAD, Roll.KONTAKTPERSON),
        event="Ett hinder lyftes till chefsamrådet.",
        section="5.7",
        under_paus=True,
    ),
    Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_LYFTER,
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        objekt="inforandehinder",
        tells=roles(Roll.SAMARBETSGRUPP, Roll.KONTAKTPERSON),
        event="Ett hinder lyftes till samarbetsgruppen.",
        section="5.7",
        under_paus=True,
    ),
    Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_LYFTER,
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        objekt="inforandehinder",
        tells=roles(Roll.LEDNINGSGRUPP, Roll.KONTAKTPERSON) | {Roll.SEKRETERARE},
        event="Ett hinder lyftes till ledningsgruppen.",
        section="5.7",
        under_paus=True,
    ),
    Act.AVSLUTA_HINDER: Rule(
        where=_INFORANDE | _UPPFOLJNING,
        who=_LYFTER,
        owner=Roll.KONTAKTPERSON,
        scope=Scope.EGEN_REGION,
        objekt="inforandehinder",
        tells=roles(Roll.REGIONKONTAKT, Roll.KONTAKTPERSON),
        event="Ett hinder avslutades.",
        section="5.7",
        under_paus=True,
    ),
}
