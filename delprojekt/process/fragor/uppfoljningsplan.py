"""Questions about the proposal of how to follow up (§5, §5.8)."""

from collections.abc import Callable

from delprojekt.process.act import Act
from delprojekt.process.fragor.bas import Fraga, Underlag
from delprojekt.process.granser import MAX_PARAMETRAR
from delprojekt.process.lage import Lage

INGA_PARAMETRAR = "Inga parametrar än"


def _parametrar(lage: Lage, underlag: Underlag) -> bool:
    return lage.rapport.parametrar > 0


def _plan(del_: str) -> Callable[[Lage, Underlag], bool]:
    return lambda lage, underlag: del_ in lage.rapport.plan


UPPFOLJNING_HUR = Fraga("M5.8-1", "det framgår hur uppföljningen ska ske", _plan("hur"), Act.SKRIV_UPPFOLJNINGSPLAN)
UPPFOLJNING_NAR = Fraga("M5.8-1", "det framgår när uppföljningen ska ske", _plan("nar"), Act.SKRIV_UPPFOLJNINGSPLAN)
UPPFOLJNING_VEM = Fraga("M5-14", "det framgår vem som ska följa upp", _plan("vem"), Act.SKRIV_UPPFOLJNINGSPLAN)
PARAMETER_FINNS = Fraga(
    "M5.8-2",
    "minst en uppföljningsparameter är föreslagen",
    _parametrar,
    Act.LAGG_TILL_PARAMETER,
)
PARAMETRAR_FULLSTANDIGA = Fraga(
    "M5.8-2",
    "varje uppföljningsparameter har definition, källa, utgångsvärde och mål",
    lambda lage, underlag: not lage.rapport.parametrar_utan_uppgifter,
    Act.ANDRA_PARAMETER,
    detalj=lambda lage: lage.rapport.parametrar_utan_uppgifter,
    galler=_parametrar,
    annars=INGA_PARAMETRAR,
)
HOGST_SJU_PARAMETRAR = Fraga(
    "I-10",
    "uppföljningsparametrarna är högst sju, de allra viktigaste",
    lambda lage, underlag: lage.rapport.parametrar <= MAX_PARAMETRAR,
    Act.ANDRA_PARAMETER,
    galler=_parametrar,
    annars=INGA_PARAMETRAR,
)
