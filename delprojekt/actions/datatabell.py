"""Making and changing a table of data in a report, drawing its diagram, and putting it in a section (§5.4.1).

Each save is kept in the row's history; nothing is removed. A table that nobody wants to show is taken out of the text.
"""

import logging
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet

from delprojekt.actions.avsnitt import Sparning, mark_now, open_section, save_section
from delprojekt.actions.lock import lock
from delprojekt.actions.takt import Krock
from delprojekt.documents.diagram import describe, fingerprint, hinder
from delprojekt.documents.granska.ritning import RITARE
from delprojekt.documents.insatt import mark, marked
from delprojekt.documents.plain import from_plain
from delprojekt.documents.ritning import Ritfel, Teckning, draw
from delprojekt.models import Avsnitt, Datatabell, Delprojekt, Diagrambild, Versionsslag
from delprojekt.process.datatabell import Data, Diagramval, Visning
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor
from delprojekt.queries.besok import levande_for
from delprojekt.queries.datatabell import read_by, standing
from delprojekt.queries.delar import first_draft
from delprojekt.queries.lage import build_lage

SA_LANGE = 900
"""Seconds that a drawing is kept which nobody has saved."""
logger = logging.getLogger(__name__)


class Tabellkrock(Krock):
    """Somebody else has changed the table since it was opened. ``nuvarande`` is the Datatabell as it stands."""


@dataclass(frozen=True)
class Tabellunderlag:
    """What is saved of a table. ``version``: the one it was changed from, 0 for a new one."""

    data: Data
    val: Diagramval
    rubrik: str
    kalla: str = ""
    lasanvisning: str = ""
    alt: str = ""
    i_bilaga: bool = False
    version: int = 0


def drawn(data: Data, val: Diagramval) -> Diagrambild | None:
    """Return a diagram, drawn if it has not been drawn before; None where it is to be a table, or cannot be drawn."""
    description = _to_draw(data, val)
    if description is None:
        return None
    known_by = _known_by(description)
    found = Diagrambild.objects.filter(sha256=known_by).first()
    made = None if found else _drawing(description)
    if made is None:
        return found
    values: dict[str, Any] = {"beskrivning": description, "svg": made.svg, "png": made.png, "ritad_at": nu()}
    return Diagrambild.objects.get_or_create(sha256=known_by, defaults=values)[0]


def sketched(data: Data, val: Diagramval) -> str:
    """Return a diagram as SVG, to look at before it is saved; empty where there is none. No row is made of it."""
    description = _to_draw(data, val)
    if description is None:
        return ""
    found = Diagrambild.objects.filter(sha256=_known_by(description)).values_list("svg", flat=True).first()
    made = None if found else _drawing(description)
    return made.svg if made else found or ""


def _to_draw(data: Data, val: Diagramval) -> dict[str, Any] | None:
    return None if val.visning is Visning.TABELL or hinder(data, val) else describe(data, val)


def _known_by(description: dict[str, Any]) -> str:
    return fingerprint({"ritare": RITARE, **description})


def _drawing(description: dict[str, Any]) -> Teckning | None:
    """Return a drawing, kept for a while: what is looked at is drawn once, and saved as it was seen."""
    key = f"diagram-{_known_by(description)}"
    made: Teckning | None = cache.get(key)
    if made is None:
        try:
            made = draw(description)
        except Ritfel:
            logger.exception("Ett diagram gick inte att rita.")
            return None
        cache.set(key, made, SA_LANGE)
    return made


def save_table(
    actor: Actor, delprojekt: Delprojekt, nyckel: str, given: Tabellunderlag, pk: int | None = None
) -> Datatabell:
    """Keep a table of data that belongs to a section the actor writes, new or (``pk``) changed.

    Out: the row; its ``diagram`` is None when it is shown as a table, or when the diagram could not be drawn.
    Raises Refused, Mallavsnitt.DoesNotExist, Datatabell.DoesNotExist, Tabellkrock when somebody has changed it since.
    """
    with transaction.atomic():
        open_section(actor, lock(delprojekt.pk), nyckel)  # nothing is drawn for somebody who may not write
    diagram = drawn(given.data, given.val)
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV", tid=nu().isoformat()):
        locked = lock(delprojekt.pk)
        section = open_section(actor, locked, nyckel)
        row = Datatabell(omgang_id=section.omgang_id, nyckel=nyckel, version=0)
        row = _open_table(actor, locked, section, pk) if pk else row
        if row.version != given.version:
            raise Tabellkrock(row)
        row.kolumner = [one.to_data() for one in given.data.kolumner]
        row.rader = [list(cells) for cells in given.data.rader]
        row.rubrik, row.kalla, row.lasanvisning = given.rubrik, given.kalla, given.lasanvisning
        row.visning, row.langs, row.serier = given.val.visning, given.val.langs, list(given.val.serier)
        row.grupp, row.alt, row.i_bilaga, row.diagram = given.val.grupp, given.alt, given.i_bilaga, diagram
        row.version, row.sparad_at, row.sparad_av_id = row.version + 1, nu(), actor.person
        row.save()
        _open_again(actor, row)
        return row


def _open_table(actor: Actor, delprojekt: Delprojekt, section: Avsnitt, pk: int) -> Datatabell:
    """Return a table that is changed from a section: it was made there, or it stands there now.

    Whoever changes it writes in every section that it stands in, and in the one where it was made (M4.4-1, M5.4.1-3).
    """
    row = _readable(actor, delprojekt, section).get(pk=pk)
    if row.nyckel != section.nyckel and row.pk not in marked(section.html):
        raise Datatabell.DoesNotExist
    for key in {row.nyckel, *standing(actor, row).values_list("nyckel", flat=True)} - {section.nyckel}:
        open_section(actor, delprojekt, key)
    return row


def _readable(actor: Actor, delprojekt: Delprojekt, section: Avsnitt) -> QuerySet[Datatabell]:
    return read_by(actor, delprojekt, build_lage(delprojekt, levande_for(delprojekt)), section.omgang)


def _open_again(actor: Actor, row: Datatabell) -> None:
    """Let nobody have said that a section is done whose figures have been changed since. Its text is kept as it was."""
    for section in standing(actor, row).exclude(klar_version=None):
        if section.klart:
            mark_now([section], f"Öppnat igen: tabellen ”{row.rubrik[:80]}” ändrades")
            section.klar_version, section.klar_at, section.klar_av_id = None, None, None
            section.save(update_fields=["klar_version", "klar_at", "klar_av"])


def put_in_section(actor: Actor, delprojekt: Delprojekt, nyckel: str, pk: int) -> bool:
    """Put a table last in a section, as one who writes it. Out: False when it stands there already.

    Raises Refused, Mallavsnitt.DoesNotExist, Datatabell.DoesNotExist.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        locked = lock(delprojekt.pk)
        section = open_section(actor, locked, nyckel)
        row = _readable(actor, locked, section).get(pk=pk)
        if row.pk in marked(section.html):
            return False
        stands = section.html if section.pk else from_plain(first_draft(actor, locked, nyckel))
        save_section(actor, locked, nyckel, stands + mark(row), Sparning(section.version, Versionsslag.SPARAD))
        return True
