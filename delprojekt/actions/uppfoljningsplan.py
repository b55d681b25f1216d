"""The group's plan for follow-up and its parameters, from the first rough list to the slutrapport (§5, §5.8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from delprojekt.actions.rader import filled_in, get_row, set_values, strike
from delprojekt.actions.takt import Takt, change
from delprojekt.models import Uppfoljningsparameter, Uppfoljningsplan
from delprojekt.process.act import Act

PARAMETERFALT = (
    *("namn", "definition", "taljare", "namnare", "matmetod", "kalla", "bibliotek", "bibliotek_nr", "enhet"),
    *("riktning", "utgangsvarde", "utgangsvarde_text", "malvarde", "malvarde_text", "frekvens", "uppdelning"),
    *("malsattning", "geografi", "nivaer", "granser"),
)


def _plan(takt: Takt) -> Uppfoljningsplan:
    plan, _ = Uppfoljningsplan.objects.get_or_create(omgang=takt.need_omgang())
    return plan


def _add(plan: Uppfoljningsplan, **values: Any) -> Uppfoljningsparameter:
    last = plan.parametrar.aggregate(n=Max("ordning"))["n"] or 0
    return Uppfoljningsparameter.objects.create(plan=plan, ordning=last + 1, **values)


@change(Act.REGISTRERA_STARTMOTE)
def sketch_plan(takt: Takt) -> None:
    """Open the plan with the parameters that the group thought of at its first meeting, by name (M5-13).

    In: ``parametrar``, names; those that are there already are not added again.
    """
    names: Iterable[str] = takt.underlag.get("parametrar") or ()
    if names:
        plan = _plan(takt)
        known = set(plan.parametrar.filter(struken_at=None).values_list("namn", flat=True))
        for name in dict.fromkeys(names):
            if name not in known:
                _add(plan, namn=name)


@change(Act.SKRIV_UPPFOLJNINGSPLAN)
def write_plan(takt: Takt) -> None:
    """Write how, when and by whom the follow-up is to be made (M5.8-1)."""
    said = {name: takt.text(name) for name in ("hur", "nar", "vem")}
    if any(said.values()) or Uppfoljningsplan.objects.filter(omgang=takt.need_omgang()).exists():
        set_values(_plan(takt), said)


@change(Act.LAGG_TILL_PARAMETER)
def add_parameter(takt: Takt) -> None:
    """Add a parameter; only its name is needed now (M5.8-2)."""
    row = _add(_plan(takt), **filled_in(takt, PARAMETERFALT))
    _tie(takt, row)
    takt.mening = f"Uppföljningsparametern {row.namn} lades till."


@change(Act.ANDRA_PARAMETER)
def change_parameter(takt: Takt) -> None:
    """Change a parameter with its levels, or strike it."""
    row = get_row(takt, Uppfoljningsparameter.objects.filter(plan__omgang=takt.need_omgang()))
    if strike(takt, row):
        takt.mening = f"Uppföljningsparametern {row.namn} ströks."
        return
    set_values(row, filled_in(takt, PARAMETERFALT))
    _tie(takt, row)
    takt.mening = f"Uppföljningsparametern {row.namn} ändrades."


def _tie(takt: Takt, row: Uppfoljningsparameter) -> None:
    """Say which proposals a parameter follows up. In: ``forslag``, their keys; left out: as it was."""
    if "forslag" in takt.underlag:
        row.forslag.set(takt.need_omgang().atgardsforslag.filter(pk__in=takt.underlag["forslag"], struken_at=None))
