"""perform: one act, end to end, in four beats: lock, weigh, change, record (architecture.md §4)."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pghistory
from django.db import transaction

from delprojekt.actions import (
    andring,
    avsnitt,
    beredning,
    beslut,
    dokumentation,
    forslag,
    fortsattning,
    grupp,
    gruppslut,
    handling,
    huvudmansbeslut,
    inflyttning,
    inforande,
    kommentar,
    kommunikation,
    nomineringssvar,
    nulage,
    rapport,
    ratta,
    svarslank,
    uppdrag,
    uppfoljning,
    uppfoljningsplan,
)
from delprojekt.actions.fakta import register_fact
from delprojekt.actions.handelse import mail, record
from delprojekt.actions.lock import lock
from delprojekt.actions.takt import CHANGES, NUMBERS, IngetAndrat, MotiveringSaknas, RedanGjort, Takt
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.models import Delprojekt, Handelse, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, VALFRITT
from delprojekt.process.klocka import nu
from delprojekt.process.krav import Krav, Underlag
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import FAKTA_OM_STALLNINGAR, OM_STALLNINGAR
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage
from delprojekt.queries.mottagare import Brev
from delprojekt.queries.utkorg import as_letters

CHANGE_MODULES = (
    andring,
    avsnitt,
    beredning,
    beslut,
    dokumentation,
    forslag,
    fortsattning,
    grupp,
    gruppslut,
    handling,
    huvudmansbeslut,
    inflyttning,
    inforande,
    kommentar,
    kommunikation,
    nomineringssvar,
    nulage,
    rapport,
    ratta,
    svarslank,
    uppdrag,
    uppfoljning,
    uppfoljningsplan,
)
"""Imported here so that every change is registered before the first act."""
DIN_MOTIVERING = "[det du skriver som motivering]"


def perform(
    actor: Actor,
    act: Act,
    delprojekt: int,
    underlag: Underlag | None = None,
    *,
    motivering: str = "",
    skicka: bool = True,
    nyckel: uuid.UUID | None = None,
    still: Callable[[], None] | None = None,
) -> Handelse:
    """Do one act.

    In: who, what, the delprojekt's key, what was filled in, why advice is not followed, whether mail goes out (it
    always does when the act is a letter), the form's key (a second post with the same key is refused), and ``still``:
    asked under the lock whether what the writer was shown still stands, it raises Krock if not. Out: the event. Raises
    Refused, MotiveringSaknas, RedanGjort, IngetAndrat, Krock, Ogiltigt; then nothing has been saved.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act=act.name) as context:
        locked = lock(delprojekt, numbers=act in NUMBERS)
        if nyckel and Handelse.objects.filter(nyckel=nyckel).exists():
            raise RedanGjort("Det här är redan gjort.")
        takt = _takt(actor, act, locked, underlag or {})
        decision = require(actor, act, takt.lage, takt.underlag)
        if still:
            still()
        _want_reason(decision.advice, motivering)
        before = Steg(locked.steg)
        _change(takt, context)
        _want_reason(takt.rad, motivering)
        decision = replace(decision, advice=(*decision.advice, *takt.rad))
        sends = skicka or takt.rule.brev
        event = record(takt, decision, before, motivering.strip(), nyckel, context.id, skicka=sends)
        for later in takt.efterat:
            later(event)
        handling.register(takt, event)
        rebuild_vantar(locked, takt.now)
        return event


def rehearse(
    actor: Actor, act: Act, delprojekt: int, underlag: Underlag | None = None, *, nowait: bool = False
) -> list[Brev]:
    """Find out what mail an act would send, by doing it and taking it back: nothing is saved, nothing is sent.

    It takes the delprojekt's lock, writes every row that the act writes, and rolls them back. In: as for ``perform``;
    ``nowait`` for whoever only looks, who must neither stand in line nor keep others there. Out: the letters, with
    names as the actor may see them, and words in the place of what is not known yet. Raises Refused, IngetAndrat,
    Ogiltigt; with ``nowait`` OperationalError when the delprojekt is locked.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act=act.name) as context:
        takt = _takt(actor, act, lock(delprojekt, nowait=nowait, numbers=act in NUMBERS), underlag or {})
        decision = require(actor, act, takt.lage, takt.underlag)
        _change(takt, context)
        letters = as_letters(actor, takt.delprojekt, mail(takt, DIN_MOTIVERING if decision.advice else ""))
        transaction.set_rollback(True)
    return letters


def _want_reason(advice: tuple[Krav, ...], motivering: str) -> None:
    if advice and not motivering.strip():
        raise MotiveringSaknas("Skriv en motivering till att du går vidare ändå.", advice)


def _takt(actor: Actor, act: Act, locked: Delprojekt, underlag: Underlag) -> Takt:
    path = levande_for(locked)
    return Takt(
        actor=actor,
        act=act,
        rule=POLICY[act],
        delprojekt=locked,
        lage=build_lage(locked, path).prova(underlag),
        underlag=underlag,
        path=path,
        now=nu(),
        omgang=path[-1].omgang,
    )


def _change(takt: Takt, context: pghistory.runtime.Context) -> None:
    """Change the rows. Raises IngetAndrat when every row is as it was: the row history has then begun no context."""
    if takt.rule.fact:
        register_fact(takt, takt.rule.fact)
    if takt.act in CHANGES:
        CHANGES[takt.act](takt)
    _say_what(takt)
    _say_why(takt)
    if takt.rule.back:
        _go_back(takt)
    elif takt.rule.to:
        getattr(takt.delprojekt, takt.act.name.lower())()
        _open_visit(takt, Steg(takt.delprojekt.steg))
    if not takt.alltid_nytt and not pghistory.models.Context.objects.filter(pk=context.id).exists():
        raise IngetAndrat


def _say_what(takt: Takt) -> None:
    """Let the log say where, for which region and what was chosen, when the act has no sentence of its own."""
    slag = takt.rule.fact
    if takt.mening or slag is None or slag in FAKTA_OM_STALLNINGAR:
        return
    spec, organ = FAKTA[slag], takt.text("organ")
    at = [one.label for one in spec.organ if one == organ] if len(spec.organ) > 1 else []
    chosen = [label for value, label in (spec.val.choices if spec.val else ()) if value == takt.text("val")]
    region = takt.region() if spec.region else None
    said = [*(_lower(word) for word in chosen), *([str(region)] if region else [])]
    if at or said:
        what = takt.rule.event.rstrip(".") + (f" i {_lower(at[0])}" if at else "")
        takt.mening = f"{what}: {', '.join(said)}." if said else f"{what}."


def _lower(word: object) -> str:
    return str(word)[:1].lower() + str(word)[1:]


def _say_why(takt: Takt) -> None:
    """Let the log and the mail of a step say what was written with it, unless it tells how ledningsgruppen thinks."""
    said = takt.text("text")
    if not said or not takt.rule.moves or takt.act in OM_STALLNINGAR or takt.rule.fact in FAKTA_OM_STALLNINGAR:
        return
    label = FAKTA[takt.rule.fact].text.removesuffix(VALFRITT) if takt.rule.fact else ""
    takt.mening = f"{takt.mening or takt.rule.event} {label or 'Varför'}: {said}"


def _go_back(takt: Takt) -> None:
    earlier = takt.path[-2]
    takt.delprojekt.angra(Steg(earlier.steg))
    takt.omgang = earlier.omgang
    _open_visit(takt, Steg(earlier.steg), reopens=earlier)


def _open_visit(takt: Takt, steg: Steg, reopens: Stegbesok | None = None) -> None:
    last = Stegbesok.objects.filter(delprojekt=takt.delprojekt).order_by("-nummer").first()
    Stegbesok.objects.create(
        delprojekt=takt.delprojekt,
        nummer=(last.nummer if last else 0) + 1,
        steg=steg,
        omgang=takt.omgang,
        fran_at=takt.now,
        act=takt.act,
        skal=takt.text("text"),
        ateroppnar=reopens,
    )
    avsnitt.mark_versions(takt.omgang, f"När steget {steg.label} började")
    takt.delprojekt.stegat_at = takt.now
    if steg not in POLICY[Act.ATERUPPTA].where:
        takt.delprojekt.pausat = False  # a pause lives only where it can be ended
    takt.delprojekt.save(update_fields=["steg", "stegat_at", "pausat"])
