"""The plan of what is kept and what is weeded, and how it has changed (conventions.md §6.2)."""

from delprojekt.models import AllmanHandling, Hanteringsregel
from delprojekt.process.act import Act
from delprojekt.process.hanteringsplan import SLAG, i_ord
from delprojekt.process.roller import Actor

Plan = dict[Act, Hanteringsregel]


def read_plan(actor: Actor) -> Plan:
    """Return the rule that counts now for each kind that has one. Everybody may know the plan. One query."""
    rows = Hanteringsregel.objects.order_by("slag", "-pk").distinct("slag").select_related("andrad_av")
    found = {Act(row.slag): row for row in rows}
    return {act: found[act] for act in SLAG if act in found}


def rule_history(actor: Actor) -> list[Hanteringsregel]:
    """Return every change of the plan, newest first."""
    return list(Hanteringsregel.objects.select_related("andrad_av").order_by("-pk")[:200])


def rule_of(actor: Actor, row: AllmanHandling, plan: Plan) -> Hanteringsregel | None:
    """Return the plan's rule for a handling, unless something was decided for that very one: then it says by what."""
    return None if row.hantering_text else plan.get(Act(row.handelse.act))


def keeping(actor: Actor, row: AllmanHandling, plan: Plan) -> str:
    """Return what is to happen to a handling, in words: its own decision, else the plan's, else as registered."""
    rule = rule_of(actor, row, plan)
    if rule:
        return i_ord(rule.hantering, rule.gallras_efter_ar)
    return ", ".join(x for x in (str(row.get_hantering_display()), row.hantering_text) if x)
