"""Uppföljning: T37–T40 (§5.8)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.handling import upprattad
from delprojekt.process.krav import Krav
from delprojekt.process.policy.frister import rapportfrist, uppfoljning_fran, uppfoljningsfrist
from delprojekt.process.policy.regel import Rule, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import EFTER_NAMNDEN, Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_BESLUT, _INFORANDE, _UPPFOLJNING = steps(Steg.HUVUDMANSBESLUT), steps(Steg.INFORANDE), steps(Steg.UPPFOLJNING)
_INFORMERADE = roles(Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.KONTAKTPERSON)

RULES = {
    Act.TILLFRAGA_UPPFOLJARE: Rule(
        where=EFTER_NAMNDEN,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="person",
        requires=(Krav.NAMNDBESLUT_INLAGT,),
        advises=(Krav.TIDIGARE_ORDFORANDE, Krav.UR_ARBETSGRUPPEN),
        event="En person tillfrågades om att göra uppföljningen.",
        section="5.8",
    ),
    Act.BESVARA_FORFRAGAN: Rule(
        where=EFTER_NAMNDEN,
        who=roles(Roll.TILLFRAGAD) | _KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="forfragan",
        person_frist=lambda lage, person: lage.uppfoljning.vantar_svar.get(person),
        person_fran=lambda lage, person: lage.uppfoljning.tillfragad.get(person),
        tells=roles(Roll.KONTAKTPERSON),
        event="Frågan om att göra uppföljningen besvarades.",
        section="5.8",
    ),
    Act.ANDRA_UPPFOLJNINGSFRIST: Rule(
        where=EFTER_NAMNDEN,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.NAMNDBESLUT_INLAGT,),
        advises=(Krav.FRISTEN_INOM_TOLV_MANADER,),
        tells=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.KONTAKTPERSON),
        event="Uppföljningens frist ändrades.",
        section="5.8",
        under_paus=True,
    ),
    Act.BORJA_UPPFOLJNING: Rule(
        where=_BESLUT | _INFORANDE,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.UPPFOLJNING,
        requires=(Krav.UPPFOLJARE_UTSEDD,),
        advises=(
            Krav.ALLA_REGIONER_HAR_BESLUTAT,
            Krav.HANDLINGARNA_INKOMNA,
            Krav.HANDLINGAR_GRANSKADE,
            Krav.INFORANDE_RAPPORTERAT,
            Krav.HINDER_AVGJORDA,
            Krav.FORFRAGAN_BESVARAD,
        ),
        tells=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.REGIONKONTAKT) | _INFORMERADE,
        event="Uppföljningen började.",
        section="5.8",
        main=True,
        frist=uppfoljningsfrist,
        fran=uppfoljning_fran,
    ),
    Act.SKRIV_UPPFOLJNING: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.KONTAKTPERSON),
        owner=Roll.UPPFOLJNINGSANSVARIG,
        objekt="avsnitt",
        requires=(Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD,),
        event="Uppföljningens text ändrades.",
        section="5.8",
    ),
    Act.REGISTRERA_MATVARDEN: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.UPPFOLJNINGSANSVARIG) | _KANSLI,
        owner=Roll.UPPFOLJNINGSANSVARIG,
        requires=(Krav.NAMNDBESLUT_INLAGT, Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD),
        advises=(Krav.PERIODEN_SLUT,),
        event="Mätvärden fylldes i.",
        section="5.8",
    ),
    Act.SAMMANSTALL_UPPFOLJNING: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.UPPFOLJNINGSANSVARIG) | _KANSLI,
        owner=Roll.UPPFOLJNINGSANSVARIG,
        requires=(Krav.NAMNDBESLUT_INLAGT, Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD),
        event="Uppföljningens resultat fylldes i.",
        section="5.8",
    ),
    Act.LAMNA_UPPFOLJNINGSRAPPORT: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.KONTAKTPERSON),
        owner=Roll.UPPFOLJNINGSANSVARIG,
        requires=(
            Krav.UPPFOLJNING_SKRIVEN,
            Krav.PATIENTSYNPUNKTER_REDOVISADE,
            Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD,
        ),
        advises=(
            Krav.INFORANDE_RAPPORTERAT,
            Krav.OMGANGENS_RAPPORT_GENOMGANGEN,
            Krav.MATVARDEN_FINNS,
            Krav.INSATS_OCH_EFFEKT,
            Krav.INOM_FRISTEN,
        ),
        fact=Faktumslag.UPPFOLJNINGSRAPPORT_KLAR,
        handling=upprattad("Uppföljningsrapport", "Den som gjort uppföljningen"),
        tells=_INFORMERADE,
        event="Uppföljningsrapporten lämnades.",
        section="5.8",
        frist=uppfoljningsfrist,
        fran=uppfoljning_fran,
    ),
    Act.REDOVISA_UPPFOLJNING: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.SEKRETERARE, Roll.NAMNDSEKRETERARE) | _KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.UPPFOLJNINGSRAPPORT_KLAR,),
        advises=(Krav.REDOVISAS_EN_GANG,),
        fact=Faktumslag.REDOVISAD,
        event="Uppföljningen redovisades.",
        section="5.8",
    ),
    Act.BESLUTA_YTTERLIGARE_UPPFOLJNING: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.NAMNDSEKRETERARE) | _LG,
        owner=Roll.SEKRETERARE,
        to=Steg.UPPFOLJNING,
        requires=(Krav.UPPFOLJNINGSRAPPORT_KLAR, Krav.REDOVISAD_I_TRE_INSTANSER),
        fact=Faktumslag.YTTERLIGARE_UPPFOLJNING,
        tells=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.REGIONKONTAKT) | _INFORMERADE,
        event="Ytterligare en uppföljning beslutades.",
        section="5.8",
        new_visit=True,
    ),
    Act.AVSLUTA: Rule(
        where=_UPPFOLJNING,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.AVSLUTAT,
        requires=(Krav.UPPFOLJNINGSRAPPORT_KLAR, Krav.REDOVISAD_I_TRE_INSTANSER),
        fact=Faktumslag.AVSLUTNING,
        tells=roles(Roll.REGIONKONTAKT, Roll.UPPFOLJNINGSANSVARIG) | _INFORMERADE | ARBETSGRUPP,
        event="Delprojektet avslutades.",
        section="5.8",
        main=True,
        frist=rapportfrist,
        fran=uppfoljning_fran,
    ),
}
