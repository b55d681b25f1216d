"""Changing the plan of what is kept and what is weeded. Nothing is weeded by it (conventions.md §6.2)."""

from typing import Any

from delprojekt.actions.forvaltning import note, weighed
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Hanteringsregel
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.handling import Hantering
from delprojekt.process.hanteringsplan import SLAG, i_ord
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor
from delprojekt.queries.hanteringsplan import read_plan


def change_rule(actor: Actor, slag: Act, values: dict[str, Any]) -> str:
    """Store a new rule for a kind of handling; the earlier ones are kept.

    In: ``hantering``, ``gallras_efter_ar``, ``beslut``, ``skal``. Out: what changed, in words; empty if nothing did.
    Raises EjTillatet, and Ogiltigt when weeding has no time or no decision behind it, or the reason is missing.
    """
    hantering, beslut = Hantering(values["hantering"]), str(values.get("beslut") or "").strip()
    years, why = values.get("gallras_efter_ar") or None, str(values.get("skal") or "").strip()
    if hantering is not Hantering.GALLRAS:
        years = None
    elif years is None:
        raise Ogiltigt("gallras_efter_ar", "Skriv efter hur många år handlingen får gallras.")
    elif not beslut:
        raise Ogiltigt("beslut", "Skriv vilket beslut av arkivmyndigheten som gallringen följer.")
    if not why:
        raise Ogiltigt("skal", "Skriv varför planen ändras.")
    with weighed(actor, Adminact.ANDRA_HANTERINGSPLAN):
        before = read_plan(actor).get(slag)
        now = (hantering.value, years, beslut)
        if before and (before.hantering, before.gallras_efter_ar, before.beslut) == now:
            return ""
        Hanteringsregel.objects.create(
            slag=slag,
            hantering=hantering,
            gallras_efter_ar=years,
            beslut=beslut,
            skal=why,
            andrad_at=nu(),
            andrad_av_id=actor.person,
        )
        old = i_ord(before.hantering, before.gallras_efter_ar) if before else str(SLAG[slag].hantering.label)
        said = f"{SLAG[slag].beskrivning}: {i_ord(hantering, years).lower()} (förut {old.lower()})."
        note(actor, Adminact.ANDRA_HANTERINGSPLAN, said)
    return said
