"""Huvudmansbeslut, införande, uppföljning: T35–T40 (§5.6–5.8)."""

from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import REGIONSVAR_DAGAR, UPPFOLJNING_MANADER, plus_dagar, plus_manader
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Lage
from delprojekt.process.policy.regel import Rule, Scope, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_BESLUT, _INFORANDE, _UPPFOLJNING = steps(Steg.HUVUDMANSBESLUT), steps(Steg.INFORANDE), steps(Steg.UPPFOLJNING)
_EFTER_NAMNDEN = _BESLUT | _INFORANDE | _UPPFOLJNING
_INFORMERADE = roles(Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.KONTAKTPERSON)


def _svarsfrist(lage: Lage) -> date | None:
    sent = lage.dag(Faktumslag.EXPEDIERAT) or lage.beslut.namndbeslut_date
    return sent and plus_dagar(sent, REGIONSVAR_DAGAR)


def _uppfoljningsfrist(lage: Lage) -> date | None:
    approved = lage.beslut.namndbeslut_date
    return approved and plus_manader(approved, UPPFOLJNING_MANADER)


RULES = {
    Act.EXPEDIERA: Rule(
        where=_BESLUT,
        who=roles(Roll.NAMNDSEKRETERARE) | _KANSLI,
        owner=Roll.NAMNDSEKRETERARE,
        requires=(Krav.EJ_EXPEDIERAT,),
        fact=Faktumslag.EXPEDIERAT,
        tells=roles(Roll.REGIONKONTAKT),
        event="Rekommendationen expedierades till regionerna.",
        section="5.6",
    ),
    Act.REGISTRERA_HUVUDMANSBESLUT: Rule(
        where=_EFTER_NAMNDEN,
        who=roles(Roll.REGIONKONTAKT) | _KANSLI,
        owner=Roll.REGIONKONTAKT,
        scope=Scope.EGEN_REGION,
        tells=roles(Roll.KONTAKTPERSON),
        event="Regionens beslut lämnades.",
        section="5.6",
        under_paus=True,
        frist=_svarsfrist,
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
    Act.BORJA_INFORANDE: Rule(
        where=_BESLUT,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.INFORANDE,
        requires=(Krav.EXPEDIERAT, Krav.FORSTA_BIFALL_VERIFIERAT),
        advises=(Krav.ALLA_REGIONER_HAR_BESLUTAT, Krav.HANDLINGAR_GRANSKADE),
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
    Act.TILLFRAGA_UPPFOLJARE: Rule(
        where=_EFTER_NAMNDEN,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        objekt="person",
        tells=roles(Roll.UPPFOLJNINGSANSVARIG),
        event="En person utsågs att göra uppföljningen.",
        section="5.8",
    ),
    Act.BORJA_UPPFOLJNING: Rule(
        where=_BESLUT | _INFORANDE,
        who=_KANSLI,
        owner=Roll.KONTAKTPERSON,
        to=Steg.UPPFOLJNING,
        requires=(Krav.UPPFOLJARE_UTSEDD,),
        advises=(Krav.ALLA_REGIONER_HAR_BESLUTAT, Krav.HANDLINGAR_GRANSKADE, Krav.INFORANDE_RAPPORTERAT),
        tells=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.REGIONKONTAKT) | _INFORMERADE,
        event="Uppföljningen började.",
        section="5.8",
        main=True,
        frist=_uppfoljningsfrist,
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
    Act.LAMNA_UPPFOLJNINGSRAPPORT: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.UPPFOLJNINGSANSVARIG, Roll.KONTAKTPERSON),
        owner=Roll.UPPFOLJNINGSANSVARIG,
        requires=(Krav.UPPFOLJNING_SKRIVEN, Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD),
        advises=(Krav.INFORANDE_RAPPORTERAT,),
        fact=Faktumslag.UPPFOLJNINGSRAPPORT_KLAR,
        tells=_INFORMERADE,
        event="Uppföljningsrapporten lämnades.",
        section="5.8",
        frist=_uppfoljningsfrist,
    ),
    Act.REDOVISA_UPPFOLJNING: Rule(
        where=_UPPFOLJNING,
        who=roles(Roll.SEKRETERARE, Roll.NAMNDSEKRETERARE) | _KANSLI,
        owner=Roll.KONTAKTPERSON,
        requires=(Krav.UPPFOLJNINGSRAPPORT_KLAR,),
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
    ),
}
