"""Saving the text of a section: nothing is ever silently overwritten, and what was there before is kept.

A save carries the version that it was written from. If somebody else has saved meanwhile, the two changes are put
together paragraph by paragraph (documents/sammanfoga.py); where both changed the same paragraph the save is refused
with both texts, and the one who writes chooses. A text leaves no Handelse: a sitting is one post on the timeline, read
from the versions (queries/historik.py), so that a save each second does not fill the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

import pghistory
from django.db import transaction
from django.db.models import F, Max, QuerySet, Value
from django.db.models.functions import Concat, Left

from delprojekt.actions.lock import lock
from delprojekt.actions.takt import IngetAndrat, Krock, Ogiltigt, Takt, change
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.documents.bilder import only_own
from delprojekt.documents.hanvisning import citations, figures, uncite
from delprojekt.documents.insatt import marked
from delprojekt.documents.insattord import as_ordinary
from delprojekt.documents.plain import from_plain
from delprojekt.documents.sammanfoga import merge
from delprojekt.documents.text import sanitise
from delprojekt.documents.versioner import GLESHET, Version, superfluous
from delprojekt.models import (
    Avsnitt,
    Avsnittsversion,
    Delprojekt,
    Innehall,
    Mallavsnitt,
    Uppdragsomgang,
    Versionsslag,
)
from delprojekt.process.act import Act
from delprojekt.process.datatabell import INSATT
from delprojekt.process.klocka import nu
from delprojekt.process.mall import writing_act
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.datatabell import read_by
from delprojekt.queries.delar import first_draft
from delprojekt.queries.lage import build_lage

MARKNING = 200
"""The longest mark of a version (models/uppdrag.py)."""
SKRIVPASS = timedelta(minutes=30)
"""Who has not saved for so long begins a new sitting."""


class Textkrock(Krock):
    """Somebody else has changed the same paragraph. ``nuvarande`` is the Avsnitt as it stands; ``med_mina`` what it
    would say if the one who saves gets their own wording, None when that is all they sent."""

    def __init__(self, nuvarande: Avsnitt, med_mina: str | None = None) -> None:
        self.med_mina = med_mina
        super().__init__(nuvarande)


class Textval(StrEnum):
    """What somebody chooses who has seen both texts. The text that is not chosen is kept as a version."""

    MINA = "mina"
    DERAS = "deras"
    BADA = "bada"


@dataclass(frozen=True)
class Sparning:
    """How a text comes: the version it was written from, the kind of save, and which save of which window it is.

    ``bas``: the text it was written from, when that is not what the version says (the writer went on writing while the
    answer was under way, and has not seen what somebody else had put in). ``val``: what was chosen between the own text
    and version ``sett``; where something has been saved since, the choice is asked for again, unless it was both.
    """

    version: int
    slag: Versionsslag = Versionsslag.SPARAD
    klient: str = ""
    lopnr: int = 0
    bas: str | None = None
    val: Textval | None = None
    sett: int = 0


def belongs(section: Mallavsnitt, act: Act) -> bool:
    """Tell whether a section is written by the act: the uppdrag's part is frozen in the report (M5.4.1-1)."""
    if act is Act.SKRIV_UPPDRAG:
        return section.i_uppdrag
    if act is Act.SKRIV_UPPFOLJNING:
        return section.i_uppfoljning and not section.i_slutrapport
    return section.i_slutrapport and not section.i_uppdrag


def save_section(actor: Actor, delprojekt: Delprojekt, nyckel: str, html: str, how: int | Sparning) -> Avsnitt:
    """Save one section.

    In: who, where, the section's key, its text (any HTML; it is sanitised here), and how it comes: the version it was
    written from (0 for a section without text), or a Sparning. Out: the stored row; its text is another than the one
    that came when somebody else's change has been put in it, and unsaved when there was no text and there is none.
    Raises Refused, Textkrock, Mallavsnitt.DoesNotExist.
    """
    how = how if isinstance(how, Sparning) else Sparning(how)
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        locked = lock(delprojekt.pk)
        row = open_section(actor, locked, nyckel)
        theirs, done = row.html, row.klart
        clean = _own_tables(actor, locked, row, _clean(html, locked))
        row = _save(actor, locked, row, _own_words(row, clean), how)
        if how.val is Textval.DERAS:
            row = _save(actor, locked, row, theirs, Sparning(row.version, Versionsslag.ATERSTALLD))
            if done:  # the text that was marked stands there as it did
                row.klar_version = row.version
                row.save(update_fields=["klar_version"])
        return row


def restore_version(actor: Actor, delprojekt: Delprojekt, nyckel: str, version: int, sett: int) -> Avsnitt:
    """Let a section say what an earlier version said. It is a new version: what stands there now is kept.

    ``sett``: the version that stood there when it was chosen. Out: the row. Raises Textkrock when somebody has saved
    since, Refused, Mallavsnitt.DoesNotExist, Avsnittsversion.DoesNotExist.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        locked = lock(delprojekt.pk)
        row = open_section(actor, locked, nyckel)
        old = Avsnittsversion.objects.get(avsnitt=row.pk, version=version)
        if row.version != sett:
            raise Textkrock(row)
        return _save(actor, locked, row, old.html, Sparning(row.version, Versionsslag.ATERSTALLD))


def put_in(actor: Actor, locked: Delprojekt, row: Avsnitt, html: str, slag: Versionsslag) -> Avsnitt:
    """Save what was made of the text as it stands now, under the delprojekt's lock. Out: the row."""
    return _save(actor, locked, row, _own_words(row, _clean(html, locked)), Sparning(row.version, slag))


def open_section(actor: Actor, locked: Delprojekt, nyckel: str) -> Avsnitt:
    """Return the row of a section that may be written now; asked under the delprojekt's lock, so that a text is never
    written into a report that is handed in the same moment. Raises Refused, Mallavsnitt.DoesNotExist."""
    path = levande_for(locked)
    act = writing_act(Steg(locked.steg))
    require(actor, act, build_lage(locked, path), {"avsnitt": nyckel})
    omgang = path[-1].omgang
    if omgang is None:
        raise Mallavsnitt.DoesNotExist(nyckel)
    section = Mallavsnitt.objects.get(mallversion=omgang.mallversion_id, nyckel=nyckel, innehall=Innehall.TEXT)
    if not belongs(section, act):
        raise Mallavsnitt.DoesNotExist(nyckel)
    stored = omgang.avsnitt.filter(nyckel=nyckel).first()  # which knows its omgång
    return stored or Avsnitt(omgang=omgang, nyckel=nyckel, version=0, sparat_at=nu())


def _save(actor: Actor, locked: Delprojekt, row: Avsnitt, clean: str, how: Sparning) -> Avsnitt:
    slag = how.slag
    how = how if row.pk else replace(how, version=0, bas=None)  # nothing has been written yet
    if row.html == clean or _came_before(row, how):
        return _said_aloud(row, slag)
    val = how.val if how.sett == row.version or how.val is Textval.BADA else None
    mine_first = val is Textval.DERAS  # kept as it is, before theirs is put back
    if how.bas is not None and not mine_first:
        clean = _joined(row, sanitise(how.bas), _said(actor, locked, row, how.version), clean, val)
    if row.version != how.version and not mine_first and not _only_own_since(row, how):
        base = _said(actor, locked, row, how.version)
        clean, slag = _joined(row, base, row.html, clean, val), _merged_kind(slag)
    if row.html == clean:
        return row  # nothing is written where nothing is changed
    began_or_emptied = bool(row.html) != bool(clean)
    row.html, row.version, row.sparat_at, row.sparat_av_id = clean, row.version + 1, nu(), actor.person
    row.save(update_fields=["html", "version", "sparat_at", "sparat_av"] if row.pk else None)
    _keep(row, slag, how)
    if began_or_emptied:
        rebuild_vantar(locked, row.sparat_at)
    return row


def _clean(html: str, locked: Delprojekt) -> str:
    """Return what may be kept of a text that somebody sends."""
    return as_ordinary(only_own(sanitise(html), locked.pk))


def _own_tables(actor: Actor, locked: Delprojekt, row: Avsnitt, clean: str) -> str:
    """Return a text in which a datatabell of the report that the writer may not read is not put (M4.4-1). One query or
    more, where there is one that did not stand there."""
    new = set(marked(clean)) - set(marked(row.html))
    if not new:
        return clean
    read = read_by(actor, locked, build_lage(locked, levande_for(locked)), row.omgang).filter(pk__in=new)
    rest = new - set(read.values_list("pk", flat=True))
    hidden = set(row.omgang.datatabeller.filter(pk__in=rest).values_list("pk", flat=True)) if rest else set()
    return INSATT.sub(lambda mark: "" if int(mark[1]) in hidden else mark[0], clean)


def _own_words(row: Avsnitt, clean: str) -> str:
    """Return a text in which a figure that was written over (in Word, or without scripts) is no longer a citation."""
    before = citations(row.html)
    cited = [int(key) for key, _ in citations(clean) - before]
    if not cited:
        return clean
    return uncite(clean, before, figures(row.omgang.faktauppgifter.filter(pk__in=cited, struken_at=None)))


def _merged_kind(slag: Versionsslag) -> Versionsslag:
    """Return what a version is in which two changes were put together: what came from Word is told as that."""
    return slag if slag is Versionsslag.WORD else Versionsslag.SAMMANFOGAD


def _said_aloud(row: Avsnitt, slag: Versionsslag) -> Avsnitt:
    """Keep a version that somebody saved with the button, also when it had already saved itself."""
    if slag is Versionsslag.SPARAD and row.pk:
        row.versioner.filter(version=row.version, slag=Versionsslag.AUTO).update(slag=slag)
    return row


def _said(actor: Actor, locked: Delprojekt, row: Avsnitt, version: int) -> str | None:
    """Return what a version said; None when it has been thinned since, and nobody can tell what was changed.

    Before the first save a section says what it was prefilled with.
    """
    if version == row.version:
        return row.html
    if version == 0:
        return from_plain(first_draft(actor, locked, row.nyckel))
    return Avsnittsversion.objects.filter(avsnitt=row, version=version).values_list("html", flat=True).first()


def _joined(row: Avsnitt, bas: str | None, deras: str | None, mina: str, val: Textval | None) -> str:
    """Return both changes in one text. Raises Textkrock when both have changed the same paragraph, and nobody has
    chosen between them. A choice is of that paragraph: what only one has changed is kept whatever is chosen."""
    unknown = bas is None or deras is None
    theirs = row.html if deras is None else deras
    merged = merge(bas or "", theirs, mina)
    if val is Textval.BADA or not (unknown or merged.krockar):
        return sanitise(merged.html)
    with_mine = mina if unknown else sanitise(merge(bas or "", theirs, mina, bara_mina=True).html)
    if val is Textval.MINA:
        return with_mine
    raise Textkrock(row, with_mine)


def _came_before(row: Avsnitt, how: Sparning) -> bool:
    """Tell whether the same window has already saved something later: an answer got lost, and this is sent again."""
    if not how.klient or row.version == how.version:
        return False
    own = Avsnittsversion.objects.filter(avsnitt=row, klient=how.klient, version__gt=how.version)
    return (own.aggregate(latest=Max("lopnr"))["latest"] or 0) >= how.lopnr > 0


def _only_own_since(row: Avsnitt, how: Sparning) -> bool:
    """Tell whether all that was saved since came from the same window, whose text already holds it."""
    since = Avsnittsversion.objects.filter(avsnitt=row, version__gt=how.version).values_list("klient", flat=True)
    return bool(how.klient) and list(since) == [how.klient] * (row.version - how.version)


def _keep(row: Avsnitt, slag: Versionsslag, how: Sparning) -> None:
    own = Avsnittsversion.objects.filter(avsnitt=row, sparat_av=row.sparat_av_id).order_by("-version").first()
    sitting = own.pass_at if own and own.sparat_at > row.sparat_at - SKRIVPASS else None
    Avsnittsversion.objects.create(
        avsnitt=row,
        version=row.version,
        html=row.html,
        sparat_at=row.sparat_at,
        sparat_av_id=row.sparat_av_id,
        slag=slag,
        pass_at=sitting or row.sparat_at,
        klient=how.klient,
        lopnr=how.lopnr,
    )


@change(Act.KLARMARKERA_AVSNITT)
def mark_done(takt: Takt) -> None:
    """Say that a section is done, or open it again (``klar`` False). What it says now is kept as a version for ever.

    In: ``avsnitt``, its key; ``version``, the one that was read. Raises Refused when the section may not be written,
    Ogiltigt when it has changed since, or has no text, IngetAndrat when it is marked, or open, already.
    """
    nyckel = takt.text("avsnitt")
    require(takt.actor, writing_act(Steg(takt.delprojekt.steg)), takt.lage, {"avsnitt": nyckel})
    row = Avsnitt.objects.filter(omgang=takt.need_omgang(), nyckel=nyckel).exclude(html="").first()
    if row is None:
        raise Ogiltigt("avsnitt", "Avsnittet har ingen text än. Skriv först, klarmarkera sedan.")
    klar = bool(takt.underlag.get("klar", True))
    if klar == row.klart:
        raise IngetAndrat
    takt.skrev = True  # a section has no row history: its versions are that
    heading = str(takt.need_omgang().mallversion.avsnitt.get(nyckel=nyckel))
    if not klar:
        row.klar_version, row.klar_at, row.klar_av_id = None, None, None
        takt.mening = f"Avsnittet {heading} öppnades igen för ändringar."
    elif takt.underlag.get("version") not in (None, row.version):
        raise Ogiltigt("avsnitt", "Texten har ändrats sedan du läste den. Läs den igen och klarmarkera sedan.")
    else:
        row.klar_version, row.klar_at, row.klar_av_id = row.version, takt.now, takt.actor.person
        mark_now([row], "Klarmarkerad")
        takt.mening = f"Avsnittet {heading} klarmarkerades."
    row.save(update_fields=["klar_version", "klar_at", "klar_av"])


def open_again(omgang: Uppdragsomgang, prefix: str) -> None:
    """Take the mark off every section whose key begins so: what stands there is to be read, and written, anew."""
    rows = Avsnitt.objects.filter(omgang=omgang, nyckel__startswith=prefix)
    rows.update(klar_version=None, klar_at=None, klar_av=None)


def mark_versions(omgang: Uppdragsomgang | None, words: str) -> None:
    """Keep for ever what every section says at a moment that matters: a step, a document that is fixed."""
    if omgang is None:
        return
    _mark(Avsnittsversion.objects.filter(avsnitt__omgang=omgang, version=F("avsnitt__version")), words)


def mark_now(rows: Iterable[Avsnitt], words: str) -> None:
    """Keep for ever what sections say now, and why. A section that has never been saved has nothing to keep."""
    saved = [row.pk for row in rows]
    _mark(Avsnittsversion.objects.filter(avsnitt__in=saved, version=F("avsnitt__version")), words)


def _mark(rows: QuerySet[Avsnittsversion], words: str) -> None:
    """Write why versions are kept, after what is already written there."""
    rows.filter(markning="").update(markning=words)
    more = Left(Concat("markning", Value(f". {words}")), MARKNING)
    rows.exclude(markning__contains=words).update(markning=more)


def thin_versions() -> int:
    """Take away saved-while-writing versions that hold nothing of their own. Out: how many went.

    Each section in a transaction of its own; a version that a window offline was written from may go with the rest,
    then the one who comes back gets to choose between both texts. What is older than the last rule of ``GLESHET`` has
    been thinned for good.
    """
    lately = nu() - GLESHET[-1][0] - timedelta(days=2)
    old = Avsnittsversion.objects.filter(slag=Versionsslag.AUTO, markning="", sparat_at__gt=lately)
    return sum(_thin(pk) for pk in old.order_by().values_list("avsnitt", flat=True).distinct())


@transaction.atomic
def _thin(pk: int) -> int:
    row = Avsnitt.objects.select_for_update().get(pk=pk)
    versions = [
        Version(v.version, v.html, v.sparat_at, v.slag != Versionsslag.AUTO or bool(v.markning))
        for v in row.versioner.all()
    ]
    gone = superfluous(versions, nu())
    row.versioner.filter(version__in=gone).delete()
    return len(gone)
