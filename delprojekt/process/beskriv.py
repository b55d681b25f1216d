"""The method in words, as JSON and as a diagram: all of it read from POLICY."""

from typing import Any

from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Roll
from delprojekt.process.steg import ARBETE, HUVUDLINJE, Steg


def _krav(krav: Krav) -> dict[str, str]:
    return {"kod": krav.name, "mening": krav.mening, "krav_id": krav.krav_id}


def describe_act(act: Act) -> dict[str, Any]:
    """Return one rule as plain data; ``till`` is None for acts that stay."""
    rule = POLICY[act]
    return {
        "kod": act.name,
        "etikett": str(act.label),
        "fran": [s.name for s in Steg if s in rule.where],
        "till": rule.to.name if rule.to else None,
        "roller": [r.name for r in Roll if r in rule.who],
        "scope": rule.scope.name,
        "kraver": [_krav(k) for k in rule.requires],
        "rad": [_krav(k) for k in rule.advises],
        "meddelar": [r.name for r in Roll if r in rule.tells],
        "paragraf": rule.section,
    }


def as_data() -> dict[str, Any]:
    """Return the whole method as plain data (``visa_process --json``)."""
    return {
        "steg": [{"kod": s.name, "etikett": str(s.label)} for s in Steg],
        "acts": [describe_act(act) for act in Act],
    }


def as_mermaid() -> str:
    """Return the method as a Mermaid state diagram: the moves, with their labels."""
    lines = ["stateDiagram-v2", *(f"    {s.name} : {s.label}" for s in Steg), f"    [*] --> {HUVUDLINJE[0].name}"]
    for act, rule in POLICY.items():
        if rule.to:
            lines += [f"    {s.name} --> {rule.to.name} : {act.label}" for s in Steg if s in rule.where]
    return "\n".join(lines)


def as_text() -> str:
    """Return the method as text: each step with what can be done in it."""
    lines: list[str] = []
    for part in describe():
        lines += [part["etikett"].upper(), ""]
        for act in part["acts"]:
            arrow = f" → {act['till_etikett']}" if act["till_etikett"] else ""
            lines.append(f"  {act['etikett']}{arrow}  (§ {act['paragraf']}; {', '.join(act['roller'])})")
            lines += [f"      steg:  {act['i_stegen']}"] if act["i_stegen"] else []
            lines += [f"      krävs: {k['mening']} [{k['krav_id']}]" for k in act["kraver"]]
            lines += [f"      råd:   {k['mening']} [{k['krav_id']}]" for k in act["rad"]]
        lines.append("")
    return "\n".join(lines)


_NASTAN_ALLA = frozenset(Steg) - {Steg.PROJEKTFORSLAG, Steg.HISTORISKT}
_GEMENSAMMA = (("nar-som-helst", "När som helst", _NASTAN_ALLA), ("hela-arbetet", "Under hela arbetet", ARBETE))
"""Parts for what can be done in so many steps that it is said once: kod, heading, and the steps it must cover."""


def describe() -> list[dict[str, Any]]:
    """Return the steps with the acts that can be done in each, in words that users read.

    What can be done in every step, or through all the work, stands once in a part of its own, last.
    """
    left = dict(POLICY)
    common: list[dict[str, Any]] = []
    for kod, etikett, covers in _GEMENSAMMA:
        acts = [act for act, rule in left.items() if covers <= rule.where]
        common.append({"kod": kod, "etikett": etikett, "nummer": None, "acts": [_in_words(a, True) for a in acts]})
        left = {act: rule for act, rule in left.items() if act not in acts}
    return [
        *(
            {
                "kod": steg.value,
                "etikett": str(steg.label),
                "nummer": HUVUDLINJE.index(steg) + 1 if steg in HUVUDLINJE else None,
                "acts": [_in_words(act) for act, rule in left.items() if steg in rule.where],
            }
            for steg in Steg
        ),
        *common,
    ]


def _where(steps: frozenset[Steg]) -> str:
    """Return the steps in words: all, all but a few, or each by name."""
    but = [str(s.label) for s in Steg if s not in steps]
    if not but:
        return "Alla steg"
    return f"Alla steg utom {' och '.join(but)}" if len(but) < 3 else ", ".join(s.label for s in Steg if s in steps)


def _in_words(act: Act, common: bool = False) -> dict[str, Any]:
    rule = POLICY[act]
    return {
        "etikett": str(act.label),
        "till_etikett": str(rule.to.label) if rule.to else "",
        "i_stegen": _where(rule.where) if common else "",
        "roller": [str(r.label) for r in Roll if r in rule.who],
        "kraver": [_krav(k) for k in rule.requires],
        "rad": [_krav(k) for k in rule.advises],
        "meddelar": [str(r.label) for r in Roll if r in rule.tells],
        "paragraf": rule.section,
    }
