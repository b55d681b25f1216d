"""Questions about the follow-up (§5.8)."""

from datetime import date

from delprojekt.process.act import Act
from delprojekt.process.datum import parse_partial, skriv
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.fragor.bas import Fraga, Underlag, har, inte_redan, om
from delprojekt.process.frist import flytta
from delprojekt.process.granser import UPPFOLJNING_MANADER, plus_manader
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.mall import UPPFOLJNING_PREFIX
from delprojekt.process.roller import Roll


def _redovisning_saknas(lage: Lage) -> list[str]:
    wanted = (Organslag.SAMARBETSGRUPP, Organslag.LEDNINGSGRUPP, Organslag.NAMND)
    return [str(organ.label).lower() for organ in wanted if organ not in lage.redovisad_i()]


def _ordforande_forst(lage: Lage, underlag: Underlag) -> bool:
    """The former chair is asked, or has been and said no; met when there never was a chair."""
    chair = lage.grupp.ordforande_person
    return chair is None or underlag.get("person") == chair or chair in lage.uppfoljning.tackat_nej


def _frist(lage: Lage) -> date | None:
    """Return the round's last day, with the time of the pauses (V-1)."""
    due, since = lage.uppfoljning.frist, lage.uppfoljning.raknas_fran
    return flytta(due, since, lage.pauser, idag()) if due and since else due


def _fristen(lage: Lage) -> list[str]:
    return [f"den var {skriv(due)}"] if (due := _frist(lage)) else []


def _perioden_slut(lage: Lage, underlag: Underlag) -> bool:
    """Tell whether the period has ended, as far as its words name one."""
    last = parse_partial(str(underlag.get("period") or ""))
    return last is None or last <= idag()


def _sista_dag(lage: Lage) -> date | None:
    """Return twelve months after nämndens approval; a further round has a window of its own (M5.8-12)."""
    approved = lage.beslut.namndbeslut_date if lage.uppfoljning.nummer <= 1 else None
    return approved and plus_manader(approved, UPPFOLJNING_MANADER)


def _inom_tolv_manader(lage: Lage, underlag: Underlag) -> bool:
    last, due = _sista_dag(lage), underlag.get("frist")
    return last is None or due is None or due <= last


NAMNDBESLUT_INLAGT = Fraga(
    "V-22",
    "nämndens beslut, som uppföljningen utgår från, är inlagt",
    lambda lage, underlag: lage.uppfoljning.nummer > 0,
    Act.KOMPLETTERA_I_EFTERHAND,
    galler=lambda lage, underlag: lage.inlagt,
)
TIDIGARE_ORDFORANDE = Fraga(
    "M5.8-4", "den tidigare ordföranden tillfrågas i första hand", _ordforande_forst, indata=True, falt=om("person")
)
UR_ARBETSGRUPPEN = Fraga(
    "M5.8-5",
    "den som gör uppföljningen har varit med i arbetsgruppen",
    lambda lage, underlag: underlag.get("person") in lage.grupp.personer,
    indata=True,
    falt=om("person"),
)
FORFRAGAN_BESVARAD = Fraga(
    "M5.8-4",
    "de som tillfrågats om uppföljningen har svarat",
    lambda lage, underlag: not lage.uppfoljning.obesvarade,
    Act.BESVARA_FORFRAGAN,
    detalj=lambda lage: lage.uppfoljning.obesvarade,
    personer=lambda lage: lage.uppfoljning.vantar_svar,
    hos=(Roll.TILLFRAGAD,),
    galler=lambda lage, underlag: lage.uppfoljning.fragade > 0,
    annars="Ingen är tillfrågad än",
    vantas=True,
)
UPPFOLJARE_UTSEDD = Fraga(
    "M5.8-4",
    "minst en person har tackat ja till att göra uppföljningen",
    lambda lage, underlag: lage.grupp.uppfoljningsansvariga > 0,
    Act.TILLFRAGA_UPPFOLJARE,
)
UPPFOLJNING_SKRIVEN = Fraga(
    "M5.8-7",
    "uppföljningsrapporten är skriven",
    lambda lage, underlag: any(k.startswith(UPPFOLJNING_PREFIX) for k in lage.rapport.skrivna),
    Act.SKRIV_UPPFOLJNING,
)
OMGANGENS_RAPPORT_GENOMGANGEN = Fraga(
    "M5.8-12",
    "varje avsnitt är klarmarkerat i den här omgången, så att inget står kvar oläst från den förra",
    lambda lage, underlag: not lage.rapport.uppfoljning_ej_klar,
    Act.KLARMARKERA_AVSNITT,
    detalj=lambda lage: lage.rapport.uppfoljning_ej_klar,
    galler=lambda lage, underlag: lage.uppfoljning.nummer > 1,
    annars="Första omgången",
)
MATVARDEN_FINNS = Fraga(
    "M5.8-2",
    "minst en uppföljningsparameter har ett mätvärde",
    lambda lage, underlag: lage.uppfoljning.matvarden > 0,
    Act.REGISTRERA_MATVARDEN,
)
PERIODEN_SLUT = Fraga(
    "M5.8-2", "perioden som mätvärdena gäller är slut", _perioden_slut, indata=True, falt=om("period")
)
FRISTEN_INOM_TOLV_MANADER = Fraga(
    "M5.8-3",
    "uppföljningen görs inom tolv månader efter nämndens godkännande",
    _inom_tolv_manader,
    detalj=lambda lage: [f"senast {skriv(last)}"] if (last := _sista_dag(lage)) else [],
    indata=True,
    falt=om("frist"),
)
REDOVISAS_EN_GANG = Fraga(
    "M5.8-11",
    "instansen har inte redan fått en redovisning i den här omgången",
    lambda lage, underlag: underlag.get("organ") not in lage.redovisad_i(),
    indata=True,
    falt=om("organ"),
)
INSATS_OCH_EFFEKT = Fraga(
    "I-19",
    "uppföljningen säger både vad som är gjort och vad det har gett",
    lambda lage, underlag: {"insats", "effekt"} <= lage.uppfoljning.ifyllt,
    Act.SAMMANSTALL_UPPFOLJNING,
)
PATIENTSYNPUNKTER_REDOVISADE = Fraga(
    "I-14",
    "uppföljningen redovisar patienters synpunkter",
    lambda lage, underlag: "patientsynpunkter" in lage.uppfoljning.ifyllt,
    Act.SAMMANSTALL_UPPFOLJNING,
    galler=lambda lage, underlag: lage.patientsynpunkter_kravs,
)
INOM_FRISTEN = Fraga(
    "M5.8-3",
    "uppföljningen är klar inom fristen",
    lambda lage, underlag: (due := _frist(lage)) is None or idag() <= due,
    Act.ANDRA_UPPFOLJNINGSFRIST,
    detalj=_fristen,
    galler=lambda lage, underlag: lage.uppfoljning.frist is not None,
    annars="Ingen frist är satt",
)
UPPFOLJNINGSRAPPORT_EJ_LAMNAD = inte_redan(
    "M5.8-7",
    Faktumslag.UPPFOLJNINGSRAPPORT_KLAR,
    "uppföljningsrapporten är inte redan lämnad",
    "Uppföljningsrapporten är redan lämnad.",
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
