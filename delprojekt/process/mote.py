"""What can come out of a meeting with ledningsgruppen, and who writes it down; read from POLICY (§5.1.2, §5.4.3)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag, Organslag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Why, decide
from delprojekt.process.roller import Actor, Roll

ANMALER: frozenset[Faktumslag] = frozenset(
    slag for slag, spec in FAKTA.items() if spec.framtid and Organslag.LEDNINGSGRUPP in spec.organ
)
"""Facts that put a delprojekt on the agenda of a meeting to come."""


def _is_outcome(act: Act) -> bool:
    rule = POLICY[act]
    if not rule.where or rule.objekt or rule.fact in ANMALER:
        return False
    at = FAKTA[rule.fact].organ if rule.fact else ()
    return rule.owner is Roll.SEKRETERARE or Organslag.LEDNINGSGRUPP in at


UTFALL: tuple[Act, ...] = tuple(act for act in Act if _is_outcome(act))
"""What ledningsgruppen does, or is told, at its meeting: in the order of the method."""


def _is_short(act: Act) -> bool:
    slag = POLICY[act].fact
    if slag is None:
        return False
    spec = FAKTA[slag]
    optional = all(not label or label.endswith(VALFRITT) for label in (spec.part, spec.till))
    return optional and not spec.region and spec.val is None


KORTA_UTFALL: frozenset[Act] = frozenset(act for act in UTFALL if _is_short(act))
"""Those whose fact needs no more than the day, the point and a text."""

ANTECKNAR: frozenset[Roll] = frozenset.intersection(
    *(POLICY[act].who for act in KORTA_UTFALL if POLICY[act].owner is Roll.SEKRETERARE)
)
"""Who may write down whatever ledningsgruppen decides: its secretary and kansliet."""


def far_anteckna(actor: Actor) -> bool:
    """Tell whether the actor writes down what came out of ledningsgruppens meetings."""
    return bool(actor.roller() & ANTECKNAR)


def mojliga_utfall(actor: Actor, lage: Lage) -> tuple[Act, ...]:
    """Return the outcomes that are the actor's to write down in this step.

    In: who asks, and the situation, of which only the step and whether it is paused must be known: what is missing is
    said when the outcome has been chosen.
    """
    return tuple(act for act in UTFALL if decide(actor, act, lage).why in {None, Why.MISSING})
