"""Questions about uppdrag and arbetsgrupp (§4, §5.1.3–5.1.4)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Linjeniva
from delprojekt.process.fragor.bas import Fraga, Underlag, har, inte_redan, region_krav
from delprojekt.process.lage import Lage


def _chefsamrad(lage: Lage, underlag: Underlag) -> bool:
    levels = {Linjeniva.CHEFSAMRAD, Linjeniva.SAKNAS}
    return any(f.val in levels for f in lage.alla(Faktumslag.LINJEKONTAKT))


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
    lambda lage, underlag: len(lage.rapport.uppdragsdelar_saknas) < 6,
    Act.SKRIV_UPPDRAG,
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
ORDFORANDE_NOMINERAD = Fraga(
    "M4-2", "en ordförande är nominerad", lambda lage, underlag: lage.grupp.ordforande_nominerad, Act.NOMINERA
)
ORDFORANDE_UTSEDD = Fraga(
    "M5.1.4-1", "ordförande är utsedd", lambda lage, underlag: lage.grupp.ordforande, Act.UTSE_ORDFORANDE
)
LEDAMOT_FRAN_VARJE_REGION = region_krav(
    "V-11",
    "minst en person från varje deltagande region är nominerad",
    lambda lage: lage.deltar - lage.grupp.nominerade_regioner,
    Act.NOMINERA,
)
SKA_KOMPETENSER_TACKTA = Fraga(
    "M4.3-2",
    "alla kompetenser som ska finnas är täckta",
    lambda lage, underlag: not lage.grupp.ska_utan_tackning,
    Act.NOMINERA,
    detalj=lambda lage: lage.grupp.ska_utan_tackning,
)
CHEFER_HAR_SAGT_JA = Fraga(
    "M4.3-4",
    "alla har stämt av med närmsta chef",
    lambda lage, underlag: not lage.grupp.chef_ej_klar,
    Act.NOMINERA,
    detalj=lambda lage: lage.grupp.chef_ej_klar,
)
TVARPROFESSIONELL = Fraga(
    "M4.3-1", "gruppen är tvärprofessionell", lambda lage, underlag: lage.grupp.professioner > 1, Act.NOMINERA
)
PATIENTFORETRADARE_FINNS = Fraga(
    "M4.3-5",
    "en patient- eller närståendeföreträdare ingår",
    lambda lage, underlag: lage.grupp.patientforetradare,
    Act.NOMINERA,
)
TID_AVSATT = Fraga("M4.1-2", "ordföranden har avsatt tid", lambda lage, underlag: lage.grupp.avsatt_tid, Act.NOMINERA)
ARBETSGRUPP_UTSEDD = Fraga(
    "M5.1.4-1",
    "ledningsgruppen har utsett arbetsgruppen",
    har(Faktumslag.ARBETSGRUPP_UTSEDD),
    Act.UTSE_ARBETSGRUPP,
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
CHEFSAMRAD_KONTAKTAT = Fraga(
    "M5-7", "chefsamrådet är kontaktat, eller det saknas ett", _chefsamrad, Act.REGISTRERA_LINJEKONTAKT
)
KOMMUNIKATOR_INKOPPLAD = Fraga(
    "M6.6-1",
    "kommunikatören är inkopplad",
    har(Faktumslag.KOMMUNIKATOR_INKOPPLAD),
    Act.KOPPLA_IN_KOMMUNIKATOR,
)
