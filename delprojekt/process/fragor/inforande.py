"""Questions about huvudmansbeslut, införande and uppföljning (§5.6–5.8)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.fragor.bas import Fraga, har, inte_redan, namn, region_krav
from delprojekt.process.lage import Lage
from delprojekt.process.mall import UPPFOLJNING_PREFIX


def _redovisning_saknas(lage: Lage) -> list[str]:
    wanted = (Organslag.SAMARBETSGRUPP, Organslag.LEDNINGSGRUPP, Organslag.NAMND)
    return [str(organ.label).lower() for organ in wanted if organ not in lage.redovisad_i()]


EXPEDIERAT = Fraga(
    "M5.6-2", "rekommendationen är expedierad till regionerna", har(Faktumslag.EXPEDIERAT), Act.EXPEDIERA
)
EJ_EXPEDIERAT = inte_redan(
    "M5.6-2",
    Faktumslag.EXPEDIERAT,
    "rekommendationen är inte redan expedierad",
    "Rekommendationen är redan expedierad.",
)
FORSTA_BIFALL_VERIFIERAT = Fraga(
    "M5.6-2",
    "minst en region har bifallit och beslutet är verifierat mot handlingen",
    lambda lage, underlag: bool(lage.beslut.bifall & lage.beslut.verifierade),
)
HANDLINGAR_GRANSKADE = Fraga(
    "M5.6-2",
    "de beslut som kommit in är granskade mot handlingen",
    lambda lage, underlag: not lage.beslut.ogranskade,
    Act.GRANSKA_HANDLING,
    detalj=lambda lage: namn(lage, lage.beslut.ogranskade),
    vantas=True,
)
ALLA_REGIONER_HAR_BESLUTAT = region_krav(
    "M5.6-2",
    "alla regioner har beslutat och skickat sin handling",
    lambda lage: lage.beslut.mottagare - lage.beslut.har_svarat,
    Act.REGISTRERA_HUVUDMANSBESLUT,
    vantas=True,
)
INGEN_REGION_BIFALLER = Fraga(
    "M5.6-1",
    "alla regioner har svarat och ingen har bifallit",
    lambda lage, underlag: lage.beslut.mottagare <= lage.beslut.verifierade and not lage.beslut.bifall,
    Act.REGISTRERA_HUVUDMANSBESLUT,
)
LEDNINGSGRUPPEN_INFORMERAD = Fraga(
    "M5.6-1",
    "ledningsgruppen är informerad",
    har(Faktumslag.LEDNINGSGRUPPEN_INFORMERAD),
    Act.INFORMERA_LEDNINGSGRUPPEN,
)
INFORANDE_RAPPORTERAT = region_krav(
    "M5.7-1",
    "regionerna som bifallit har rapporterat hur införandet går",
    lambda lage: lage.beslut.bifall - lage.beslut.rapporterat_inforande,
    Act.RAPPORTERA_INFORANDE,
    vantas=True,
)
UPPFOLJARE_UTSEDD = Fraga(
    "M5.8-4",
    "minst en person är utsedd att göra uppföljningen",
    lambda lage, underlag: lage.grupp.uppfoljningsansvariga > 0,
    Act.TILLFRAGA_UPPFOLJARE,
)
UPPFOLJNING_SKRIVEN = Fraga(
    "M5.8-7",
    "uppföljningsrapporten är skriven",
    lambda lage, underlag: any(k.startswith(UPPFOLJNING_PREFIX) for k in lage.rapport.skrivna),
    Act.SKRIV_UPPFOLJNING,
)
UPPFOLJNINGSRAPPORT_EJ_LAMNAD = Fraga(
    "M5.8-7",
    "uppföljningsrapporten är inte redan lämnad",
    lambda lage, underlag: not lage.har(Faktumslag.UPPFOLJNINGSRAPPORT_KLAR),
)
UPPFOLJNINGSRAPPORT_KLAR = Fraga(
    "M5.8-7",
    "uppföljningsrapporten är lämnad",
    har(Faktumslag.UPPFOLJNINGSRAPPORT_KLAR),
    Act.LAMNA_UPPFOLJNINGSRAPPORT,
)
REDOVISAD_I_TRE_INSTANSER = Fraga(
    "M5.8-11",
    "uppföljningen är redovisad i samarbetsgruppen, ledningsgruppen och nämnden",
    lambda lage, underlag: not _redovisning_saknas(lage),
    Act.REDOVISA_UPPFOLJNING,
    detalj=_redovisning_saknas,
)
GAR_ATT_ANGRA = Fraga("M5-1", "det finns ett steg att gå tillbaka till", lambda lage, underlag: lage.kan_angra)
