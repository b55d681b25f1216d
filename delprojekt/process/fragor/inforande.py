"""Questions about huvudmansbeslut and införande (§5.6, §5.7)."""

from collections.abc import Iterator
from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import Fraga, Underlag, har, inte_redan, namn, om, region_krav
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage


def _verifierat_bifall(lage: Lage) -> bool:
    """A region has agreed, or nothing is asked of any region: then kansliet alone introduces (M5.7-2)."""
    if not lage.beslut.mottagare:
        return lage.beslut.sjukvardsregional
    return bool(lage.beslut.bifall & lage.beslut.verifierade)


def _riktat(lage: Lage, underlag: Underlag) -> bool:
    return bool(lage.beslut.mottagare)


def _rekommendation_okand(lage: Lage) -> bool:
    """Tell whether nämnden decided before the portal and nobody has told what it recommended whom."""
    return lage.inlagt and not lage.beslut.mottagare and not lage.beslut.sjukvardsregional


def _papper(lage: Lage, underlag: Underlag) -> bool:
    """Tell whether some region lacks its paper, or all have decided: until then it cannot be said that all sent it."""
    asked, decided = lage.beslut.mottagare, lage.beslut.har_beslutat | lage.beslut.har_svarat
    return bool(lage.beslut.handling_saknas) or (bool(asked) and asked <= decided)


def _delegerat(lage: Lage, underlag: Underlag) -> bool:
    moves_care = lage.forslag.omfordelning or lage.forslag.koncentrering
    return moves_care and underlag.get("niva") == "tjansteperson"


_INFORT = frozenset({"delvis", "infort"})
_KVAR = frozenset({"ej_paborjat", "planerat", "pagar", "delvis"})
"""States of the introduction: something is in use; something is still to be done (models/inforande.py)."""


def _beslutsdag(lage: Lage, underlag: Underlag, rek: int) -> date | None:
    return lage.beslut.beslutade.get(str(underlag.get("region")), {}).get(rek)


def _infort_efter_beslut(lage: Lage, underlag: Underlag) -> bool:
    states = underlag.get("lagen") or {}
    return all(_beslutsdag(lage, underlag, rek) for rek, (state, _) in states.items() if state in _INFORT)


def _planerade(underlag: Underlag) -> Iterator[tuple[int, date]]:
    return ((rek, told[0]) for rek, told in (underlag.get("planerade") or {}).items() if told)


def _fore_beslutet(lage: Lage, underlag: Underlag) -> list[str]:
    """Return the fields with a planned day before the region has decided."""
    decided = ((rek, to_be, _beslutsdag(lage, underlag, rek)) for rek, to_be in _planerade(underlag))
    return [f"planerat_{rek}" for rek, to_be, day in decided if not day or day > to_be]


def _passerade_planer(lage: Lage, underlag: Underlag) -> list[str]:
    """Return the fields with a planned day that has passed, of what is still to be done."""
    states = underlag.get("lagen") or {}
    still = ((rek, to_be) for rek, to_be in _planerade(underlag) if states.get(rek, ("",))[0] in _KVAR)
    return [f"planerat_{rek}" for rek, to_be in still if to_be < idag()]


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
    lambda lage, underlag: _verifierat_bifall(lage),
    galler=lambda lage, underlag: bool(lage.beslut.mottagare) or not lage.beslut.sjukvardsregional,
)
CHEFSAMRAD_I_INFORANDET = Fraga(
    "M5.7-3",
    "ett berört chefsamråd är kopplat, eller det saknas ett",
    lambda lage, underlag: lage.forslag.chefsamrad > 0 or lage.forslag.chefsamrad_saknas,
    Act.KOPPLA_CHEFSAMRAD,
)
INGEN_DELEGERING_VID_OMFORDELNING = Fraga(
    "M5.6-1",
    "beslut om verksamhetens inriktning eller omfattning fattas på politisk nivå (kommunallagen 6 kap. 38 §)",
    lambda lage, underlag: not _delegerat(lage, underlag),
    indata=True,
    falt=om("niva"),
)
HANDLINGAR_GRANSKADE = Fraga(
    "M5.6-2",
    "de beslut som kommit in är granskade mot handlingen",
    lambda lage, underlag: not lage.beslut.ogranskade,
    Act.GRANSKA_HANDLING,
    detalj=lambda lage: namn(lage, lage.beslut.ogranskade),
    galler=lambda lage, underlag: bool(lage.beslut.har_handling),
    annars="Inget att granska än",
    okant=_rekommendation_okand,
    vantas=True,
)
ALLA_REGIONER_HAR_BESLUTAT = region_krav(
    "M5.6-2",
    "alla regioner har beslutat",
    lambda lage: lage.beslut.mottagare - lage.beslut.har_beslutat - lage.beslut.har_svarat,
    Act.REGISTRERA_HUVUDMANSBESLUT,
    galler=_riktat,
    okant=_rekommendation_okand,
    vantas=True,
)
HANDLINGARNA_INKOMNA = region_krav(
    "M5.6-2",
    "regionerna har skickat handlingen till sitt beslut",
    lambda lage: frozenset(lage.beslut.handling_saknas),
    Act.SKICKA_HANDLING,
    galler=_papper,
    annars="Alla har inte beslutat än",
    okant=_rekommendation_okand,
    vantas=True,
)
INGEN_REGION_BIFALLER = Fraga(
    "M5.6-1",
    "alla regioner har svarat och ingen har bifallit",
    lambda lage, underlag: lage.beslut.mottagare <= lage.beslut.verifierade and not lage.beslut.bifall,
    Act.REGISTRERA_HUVUDMANSBESLUT,
    galler=_riktat,
    okant=_rekommendation_okand,
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
    galler=lambda lage, underlag: bool(lage.beslut.bifall),
    annars="Ingen har bifallit än",
    okant=_rekommendation_okand,
    vantas=True,
)
INFORT_EFTER_BESLUT = Fraga(
    "M5.7-1",
    "regionen har beslutat om det som är infört",
    _infort_efter_beslut,
    indata=True,
    galler=lambda lage, underlag: not lage.inlagt,  # what a region decided before the portal need not be known
    nekad="Regionen har inte beslutat om allt som sägs vara infört. Lämna regionens beslut först, eller välj ”Pågår”.",
)
PLANERAT_EFTER_BESLUT = Fraga(
    "M5.7-1",
    "införandet planeras till efter regionens beslut",
    lambda lage, underlag: not _fore_beslutet(lage, underlag),
    indata=True,
    falt=_fore_beslutet,
    galler=lambda lage, underlag: not lage.inlagt,  # as above
)
PLANEN_LIGGER_FRAMAT = Fraga(
    "M5.7-1",
    "det som inte är infört planeras till en dag som inte har passerat",
    lambda lage, underlag: not _passerade_planer(lage, underlag),
    indata=True,
    falt=_passerade_planer,
)
KANSLIET_HAR_NAGOT_ATT_INFORA = Fraga(
    "M5.7-2",
    "någon rekommendation riktas till den sjukvårdsregionala nivån",
    lambda lage, underlag: lage.beslut.sjukvardsregional,
)
HINDER_AVGJORDA = Fraga(
    "M5.7-5",
    "de hinder som anmälts är lösta eller avslutade",
    lambda lage, underlag: not lage.beslut.oppna_hinder,
    Act.AVSLUTA_HINDER,
    detalj=lambda lage: lage.beslut.oppna_hinder,
    galler=lambda lage, underlag: lage.beslut.hinder > 0,
    annars="Inget hinder är anmält",
    vantas=True,
)
GAR_ATT_ANGRA = Fraga("M5-1", "det finns ett steg att gå tillbaka till", lambda lage, underlag: lage.kan_angra)
INLAGT_I_EFTERHAND = Fraga("V-22", "delprojektet började före portalen", lambda lage, underlag: lage.inlagt)
