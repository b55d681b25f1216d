"""Questions about nuläge, analys, åtgärdsförslag and slutrapport (§5.2–5.4.2)."""

from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktum, Faktumslag, Linjeniva, Organslag
from delprojekt.process.fragor.bas import Fraga, Underlag, har, om, region_krav
from delprojekt.process.granser import MAX_ATGARDSFORSLAG, MINNESANTECKNING_DAGAR
from delprojekt.process.lage import Lage
from delprojekt.process.mall import PATIENTPERSPEKTIV
from delprojekt.process.steg import Steg

INGET_SKRIVET = "Inget är skrivet än"
INGA_FORSLAG = "Inga förslag än"


def _hogre_ledning(lage: Lage) -> frozenset[str]:
    """Return participating regions without a contact with their higher management (M5-11)."""
    reached = {f.region for f in lage.alla(Faktumslag.LINJEKONTAKT) if f.val == Linjeniva.REGION}
    return lage.deltar - reached


def _omfordelar(lage: Lage, underlag: Underlag) -> bool:
    return lage.forslag.omfordelning


def _nulage(lage: Lage, underlag: Underlag) -> bool:
    return any(k.startswith("nulage") for k in lage.rapport.skrivna)


def _tomma_avsnitt(lage: Lage) -> list[str]:
    rapport = lage.rapport
    return [f"{rapport.nulage_tomma} av {rapport.nulage_delar} avsnitt är tomma"] if rapport.nulage_tomma else []


def _forslag(lage: Lage, underlag: Underlag) -> bool:
    return lage.rapport.atgardsforslag > 0


def _synpunkter_saknas(lage: Lage) -> frozenset[str]:
    return lage.deltar - {f.region for f in lage.alla(Faktumslag.REGIONSYNPUNKT) if f.region}


def _saknad_kompetens(lage: Lage) -> tuple[str, ...]:
    return lage.grupp.utan_tackning(ska=True) + lage.grupp.utan_tackning(ska=False)


def _delrapport_told(lage: Lage) -> bool:
    """Tell whether samarbetsgruppen has been told of just the latest delrapport (M5.4.2-1)."""
    handed_in = lage.alla(Faktumslag.DELRAPPORT_LAMNAD)
    seen = _om_delrapporten(lage, {"part": handed_in[-1].part}, Faktumslag.DELRAPPORT) if handed_in else []
    return any(f.organ is Organslag.SAMARBETSGRUPP and f.dag >= handed_in[-1].dag for f in seen)


def _delrapport_first(lage: Lage, underlag: Underlag) -> bool:
    return underlag.get("organ") != Organslag.LEDNINGSGRUPP or _delrapport_told(lage)


def _om_delrapporten(lage: Lage, underlag: Underlag, slag: Faktumslag) -> list[Faktum]:
    """Return what is registered of the delrapport that is told of, no later than the meeting."""
    what, day = str(underlag.get("part") or "").strip().casefold(), underlag.get("dag")
    return [f for f in lage.alla(slag) if f.part.strip().casefold() == what and (day is None or f.dag <= day)]


def _sedd_i_samarbetsgruppen(lage: Lage, underlag: Underlag) -> bool:
    seen = _om_delrapporten(lage, underlag, Faktumslag.DELRAPPORT)
    return underlag.get("organ") != Organslag.LEDNINGSGRUPP or any(f.organ is Organslag.SAMARBETSGRUPP for f in seen)


NULAGE_SKRIVET = Fraga(
    "M5.2-1",
    "nuläget är beskrivet",
    _nulage,
    Act.SKRIV_RAPPORT,
    detalj=_tomma_avsnitt,
)
PATIENTPERSPEKTIV_SKRIVET = Fraga(
    "M5.2-6",
    "patienters och närståendes synpunkter finns med",
    lambda lage, underlag: PATIENTPERSPEKTIV in lage.rapport.skrivna | lage.rapport.utelamnade,
    Act.SKRIV_RAPPORT,
)
STANDARDAVSNITT_SKRIVNA = Fraga(
    "M5.2-5",
    "incidens, prevalens och kompetenstillgång är beskrivna, eller utelämnade med skäl",
    lambda lage, underlag: not lage.rapport.standardavsnitt_saknas,
    Act.UTELAMNA_AVSNITT,
    detalj=lambda lage: lage.rapport.standardavsnitt_saknas,
)
ALLA_REGIONER_I_NULAGET = Fraga(
    "M5.2-2",
    "alla deltagande regioner ingår i varje del av nuläget",
    lambda lage, underlag: not lage.rapport.nulage_utan_region,
    Act.ANGE_TACKNING,
    detalj=lambda lage: lage.rapport.nulage_utan_region,
    galler=_nulage,
    annars=INGET_SKRIVET,
)
PASTAENDEN_HAR_KALLA = Fraga(
    "M5.2-3",
    "varje påstående har en källa",
    lambda lage, underlag: not lage.rapport.utan_kalla,
    Act.ANDRA_FAKTAUPPGIFT,
    detalj=lambda lage: lage.rapport.utan_kalla,
    galler=lambda lage, underlag: lage.rapport.pastaenden > 0,
    annars="Inga påståenden än",
)
MINNESANTECKNINGAR_SKRIVNA = Fraga(
    "M5-3",
    f"gruppens möten har minnesanteckningar inom {MINNESANTECKNING_DAGAR} dagar",
    lambda lage, underlag: not lage.rapport.utan_minnesanteckning,
    Act.SKRIV_MINNESANTECKNING,
    detalj=lambda lage: lage.rapport.utan_minnesanteckning,
    galler=lambda lage, underlag: lage.rapport.moten > 0,
    annars="Inga möten än",
)
ANALYS_SKRIVEN = Fraga(
    "M5.3-2",
    "analysen är skriven",
    lambda lage, underlag: any(k.startswith("analys") for k in lage.rapport.skrivna),
    Act.SKRIV_RAPPORT,
)
ANALYS_FOLJER_NULAGET = Fraga(
    "M5.3-1",
    "varje avsnitt i nuläget har en analys, eller är utelämnat med skäl",
    lambda lage, underlag: not lage.rapport.nulage_utan_analys,
    Act.UTELAMNA_AVSNITT,
    detalj=lambda lage: lage.rapport.nulage_utan_analys,
    galler=_nulage,
    annars=INGET_SKRIVET,
    aven=("M5.2-4",),
)
EXTERN_KOMPETENS_ADJUNGERAD = Fraga(
    "M5.3-5",
    "kompetens som uppdraget söker och gruppen saknar är adjungerad till analysen",
    lambda lage, underlag: not _saknad_kompetens(lage),
    Act.NOMINERA,
    detalj=_saknad_kompetens,
    galler=lambda lage, underlag: bool(lage.grupp.kompetenser),
    annars="Inga är angivna",
)
VAGVAL_ANTECKNADE = Fraga(
    "M5-4",
    "gruppens vägval och prioriteringar är antecknade",
    lambda lage, underlag: "vagval" in lage.rapport.antecknat,
    Act.ANTECKNA_VAGVAL,
)
MJUKA_RESULTAT_ANTECKNADE = Fraga(
    "M5-5",
    "mjuka resultat, till exempel ett bättre samarbetsklimat, är antecknade",
    lambda lage, underlag: "mjukt_resultat" in lage.rapport.antecknat,
    Act.ANTECKNA_VAGVAL,
)
HR_FRAGAS_I_REGIONEN = Fraga(
    "M6.3-1",
    "frågor om HR ställs till en regions egen HR-enhet",
    lambda lage, underlag: underlag.get("omrade") != "hr" or bool(underlag.get("region")),
    indata=True,
    falt=om("region"),
)
HOGRE_LEDNING_KONTAKTAD = region_krav(
    "M5-11",
    "högre ledning i varje deltagande region är kontaktad, eftersom delprojektet omfördelar verksamhet",
    _hogre_ledning,
    Act.REGISTRERA_LINJEKONTAKT,
    galler=_omfordelar,
)
LINJEN_AVSTAMD_I_STEGET = Fraga(
    "M5-6",
    "gruppen har stämt av med linjen i det här steget",
    lambda lage, underlag: any(f.steg is lage.steg for f in lage.alla(Faktumslag.LINJEKONTAKT)),
    Act.REGISTRERA_LINJEKONTAKT,
)
DELRAPPORT_TILL_LEDNINGSGRUPPEN = Fraga(
    "M5-12",
    "ledningsgruppen har fått en delrapport, eftersom delprojektet omfördelar verksamhet",
    lambda lage, underlag: any(f.organ is Organslag.LEDNINGSGRUPP for f in lage.alla(Faktumslag.DELRAPPORT)),
    Act.REDOVISA_DELRAPPORT,
    galler=_omfordelar,
)
ATGARDSFORSLAG_FINNS = Fraga(
    "M5.4-1",
    "det finns minst ett åtgärdsförslag",
    _forslag,
    Act.SKRIV_ATGARDSFORSLAG,
)
HOGST_FEM_FORSLAG = Fraga(
    "M5.4-2",
    "det är högst fem åtgärdsförslag",
    lambda lage, underlag: lage.rapport.atgardsforslag <= MAX_ATGARDSFORSLAG,
    Act.SKRIV_ATGARDSFORSLAG,
    galler=_forslag,
    annars=INGA_FORSLAG,
)
FORSLAG_BYGGER_PA_SLUTSATS = Fraga(
    "M5.3-2",
    "varje förslag bygger på minst en slutsats i analysen",
    lambda lage, underlag: not lage.rapport.utan_slutsats,
    Act.ANDRA_ATGARDSFORSLAG,
    detalj=lambda lage: lage.rapport.utan_slutsats,
    galler=_forslag,
    annars=INGA_FORSLAG,
)
FORSLAG_VARDERADE = Fraga(
    "M5.4-3",
    "varje förslag har rimlighet, genomförbarhet, närliggande områden och undanträngning",
    lambda lage, underlag: not lage.rapport.utan_varderingar,
    Act.ANDRA_ATGARDSFORSLAG,
    detalj=lambda lage: lage.rapport.utan_varderingar,
    galler=_forslag,
    annars=INGA_FORSLAG,
    aven=("M5.4-4",),
)
KALKYL_FINNS = Fraga(
    "M5.4-5",
    "förslag som kräver medel har en grov kalkyl",
    lambda lage, underlag: not lage.rapport.utan_kalkyl,
    Act.SKRIV_KALKYL,
    detalj=lambda lage: lage.rapport.utan_kalkyl,
    galler=lambda lage, underlag: lage.rapport.kraver_medel > 0,
)
DISKUTERAT_MED_CHEFER = Fraga(
    "M5.4-6",
    "varje förslag är diskuterat med chefer och chefsamråd, eller chefsamråd saknas",
    lambda lage, underlag: not lage.rapport.ej_diskuterade,
    Act.ANDRA_ATGARDSFORSLAG,
    detalj=lambda lage: lage.rapport.ej_diskuterade,
    galler=_forslag,
    annars=INGA_FORSLAG,
)
GRUPPEN_BAKOM = Fraga(
    "M5.4-1",
    "arbetsgruppen står bakom varje förslag som det nu är skrivet",
    lambda lage, underlag: lage.har(Faktumslag.GRUPPEN_BAKOM) and not lage.rapport.ej_bakom,
    Act.STALL_SIG_BAKOM,
    detalj=lambda lage: lage.rapport.ej_bakom,
)
FASTA_KAPITEL_SKRIVNA = Fraga(
    "M5.4.1-2",
    "slutrapportens fasta kapitel är skrivna",
    lambda lage, underlag: not lage.rapport.slutrapportdelar_saknas,
    Act.SKRIV_RAPPORT,
    detalj=lambda lage: lage.rapport.slutrapportdelar_saknas,
)
ORDFORANDE_SAMMANSTALLER = Fraga(
    "M5.4.1-3",
    "ordföranden sammanställer slutrapporten",
    lambda lage, underlag: underlag.get("helhetsansvarig") in (None, "", lage.grupp.ordforande_person),
    indata=True,
)
EN_HELHETSANSVARIG = Fraga(
    "M5.4.1-4",
    "en av skribenterna har helhetsansvaret",
    lambda lage, underlag: lage.rapport.helhetsansvarig,
    Act.UTSE_SKRIBENTER,
    galler=lambda lage, underlag: lage.rapport.skribenter > 1,
)
AVSNITTEN_KLARMARKERADE = Fraga(
    "M5.4.1-4",
    "avsnitten som är skrivna är klarmarkerade",
    lambda lage, underlag: not lage.rapport.ej_klarmarkerade,
    Act.KLARMARKERA_AVSNITT,
    detalj=lambda lage: lage.rapport.ej_klarmarkerade,
    galler=lambda lage, underlag: bool(lage.rapport.skrivna),
)
KORREKTURLAST = Fraga(
    "M5.4.1-7",
    "kommunikatören har korrekturläst",
    har(Faktumslag.KORREKTURLAST),
    Act.KORREKTURLAS,
    ombedd=lambda lage: lage.har(Faktumslag.KLAR_FOR_KORREKTUR) and not lage.har(Faktumslag.SLUTRAPPORT_INLAMNAD),
    aven=("M6.6-4",),
)
SLUTRAPPORT_INLAMNAD = Fraga(
    "M5.4.2-1",
    "slutrapporten är lämnad till samarbetsgruppen",
    har(Faktumslag.SLUTRAPPORT_INLAMNAD),
    Act.LAMNA_SLUTRAPPORT,
)
SLUTRAPPORT_EJ_INLAMNAD = Fraga(
    "M5.4.2-1",
    "slutrapporten är inte inlämnad",
    lambda lage, underlag: not lage.har(Faktumslag.SLUTRAPPORT_INLAMNAD),
    Act.RETURNERA_SLUTRAPPORT,
    nekad="Slutrapporten är inlämnad. Samarbetsgruppen kan lämna tillbaka den.",
)
ALLA_REGIONERS_SYNPUNKT = region_krav(
    "M5.4.2-2", "varje region har lämnat sin synpunkt", _synpunkter_saknas, Act.LAMNA_REGIONSYNPUNKT, vantas=True
)
SAMARBETSGRUPPEN_HAR_BEHANDLAT = Fraga(
    "M5.4.2-1",
    "samarbetsgruppen har behandlat slutrapporten",
    har(Faktumslag.SAMARBETSGRUPPEN_BEHANDLAT),
    Act.BEHANDLA_I_SAMARBETSGRUPPEN,
)
_DELRAPPORT = (Faktumslag.DELRAPPORT_LAMNAD,)
_BEGAR_SYNPUNKTER = {
    Steg.NULAGE: _DELRAPPORT,
    Steg.ANALYS: _DELRAPPORT,
    Steg.ATGARDSFORSLAG: (Faktumslag.SLUTRAPPORT_INLAMNAD,),
    Steg.LEDNINGSGRUPP: (Faktumslag.SYNPUNKTER_BEGARDA,),
}
"""What the regions are asked about: a delrapport while the group works, then the slutrapport (T21, T18, T25)."""
SYNPUNKTER_EFTERFRAGADE = Fraga(
    "M5.4.2-2",
    "regionernas synpunkter är efterfrågade",
    lambda lage, underlag: any(lage.har(slag) for slag in _BEGAR_SYNPUNKTER[lage.steg]),
)
BEGARDA_SYNPUNKTER_LAMNADE = region_krav(
    "M5.4.2-2",
    "regionerna har lämnat de synpunkter som ledningsgruppen bad om",
    lambda lage: _synpunkter_saknas(lage) if lage.har(Faktumslag.SYNPUNKTER_BEGARDA) else frozenset(),
    Act.LAMNA_REGIONSYNPUNKT,
    galler=lambda lage, underlag: lage.har(Faktumslag.SYNPUNKTER_BEGARDA),
    vantas=True,
)
DELRAPPORT_FORST_I_SAMARBETSGRUPPEN = Fraga(
    "M5.4.2-1", "delrapporten redovisas först i samarbetsgruppen", _delrapport_first, indata=True
)
DENNA_DELRAPPORT_LAMNAD = Fraga(
    "M5.4.2-1",
    "delrapporten som redovisas är lämnad före mötet",
    lambda lage, underlag: bool(_om_delrapporten(lage, underlag, Faktumslag.DELRAPPORT_LAMNAD)),
    Act.LAMNA_DELRAPPORT,
    detalj=lambda lage: [f"{f.part}, lämnad {skriv(f.dag)}" for f in lage.alla(Faktumslag.DELRAPPORT_LAMNAD)],
    indata=True,
)
DENNA_DELRAPPORT_SEDD = Fraga(
    "M5.4.2-1",
    "samarbetsgruppen har fått just den delrapporten redovisad före ledningsgruppen",
    _sedd_i_samarbetsgruppen,
    Act.REDOVISA_DELRAPPORT,
    indata=True,
)
DELRAPPORT_LAMNAD = Fraga(
    "M5.4.2-1",
    "en delrapport är lämnad till samarbetsgruppen",
    har(Faktumslag.DELRAPPORT_LAMNAD),
    Act.LAMNA_DELRAPPORT,
)
DELRAPPORT_HOS_SAMARBETSGRUPPEN = Fraga(
    "M5.4.2-1",
    "samarbetsgruppen har fått delrapporten redovisad",
    lambda lage, underlag: _delrapport_told(lage),
    Act.REDOVISA_DELRAPPORT,
)
