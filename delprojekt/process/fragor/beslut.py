"""Questions about ledningsgrupp and nämnd (§5.4.3–5.5)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import Fraga, har, namn, region_krav
from delprojekt.process.lage import Lage


def _stallning_saknas(lage: Lage) -> frozenset[str]:
    return lage.deltar - lage.beslut.stallningar.keys()


def _inte_enig(lage: Lage) -> frozenset[str]:
    blocks = {"ej_enig", "avstar"} if lage.avstar_blockerar else {"ej_enig"}
    return frozenset(r for r in lage.deltar if lage.beslut.stallningar.get(r) in blocks)


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
LEDNINGSGRUPPEN_ENIG = Fraga(
    "M5.4.3-3",
    "ledningsgruppen är enig om samma version av beslutsförslaget",
    lambda lage, underlag: not _inte_enig(lage),
    Act.SKRIV_BESLUTSFORSLAG,
    detalj=lambda lage: namn(lage, _inte_enig(lage)),
)
NAGON_OENIG = Fraga(
    "M5.4.3-3", "minst en region är inte enig", lambda lage, underlag: bool(_inte_enig(lage)), Act.LAMNA_STALLNING
)
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
    lambda lage, underlag: lage.formel.casefold() in str(underlag.get("lydelse", "")).casefold(),
    indata=True,
)
