"""Editing the shared template: a draft is a copy of the version that counts, and replaces it when it is decided (M7-1).

A delprojekt keeps the version that its uppdragsomgång began with, so nothing here changes a text that somebody writes.
"""

import re
from collections.abc import Iterable

from django.utils.text import slugify

from delprojekt.actions.forvaltning import note, weighed
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Mallavsnitt, Mallstatus, Mallversion
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.klocka import idag
from delprojekt.process.mall import (
    ANALYS,
    FASTA,
    NULAGE_PREFIX,
    SAMLADE_SLUTSATSER,
    TAR_EMOT,
    analys_till,
    borttagbar,
    egen_rubrik,
    flyttbar,
)
from delprojekt.process.roller import Actor
from delprojekt.queries.mall import get_section, mark

_ACT = Adminact.ANDRA_MALL
_SAME = (
    *("nyckel", "nummer", "rubrik", "vagledning", "ordning", "foralder", "innehall"),
    *("i_uppdrag", "i_slutrapport", "i_uppfoljning"),
)
_LAST, _GAP = "9", 10
OM_ANALYSEN = "Vad beror det på som står i nuläget, och vad följer av det?"
"""The guidance of an analysis that comes with a new section of the nuläge, until somebody writes another."""


def begin_draft(actor: Actor, nummer: int | None = None) -> Mallversion:
    """Begin a draft as a copy of a version: the one that counts, or an earlier, to take back what was left out.

    Out: it, or the draft that there is. Raises EjTillatet and Mallversion.DoesNotExist.
    """
    with weighed(actor, _ACT):
        if found := _draft():
            return found
        valid = (
            Mallversion.objects.get(nummer=nummer) if nummer else Mallversion.objects.get(status=Mallstatus.GALLANDE)
        )
        number = Mallversion.objects.order_by("-nummer").values_list("nummer", flat=True)[0] + 1
        draft: Mallversion = Mallversion.objects.create(nummer=number)
        rows = valid.avsnitt.order_by("ordning")
        Mallavsnitt.objects.bulk_create(
            Mallavsnitt(mallversion=draft, **{name: getattr(row, name) for name in _SAME}) for row in rows
        )
        note(actor, _ACT, f"Ett utkast till mall version {number} gjordes av version {valid.nummer}.")
        return draft


def discard_draft(actor: Actor) -> str:
    """Put the draft aside: it never counts, and can be read and copied as earlier versions can. Out: its name.

    Raises EjTillatet, and Ogiltigt when there is no draft.
    """
    with weighed(actor, _ACT):
        draft = _draft()
        if draft is None:
            raise Ogiltigt("", "Det finns inget utkast.")
        draft.status = Mallstatus.UTGANGEN
        draft.save(update_fields=["status"])
        note(actor, _ACT, f"Utkastet till mall version {draft.nummer} kastades.")
        return str(draft)


def change_section(actor: Actor, pk: int, rubrik: str, vagledning: str) -> str:
    """Change heading and guidance of a section in the draft. The heading of a nuläge is its analysis's too (M5.3-1).

    Out: what changed, in words; empty if nothing did. Raises EjTillatet, Ogiltigt and Mallavsnitt.DoesNotExist.
    """
    with weighed(actor, _ACT):
        row = get_section(actor, pk)
        heading = _heading(rubrik) if egen_rubrik(row.nyckel) else row.rubrik
        guidance = _guidance(vagledning)
        if (row.rubrik, row.vagledning) == (heading, guidance):
            return ""
        if row.nyckel.startswith(NULAGE_PREFIX):
            row.mallversion.avsnitt.filter(nyckel=analys_till(row.nyckel)).update(rubrik=heading)
        was, row.rubrik, row.vagledning = str(row), heading, guidance
        row.save(update_fields=["rubrik", "vagledning"])
        said = f"{was} ändrades" + (f" till {row}." if str(row) != was else ".")
        note(actor, _ACT, f"Mall version {row.mallversion.nummer}: {said}")
        return said


def add_section(actor: Actor, under: str, rubrik: str, vagledning: str) -> Mallavsnitt:
    """Add a section to a chapter of the draft; one of nuläge gets its analysis (M5.3-1). Out: the row.

    Raises EjTillatet, and Ogiltigt when there is no draft, or the chapter takes no sections.
    """
    with weighed(actor, _ACT):
        draft = _draft()
        if draft is None or under not in TAR_EMOT:
            raise Ogiltigt("under", "Välj ett kapitel i utkastet.")
        chapter = draft.avsnitt.get(nyckel=under)
        key = _key(draft, under, _heading(rubrik))
        row = _new(draft, chapter, key, rubrik, _guidance(vagledning))
        if under == "nulage":
            _new(draft, draft.avsnitt.get(nyckel=ANALYS), analys_till(key), rubrik, OM_ANALYSEN)
        _arrange(draft)
        row.refresh_from_db()
        note(actor, _ACT, f"Mall version {draft.nummer}: {row} lades till.")
        return row


def remove_section(actor: Actor, pk: int) -> str:
    """Leave a section out of the draft, and its analysis with it. Earlier versions keep it. Out: what was left out.

    Raises EjTillatet, Ogiltigt when the method asks for it, and Mallavsnitt.DoesNotExist.
    """
    with weighed(actor, _ACT):
        row = get_section(actor, pk)
        if not borttagbar(row.nyckel):
            raise Ogiltigt("", f"{row} kan inte tas bort. Metoden eller portalen behöver avsnittet.")
        draft, said = row.mallversion, str(row)
        draft.avsnitt.filter(nyckel__in={row.nyckel, analys_till(row.nyckel)}).delete()
        _arrange(draft)
        note(actor, _ACT, f"Mall version {draft.nummer}: {said} togs bort.")
        return said


def move_section(actor: Actor, pk: int, places: int) -> Mallavsnitt:
    """Move a section of the draft up (-1) or down (1) among its siblings; the analysis goes along (M5.3-1).

    Out: the row. Raises EjTillatet, Ogiltigt when it cannot be moved, and Mallavsnitt.DoesNotExist.
    """
    with weighed(actor, _ACT):
        row = get_section(actor, pk)
        if not flyttbar(row.foralder):
            raise Ogiltigt("", "Kapitlen har en fast ordning, och analysen följer nuläget.")
        siblings = list(row.mallversion.avsnitt.filter(foralder=row.foralder).order_by("ordning"))
        at = siblings.index(row)
        if not 0 <= at + places < len(siblings):
            return row
        siblings.insert(at + places, siblings.pop(at))
        _arrange(row.mallversion, {one.nyckel: n for n, one in enumerate(siblings)})
        row.refresh_from_db()
        note(actor, _ACT, f"Mall version {row.mallversion.nummer}: {row.rubrik} flyttades och är nu {row.nummer}.")
        return row


def decide(actor: Actor, sett: str) -> Mallversion:
    """Let the draft be the version that counts from today; who has begun keeps the earlier one. Out: the version.

    In: the mark of the draft as it was read (``queries.mall.mark``). Raises EjTillatet, and Ogiltigt when there is no
    draft, somebody has changed it since it was read, it says the same, or a section that is needed is missing.
    """
    with weighed(actor, _ACT):
        draft = _draft()
        if draft is None:
            raise Ogiltigt("", "Det finns inget utkast.")
        if mark(actor, draft) != sett:
            raise Ogiltigt("", "Utkastet har ändrats sedan du läste det. Läs igenom det en gång till.")
        valid = Mallversion.objects.get(status=Mallstatus.GALLANDE)
        if mark(actor, draft) == mark(actor, valid):
            raise Ogiltigt("", "Utkastet är likadant som den gällande mallen. Ändra något först.")
        if missing := FASTA - set(draft.avsnitt.values_list("nyckel", flat=True)):
            raise Ogiltigt("", f"Mallen saknar avsnitt som behövs: {', '.join(sorted(missing))}.")
        Mallversion.objects.filter(pk=valid.pk).update(status=Mallstatus.UTGANGEN)
        draft.status, draft.galler_fran_date = Mallstatus.GALLANDE, idag()
        draft.save(update_fields=["status", "galler_fran_date"])
        note(actor, _ACT, f"Mall version {draft.nummer} gäller för nya uppdrag. Version {valid.nummer} har gått ut.")
        return draft


def _draft() -> Mallversion | None:
    found: Mallversion | None = Mallversion.objects.filter(status=Mallstatus.UTKAST).first()
    return found


def _heading(rubrik: str) -> str:
    if not rubrik.strip():
        raise Ogiltigt("rubrik", "Skriv en rubrik.")
    return rubrik.strip()


def _guidance(vagledning: str) -> str:
    words = vagledning.strip()
    if not words.endswith((".", "?", "!")):
        raise Ogiltigt("vagledning", "Skriv vägledningen i hela meningar, så att den som skriver förstår.")
    return words


def _key(draft: Mallversion, under: str, rubrik: str) -> str:
    """Return a key that is not taken, nor that of its analysis: the one that the heading had in an earlier version, so
    that what was written under it is found again, or else of the chapter's and the heading's words."""
    taken = set(draft.avsnitt.values_list("nyckel", flat=True))
    known = Mallavsnitt.objects.filter(foralder=under, rubrik__iexact=rubrik).order_by("-mallversion__nummer")
    stem = f"{under}_{re.sub(r'[^a-z0-9]+', '_', slugify(rubrik)).strip('_') or 'avsnitt'}"[:50]
    made = [stem if n == 1 else f"{stem}_{n}" for n in range(1, len(taken) + 2)]
    free = (key for key in (*known.values_list("nyckel", flat=True), *made) if not {key, analys_till(key)} & taken)
    return str(next(free))


def _new(draft: Mallversion, chapter: Mallavsnitt, key: str, rubrik: str, vagledning: str) -> Mallavsnitt:
    made: Mallavsnitt = Mallavsnitt.objects.create(
        mallversion=draft,
        nyckel=key,
        rubrik=rubrik.strip(),
        vagledning=vagledning,
        ordning=draft.avsnitt.filter(foralder=chapter.nyckel).count() + 10_000,
        foralder=chapter.nyckel,
        i_uppdrag=chapter.i_uppdrag,
        i_slutrapport=chapter.i_slutrapport,
        i_uppfoljning=chapter.i_uppfoljning,
    )
    return made


def _arrange(draft: Mallversion, places: dict[str, int] | None = None) -> None:
    """Put the sections in order and number them: chapters as they are, their sections as they stand or as ``places``
    says; analys in the order of nuläget, with the gathered conclusions last."""
    rows = list(draft.avsnitt.order_by("ordning", "pk"))
    where = {row.nyckel: n for n, row in enumerate(rows)} | (places or {})
    where |= {analys_till(key): n for key, n in where.items() if key.startswith(NULAGE_PREFIX)}
    ordered: list[Mallavsnitt] = []
    for chapter in (row for row in rows if not row.foralder):
        own = [row for row in rows if row.foralder == chapter.nyckel]
        own.sort(key=lambda row: (row.nyckel == SAMLADE_SLUTSATSER, where[row.nyckel]))
        _number(chapter, own)
        ordered += [chapter, *own]
    for n, row in enumerate(ordered, 1):
        row.ordning = n * _GAP
    Mallavsnitt.objects.bulk_update(ordered, ["ordning", "nummer"])


def _number(chapter: Mallavsnitt, own: Iterable[Mallavsnitt]) -> None:
    """Number the sections of a chapter; the gathered conclusions are 8.9 as long as there is room (template.md)."""
    for n, row in enumerate(own, 1):
        last = row.nyckel == SAMLADE_SLUTSATSER and n <= int(_LAST)
        row.nummer = f"{chapter.nummer}.{_LAST if last else n}"
