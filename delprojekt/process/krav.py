"""Krav: what must (or should) be in place. Each is a question to the Lage, with its source and its sentence.

The sentence is positive, as a checklist says it ("en kontaktperson är utsedd"). ``lagas`` names the act that
mends it; who can help is derived from that act's rule.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Linjeniva, Organslag
from delprojekt.process.granser import AVSTAMNING_GILTIG_MANADER, MAX_ATGARDSFORSLAG, plus_manader
from delprojekt.process.lage import Lage
from delprojekt.process.mall import PATIENTPERSPEKTIV, UPPFOLJNING_PREFIX
from delprojekt.process.steg import Steg

Underlag = Mapping[str, Any]
"""What the person has filled in for the act; empty while a page only shows what is missing."""


@dataclass(frozen=True)
class Fraga:
    """One question. ``fraga(lage, underlag)`` is True when it is met; ``detalj`` says what exactly is missing."""

    krav_id: str
    mening: str
    fraga: Callable[[Lage, Underlag], bool]
    lagas: Act | None = None
    detalj: Callable[[Lage], Iterable[str]] = lambda lage: ()
    regioner: Callable[[Lage], frozenset[str]] | None = None  # which regions it waits for
    indata: bool = False  # can only be asked when the form is filled in
    vantas: bool = False  # an advice that the portal still waits for


def _har(slag: Faktumslag) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: lage.har(slag)


def _ifyllt(falt: str) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: falt in lage.forslag.ifyllt


def _namn(lage: Lage, slugs: Iterable[str]) -> list[str]:
    return [lage.regionnamn.get(slug, slug) for slug in sorted(slugs)]


def _region_krav(
    krav_id: str, mening: str, saknas: Callable[[Lage], frozenset[str]], lagas: Act | None, *, vantas: bool = False
) -> Fraga:
    return Fraga(
        krav_id,
        mening,
        lambda lage, underlag: not saknas(lage),
        lagas,
        detalj=lambda lage: _namn(lage, saknas(lage)),
        regioner=saknas,
        vantas=vantas,
    )


def _behov(lage: Lage, underlag: Underlag) -> bool:
    return len(lage.forslag.behov_ja) >= lage.min_regioner


def _avstamt(lage: Lage, underlag: Underlag) -> bool:
    """What rests has been heard: only an anmält förslag can be put to rest (T08), and T10 asks nothing anew."""
    return lage.steg is Steg.AVVAKTAR or lage.har(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)


def _fore_ledningsgruppen(lage: Lage, underlag: Underlag) -> bool:
    day = underlag.get("dag") or lage.dag(Faktumslag.ANMALT)
    spoken = lage.dag(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    return day is None or spoken is None or spoken <= day


def _avstamning_giltig(lage: Lage, underlag: Underlag) -> bool:
    spoken, day = lage.dag(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD), underlag.get("dag")
    return spoken is None or day is None or day <= plus_manader(spoken, AVSTAMNING_GILTIG_MANADER)


def _hogre_ledning(lage: Lage) -> frozenset[str]:
    """Return participating regions without a contact with their higher management (M5-11)."""
    if not lage.forslag.omfordelning:
        return frozenset()
    reached = {f.region for f in lage.alla(Faktumslag.LINJEKONTAKT) if f.val == Linjeniva.REGION}
    return lage.deltar - reached


def _chefsamrad(lage: Lage, underlag: Underlag) -> bool:
    levels = {Linjeniva.CHEFSAMRAD, Linjeniva.SAKNAS}
    return any(f.val in levels for f in lage.alla(Faktumslag.LINJEKONTAKT))


def _synpunkter_saknas(lage: Lage) -> frozenset[str]:
    return lage.deltar - {f.region for f in lage.alla(Faktumslag.REGIONSYNPUNKT) if f.region}


def _stallning_saknas(lage: Lage) -> frozenset[str]:
    return lage.deltar - lage.beslut.stallningar.keys()


def _inte_enig(lage: Lage) -> frozenset[str]:
    blocks = {"ej_enig", "avstar"} if lage.avstar_blockerar else {"ej_enig"}
    return frozenset(r for r in lage.deltar if lage.beslut.stallningar.get(r) in blocks)


def _redovisning_saknas(lage: Lage) -> list[str]:
    wanted = (Organslag.SAMARBETSGRUPP, Organslag.LEDNINGSGRUPP, Organslag.NAMND)
    return [str(organ.label).lower() for organ in wanted if organ not in lage.redovisad_i()]


def _plan(del_: str) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: del_ in lage.rapport.plan


class Krav(Enum):
    """Every requirement and every advice, by name."""

    value: Fraga

    # förslag och beredning
    TITEL_FINNS = Fraga("M5.1-1", "förslaget har en titel", _ifyllt("titel"), Act.REDIGERA_FORSLAG)
    URSPRUNG_FINNS = Fraga("M5.1-1", "det framgår varifrån förslaget kommer", _ifyllt("ursprung"), Act.REDIGERA_FORSLAG)
    PROBLEM_FINNS = Fraga("M5.1-1", "problemet är beskrivet", _ifyllt("problem"), Act.REDIGERA_FORSLAG)
    FORSLAG_INSKICKAT = Fraga(
        "M5.1-1", "förslaget är inskickat", _har(Faktumslag.FORSLAG_INSKICKAT), Act.SKICKA_IN_FORSLAG
    )
    EJ_INSKICKAT = Fraga(
        "M5.1-1",
        "förslaget är inte redan inskickat",
        lambda lage, underlag: not lage.har(Faktumslag.FORSLAG_INSKICKAT),
    )
    KONTAKTPERSON_UTSEDD = Fraga(
        "M4.5-1",
        "en kontaktperson på kansliet är utsedd",
        lambda lage, underlag: lage.grupp.kontaktperson,
        Act.UTSE_KONTAKTPERSON,
    )
    SYFTE_FINNS = Fraga("M5.1-2", "syftet framgår", _ifyllt("syfte"), Act.REDIGERA_FORSLAG)
    MAL_FINNS = Fraga("M5.1-2", "målet framgår", _ifyllt("mal"), Act.REDIGERA_FORSLAG)
    UTFALL_FINNS = Fraga("M5.1-2", "förväntat utfall framgår", _ifyllt("forvantat_utfall"), Act.REDIGERA_FORSLAG)
    EFFEKTER_FINNS = Fraga(
        "M5.1-5", "positiva effekter av samverkan är beskrivna", _ifyllt("effekter"), Act.REDIGERA_FORSLAG
    )
    KRITERIUM_VALT = Fraga("M5.1.1-3", "minst ett kriterium är valt", _ifyllt("kriterier"), Act.REDIGERA_FORSLAG)
    SAMARBETSGRUPPEN_AVSTAMD = Fraga(
        "M5.1.2-3",
        "förslaget är avstämt med samarbetsgruppen",
        _avstamt,
        Act.STAM_AV_MED_SAMARBETSGRUPPEN,
    )
    AVSTAMT_FORE_LEDNINGSGRUPPEN = Fraga(
        "M5.1.2-3",
        "samarbetsgruppen har hörts före ledningsgruppens möte",
        _fore_ledningsgruppen,
        Act.STAM_AV_MED_SAMARBETSGRUPPEN,
        indata=True,
    )
    AVSTAMNING_INTE_GAMMAL = Fraga(
        "M5.1-4",
        "avstämningen med samarbetsgruppen är högst tolv månader gammal",
        _avstamning_giltig,
        Act.STAM_AV_MED_SAMARBETSGRUPPEN,
        indata=True,
    )
    BEHOV_I_TILLRACKLIGT_MANGA = Fraga(
        "M5.1.1-1",
        "tillräckligt många regioner har sagt att området är angeläget",
        _behov,
        Act.REGISTRERA_BEHOV,
        detalj=lambda lage: [f"{len(lage.forslag.behov_ja)} av minst {lage.min_regioner} regioner har sagt ja"],
        regioner=lambda lage: lage.deltar - lage.forslag.behov_svar,
    )
    ALLA_REGIONER_HAR_BEHOV = Fraga(
        "M5.1.1-1",
        "området är angeläget för samtliga regioner",
        lambda lage, underlag: len(lage.forslag.behov_ja) >= len(lage.regionnamn),
        Act.REGISTRERA_BEHOV,
    )
    ANMALT_TILL_LEDNINGSGRUPPEN = Fraga(
        "M5.1.2-2",
        "förslaget är anmält till ett möte med ledningsgruppen",
        _har(Faktumslag.ANMALT),
        Act.ANMAL_TILL_LEDNINGSGRUPPEN,
    )
    # uppdrag
    UPPDRAGETS_DELAR_SKRIVNA = Fraga(
        "M5.1.3-3",
        "uppdragets sex delar är skrivna",
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
        "V-12", "ledningsgruppen har fastställt uppdraget", _har(Faktumslag.UPPDRAG_FASTSTALLT), Act.FASTSTALL_UPPDRAG
    )
    UPPDRAG_EJ_FASTSTALLT = Fraga(
        "V-12",
        "uppdraget är inte redan fastställt",
        lambda lage, underlag: not lage.har(Faktumslag.UPPDRAG_FASTSTALLT),
    )
    ORDFORANDE_NOMINERAD = Fraga(
        "M4-2", "en ordförande är nominerad", lambda lage, underlag: lage.grupp.ordforande_nominerad, Act.NOMINERA
    )
    ORDFORANDE_UTSEDD = Fraga(
        "M5.1.4-1", "ordförande är utsedd", lambda lage, underlag: lage.grupp.ordforande, Act.UTSE_ORDFORANDE
    )
    LEDAMOT_FRAN_VARJE_REGION = _region_krav(
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
    TID_AVSATT = Fraga(
        "M4.1-2", "ordföranden har avsatt tid", lambda lage, underlag: lage.grupp.avsatt_tid, Act.NOMINERA
    )
    ARBETSGRUPP_UTSEDD = Fraga(
        "M5.1.4-1",
        "ledningsgruppen har utsett arbetsgruppen",
        _har(Faktumslag.ARBETSGRUPP_UTSEDD),
        Act.UTSE_ARBETSGRUPP,
    )
    UPPDRAG_OVERLAMNAT = Fraga(
        "M5.1.4-3",
        "uppdraget är överlämnat till arbetsgruppen",
        _har(Faktumslag.UPPDRAG_OVERLAMNAT),
        Act.OVERLAMNA_UPPDRAG,
    )
    UPPDRAG_KVITTERAT = Fraga(
        "M5.1.4-3", "ordföranden har kvitterat uppdraget", _har(Faktumslag.UPPDRAG_KVITTERAT), Act.KVITTERA_UPPDRAG
    )
    STARTMOTE_HALLET = Fraga(
        "M5-13",
        "startmötet är hållet och uppföljningen har diskuterats där",
        _har(Faktumslag.STARTMOTE),
        Act.REGISTRERA_STARTMOTE,
    )
    CHEFSAMRAD_KONTAKTAT = Fraga(
        "M5-7", "chefsamrådet är kontaktat, eller det saknas ett", _chefsamrad, Act.REGISTRERA_LINJEKONTAKT
    )
    KOMMUNIKATOR_INKOPPLAD = Fraga(
        "M6.6-1",
        "kommunikatören är inkopplad",
        _har(Faktumslag.KOMMUNIKATOR_INKOPPLAD),
        Act.KOPPLA_IN_KOMMUNIKATOR,
    )
    # nuläge, analys, åtgärdsförslag
    NULAGE_SKRIVET = Fraga(
        "M5.2-1",
        "nuläget är beskrivet",
        lambda lage, underlag: any(k.startswith("nulage") for k in lage.rapport.skrivna),
        Act.SKRIV_RAPPORT,
    )
    PATIENTPERSPEKTIV_SKRIVET = Fraga(
        "M5.2-6",
        "patienters och närståendes synpunkter finns med",
        lambda lage, underlag: PATIENTPERSPEKTIV in lage.rapport.skrivna,
        Act.SKRIV_RAPPORT,
    )
    ANALYS_SKRIVEN = Fraga(
        "M5.3-2",
        "analysen är skriven",
        lambda lage, underlag: any(k.startswith("analys") for k in lage.rapport.skrivna),
        Act.SKRIV_RAPPORT,
    )
    ANALYS_FOLJER_NULAGET = Fraga(
        "M5.3-1",
        "varje avsnitt i nuläget har en analys",
        lambda lage, underlag: not lage.rapport.nulage_utan_analys,
        Act.SKRIV_RAPPORT,
        detalj=lambda lage: lage.rapport.nulage_utan_analys,
    )
    HOGRE_LEDNING_KONTAKTAD = _region_krav(
        "M5-11",
        "högre ledning i varje deltagande region är kontaktad, eftersom delprojektet omfördelar verksamhet",
        _hogre_ledning,
        Act.REGISTRERA_LINJEKONTAKT,
    )
    ATGARDSFORSLAG_FINNS = Fraga(
        "M5.4-1",
        "det finns minst ett åtgärdsförslag",
        lambda lage, underlag: lage.rapport.atgardsforslag > 0,
        Act.SKRIV_ATGARDSFORSLAG,
    )
    HOGST_FEM_FORSLAG = Fraga(
        "M5.4-2",
        "det är högst fem åtgärdsförslag",
        lambda lage, underlag: lage.rapport.atgardsforslag <= MAX_ATGARDSFORSLAG,
        Act.SKRIV_ATGARDSFORSLAG,
    )
    FORSLAG_VARDERADE = Fraga(
        "M5.4-3",
        "varje förslag har rimlighet, genomförbarhet och undanträngning",
        lambda lage, underlag: not lage.rapport.utan_varderingar,
        Act.ANDRA_ATGARDSFORSLAG,
        detalj=lambda lage: lage.rapport.utan_varderingar,
    )
    KALKYL_FINNS = Fraga(
        "M5.4-5",
        "förslag som kräver medel har en grov kalkyl",
        lambda lage, underlag: not lage.rapport.utan_kalkyl,
        Act.ANDRA_ATGARDSFORSLAG,
        detalj=lambda lage: lage.rapport.utan_kalkyl,
    )
    DISKUTERAT_MED_CHEFER = Fraga(
        "M5.4-6",
        "varje förslag är diskuterat med chefer och chefsamråd, eller chefsamråd saknas",
        lambda lage, underlag: not lage.rapport.ej_diskuterade,
        Act.ANDRA_ATGARDSFORSLAG,
        detalj=lambda lage: lage.rapport.ej_diskuterade,
    )
    GRUPPEN_BAKOM = Fraga(
        "M5.4-1", "arbetsgruppen står bakom förslagen", _har(Faktumslag.GRUPPEN_BAKOM), Act.STALL_SIG_BAKOM
    )
    UPPFOLJNING_HUR = Fraga("M5.8-1", "det framgår hur uppföljningen ska ske", _plan("hur"), Act.SKRIV_UPPFOLJNINGSPLAN)
    UPPFOLJNING_NAR = Fraga("M5.8-1", "det framgår när uppföljningen ska ske", _plan("nar"), Act.SKRIV_UPPFOLJNINGSPLAN)
    UPPFOLJNING_VEM = Fraga("M5-14", "det framgår vem som ska följa upp", _plan("vem"), Act.SKRIV_UPPFOLJNINGSPLAN)
    PARAMETER_FINNS = Fraga(
        "M5.8-2",
        "minst en uppföljningsparameter är föreslagen",
        lambda lage, underlag: lage.rapport.parametrar > 0,
        Act.SKRIV_UPPFOLJNINGSPLAN,
    )
    FASTA_KAPITEL_SKRIVNA = Fraga(
        "M5.4.1-2",
        "slutrapportens fasta kapitel är skrivna",
        lambda lage, underlag: not lage.rapport.slutrapportdelar_saknas,
        Act.SKRIV_RAPPORT,
        detalj=lambda lage: lage.rapport.slutrapportdelar_saknas,
    )
    KORREKTURLAST = Fraga(
        "M5.4.1-7", "kommunikatören har korrekturläst", _har(Faktumslag.KORREKTURLAST), Act.KORREKTURLAS
    )
    SLUTRAPPORT_INLAMNAD = Fraga(
        "M5.4.2-1",
        "slutrapporten är lämnad till samarbetsgruppen",
        _har(Faktumslag.SLUTRAPPORT_INLAMNAD),
        Act.LAMNA_SLUTRAPPORT,
    )
    SLUTRAPPORT_EJ_INLAMNAD = Fraga(
        "M5.4.2-1",
        "slutrapporten är inte inlämnad",
        lambda lage, underlag: not lage.har(Faktumslag.SLUTRAPPORT_INLAMNAD),
        Act.RETURNERA_SLUTRAPPORT,
    )
    ALLA_REGIONERS_SYNPUNKT = _region_krav(
        "M5.4.2-2", "varje region har lämnat sin synpunkt", _synpunkter_saknas, Act.LAMNA_REGIONSYNPUNKT
    )
    SAMARBETSGRUPPEN_HAR_BEHANDLAT = Fraga(
        "M5.4.2-1",
        "samarbetsgruppen har behandlat slutrapporten",
        _har(Faktumslag.SAMARBETSGRUPPEN_BEHANDLAT),
        Act.BEHANDLA_I_SAMARBETSGRUPPEN,
    )
    # ledningsgrupp
    PRESENTERAD = Fraga(
        "M5.4.3-1",
        "slutrapporten är presenterad för ledningsgruppen",
        _har(Faktumslag.PRESENTERAD),
        Act.PRESENTERA_FOR_LEDNINGSGRUPPEN,
    )
    BESLUTSFORSLAG_FINNS = Fraga(
        "M5.4.3-2",
        "beslutsförslaget har minst en att-sats",
        lambda lage, underlag: lage.beslut.attsatser > 0,
        Act.SKRIV_BESLUTSFORSLAG,
    )
    AKTUELL_VERSION = Fraga(
        "M5.4.3-3",
        "ställningen gäller den senaste versionen av beslutsförslaget",
        lambda lage, underlag: underlag.get("version") == lage.beslut.version,
        Act.LAMNA_STALLNING,
        indata=True,
    )
    ALLA_HAR_TAGIT_STALLNING = _region_krav(
        "M5.4.3-3", "alla deltagande regioner har tagit ställning", _stallning_saknas, Act.LAMNA_STALLNING
    )
    LEDNINGSGRUPPEN_ENIG = Fraga(
        "M5.4.3-3",
        "ledningsgruppen är enig om samma version av beslutsförslaget",
        lambda lage, underlag: not _inte_enig(lage),
        Act.SKRIV_BESLUTSFORSLAG,
        detalj=lambda lage: _namn(lage, _inte_enig(lage)),
    )
    NAGON_OENIG = Fraga(
        "M5.4.3-3", "minst en region är inte enig", lambda lage, underlag: bool(_inte_enig(lage)), Act.LAMNA_STALLNING
    )
    # nämnd
    POLITISKT_BEREDD = Fraga(
        "M5.5-1",
        "politiska styrgruppen har berett ärendet",
        lambda lage, underlag: not lage.har_styrgrupp or lage.har(Faktumslag.POLITISK_BEREDNING),
        Act.BERED_POLITISKT,
    )
    MOTTAGARE_FINNS = Fraga(
        "M5.5-4",
        "varje att-sats har minst en mottagare",
        lambda lage, underlag: bool(lage.beslut.mottagare),
        Act.SKRIV_BESLUTSFORSLAG,
    )
    FORMELN_FOLJD = Fraga(
        "M5.5-4",
        "beslutet är formulerat som en rekommendation till regionerna",
        lambda lage, underlag: (
            str(underlag.get("formel", "")).casefold() in str(underlag.get("lydelse", "")).casefold()
        ),
        indata=True,
    )
    # huvudmansbeslut, införande, uppföljning
    EXPEDIERAT = Fraga(
        "M5.6-2", "rekommendationen är expedierad till regionerna", _har(Faktumslag.EXPEDIERAT), Act.EXPEDIERA
    )
    FORSTA_BIFALL_VERIFIERAT = Fraga(
        "M5.6-2",
        "minst en region har bifallit och beslutet är verifierat mot handlingen",
        lambda lage, underlag: bool(lage.beslut.bifall & lage.beslut.verifierade),
    )
    HANDLINGAR_GRANSKADE = Fraga(
        "M5.6-2",
        "de beslut som kommit in är granskade mot handlingen",
        lambda lage, underlag: lage.beslut.har_svarat <= lage.beslut.verifierade,
        Act.GRANSKA_HANDLING,
        detalj=lambda lage: _namn(lage, lage.beslut.har_svarat - lage.beslut.verifierade),
        vantas=True,
    )
    ALLA_REGIONER_HAR_BESLUTAT = _region_krav(
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
        _har(Faktumslag.LEDNINGSGRUPPEN_INFORMERAD),
        Act.INFORMERA_LEDNINGSGRUPPEN,
    )
    INFORANDE_RAPPORTERAT = _region_krav(
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
    UPPFOLJNINGSRAPPORT_KLAR = Fraga(
        "M5.8-7",
        "uppföljningsrapporten är lämnad",
        _har(Faktumslag.UPPFOLJNINGSRAPPORT_KLAR),
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

    @property
    def krav_id(self) -> str:
        """Return the requirement id that is the source."""
        return self.value.krav_id

    @property
    def mening(self) -> str:
        """Return the sentence, as a checklist says it."""
        return self.value.mening

    def ar_uppfyllt(self, lage: Lage, underlag: Underlag) -> bool:
        """Answer the question for one situation and what has been filled in."""
        return self.value.fraga(lage, underlag)
