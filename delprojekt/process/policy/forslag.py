"""Förslag and beredning: T01–T10 of the process (§5.1, §5.1.1, §5.1.2)."""

from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import OMPROVNING_MANADER, plus_manader
from delprojekt.process.handling import Motpart, inkommen
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Lage
from delprojekt.process.policy.regel import Rule, Scope, roles, steps
from delprojekt.process.roller import Roll
from delprojekt.process.steg import ARBETE, SLUT, Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_FORSLAG, _BEREDNING, _AVVAKTAR = steps(Steg.PROJEKTFORSLAG), steps(Steg.BEREDNING), steps(Steg.AVVAKTAR)
_FOR_LEDNINGSGRUPPEN = (
    Krav.KONTAKTPERSON_UTSEDD,
    Krav.EFFEKTER_FINNS,
    Krav.BEHOV_I_TILLRACKLIGT_MANGA,
    Krav.SAMARBETSGRUPPEN_AVSTAMD,
    Krav.AVSTAMT_FORE_LEDNINGSGRUPPEN,
    Krav.AVSTAMNING_INTE_GAMMAL,
    Krav.BARNETS_BASTA_BESKRIVET,
)
"""What must hold when the förslag is announced (T04), and still when ledningsgruppen decides to start (T06): what a
region needs, and what is written, may change in between."""


def omprovas(lage: Lage) -> date | None:
    """Return when what waits is to be taken up again: the day that was set, or half a year later (M5.1-4)."""
    waits = lage.alla(Faktumslag.AVVAKTAN)
    return waits[-1].till or plus_manader(waits[-1].dag, OMPROVNING_MANADER) if waits else None


RULES = {
    Act.SKAPA_FORSLAG: Rule(
        where=frozenset(),
        who=roles(Roll.INLOGGAD),
        owner=Roll.INLOGGAD,
        event="Förslaget skapades.",
        section="5.1",
    ),
    Act.LAGG_IN_PAGAENDE: Rule(
        where=frozenset(),
        who=roles(Roll.ADMINISTRATOR),
        owner=Roll.ADMINISTRATOR,
        event="Delprojektet lades in. Det började före portalen.",
        section="5",
        efterhand=True,
    ),
    Act.REDIGERA_FORSLAG: Rule(
        where=_FORSLAG | _BEREDNING | steps(Steg.AVVAKTAR),
        who=roles(Roll.FORSLAGSSTALLARE) | _KANSLI,
        owner=Roll.FORSLAGSSTALLARE,
        bara=((Roll.FORSLAGSSTALLARE, _FORSLAG),),
        scope=Scope.EGET_OBJEKT,
        requires=(Krav.INSKICKAT_HELT, Krav.ANMALT_HELT),
        advises=(Krav.INSKICKAT_STAR_KVAR,),
        event="Förslaget ändrades.",
        section="5.1",
    ),
    Act.SKICKA_IN_FORSLAG: Rule(
        where=_FORSLAG,
        who=roles(Roll.FORSLAGSSTALLARE, Roll.KANSLI),
        owner=Roll.FORSLAGSSTALLARE,
        requires=(Krav.TITEL_FINNS, Krav.URSPRUNG_FINNS, Krav.PROBLEM_FINNS, Krav.EJ_INSKICKAT),
        fact=Faktumslag.FORSLAG_INSKICKAT,
        handling=inkommen("Förslag till delprojekt", Motpart.AVSANDARE),
        tells=roles(Roll.KANSLI, Roll.DIREKTOR),
        event="Förslaget skickades in till kansliet.",
        section="5.1",
    ),
    Act.ATERTA_FORSLAG: Rule(
        where=_FORSLAG | _BEREDNING | _AVVAKTAR,
        who=roles(Roll.FORSLAGSSTALLARE, Roll.KANSLI),
        bara=((Roll.FORSLAGSSTALLARE, _FORSLAG | _BEREDNING),),  # then ledningsgruppen has accepted it (M5.1-4, T10)
        owner=Roll.FORSLAGSSTALLARE,
        to=Steg.ATERTAGET,
        fact=Faktumslag.ATERTAGET,
        tells=roles(Roll.KANSLI, Roll.KONTAKTPERSON, Roll.SEKRETERARE),
        angras_tyst=False,
        event="Förslaget togs tillbaka.",
        section="5.1",
    ),
    Act.UTSE_KONTAKTPERSON: Rule(
        where=_FORSLAG | _BEREDNING | _AVVAKTAR | ARBETE | (SLUT - {Steg.HISTORISKT}),
        who=roles(Roll.DIREKTOR, Roll.KANSLI),
        owner=Roll.DIREKTOR,
        objekt="person",
        requires=(Krav.FORSLAG_INSKICKAT,),
        tells=roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE),
        event="Kontaktperson på kansliet utsågs.",
        section="4.5",
        under_paus=True,
    ),
    Act.BORJA_BEREDNING: Rule(
        where=_FORSLAG,
        who=roles(Roll.DIREKTOR, Roll.KANSLI),
        owner=Roll.KANSLI,
        to=Steg.BEREDNING,
        requires=(Krav.FORSLAG_INSKICKAT, Krav.KONTAKTPERSON_UTSEDD),
        tells=roles(Roll.KONTAKTPERSON, Roll.FORSLAGSSTALLARE),
        event="Kansliet började bereda förslaget.",
        section="5.1.2",
        main=True,
    ),
    Act.REGISTRERA_BEREDNINGSKONTAKT: Rule(
        where=_BEREDNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        event="En beredningskontakt antecknades.",
        section="5.1.2",
    ),
    Act.BESVARA_BEREDNINGSKONTAKT: Rule(
        where=_BEREDNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="beredningskontakt",
        event="Svaret på en beredningskontakt antecknades.",
        section="5.1.2",
    ),
    Act.REGISTRERA_BEHOV: Rule(
        where=_BEREDNING,
        who=_KANSLI | {Roll.SAMARBETSGRUPP},
        owner=Roll.SAMARBETSGRUPP,
        scope=Scope.EGEN_REGION,
        event="Regionens behov angavs.",
        section="5.1.1",
    ),
    Act.BERED_UNDERLAG: Rule(
        where=_BEREDNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        event="Underlaget för start bereddes.",
        section="5.1.2",
    ),
    Act.KOPPLA_CHEFSAMRAD: Rule(
        where=_BEREDNING | ARBETE,
        who=_KANSLI | {Roll.ORDFORANDE, Roll.PROCESSLEDARE},
        owner=Roll.KONTAKTPERSON,
        event="Det antecknades vilka chefsamråd som berörs.",
        section="5",
        under_paus=True,
    ),
    Act.STAM_AV_MED_SAMARBETSGRUPPEN: Rule(
        where=_BEREDNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.EFFEKTER_FINNS,),
        advises=(
            Krav.SYFTE_FINNS,
            Krav.MAL_FINNS,
            Krav.UTFALL_FINNS,
            Krav.MALSATTNING_VALD,
            Krav.KRITERIUM_VALT,
            Krav.PATIENTFLODE_BESKRIVET,
        ),
        fact=Faktumslag.SAMARBETSGRUPPEN_AVSTAMD,
        tells=roles(Roll.SAMARBETSGRUPP),
        event="Förslaget stämdes av med samarbetsgruppen.",
        section="5.1.2",
    ),
    Act.ANMAL_TILL_LEDNINGSGRUPPEN: Rule(
        where=_BEREDNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=_FOR_LEDNINGSGRUPPEN,
        advises=(
            Krav.SYFTE_FINNS,
            Krav.MAL_FINNS,
            Krav.UTFALL_FINNS,
            Krav.ALLA_REGIONER_HAR_BEHOV,
            Krav.AVTALSGRUPPEN_TILLFRAGAD,
            Krav.CHEFSAMRAD_VID_OMFORDELNING,
            Krav.UNDERLAG_HOGST_TVA_SIDOR,
        ),
        fact=Faktumslag.ANMALT,
        tells=roles(Roll.SEKRETERARE),
        event="Förslaget anmäldes till ledningsgruppens möte.",
        section="5.1.2",
    ),
    Act.BESLUTA_START: Rule(
        where=_BEREDNING,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.UPPDRAG,
        requires=(Krav.ANMALT_TILL_LEDNINGSGRUPPEN, *_FOR_LEDNINGSGRUPPEN),
        fact=Faktumslag.STARTBESLUT,
        tells=roles(Roll.KONTAKTPERSON, Roll.SAMARBETSGRUPP, Roll.KOMMUNIKATOR, Roll.FORSLAGSSTALLARE),
        event="Ledningsgruppen beslutade om uppstart.",
        section="5.1.2",
        main=True,
    ),
    Act.BESLUTA_AVSLAG: Rule(
        where=_BEREDNING | _AVVAKTAR,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.AVSLAG,
        requires=(Krav.SAMARBETSGRUPPEN_AVSTAMD, Krav.ANMALT_TILL_LEDNINGSGRUPPEN),
        fact=Faktumslag.AVSLAGSBESLUT,
        tells=roles(Roll.KONTAKTPERSON, Roll.FORSLAGSSTALLARE),
        event="Ledningsgruppen avslog förslaget.",
        section="5.1.2",
    ),
    Act.BESLUTA_AVVAKTA: Rule(
        where=_BEREDNING,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.AVVAKTAR,
        requires=(Krav.ANMALT_TILL_LEDNINGSGRUPPEN,),
        fact=Faktumslag.AVVAKTAN,
        tells=roles(Roll.KONTAKTPERSON, Roll.FORSLAGSSTALLARE),
        event="Ledningsgruppen beslutade att avvakta.",
        section="5.1",
    ),
    Act.ATERREMITTERA_FORSLAG: Rule(
        where=_BEREDNING,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.BEREDNING,
        requires=(Krav.ANMALT_TILL_LEDNINGSGRUPPEN,),
        fact=Faktumslag.RETUR,
        tells=roles(Roll.KONTAKTPERSON),
        event="Ledningsgruppen återremitterade förslaget till kansliet.",
        section="5.1.2",
        new_visit=True,
    ),
    Act.TA_UPP_IGEN: Rule(
        where=_AVVAKTAR,
        who=_KANSLI | {Roll.SEKRETERARE},
        owner=Roll.KONTAKTPERSON,
        to=Steg.BEREDNING,
        tells=roles(Roll.KONTAKTPERSON, Roll.FORSLAGSSTALLARE),
        event="Förslaget togs upp igen.",
        section="5.1",
        main=True,
        frist=omprovas,
        fran=lambda lage: None,
    ),
    Act.PRIORITERA_FORSLAG: Rule(
        where=_AVVAKTAR,
        who=_LG,
        owner=Roll.SEKRETERARE,
        event="Förslaget fick en plats i kön.",
        section="5.1",
    ),
    Act.FORESLA_PA_NYTT: Rule(
        where=steps(Steg.AVSLAG, Steg.ATERTAGET),
        who=roles(Roll.FORSLAGSSTALLARE) | _KANSLI,
        owner=Roll.FORSLAGSSTALLARE,
        tells=roles(Roll.KANSLI),
        event="Ett nytt förslag som bygger på det här påbörjades.",
        section="5.1",
    ),
}
