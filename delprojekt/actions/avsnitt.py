"""Saving the text of a section: carries a version, and keeps what was there before."""

import pghistory
from django.db import transaction

from delprojekt.actions.lock import lock
from delprojekt.actions.takt import Krock
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.documents.text import sanitise
from delprojekt.models import Avsnitt, Avsnittsversion, Delprojekt, Innehall, Mallavsnitt
from delprojekt.process.act import Act
from delprojekt.process.klocka import nu
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage


def writing_act(steg: Steg) -> Act:
    """Return the act that writing in a step is."""
    return {Steg.UPPDRAG: Act.SKRIV_UPPDRAG, Steg.UPPFOLJNING: Act.SKRIV_UPPFOLJNING}.get(steg, Act.SKRIV_RAPPORT)


def belongs(section: Mallavsnitt, act: Act) -> bool:
    """Tell whether a section is written by the act: the uppdrag's part is frozen in the report (M5.4.1-1)."""
    if act is Act.SKRIV_UPPDRAG:
        return section.i_uppdrag
    if act is Act.SKRIV_UPPFOLJNING:
        return section.i_uppfoljning and not section.i_slutrapport
    return section.i_slutrapport and not section.i_uppdrag


def save_section(actor: Actor, delprojekt: Delprojekt, nyckel: str, html: str, version: int) -> Avsnitt:
    """Save one section.

    In: who, where, the section's key, its text (any HTML; it is sanitised here), and the version it was written from
    (0 for a section without text). Out: the row, unsaved when there was no text and there is none.
    Raises Refused, Krock, Mallavsnitt.DoesNotExist.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        return _save(actor, lock(delprojekt.pk), nyckel, sanitise(html), version)


def _save(actor: Actor, locked: Delprojekt, nyckel: str, clean: str, version: int) -> Avsnitt:
    """Save under the delprojekt's lock: a text is never written into a report that is handed in the same moment."""
    row = open_section(actor, locked, nyckel)
    if row.html == clean:
        return row  # nothing is written where nothing is changed
    if row.version != version:
        raise Krock(row)
    began_or_emptied = bool(row.html) != bool(clean)
    row.html, row.version, row.sparat_at, row.sparat_av_id = clean, row.version + 1, nu(), actor.person
    row.save()
    Avsnittsversion.objects.create(
        avsnitt=row, version=row.version, html=clean, sparat_at=row.sparat_at, sparat_av_id=actor.person
    )
    if began_or_emptied:
        rebuild_vantar(locked, row.sparat_at)
    return row


def open_section(actor: Actor, locked: Delprojekt, nyckel: str) -> Avsnitt:
    """Return the row of a section that may be written now, asked under the delprojekt's lock; unsaved without text.

    Raises Refused, Mallavsnitt.DoesNotExist.
    """
    path = levande_for(locked)
    act = writing_act(Steg(locked.steg))
    require(actor, act, build_lage(locked, path), {"avsnitt": nyckel})
    omgang = path[-1].omgang
    if omgang is None:
        raise Mallavsnitt.DoesNotExist(nyckel)
    section = omgang.mallversion.avsnitt.get(nyckel=nyckel, innehall=Innehall.TEXT)
    if not belongs(section, act):
        raise Mallavsnitt.DoesNotExist(nyckel)
    stored = Avsnitt.objects.filter(omgang=omgang, nyckel=nyckel).first()
    return stored or Avsnitt(omgang=omgang, nyckel=nyckel, version=0, sparat_at=nu())
