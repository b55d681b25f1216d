"""What becomes of what is handed in: an allmän handling, shared across authorities (conventions.md §6.2).

Every region and the nämnd are authorities of their own: what one of them hands in has come in to another, and whoever
hands it in is told so before. Who reads it is asked of ``synlighet.py``, so that it cannot be said wrong.
"""

from collections.abc import Mapping

from delprojekt.process.act import Act
from delprojekt.process.handling import NAMNDENS
from delprojekt.process.ordning import uppraknat
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.process.synlighet import SYNLIGHET, Niva, Noun

LAMNAS: Mapping[Act, tuple[str, Noun]] = {
    Act.SKICKA_IN_FORSLAG: ("Förslaget", Noun.FORSLAG),
    Act.REGISTRERA_BEHOV: ("Regionens svar", Noun.FORSLAG),
    Act.NOMINERA: ("Nomineringen", Noun.NOMINERINGAR),
    Act.LAMNA_REGIONSYNPUNKT: ("Synpunkten", Noun.SYNPUNKTER),
    Act.REGISTRERA_HUVUDMANSBESLUT: ("Beslutet", Noun.HUVUDMANSBESLUT),
    Act.SKICKA_HANDLING: ("Handlingen", Noun.HUVUDMANSBESLUT),
    Act.RAPPORTERA_INFORANDE: ("Rapporten", Noun.HUVUDMANSBESLUT),
    Act.ANMAL_HINDER: ("Anmälan", Noun.HUVUDMANSBESLUT),
}
"""What is handed in from one authority to another, as it is called, and what it is a part of."""

_LASARE: tuple[tuple[Roll, str], ...] = (
    (Roll.KANSLI, "kansliet"),
    (Roll.SAMARBETSGRUPP, "samarbetsgruppen"),
    (Roll.LEDNINGSGRUPP, "ledningsgruppen"),
    (Roll.ORDFORANDE, "arbetsgruppen"),
    (Roll.STYRGRUPP, "politiska styrgruppen"),
)
ALLA = "alla som har ett konto i portalen"


def delas_med(act: Act, steg: Steg) -> str:
    """Return who reads what an act hands in, now or later on the main line; empty when it hands in nothing.

    In: the act and the step it is done in. Out: ``kansliet, samarbetsgruppen och ledningsgruppen``.
    """
    if act not in LAMNAS:
        return ""
    noun = LAMNAS[act][1]
    coming = frozenset(HUVUDLINJE[HUVUDLINJE.index(steg) :] if steg in HUVUDLINJE else Steg)
    rows = (who for n, who, where, level in SYNLIGHET if n == noun and level >= Niva.LASA and where & coming)
    readers = frozenset[Roll]().union(*rows)
    names = [name for roll, name in _LASARE if roll in readers]
    return ALLA if Roll.INLOGGAD in readers else uppraknat(names)


def upplysning(act: Act, steg: Steg) -> str:
    """Return what is said to whoever hands something in; empty when the act hands in nothing."""
    readers = delas_med(act, steg)
    if not readers:
        return ""
    also = "" if readers == ALLA else ", alltså också med andra regioner än din"
    return f"{LAMNAS[act][0]} blir en allmän handling hos {NAMNDENS} och delas med {readers}{also}."
