"""Questions about ledningsgrupp and nämnd (§5.4.3–5.5)."""

import re
from collections.abc import Callable
from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import Fraga, Underlag, har, namn, om, region_krav
from delprojekt.process.granser import OENIGA_FORSOK
from delprojekt.process.lage import Lage


def _stallning_saknas(lage: Lage) -> frozenset[str]:
    return lage.deltar - lage.beslut.stallningar.keys()


def _inte_enig(lage: Lage) -> frozenset[str]:
    blocks = {"ej_enig", "avstar"} if lage.avstar_blockerar else {"ej_enig"}
    return frozenset(r for r in lage.deltar if lage.beslut.stallningar.get(r) in blocks)


def _utan_skal(lage: Lage) -> frozenset[str]:
    return frozenset(slug for slug, skal in lage.beslut.vill_andra.items() if slug in lage.deltar and not skal.strip())


def _ordforande(falt: str) -> Callable[[Lage, Underlag], bool]:
    """Return the question whether the chair is the one who is named in a field; met when there is no chair."""

    def named(lage: Lage, underlag: Underlag) -> bool:
        chair = lage.grupp.ordforande_namn.casefold()
        return chair in str(underlag.get(falt) or "").casefold()

    return named


def _beredd_senast(lage: Lage, dag: date | None) -> bool:
    prepared = lage.dag(Faktumslag.POLITISK_BEREDNING)
    return not lage.har_styrgrupp or prepared is None or dag is None or prepared <= dag


def _ord(text: str) -> str:
    """Return the words of a text alone: how it is numbered, broken into lines and punctuated says nothing."""
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def _godkanner(lage: Lage, underlag: Underlag) -> bool:
    """Met too where there are no words yet: the form asks for them, and the formula (M5.5-4) is not in nothing."""
    said = _ord(str(underlag.get("lydelse") or ""))
    approves = re.search(r" godkän\w* (?!inte )", said) and "inte godkän" not in said and "rapport" in said
    return not said.strip() or bool(approves)


def _sager_annat(lage: Lage, lydelse: str) -> list[str]:
    """Return the att-satser that the regions will be asked about and that nämndens words, if any, do not hold."""
    said, clauses = _ord(lydelse), enumerate(lage.beslut.satser, 1)
    told = [f"att-sats {number} ”{text}” står inte i lydelsen" for number, text in clauses if _ord(text) not in said]
    return told if lydelse.strip() else []


PRESENTERAD = Fraga(
    "M5.4.3-1",
    "slutrapporten är presenterad för ledningsgruppen",
    har(Faktumslag.PRESENTERAD),
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
    nekad="Det har kommit en ny version av beslutsförslaget. Läs den och ta ställning på nytt.",
)
ALLA_HAR_TAGIT_STALLNING = region_krav(
    "M5.4.3-3", "alla deltagande regioner har tagit ställning", _stallning_saknas, Act.LAMNA_STALLNING
)
SKAL_PER_REGION = region_krav(
    "M5.4.3-3",
    "varje region som inte är enig har sagt varför",
    _utan_skal,
    Act.LAMNA_STALLNING,
    galler=lambda lage, underlag: bool(lage.beslut.vill_andra),
    annars="Inte avgjort än",
)
LEDNINGSGRUPPEN_ENIG = Fraga(
    "M5.4.3-3",
    "ledningsgruppen är enig om samma version av beslutsförslaget",
    lambda lage, underlag: not _inte_enig(lage),
    Act.SKRIV_BESLUTSFORSLAG,
    detalj=lambda lage: namn(lage, _inte_enig(lage)),
    galler=lambda lage, underlag: bool(_inte_enig(lage)) or not _stallning_saknas(lage),
    annars="Inte avgjort än",
)
NAGON_OENIG = Fraga(
    "M5.4.3-3", "minst en region är inte enig", lambda lage, underlag: bool(_inte_enig(lage)), Act.LAMNA_STALLNING
)
FORSTA_FORSOKET = Fraga(
    "M5.4.3-3",
    "ledningsgruppen är oenig för första gången; därefter väljer ni en av de fyra vägarna ut",
    lambda lage, underlag: len(lage.alla(Faktumslag.EJ_ENIGA)) + 1 < OENIGA_FORSOK,
)
ORDFORANDE_PRESENTERAR = Fraga(
    "M5.4.3-1", "arbetsgruppens ordförande presenterar slutrapporten", _ordforande("part"), indata=True, falt=om("part")
)
FORSLAGEN_BEHANDLADE = Fraga(
    "M5.4.3-2",
    "varje åtgärdsförslag är antaget, ändrat eller struket i beslutsförslaget",
    lambda lage, underlag: not lage.beslut.obehandlade,
    Act.SKRIV_BESLUTSFORSLAG,
    galler=lambda lage, underlag: lage.beslut.forslag > 0,
    annars="Inget att behandla än",
    okant=lambda lage: lage.inlagt,
    detalj=lambda lage: lage.beslut.obehandlade,
)
BARNETS_BASTA_SKRIVET = Fraga(
    "I-15",
    "beslutsförslaget säger hur barnets bästa har beaktats",
    lambda lage, underlag: lage.beslut.barnets_basta,
    Act.SKRIV_BESLUTSFORSLAG,
    galler=lambda lage, underlag: lage.barnets_basta_kravs and lage.forslag.beror_barn,
)
BEREDD_FORE_NAMNDEN = Fraga(
    "M5.5-1",
    "politiska styrgruppen beredde ärendet före nämndens sammanträde",
    lambda lage, underlag: _beredd_senast(lage, underlag.get("dag")),
    indata=True,
)
ORDFORANDE_REDOVISAR = Fraga(
    "M5.5-2",
    "arbetsgruppens ordförande redovisar arbetet för nämnden",
    _ordforande("foredragande"),
    indata=True,
    falt=om("foredragande"),
)
LAGT_TILL_HANDLINGARNA = Fraga(
    "V-17", "nämnden har lagt rapporten till handlingarna", har(Faktumslag.LAGT_TILL_HANDLINGARNA)
)
POLITISKT_BEREDD = Fraga(
    "M5.5-1",
    "politiska styrgruppen har berett ärendet",
    har(Faktumslag.POLITISK_BEREDNING),
    Act.BERED_POLITISKT,
    galler=lambda lage, underlag: lage.har_styrgrupp,
)
MOTTAGARE_FINNS = Fraga(
    "M5.5-4",
    "varje att-sats har minst en mottagare",
    lambda lage, underlag: bool(lage.beslut.mottagare) or lage.beslut.sjukvardsregional,
    Act.SKRIV_BESLUTSFORSLAG,
)
FORMELN_FOLJD = Fraga(
    "M5.5-4",
    "beslutet är formulerat som en rekommendation till regionerna",
    lambda lage, underlag: lage.formel.casefold() in str(underlag.get("lydelse", "")).casefold(),
    indata=True,
    nekad="Nämnden kan bara rekommendera regionerna. Lydelsen ska innehålla formeln som står förifylld. Säger"
    " protokollet något annat, hör av dig till kansliet.",
)
SLUTRAPPORTEN_GODKAND = Fraga(
    "M5.5-1",
    "nämnden godkänner slutrapporten i beslutet",
    _godkanner,
    indata=True,
    nekad="Lydelsen säger inte att nämnden godkänner slutrapporten. Har nämnden inte gjort det, välj ”Godkänn inte"
    " slutrapporten” eller ”Lägg rapporten till handlingarna”.",
)
ATTSATSERNA_I_LYDELSEN = Fraga(
    "M5.5-4",
    "nämndens beslut har de att-satser som regionerna ombeds besluta om",
    lambda lage, underlag: not _sager_annat(lage, str(underlag.get("lydelse") or "")),
    detalj=lambda lage: _sager_annat(lage, lage.beslut.lydelse),
    indata=True,
)
"""§5.6: «utifrån rekommendation från Södra regionvårdsnämnden». Nämnden may choose its own words, so it warns."""
