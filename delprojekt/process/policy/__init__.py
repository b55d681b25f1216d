"""THE place: one table of who may do what, where, when what is in place, and who is told.

Everything else is derived from it: buttons, server checks, ``Vantar``, recipients, FSM moves, the database
trigger, the rail, the page /process/, the diagram, the test matrix and the words in the log.
"""

from delprojekt.process.act import Act
from delprojekt.process.policy import (
    alltid,
    arbetsmaterial,
    beslut,
    forslag,
    grupp,
    handling,
    inforande,
    kommentar,
    rapport,
    uppdrag,
    uppfoljning,
)
from delprojekt.process.policy.regel import Rule, Scope, deadline
from delprojekt.process.steg import Steg

_merged: dict[Act, Rule] = {
    **forslag.RULES,
    **uppdrag.RULES,
    **grupp.RULES,
    **arbetsmaterial.RULES,
    **rapport.RULES,
    **kommentar.RULES,
    **beslut.RULES,
    **inforande.RULES,
    **uppfoljning.RULES,
    **handling.RULES,
    **alltid.RULES,
}
POLICY: dict[Act, Rule] = {act: _merged[act] for act in Act}
"""Every act, in the order of the method."""


def moves() -> frozenset[tuple[Steg, Steg]]:
    """Return every (from, to) pair that the step column may change by: forward, and back by ångra."""
    forward = {(start, rule.to) for rule in POLICY.values() if rule.to for start in rule.where if start != rule.to}
    return frozenset(forward | {(to, start) for start, to in forward})


__all__ = ["POLICY", "Rule", "Scope", "deadline", "moves"]
