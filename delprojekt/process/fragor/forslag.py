"""Questions about förslag and beredning (§5.1–5.1.2)."""

from collections.abc import Callable

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import Fraga, Underlag, har, inte_redan
from delprojekt.process.granser import AVSTAMNING_GILTIG_MANADER, UNDERLAG_SIDOR, plus_manader
from delprojekt.process.lage import Lage
from delprojekt.process.steg import Steg


def _ifyllt(falt: str) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: falt in lage.forslag.ifyllt


INSKICKAT_MED = ("benamning", "ursprung", "problem")
"""What a förslag cannot come in without (T02)."""


ANMALT_MED = ("effekter",)
"""And what it is not announced to ledningsgruppen without (T04)."""


def star_fast(lage: Lage) -> frozenset[str]:
    """Return the fields that may be changed but not emptied, as far as the förslag has come (T02, T04)."""
    held = (*INSKICKAT_MED, *(ANMALT_MED if lage.har(Faktumslag.ANMALT) else ()))
    return frozenset(name for name in held if lage.forslag.inskickat.get(name))


def _star_kvar(*names: str) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: all(underlag.get(name, True) for name in star_fast(lage).intersection(names))


def _andrar(lage: Lage, underlag: Underlag) -> bool:
    """Tell whether something that has come in would read otherwise; to fill in what was empty changes nothing."""
    stood = lage.forslag.inskickat
    return any(was and name in underlag and _said(underlag[name]) != _said(was) for name, was in stood.items())


def _said(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value


def _behov(lage: Lage, underlag: Underlag) -> bool:
    return len(lage.forslag.behov_ja) >= lage.min_regioner


def _avstamt(lage: Lage, underlag: Underlag) -> bool:
    """What rests has been heard: only an anmält förslag can be put to rest (T08), and T10 asks nothing anew."""
    return lage.steg is Steg.AVVAKTAR or lage.har(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)


def _omfordelar(lage: Lage, underlag: Underlag) -> bool:
    return lage.forslag.omfordelning


def _fore_ledningsgruppen(lage: Lage, underlag: Underlag) -> bool:
    day = underlag.get("dag") or lage.dag(Faktumslag.ANMALT)
    spoken = lage.dag(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    return day is None or spoken is None or spoken <= day


def _avstamning_giltig(lage: Lage, underlag: Underlag) -> bool:
    spoken, day = lage.dag(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD), underlag.get("dag")
    return spoken is None or day is None or day <= plus_manader(spoken, AVSTAMNING_GILTIG_MANADER)


def _inte_namnden(lage: Lage, underlag: Underlag) -> bool:
    """What nämnden itself lets continue asks for no new need, avstämning or announcement: only for the uppdrag (E6)."""
    return not lage.har(Faktumslag.FORTSATTNING)


NAMNDEN_HAR_BESLUTAT = "Nämnden har beslutat"
TITEL_FINNS = Fraga("M5.1-1", "förslaget har en titel", _ifyllt("titel"), Act.REDIGERA_FORSLAG)
URSPRUNG_FINNS = Fraga("M5.1-1", "det framgår varifrån förslaget kommer", _ifyllt("ursprung"), Act.REDIGERA_FORSLAG)
PROBLEM_FINNS = Fraga("M5.1-1", "problemet är beskrivet", _ifyllt("problem"), Act.REDIGERA_FORSLAG)
FORSLAG_INSKICKAT = Fraga(
    "M5.1-1",
    "förslaget är inskickat",
    har(Faktumslag.FORSLAG_INSKICKAT),
    Act.SKICKA_IN_FORSLAG,
    galler=lambda lage, underlag: lage.steg is Steg.PROJEKTFORSLAG,
)
"""A draft is its author's, and the kansli's to help with (T01); nobody else's turn comes before it is sent in (T03)."""
EJ_INSKICKAT = inte_redan(
    "M5.1-1",
    Faktumslag.FORSLAG_INSKICKAT,
    "förslaget är inte redan inskickat",
    "Förslaget är redan inskickat.",
)
INSKICKAT_HELT = Fraga(
    "M5.1-1",
    "titel, ursprung och problem finns kvar i det som har skickats in",
    _star_kvar(*INSKICKAT_MED),
    indata=True,
    nekad="Förslaget har skickats in. Titel, ursprung och problem kan ändras men inte tömmas.",
)
ANMALT_HELT = Fraga(
    "M5.1-5",
    "positiva effekter av samverkan finns kvar i det som är anmält till ledningsgruppen",
    _star_kvar(*ANMALT_MED),
    indata=True,
    nekad="Förslaget är anmält till ledningsgruppen. Positiva effekter av samverkan kan ändras men inte tömmas.",
)
INSKICKAT_STAR_KVAR = Fraga(
    "M5.1-1",
    "det inskickade förslaget ändras inte, eftersom andra redan kan ha läst det",
    lambda lage, underlag: not _andrar(lage, underlag),
    indata=True,
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
    "M5.1-5",
    "positiva effekter av samverkan är beskrivna",
    _ifyllt("effekter"),
    Act.REDIGERA_FORSLAG,
    galler=_inte_namnden,
    annars=NAMNDEN_HAR_BESLUTAT,
)
MALSATTNING_VALD = Fraga("M2-1", "minst en målsättning är vald", _ifyllt("malsattningar"), Act.REDIGERA_FORSLAG)
BARNETS_BASTA_BESKRIVET = Fraga(
    "I-15",
    "det är beskrivet hur barnets bästa beaktas, eftersom förslaget berör barn",
    _ifyllt("barnets_basta"),
    Act.REDIGERA_FORSLAG,
    galler=lambda lage, underlag: lage.barnets_basta_kravs and lage.forslag.beror_barn,
)
PATIENTFLODE_BESKRIVET = Fraga(
    "P-26",
    "det väntade patientflödet mellan regionerna är beskrivet, eftersom verksamhet omfördelas",
    _ifyllt("patientflode"),
    Act.REDIGERA_FORSLAG,
    galler=_omfordelar,
)
AVTALSGRUPPEN_TILLFRAGAD = Fraga(
    "P-25",
    "avtalsgruppen är tillfrågad, eftersom priser eller ersättningar påverkas",
    lambda lage, underlag: lage.forslag.avtalsgruppen_tillfragad,
    Act.REGISTRERA_BEREDNINGSKONTAKT,
    galler=lambda lage, underlag: lage.forslag.paverkar_priser,
)
UNDERLAG_HOGST_TVA_SIDOR = Fraga(
    "M5.1.2-2",
    f"underlaget för start är högst {UNDERLAG_SIDOR} sidor",
    lambda lage, underlag: lage.forslag.underlag_sidor <= UNDERLAG_SIDOR,
    Act.BERED_UNDERLAG,
    detalj=lambda lage: [f"nu ungefär {lage.forslag.underlag_sidor} sidor"],
    galler=lambda lage, underlag: lage.forslag.underlag_sidor > 0,
    annars="Inget underlag än",
)
CHEFSAMRAD_VID_OMFORDELNING = Fraga(
    "V-3",
    "ett chefsamråd är kopplat, eftersom verksamhet omfördelas",
    lambda lage, underlag: lage.forslag.chefsamrad > 0,
    Act.KOPPLA_CHEFSAMRAD,
    galler=_omfordelar,
)
KRITERIUM_VALT = Fraga("M5.1.1-3", "minst ett kriterium är valt", _ifyllt("kriterier"), Act.REDIGERA_FORSLAG)
SAMARBETSGRUPPEN_AVSTAMD = Fraga(
    "M5.1.2-3",
    "förslaget är avstämt med samarbetsgruppen",
    _avstamt,
    Act.STAM_AV_MED_SAMARBETSGRUPPEN,
    galler=_inte_namnden,
    annars=NAMNDEN_HAR_BESLUTAT,
)
AVSTAMT_FORE_LEDNINGSGRUPPEN = Fraga(
    "M5.1.2-3",
    "samarbetsgruppen har hörts före ledningsgruppens möte",
    _fore_ledningsgruppen,
    Act.STAM_AV_MED_SAMARBETSGRUPPEN,
    indata=True,
    nekad="Ledningsgruppens möte är före avstämningen med samarbetsgruppen. Samarbetsgruppen ska höras först.",
)
AVSTAMNING_INTE_GAMMAL = Fraga(
    "M5.1-4",
    "avstämningen med samarbetsgruppen är högst tolv månader gammal",
    _avstamning_giltig,
    Act.STAM_AV_MED_SAMARBETSGRUPPEN,
    indata=True,
    nekad="Avstämningen med samarbetsgruppen är mer än tolv månader gammal vid mötet. Stäm av igen först.",
)
BEHOV_I_TILLRACKLIGT_MANGA = Fraga(
    "M5.1.1-1",
    "tillräckligt många regioner har sagt att området är angeläget",
    _behov,
    Act.REGISTRERA_BEHOV,
    detalj=lambda lage: [f"{len(lage.forslag.behov_ja)} av minst {lage.min_regioner} regioner har sagt ja"],
    regioner=lambda lage: lage.deltar - lage.forslag.behov_svar,
    galler=_inte_namnden,
    annars=NAMNDEN_HAR_BESLUTAT,
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
    lambda lage, underlag: lage.steg is Steg.AVVAKTAR or lage.har(Faktumslag.ANMALT),
    Act.ANMAL_TILL_LEDNINGSGRUPPEN,
    galler=_inte_namnden,
    annars=NAMNDEN_HAR_BESLUTAT,
)
