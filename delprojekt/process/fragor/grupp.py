"""Questions about the working group (§4, §5.1.4)."""

from collections.abc import Callable

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import UPPGIFT_SAKNAS, Fraga, Underlag, har, namn
from delprojekt.process.grupp import Kandidat, regioner
from delprojekt.process.lage import Lage
from delprojekt.process.roller import Roll

ANSLUTER = "deltar"
"""What is chosen for a region that is to take part."""


def _ordforande(lage: Lage, underlag: Underlag) -> tuple[Kandidat, ...]:
    """Return the one who is chosen as chair, or all who can be."""
    chosen = underlag.get("nominering")
    return tuple(k for k in lage.grupp.ordforandekandidater if chosen in (None, "", k.nyckel))


def _chef_ej_klar(lage: Lage) -> list[str]:
    asked = (k for k in lage.grupp.tankt if k.roll != Roll.PATIENTFORETRADARE)
    return [f"{k.namn}, vars chef har sagt nej" if k.chef_nej else k.namn for k in asked if not k.chef_ja]


def _fran_kansliet(lage: Lage) -> list[str]:
    return [k.namn for k in lage.grupp.tankt if k.roll == Roll.PROCESSLEDARE and k.fran_kansliet]


def _solidariskt(lage: Lage) -> list[str]:
    return [k.namn for k in lage.grupp.tankt if k.roll == Roll.PROCESSLEDARE and k.solidarisk]


def _soker(*, ska: bool) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: any(k.ska == ska for k in lage.grupp.kompetenser)


def _har_processledare(lage: Lage, underlag: Underlag) -> bool:
    return any(k.roll == Roll.PROCESSLEDARE for k in lage.grupp.tankt)


def _kvar(lage: Lage, underlag: Underlag) -> bool:
    """Tell whether the region of the one who leaves still has somebody in the group."""
    leaving = next((k for k in lage.grupp.utsedda if k.nyckel == underlag.get("objekt")), None)
    rest = regioner(k for k in lage.grupp.utsedda if k is not leaving)
    return leaving is None or leaving.region not in regioner([leaving]) & lage.deltar or leaving.region in rest


def _ny_ordforande_forst(lage: Lage, underlag: Underlag) -> bool:
    return not any(k.nyckel == underlag.get("objekt") and k.roll == Roll.ORDFORANDE for k in lage.grupp.utsedda)


def _ansluten_har_ledamot(lage: Lage, underlag: Underlag) -> bool:
    """Before the group is appointed V-11 itself asks; after that a region that joins brings its member (E9)."""
    if underlag.get("val") != ANSLUTER or not lage.har(Faktumslag.ARBETSGRUPP_UTSEDD):
        return True
    return underlag.get("region") in regioner(lage.grupp.tankt)


def _utan_representant(lage: Lage) -> frozenset[str]:
    """Return the regions without anybody in a group that is appointed: one may have joined since (E9)."""
    return lage.deltar - regioner(lage.grupp.utsedda) if lage.har(Faktumslag.ARBETSGRUPP_UTSEDD) else frozenset()


def _manga_deltar(lage: Lage, underlag: Underlag) -> bool:
    leaving = frozenset() if underlag.get("val") == ANSLUTER else frozenset({underlag.get("region")})
    return len(lage.deltar - leaving) >= lage.min_regioner


FORFRAGAN_SKICKAD = Fraga(
    "M4-4",
    "ledningsgruppen och samarbetsgruppen har fått en förfrågan om nomineringar",
    har(Faktumslag.NOMINERINGAR_BEGARDA),
    Act.BE_OM_NOMINERINGAR,
)
REGIONERNA_HAR_SVARAT = Fraga(
    "M4-4",
    "alla tillfrågade regioner har svarat på förfrågan",
    lambda lage, underlag: not lage.grupp.har_inte_svarat,
    Act.NOMINERA,
    detalj=lambda lage: namn(lage, lage.grupp.har_inte_svarat),
    regioner=lambda lage: lage.grupp.har_inte_svarat,
    galler=lambda lage, underlag: lage.har(Faktumslag.NOMINERINGAR_BEGARDA),
    annars="Ingen förfrågan är skickad",
    vantas=True,
    hos=(Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP),
)
NAGON_HAR_INTE_SVARAT = Fraga(
    "M4-4", "någon region har inte svarat än", lambda lage, underlag: bool(lage.grupp.har_inte_svarat)
)
ORDFORANDE_FORST = Fraga(
    "M4-2", "ordföranden är utsedd först", lambda lage, underlag: lage.grupp.ordforande, Act.UTSE_ORDFORANDE
)
ORDFORANDE_NOMINERAD = Fraga(
    "M4-2",
    "någon är nominerad till ordförande och har tackat ja",
    lambda lage, underlag: bool(lage.grupp.ordforandekandidater),
    Act.NOMINERA,
)
ORDFORANDENS_MERITER = Fraga(
    "M4.1-1",
    "ordförandens legitimitet inom området är beskriven",
    lambda lage, underlag: any(k.meriter for k in _ordforande(lage, underlag)),
    Act.ANDRA_NOMINERING,
)
TID_AVSATT = Fraga(
    "M4.1-2",
    "ordföranden har avsatt tid",
    lambda lage, underlag: any(k.avsatt_tid for k in _ordforande(lage, underlag)),
    Act.ANDRA_NOMINERING,
)
ORDFORANDE_UTSEDD = Fraga(
    "M5.1.4-1", "ordförande är utsedd", lambda lage, underlag: lage.grupp.ordforande, Act.UTSE_ORDFORANDE
)
NAGON_HAR_TACKAT_JA = Fraga(
    "M4-5", "någon som är nominerad har tackat ja", lambda lage, underlag: bool(lage.grupp.valbara), Act.NOMINERA
)
LEDAMOT_FRAN_VARJE_REGION = Fraga(
    "V-11",
    "minst en person från varje deltagande region har tackat ja",
    lambda lage, underlag: lage.deltar <= regioner(lage.grupp.tankt),
    Act.NOMINERA,
    detalj=lambda lage: namn(lage, lage.deltar - regioner(lage.grupp.tankt)),
)
SKA_KOMPETENSER_TACKTA = Fraga(
    "M4.3-2",
    "alla kompetenser som ska finnas är täckta",
    lambda lage, underlag: not lage.grupp.utan_tackning(ska=True),
    Act.NOMINERA,
    detalj=lambda lage: lage.grupp.utan_tackning(ska=True),
    galler=_soker(ska=True),
    annars="Inga är angivna",
)
BOR_KOMPETENSER_TACKTA = Fraga(
    "M4.3-2",
    "alla kompetenser som bör finnas är täckta",
    lambda lage, underlag: not lage.grupp.utan_tackning(ska=False),
    Act.NOMINERA,
    detalj=lambda lage: lage.grupp.utan_tackning(ska=False),
    galler=_soker(ska=False),
    annars="Inga är angivna",
)
CHEFER_HAR_SAGT_JA = Fraga(
    "M4.3-4",
    "alla har stämt av med närmsta chef",
    lambda lage, underlag: not _chef_ej_klar(lage),
    Act.ANDRA_NOMINERING,
    detalj=_chef_ej_klar,
    galler=lambda lage, underlag: any(k.roll != Roll.PATIENTFORETRADARE for k in lage.grupp.tankt),
    annars="Ingen har tackat ja än",
)
TVARPROFESSIONELL = Fraga(
    "M4.3-1",
    "gruppen är tvärprofessionell",
    lambda lage, underlag: len({k.profession.casefold() for k in lage.grupp.tankt if k.profession}) > 1,
    Act.NOMINERA,
)
TVARDISCIPLINAR = Fraga(
    "M4.3-1",
    "gruppen har mer än en disciplin",
    lambda lage, underlag: len({k.disciplin.casefold() for k in lage.grupp.tankt if k.disciplin}) != 1,
    Act.NOMINERA,
    galler=lambda lage, underlag: any(k.disciplin for k in lage.grupp.tankt),
    annars=UPPGIFT_SAKNAS,
)
PATIENTFORETRADARE_FINNS = Fraga(
    "M4.3-5",
    "en patient- eller närståendeföreträdare ingår",
    lambda lage, underlag: any(k.roll == Roll.PATIENTFORETRADARE for k in lage.grupp.tankt),
    Act.NOMINERA,
)
PROCESSLEDARE_UTIFRAN = Fraga(
    "M4.2-2",
    "processledaren kommer från en verksamhet utanför kansliet",
    lambda lage, underlag: not _fran_kansliet(lage),
    Act.NOMINERA,
    detalj=_fran_kansliet,
    galler=_har_processledare,
    annars="Ingen processledare",
)
PROCESSLEDARE_EGEN_FINANSIERING = Fraga(
    "M4.2-3",
    "processledaren betalas av sin egen verksamhet och inte solidariskt",
    lambda lage, underlag: not _solidariskt(lage),
    Act.ANDRA_NOMINERING,
    detalj=_solidariskt,
    galler=_har_processledare,
    annars="Ingen processledare",
)
CHEF_I_GRUPPEN = Fraga(
    "M6.5-1",
    "en chef ingår i gruppen eller är adjungerad",
    lambda lage, underlag: any(k.ar_chef for k in lage.grupp.tankt),
    Act.ANDRA_NOMINERING,
)
ARBETSGRUPP_UTSEDD = Fraga(
    "M5.1.4-1",
    "ledningsgruppen har utsett arbetsgruppen",
    har(Faktumslag.ARBETSGRUPP_UTSEDD),
    Act.UTSE_ARBETSGRUPP,
)
REGIONERNA_REPRESENTERADE = Fraga(
    "V-11",
    "varje deltagande region har någon i arbetsgruppen",
    lambda lage, underlag: not _utan_representant(lage),
    Act.UTSE_ARBETSGRUPP,
    detalj=lambda lage: namn(lage, _utan_representant(lage)),
    galler=lambda lage, underlag: lage.har(Faktumslag.ARBETSGRUPP_UTSEDD),
    annars="Ingen grupp än",
    okant=lambda lage: lage.inlagt,
)
NY_ORDFORANDE_FORST = Fraga(
    "M4-0",
    "en ny ordförande är utsedd innan den tidigare lämnar",
    _ny_ordforande_forst,
    Act.UTSE_ORDFORANDE,
    indata=True,
)
REGIONEN_HAR_KVAR_NAGON = Fraga("V-11", "regionen har kvar någon i arbetsgruppen", _kvar, Act.NOMINERA, indata=True)
ANSLUTEN_HAR_LEDAMOT = Fraga(
    "V-11",
    "regionen har nominerat någon som har tackat ja",
    _ansluten_har_ledamot,
    Act.NOMINERA,
    indata=True,
)
TILLRACKLIGT_MANGA_DELTAR = Fraga(
    "M5.1.1-1", "tillräckligt många regioner deltar", _manga_deltar, Act.ANDRA_DELTAGANDE, indata=True
)
