"""Questions about uppdrag and how the group begins (§5, §5.1.3–5.1.4)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Linjeniva
from delprojekt.process.fragor.bas import Fraga, Underlag, har, inte_redan
from delprojekt.process.lage import Lage
from delprojekt.process.mall import UPPDRAGETS_DELAR, UPPDRAGETS_TEXTER


def _chefsamrad(lage: Lage, underlag: Underlag) -> bool:
    met = any(f.val == Linjeniva.CHEFSAMRAD for f in lage.alla(Faktumslag.LINJEKONTAKT))
    return met or lage.forslag.chefsamrad_saknas


UPPDRAGETS_DELAR_SKRIVNA = Fraga(
    "M5.1.3-3",
    "uppdragets sex delar är skrivna, eller angivna som inte tillämpliga",
    lambda lage, underlag: not lage.rapport.uppdragsdelar_saknas,
    Act.SKRIV_UPPDRAG,
    detalj=lambda lage: lage.rapport.uppdragsdelar_saknas,
)
UPPDRAG_PABORJAT = Fraga(
    "M5.1.3-2",
    "uppdraget är skrivet i den gemensamma mallen",
    lambda lage, underlag: bool(lage.rapport.skrivna.intersection(UPPDRAGETS_TEXTER)),
    Act.SKRIV_UPPDRAG,
    detalj=lambda lage: [f"{UPPDRAGETS_DELAR[key]} är inte skriven än" for key in UPPDRAGETS_TEXTER],
)
KOMPETENSKRAV_ANGIVNA = Fraga(
    "M4.3-2",
    "det framgår vilka kompetenser som bör eller ska finnas i gruppen",
    lambda lage, underlag: lage.rapport.kompetenskrav > 0,
    Act.REDIGERA_UPPDRAG,
)
UPPDRAG_FASTSTALLT = Fraga(
    "V-12", "ledningsgruppen har fastställt uppdraget", har(Faktumslag.UPPDRAG_FASTSTALLT), Act.FASTSTALL_UPPDRAG
)
UPPDRAG_EJ_FASTSTALLT = inte_redan(
    "V-12",
    Faktumslag.UPPDRAG_FASTSTALLT,
    "uppdraget är inte redan fastställt",
    "Uppdraget är fastställt och går inte att ändra.",
)
UPPDRAG_OVERLAMNAT = Fraga(
    "M5.1.4-3",
    "uppdraget är överlämnat till arbetsgruppen",
    har(Faktumslag.UPPDRAG_OVERLAMNAT),
    Act.OVERLAMNA_UPPDRAG,
)
UPPDRAG_EJ_OVERLAMNAT = inte_redan(
    "M5.1.4-3",
    Faktumslag.UPPDRAG_OVERLAMNAT,
    "uppdraget är inte redan överlämnat",
    "Uppdraget är redan överlämnat.",
)
UPPDRAG_EJ_KVITTERAT = inte_redan(
    "M5.1.4-3",
    Faktumslag.UPPDRAG_KVITTERAT,
    "uppdraget är inte redan kvitterat",
    "Uppdraget är redan kvitterat.",
)
UPPDRAG_KVITTERAT = Fraga(
    "M5.1.4-3", "ordföranden har kvitterat uppdraget", har(Faktumslag.UPPDRAG_KVITTERAT), Act.KVITTERA_UPPDRAG
)
STARTMOTE_HALLET = Fraga(
    "M5-13",
    "startmötet är hållet och uppföljningen har diskuterats där",
    har(Faktumslag.STARTMOTE),
    Act.REGISTRERA_STARTMOTE,
)
CHEFSAMRAD_KOPPLAT = Fraga(
    "M5-7",
    "det framgår vilket chefsamråd som berörs, eller att det saknas ett",
    lambda lage, underlag: lage.forslag.chefsamrad > 0 or lage.forslag.chefsamrad_saknas,
    Act.KOPPLA_CHEFSAMRAD,
)
CHEFSAMRAD_KONTAKTAT = Fraga(
    "M5-7", "chefsamrådet är kontaktat, eller det saknas ett", _chefsamrad, Act.REGISTRERA_LINJEKONTAKT
)
KOMMUNIKATOR_INKOPPLAD = Fraga(
    "M6.6-1",
    "kommunikatören är inkopplad",
    har(Faktumslag.KOMMUNIKATOR_INKOPPLAD),
    Act.KOPPLA_IN_KOMMUNIKATOR,
)
KOMMUNIKATIONSPLAN_PLANERAD = Fraga(
    "M6.6-1",
    "kommunikationsplanen är planerad",
    lambda lage, underlag: lage.forslag.insatser_planerade > 0,
    Act.ANDRA_INFORMATIONSINSATS,
    vantas=True,
)
