"""What may happen in many steps: pause, end, make permanent, continue elsewhere, undo (T41–T44)."""

from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Lage
from delprojekt.process.policy.regel import Rule, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import ARBETE, Steg

_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_BERORDA = ARBETSGRUPP | {Roll.KONTAKTPERSON, Roll.SAMARBETSGRUPP}
_ARBETAR = frozenset(s for s in ARBETE if s not in {Steg.HUVUDMANSBESLUT, Steg.INFORANDE, Steg.UPPFOLJNING})
_HELA_VAGEN = ARBETE | {Steg.BEREDNING}


def _planerad_aterstart(lage: Lage) -> date | None:
    rests = lage.alla(Faktumslag.PAUS)
    return rests[-1].till if rests and lage.pausat else None


RULES = {
    Act.FRAGA_SAMARBETSGRUPPEN: Rule(
        where=_HELA_VAGEN,
        who=roles(Roll.ORDFORANDE, Roll.PROCESSLEDARE, Roll.KONTAKTPERSON, Roll.KANSLI),
        owner=Roll.KONTAKTPERSON,
        fact=Faktumslag.RADFRAGA,
        tells=roles(Roll.SAMARBETSGRUPP),
        event="Samarbetsgruppen ombads om råd.",
        section="5",
    ),
    Act.LAMNA_RAD: Rule(
        where=_HELA_VAGEN,
        who=roles(Roll.SAMARBETSGRUPP, Roll.KONTAKTPERSON, Roll.KANSLI),
        owner=Roll.SAMARBETSGRUPP,
        fact=Faktumslag.RAD,
        tells=roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE),
        event="Samarbetsgruppen lämnade ett råd.",
        section="5",
    ),
    Act.PAUSA: Rule(
        where=ARBETE,
        who=_LG,
        owner=Roll.SEKRETERARE,
        fact=Faktumslag.PAUS,
        tells=_BERORDA,
        event="Delprojektet pausades.",
        section="5",
    ),
    Act.ATERUPPTA: Rule(
        where=ARBETE,
        who=_LG | {Roll.KONTAKTPERSON},
        owner=Roll.KONTAKTPERSON,
        fact=Faktumslag.ATERUPPTAGET,
        tells=_BERORDA,
        event="Delprojektet återupptogs.",
        section="5",
        under_paus=True,
        frist=_planerad_aterstart,
        fran=lambda lage: None,
    ),
    Act.AVBRYT: Rule(
        where=_ARBETAR,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.AVBRUTET,
        fact=Faktumslag.AVBRUTET,
        tells=_BERORDA | {Roll.LEDNINGSGRUPP},
        event="Ledningsgruppen avbröt delprojektet.",
        section="5.4.3",
        under_paus=True,
    ),
    Act.PERMANENTA: Rule(
        where=steps(Steg.INFORANDE, Steg.UPPFOLJNING, Steg.AVSLUTAT),
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.PERMANENTAD,
        fact=Faktumslag.PERMANENTNING,
        tells=_BERORDA,
        event="Arbetsgruppen permanentades.",
        section="5",
    ),
    Act.ATEROPPNA: Rule(
        where=steps(Steg.AVSLUTAT, Steg.AVBRUTET, Steg.PERMANENTAD, Steg.EJ_REKOMMENDERAT),
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.GAR_ATT_ANGRA,),
        fact=Faktumslag.ATEROPPNAT,
        tells=_BERORDA | {Roll.LEDNINGSGRUPP},
        event="Ledningsgruppen öppnade delprojektet igen.",
        section="5",
        back=True,
    ),
    Act.FORTSATT_SOM_NYTT: Rule(
        where=steps(Steg.HUVUDMANSBESLUT, Steg.INFORANDE, Steg.UPPFOLJNING, Steg.AVSLUTAT),
        who=_LG | {Roll.NAMNDSEKRETERARE},
        owner=Roll.SEKRETERARE,
        tells=roles(Roll.KONTAKTPERSON, Roll.KANSLI),
        event="Ett nytt delprojekt skapades som fortsättning.",
        section="5.1",
    ),
    Act.RATTA_UPPGIFT: Rule(
        where=frozenset(Steg),
        who=roles(Roll.KANSLI, Roll.KONTAKTPERSON),
        owner=Roll.KANSLI,
        objekt="uppgift",
        event="En uppgift rättades.",
        section="5",
        under_paus=True,
    ),
    Act.KOMPLETTERA_I_EFTERHAND: Rule(
        where=frozenset(Steg),
        who=roles(Roll.ADMINISTRATOR, Roll.KANSLI),
        owner=Roll.ADMINISTRATOR,
        objekt="efterhand",
        requires=(Krav.INLAGT_I_EFTERHAND,),
        event="Uppgifter från tiden före portalen lades till.",
        section="5",
        under_paus=True,
        efterhand=True,
    ),
    Act.ANGRA: Rule(
        where=frozenset(Steg) - {Steg.PROJEKTFORSLAG, Steg.HISTORISKT},
        who=roles(Roll.KANSLI),
        owner=Roll.KANSLI,
        requires=(Krav.GAR_ATT_ANGRA,),
        tells=roles(Roll.KONTAKTPERSON),
        event="Kansliet ångrade det senaste steget.",
        section="5",
        under_paus=True,
        back=True,
        tyst=True,
    ),
}
