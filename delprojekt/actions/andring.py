"""Proposed changes of a section's text: one block each, kept with their author until somebody says yes or no (§5.4.1).

A yes puts the new wording in through the same door as every save (``actions/avsnitt.py``). A block that has been
changed since is never overwritten unseen: then both wordings are shown, and whoever has seen them may choose.
"""

from dataclasses import dataclass

from delprojekt.actions.avsnitt import mark_now, open_section, put_in
from delprojekt.actions.kommentar import (
    comments,
    end_thread,
    hand_to,
    section_of,
    tell,
    tell_author,
    text_of,
    write_post,
    writer,
)
from delprojekt.actions.takt import Krock, Ogiltigt, RedanGjort, Takt, change
from delprojekt.documents.andring import Stycke, blev, byt, omskrivet, stycken_i
from delprojekt.documents.ankare import fast, ord_i
from delprojekt.models import Avsnitt, Kommentar, Kommentarsslag, Kommentarsutfall, Mallavsnitt, Versionsslag
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.queries.namn import representatives

MEST_ORD = 20_000
"""The longest block that can be proposed, in characters."""


@dataclass(frozen=True)
class Andrat:
    """A proposed change whose block has been changed since, and what the block has become, if anything."""

    kommentar: Kommentar
    nu: Stycke | None


class Andringskrock(Krock):
    """The block has been changed since. ``nuvarande`` is an Andrat; nothing has been saved."""


@change(Act.FORESLA_ANDRING)
def propose(takt: Takt) -> None:
    """Propose other words in a block.

    In: ``avsnitt``; the block's number ``stycke`` and its HTML as it was read (``fore``); ``ord``, the words as they
    should be, or none if it should go; ``text``, why, if that is said; ``hos`` and ``senast``.
    Raises Ogiltigt, Refused.
    """
    section = section_of(takt)
    html, before = text_of(takt, section), str(takt.underlag.get("fore") or "")
    number = takt.underlag.get("stycke") or 0
    same = [one for one in stycken_i(html) if one.html == before]
    if not same:
        raise Ogiltigt("ord", "Stycket har ändrats sedan du öppnade sidan. Läs det igen och skriv om ditt förslag.")
    block = min(same, key=lambda one: abs(one.nr - number))
    words = takt.text("ord")
    if len(words) > MEST_ORD:
        raise Ogiltigt("ord", "Förslaget är för långt. Dela upp det på flera stycken.")
    after = omskrivet(block.html, words)
    if after == block.html:
        raise Ogiltigt("ord", "Du har inte ändrat något i stycket.")
    row = _store(takt, section, block, html, after)
    why = takt.text("text")
    write_post(takt, row, why)
    hand_to(takt, row)
    takt.mening = f"En ändring föreslogs i avsnittet {section}."
    tell(takt, row, why)


def _store(takt: Takt, section: Mallavsnitt, block: Stycke, html: str, after: str) -> Kommentar:
    words = ord_i(html)
    occurrence = sum(1 for one in stycken_i(html)[: block.nr] if one.ord == block.ord)
    anchor = fast(words, block.ord[:1000], occurrence)
    return Kommentar.objects.create(
        omgang=takt.need_omgang(),
        nyckel=section.nyckel,
        slag=Kommentarsslag.ANDRING,
        citat=block.ord[:1000],
        fore=anchor.fore if anchor else "",
        efter=anchor.efter if anchor else "",
        plats=anchor.plats if anchor else 0,
        stycke=block.nr,
        fore_html=block.html,
        efter_html=after,
        av_id=writer(takt),
        skriven_at=takt.now,
    )


@change(Act.AVGOR_ANDRINGSFORSLAG)
def decide_on(takt: Takt) -> None:
    """Say yes or no to proposed changes of a section.

    In: ``avsnitt``; ``forslag``, their keys; ``ja``; ``nu``, the block that one of them is to replace, as it was shown
    to who has seen that it has changed. Raises RedanGjort when none of them is undecided, Andringskrock, Refused.
    """
    section = section_of(takt)
    asked = set(takt.underlag.get("forslag") or ())
    rows = list(comments(takt, section).filter(pk__in=asked, slag=Kommentarsslag.ANDRING, utfall="").order_by("pk"))
    if not rows:
        raise RedanGjort("Det är redan avgjort." if asked else "Välj minst ett förslag.")
    yes = bool(takt.underlag.get("ja"))
    if yes:
        _put_in(takt, section, rows)
    for row in rows:
        end_thread(takt, row, Kommentarsutfall.GODTAGEN if yes else Kommentarsutfall.AVSLAGEN)
    many = "En föreslagen ändring" if len(rows) == 1 else f"{len(rows)} föreslagna ändringar"
    takt.mening = f"{many} i avsnittet {section} {'togs in i texten' if yes else 'togs inte in'}."
    takt.tillagg = takt.text("text")
    for row in rows:
        write_post(takt, row, takt.tillagg)
        tell_author(takt, row)


def _put_in(takt: Takt, section: Mallavsnitt, rows: list[Kommentar]) -> None:
    """Put the new wordings in the text as it stands now, all of them or none, each as a version of its own."""
    saved: Avsnitt = open_section(takt.actor, takt.delprojekt, section.nyckel)
    instead = str(takt.underlag.get("nu") or "")
    hidden = frozenset(representatives(takt.actor, takt.delprojekt))
    for row in rows:
        before = instead if instead and len(rows) == 1 else row.fore_html
        html = byt(saved.html, before, row.efter_html, row.stycke)
        if html is None:
            raise Andringskrock(Andrat(row, blev(saved.html, row.fore_html, row.stycke)))
        saved = put_in(takt.actor, takt.delprojekt, saved, html, Versionsslag.ANDRING)
        name = str(Roll.PATIENTFORETRADARE.label).lower() if row.av_id in hidden else str(row.av)
        mark_now([saved], f"Ändring föreslagen av {name}"[:200])
