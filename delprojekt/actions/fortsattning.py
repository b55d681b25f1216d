"""New delprojekt out of old ones: a continuation, a new try, and an ending that is opened again (T07, T43, E6)."""

from typing import Any

from delprojekt.actions.forslag import create_forslag, hold
from delprojekt.actions.gruppslut import restore_group
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.models import (
    FORSLAGSFALT,
    Arende,
    Delprojekt,
    Faktumrad,
    Innehav,
    Organ,
    Organkoppling,
    Stegbesok,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.roller import Roll
from delprojekt.queries.aktor import gallande


def _copied(old: Delprojekt) -> dict[str, Any]:
    """Return the fields of a förslag, so that nobody has to write them again (E6)."""
    return {"benamning": old.benamning, **{name: getattr(old.forslag, name) for name in FORSLAGSFALT}}


@change(Act.FORESLA_PA_NYTT)
def propose_again(takt: Takt) -> None:
    """Create a förslag that builds on one that was rejected or taken back (T07). Its text is what that one said.

    Who reads the old one is not told what the new one is called: it is a draft (T01).
    """
    old = takt.delprojekt
    title = takt.text("benamning") or old.benamning
    create_forslag(
        takt.actor,
        {**_copied(old), "benamning": title},
        tidigare=old,
        mening=f"Förslaget skapades och bygger på ett tidigare förslag, {old.benamning}.",
    )


@change(Act.FORTSATT_SOM_NYTT)
def continue_as_new(takt: Takt) -> None:
    """Create a child delprojekt that continues this one, after a decision of ledningsgruppen or nämnden (T43, E6).

    It begins with the text of this förslag and with its chefsamråd or another that coordinates. It starts like any
    other, by ledningsgruppens decision (M1-2); as a part of this one it then gets its number, 26:II. What nämnden has
    decided is prepared already: it waits for ledningsgruppens uppdrag alone.
    """
    council = Organ.objects.filter(slug=takt.text("samordnar"), slag=Organslag.CHEFSAMRAD).first()
    if takt.text("samordnar") and council is None:
        raise Ogiltigt("samordnar", "Chefsamrådet finns inte i listan.")
    item = takt.arende()
    decided = f" {item.mote.organ} beslutade {skriv(item.mote.date)}." if item else ""
    child = create_forslag(
        takt.actor,
        {
            **_copied(takt.delprojekt),
            "benamning": takt.text("benamning"),
            "ursprung": "ledningsgruppen",
            "problem": takt.text("text"),
        },
        foralder=takt.delprojekt,
        mening=f"Förslaget skapades som fortsättning på {takt.delprojekt}.{decided}",
    )
    child.forslag.egen_del = bool(takt.underlag.get("egen_del"))
    child.forslag.save(update_fields=["egen_del"])
    if council:
        Organkoppling.objects.create(delprojekt=child, organ=council, sagt_date=takt.dag)
    if item and item.mote.organ.slag == Organslag.NAMND:
        _decided_by_namnden(takt, child, item)
    takt.mening = f"Ett nytt delprojekt skapades som fortsättning: {child.benamning}.{decided}"


def _decided_by_namnden(takt: Takt, child: Delprojekt, item: Arende) -> None:
    """Note nämndens decision on the child, and let it stand in beredning with the contact person of this one (E6)."""
    first = child.besok.get()
    Faktumrad.objects.create(
        delprojekt=child,
        besok=first,
        slag=Faktumslag.FORTSATTNING,
        date=item.mote.date,
        arende=Arende.objects.create(mote=item.mote, delprojekt=child, punkt=item.punkt),
        text=takt.text("text"),
        registrerat_av_id=takt.actor.person,
    )
    kept = Innehav.objects.filter(gallande(), delprojekt=takt.delprojekt, roll=Roll.KONTAKTPERSON)
    for person in kept.values_list("person", flat=True):
        hold(person, Roll.KONTAKTPERSON, child)
    child.borja_beredning()
    child.stegat_at = takt.now
    child.save(update_fields=["steg", "stegat_at"])
    Stegbesok.objects.create(delprojekt=child, nummer=2, steg=child.steg, fran_at=takt.now, act=takt.act)
    rebuild_vantar(child, takt.now)


@change(Act.ATEROPPNA)
def reopen(takt: Takt) -> None:
    """Say in the log where it goes on; a group that was dismissed with its delprojekt is back."""
    takt.mening = f"{takt.rule.event} Det är nu i steget {takt.path[-2].get_steg_display()}."
    restore_group(takt, takt.path[-2])
