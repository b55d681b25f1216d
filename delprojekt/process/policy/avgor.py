"""decide, require, offers, awaited: the questions that everybody else asks of POLICY."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, Organslag
from delprojekt.process.krav import Krav, Underlag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY, Rule, Scope, deadline
from delprojekt.process.roller import I_DELPROJEKT, MEDLEMMAR, Actor, Mandat, Roll


class Why(Enum):
    """Why an act is refused."""

    WRONG_STEP = "wrong_step"
    NOT_YOURS = "not_yours"
    PAUSED = "paused"
    MISSING = "missing"


@dataclass(frozen=True)
class Decision:
    """The answer for one act: whether it is allowed, and if not why and what is missing."""

    act: Act
    why: Why | None = None
    missing: tuple[Krav, ...] = ()
    advice: tuple[Krav, ...] = ()
    for_rakning: str = ""

    @property
    def allowed(self) -> bool:
        """Tell whether the act may be done now."""
        return self.why is None


class Refused(Exception):
    """An act was refused. Its text is a Swedish sentence that says what is missing and who can help."""

    def __init__(self, decision: Decision, lage: Lage) -> None:
        self.decision = decision
        self.lage = lage
        super().__init__(explain(decision, lage))


_BEHALF = {
    Roll.SEKRETERARE: "ledningsgruppens",
    Roll.NAMNDSEKRETERARE: "nämndens",
    Roll.SAMARBETSGRUPP: "samarbetsgruppens",
    Roll.LEDNINGSGRUPP: "regionens",
    Roll.REGIONKONTAKT: "regionens",
}


_FOR_ALLA = frozenset(
    {Roll.KANSLI, Roll.KONTAKTPERSON, Roll.SEKRETERARE, Roll.NAMNDSEKRETERARE, Roll.CHEFSAMRAD, Roll.ORDFORANDE}
)
"""Roles that may speak for any region; every other role speaks for the region it is held for.

A chefsamråd is the whole sjukvårdsregion's and may update how the introduction goes (M5.7-3). A chair comes from one
region but puts the whole group together with kansliet (M4-3).
"""

_ALLA_REGIONER = frozenset({Act.REGISTRERA_BEHOV, Act.NOMINERA, Act.ANDRA_DELTAGANDE, Act.ANGE_DIARIENUMMER})
"""What also a region that does not take part may do or be concerned by: it may join later (E9)."""


_AV_MOTTAGARE = frozenset(
    {
        Act.REGISTRERA_HUVUDMANSBESLUT,
        Act.SKICKA_HANDLING,
        Act.ANTECKNA_NAMNDANMALAN,
        Act.ANTECKNA_OVERKLAGANDE,
        Act.RAPPORTERA_INFORANDE,
        Act.ANMAL_HINDER,
        Act.LYFT_HINDER_TILL_CHEFSAMRADET,
        Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN,
        Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN,
        Act.AVSLUTA_HINDER,
    }
)
"""Acts of the regions that are recommended something; other acts are done by those that take part."""


def _mandates(actor: Actor, rule: Rule, lage: Lage) -> frozenset[Mandat]:
    held = frozenset(m for m in actor.mandat_i(lage.delprojekt) if m.roll in rule.who)
    return frozenset(m for m in held if lage.steg in rule.steps_of(m.roll)) if rule.bara else held


def regions_for(actor: Actor, act: Act, lage: Lage) -> frozenset[str]:
    """Return the regions that the actor may do the act for: all that it can concern, for roles without a region.

    Every region says what it needs; those that are recommended something decide and introduce; else those taking part.
    """
    mandates = _mandates(actor, POLICY[act], lage)
    asked = lage.beslut.mottagare if act in _AV_MOTTAGARE else lage.deltar
    everywhere = frozenset(lage.regionnamn) if act in _ALLA_REGIONER else asked
    if for_all(actor, act, lage):
        return everywhere
    return everywhere & {m.region for m in mandates if m.region}


def sections_for(actor: Actor, act: Act, lage: Lage) -> frozenset[str] | None:
    """Return the sections that the actor may do the act in; None for all of them.

    Somebody who is adjungerad reads and writes only what they are invited to (M4.4-1), a skribent writes the chapters
    that they have been asked to (M5.4.1-3); every other role all.
    """
    mandates = _mandates(actor, POLICY[act], lage)
    if any(m.roll not in {Roll.ADJUNGERAD, Roll.SKRIBENT} for m in mandates):
        return None
    return frozenset().union(*(m.avsnitt for m in mandates))


_SKRIVER_FOR = {
    Roll.SEKRETERARE: frozenset({Organslag.LEDNINGSGRUPP}),
    Roll.NAMNDSEKRETERARE: frozenset({Organslag.NAMND}),
}
"""Whose meetings a secretary registers, where an act can happen in several bodies; kansliet registers all."""


def organ_for(actor: Actor, act: Act, lage: Lage) -> tuple[Organslag, ...]:
    """Return the bodies at whose meeting the actor may register the act; empty for what happens at no meeting."""
    rule = POLICY[act]
    bodies = FAKTA[rule.fact].organ if rule.fact else ()
    held = {m.roll for m in _mandates(actor, rule, lage)}
    if len(bodies) < 2 or not held <= _SKRIVER_FOR.keys():
        return bodies
    return tuple(body for body in bodies if any(body in _SKRIVER_FOR[roll] for roll in held))


def for_all(actor: Actor, act: Act, lage: Lage) -> bool:
    """Tell whether the actor does the act for the whole sjukvårdsregion, not only for the region of a role."""
    return any(
        m.roll in _FOR_ALLA and (m.region is None or m.roll in I_DELPROJEKT)
        for m in _mandates(actor, POLICY[act], lage)
    )


def behalf(actor: Actor, act: Act, lage: Lage) -> str:
    """Return on whose behalf the actor would act ("ledningsgruppens"), or an empty string if on their own."""
    rule = POLICY[act]
    own = {m.roll for m in _mandates(actor, rule, lage)}
    return "" if rule.owner in own else _BEHALF.get(rule.owner, "")


def substitutes_for(actor: Actor, act: Act, lage: Lage) -> str:
    """Return whom the actor replaces in doing the act; an empty string if it is done in a role of the actor's own."""
    held = _mandates(actor, POLICY[act], lage)
    return "" if any(not m.ersatter for m in held) else ", ".join(sorted({m.ersatter for m in held}))


def decide(actor: Actor, act: Act, lage: Lage, underlag: Underlag | None = None) -> Decision:
    """Weigh an act for somebody in a situation.

    In: who asks, the act, the snapshot, and what was filled in (None: only looking, so requirements that
    need the form are not asked). Out: a Decision. Never raises.
    """
    rule = POLICY[act]
    here = lage.steg in rule.where if rule.where else not lage.delprojekt  # making a förslag happens in none
    if not actor.roller(lage.delprojekt) & rule.who:
        return Decision(act, Why.NOT_YOURS)
    if not here or not _mandates(actor, rule, lage):
        return Decision(act, Why.WRONG_STEP)
    if rule.scope is Scope.EGEN_REGION and not _region_ok(actor, act, lage, underlag):
        return Decision(act, Why.NOT_YOURS)
    if rule.fact and (underlag or {}).get("organ") in set(FAKTA[rule.fact].organ) - set(organ_for(actor, act, lage)):
        return Decision(act, Why.NOT_YOURS)
    if (rule.kapitel or rule.objekt == "avsnitt") and not _section_ok(actor, act, lage, underlag):
        return Decision(act, Why.NOT_YOURS)
    if lage.pausat != (act == Act.ATERUPPTA) and not (lage.pausat and rule.under_paus):
        return Decision(act, Why.PAUSED)
    missing = tuple(_unmet(rule.requires, lage, underlag))
    advice = tuple(_unmet(rule.advises, lage, underlag))
    return Decision(act, Why.MISSING if missing else None, missing, advice, behalf(actor, act, lage))


def _region_ok(actor: Actor, act: Act, lage: Lage, underlag: Underlag | None) -> bool:
    allowed = regions_for(actor, act, lage)
    region = (underlag or {}).get("region")
    return bool(allowed) if not region else region in allowed


def _section_ok(actor: Actor, act: Act, lage: Lage, underlag: Underlag | None) -> bool:
    allowed = sections_for(actor, act, lage)
    section = (underlag or {}).get("avsnitt")
    if allowed is None or section:
        return allowed is None or section in allowed
    kapitel = POLICY[act].kapitel
    return any(key == kapitel or key.startswith(f"{kapitel}_") for key in allowed) if kapitel else bool(allowed)


def _unmet(krav: tuple[Krav, ...], lage: Lage, underlag: Underlag | None) -> Iterator[Krav]:
    for one in krav:
        if one.value.indata and underlag is None:
            continue
        if not one.ar_uppfyllt(lage, underlag or {}):
            yield one


def require(actor: Actor, act: Act, lage: Lage, underlag: Underlag) -> Decision:
    """Weigh an act that is about to be done. Out: the Decision with the advice not followed. Raises Refused."""
    decision = decide(actor, act, lage, underlag)
    if not decision.allowed:
        raise Refused(decision, lage)
    return decision


def offers(actor: Actor, lage: Lage) -> tuple[Decision, ...]:
    """Return every act of this step that belongs to the actor, allowed or greyed with what is missing.

    Turning a file away is never offered: it happens when the file cannot be taken.
    """
    found = (decide(actor, act, lage) for act, rule in POLICY.items() if rule.where and rule.objekt != "fil")
    return tuple(d for d in found if d.why in {None, Why.MISSING})


def helper(krav: Krav, lage: Lage) -> str:
    """Return who can mend a requirement now ("kontaktpersonen på kansliet"), or an empty string."""
    if krav.value.hos:
        return " och ".join(roll.hos for roll in krav.value.hos)
    return POLICY[krav.value.lagas].owner_in(lage.steg).som_handlar if krav.value.lagas else ""


def sits_with(actor: Actor, act: Act, lage: Lage) -> bool:
    """Tell whether the actor sits in the body whose secretary registers the act, and may not do it herself."""
    members, held = MEDLEMMAR.get(POLICY[act].owner_in(lage.steg)), actor.roller(lage.delprojekt)
    return members in held and not held & POLICY[act].who


def sentence(krav: Krav, lage: Lage) -> str:
    """Return what is missing, exactly: ``alla regioner har beslutat: Region Skåne``."""
    details = list(krav.value.detalj(lage)) if not krav.ar_uppfyllt(lage, {}) or krav.value.indata else []
    return f"{krav.mening} ({', '.join(details)})" if details else krav.mening


def explain(decision: Decision, lage: Lage) -> str:
    """Return the refusal as a Swedish sentence that names what is missing and who can help (rule 4)."""
    match decision.why:
        case Why.WRONG_STEP:
            return f"Det går inte i steget {lage.steg.label}."
        case Why.NOT_YOURS:
            owner = POLICY[decision.act].owner_in(lage.steg).som_handlar
            return f"Du kan inte göra det här. Det gör {owner}. Kontakta kansliet om något är fel."
        case Why.PAUSED if lage.pausat:
            return "Delprojektet är pausat. Kansliet kan återuppta det."
        case Why.PAUSED:
            return "Delprojektet är inte pausat."
        case Why.MISSING:
            told = [k.value.nekad for k in decision.missing if k.value.nekad]
            parts = [
                f"{sentence(k, lage)}{f' – det ordnar {helper(k, lage)}' if helper(k, lage) else ''}"
                for k in decision.missing
                if not k.value.nekad
            ]
            return " ".join([*told, *([f"Saknas: {'; '.join(parts)}."] if parts else [])])
    return ""


@dataclass(frozen=True)
class Awaited:
    """One thing the portal waits for: which act, of whom, and for which region.

    ``person``: the one of those in the role who is asked by name.
    """

    act: Act
    roll: Roll
    region: str | None = None
    person: int | None = None


def main_act(lage: Lage) -> Act | None:
    """Return the act that takes this step along the main line, or None in an ending.

    Where a step has several (huvudmansbeslut ends when every region has said no), the first one that waits for
    somebody counts.
    """
    found = [act for act, rule in POLICY.items() if rule.main and lage.steg in rule.where]
    return next((act for act in found if any(_awaited(act, lage, frozenset()))), found[0] if found else None)


def awaited(lage: Lage) -> tuple[Awaited, ...]:
    """Return whose turn it is, derived from the main act and what it still lacks (feature 9: "ligger hos")."""
    if lage.pausat:
        return (Awaited(Act.ATERUPPTA, POLICY[Act.ATERUPPTA].owner),)
    act = main_act(lage)
    found = dict.fromkeys([*_awaited(act, lage, frozenset()), *_asked(lage)]) if act else {}
    orphan = lage.inlagt and not lage.grupp.kontaktperson
    return tuple(dict.fromkeys(_without_contact(found, lage))) if orphan else tuple(found)


def _without_contact(found: Iterable[Awaited], lage: Lage) -> Iterator[Awaited]:
    """Yield who is waited for where a delprojekt was moved in without a kontaktperson (M4.5-1).

    What would lie with her lies with kansliet, and the direktör is waited for to appoint one: it stands in somebody's
    list until then.
    """
    rule = POLICY[Act.UTSE_KONTAKTPERSON]
    appoints = lage.steg in rule.where and not list(_unmet(rule.requires, lage, None))
    for one in found:
        if one.roll is not Roll.KONTAKTPERSON:
            yield one
            continue
        if appoints:
            yield Awaited(Act.UTSE_KONTAKTPERSON, rule.owner)
        if lage.steg in POLICY[one.act].steps_of(Roll.KANSLI):
            yield replace(one, roll=Roll.KANSLI)
        elif not appoints:
            yield one


def due(one: Awaited, lage: Lage, idag: date) -> tuple[date | None, date | None]:
    """Return when something that is waited for is due, with the time of the pauses, and as it would be without them.

    What has no day of its own is due when the step that it holds up is: a step is late in the same way everywhere.
    """
    own = deadline(POLICY[one.act], lage, idag, one.region, one.person)
    if own != (None, None) or lage.pausat:
        return own
    act = main_act(lage)
    return deadline(POLICY[act], lage, idag) if act else own


def _asked(lage: Lage) -> Iterator[Awaited]:
    """Yield what has been asked for and is waited for, whatever else the step waits for: answers of one person
    (M5.8-4), korrektur (M5.4.1-7)."""
    for krav in Krav:
        mend, ombedd = krav.value.lagas, krav.value.ombedd
        asked = krav.value.personer or (ombedd and ombedd(lage))
        if asked and mend and lage.steg in POLICY[mend].where and list(_unmet((krav,), lage, None)):
            yield from _one(mend, POLICY[mend], lage, krav)


def _awaited(act: Act, lage: Lage, seen: frozenset[Act]) -> Iterator[Awaited]:
    rule = POLICY[act]
    unmet = list(_unmet(rule.requires, lage, None))
    extra = [k for k in _unmet(rule.advises, lage, None) if k.value.vantas]
    if not unmet:
        yield from _one(act, rule, lage, None)
    for krav in (*unmet, *extra):
        mend = krav.value.lagas
        if mend is None or mend in seen | {act} or lage.steg not in POLICY[mend].where:
            continue
        if list(_unmet(POLICY[mend].requires, lage, None)):
            yield from _awaited(mend, lage, seen | {act})
        else:
            yield from _one(mend, POLICY[mend], lage, krav)


def _one(act: Act, rule: Rule, lage: Lage, krav: Krav | None) -> Iterator[Awaited]:
    regions = krav.value.regioner(lage) if krav and krav.value.regioner else None
    people = krav.value.personer(lage) if krav and krav.value.personer else (None,)
    for roll in (krav.value.hos if krav else ()) or (rule.owner_in(lage.steg),):
        if rule.scope is Scope.EGEN_REGION and regions:
            yield from (Awaited(act, roll, region) for region in sorted(regions))
        else:
            yield from (Awaited(act, roll, person=person) for person in people)
