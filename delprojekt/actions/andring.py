"""Proposed changes of a section's text: one block each, kept with their author until somebody says yes or no (§5.4.1).

A yes puts the new wording in through the same door as every save (``actions/avsnitt.py``). A block that has been
changed since is never overwritten unseen: then both wordings are shown, and whoever has seen them may choose.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from delprojekt.actions.avsnitt import mark_now, open_section, put_in
from delprojekt.actions.kommentar import (
    comments,
    end_thread,
    for_all_readers,
    hand_to,
    section_of,
    tell,
    tell_author,
    text_of,
    write_post,
    writer,
)
from delprojekt.actions.takt import Krock, Ogiltigt, RedanGjort, Takt, change
from delprojekt.documents.andring import Stycke, blev, byt, omskrivet, samma
from delprojekt.documents.ankare import MEST_CITAT, Ankare, ord_i, vid
from delprojekt.documents.text import printable
from delprojekt.models import (
    Avsnitt,
    Avsnittsversion,
    Kommentar,
    Kommentarsslag,
    Kommentarsutfall,
    Mallavsnitt,
    Versionsslag,
)
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.queries.namn import representatives

FORESLAGET = "En ändring föreslogs"
"""Why the text that a proposal was written to is kept: its block is found again from there."""
MEST_ORD = 20_000
"""The longest block that can be proposed, in characters."""


@dataclass(frozen=True)
class Andrat:
    """A proposed change whose block has been changed since, and what the block has become, if anything.

    ``kring``: what stands before and after that; ``fler``: others were to be put in with it, and were not.
    """

    kommentar: Kommentar
    nu: Stycke | None
    kring: tuple[str, str] = ("", "")
    fler: bool = False

    @property
    def lika(self) -> bool:
        """Tell whether it stands as it did, but nobody can tell which of several it is."""
        return self.nu is not None and self.nu.html == self.kommentar.fore_html


class Andringskrock(Krock):
    """The block has been changed since. ``nuvarande`` is an Andrat; nothing has been saved."""


@change(Act.FORESLA_ANDRING)
def propose(takt: Takt) -> None:
    """Propose other words in a block.

    In: ``avsnitt``; the block's number ``stycke`` and its HTML (``fore``) as it was read in a ``version`` (none: as it
    stands now); ``ord``, the words as they should be, or none if it should go; ``text``, why, if that is said; ``hos``
    and ``senast``.
    Raises Ogiltigt, Refused.
    """
    section = section_of(takt)
    html, before = text_of(takt, section), printable(str(takt.underlag.get("fore") or ""))
    block = samma(_read(takt, section, html), html, before, takt.underlag.get("stycke") or 0)
    if block is None:
        raise Ogiltigt("ord", "Stycket har ändrats sedan du öppnade sidan. Läs det igen och skriv om ditt förslag.")
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


def _read(takt: Takt, section: Mallavsnitt, html: str) -> str:
    """Return the text that a proposal was written from; nothing when that version has been thinned."""
    version = takt.underlag.get("version")
    if version is None:
        return html
    found = _versions(takt, section.nyckel).filter(version=version).values_list("html", flat=True)
    return found.first() or ""


def _versions(takt: Takt, nyckel: str) -> QuerySet[Avsnittsversion]:
    return Avsnittsversion.objects.filter(avsnitt__omgang=takt.need_omgang(), avsnitt__nyckel=nyckel)


def _store(takt: Takt, section: Mallavsnitt, block: Stycke, html: str, after: str) -> Kommentar:
    anchor = _anchor(html, block)
    mark_now(takt.need_omgang().avsnitt.filter(nyckel=section.nyckel), FORESLAGET)
    return Kommentar.objects.create(
        omgang=takt.need_omgang(),
        nyckel=section.nyckel,
        slag=Kommentarsslag.ANDRING,
        citat=anchor.citat,
        fore=anchor.fore,
        efter=anchor.efter,
        plats=anchor.plats,
        stycke=block.nr,
        fore_html=block.html,
        efter_html=after,
        av_id=writer(takt),
        skriven_at=takt.now,
    )


def _anchor(html: str, block: Stycke) -> Ankare:
    """Return where a block stands; nothing when its words are not of the running text (the source of a table)."""
    words, before = ord_i(html), len(ord_i(html[: block.start]).text)
    anchor = vid(words, block.ord[:MEST_CITAT], before + bool(before))
    return anchor if words.text.startswith(anchor.citat, anchor.plats) else Ankare("")


@change(Act.AVGOR_ANDRINGSFORSLAG)
def decide_on(takt: Takt) -> None:
    """Say yes or no to proposed changes of a section.

    In: ``avsnitt``; ``forslag``, their keys; ``ja``; ``nu``, the block that one of them is to replace, as it was shown
    to who has seen that it has changed. Raises RedanGjort when none of them is undecided, Ogiltigt when two are of the
    same block, Andringskrock, Refused.
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
    why = takt.text("text")
    takt.tillagg = for_all_readers(takt, why)
    for row in rows:
        write_post(takt, row, why)
        tell_author(takt, row)


def _put_in(takt: Takt, section: Mallavsnitt, rows: list[Kommentar]) -> None:
    """Put the new wordings in the text as it stands now, all of them or none, each as a version of its own."""
    saved: Avsnitt = open_section(takt.actor, takt.delprojekt, section.nyckel)
    hidden = frozenset(representatives(takt.actor, takt.delprojekt))
    places = [(_place(takt, saved.html, row, more=len(rows) > 1), row) for row in rows]
    if len({block.nr for block, _ in places}) < len(places):
        raise Ogiltigt("forslag", "Två av förslagen gäller samma stycke. Markera det som ska tas in, och godta igen.")
    for block, row in sorted(places, key=lambda place: place[0].nr, reverse=True):  # from the end: the places hold
        html = byt(saved.html, block, row.efter_html)
        saved = put_in(takt.actor, takt.delprojekt, saved, html, Versionsslag.ANDRING)
        name = str(Roll.PATIENTFORETRADARE.label).lower() if row.av_id in hidden else str(row.av)
        mark_now([saved], f"Ändring föreslagen av {name}"[:200])


def _place(takt: Takt, html: str, row: Kommentar, *, more: bool) -> Stycke:
    """Return the block that a proposal is to replace. Raises Andringskrock when it has changed, or may be another."""
    then = _versions(takt, row.nyckel).filter(sparat_at__lte=row.skriven_at).order_by("-version")
    found = samma(then.values_list("html", flat=True).first() or "", html, row.fore_html, row.stycke)
    if found:
        return found
    now = blev(html, row.fore_html, row.stycke)
    if now and not more and now.html == printable(str(takt.underlag.get("nu") or "")):
        return now
    around = _anchor(html, now) if now else Ankare("")
    raise Andringskrock(Andrat(row, now, (around.fore, around.efter), more))
