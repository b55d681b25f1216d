"""From rows to tree: uppdrag, slutrapport and uppföljningsrapport are selections of one body of text (§5.4.1).

The template version of the uppdragsomgång says which sections there are, in which order and in which document.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from delprojekt.documents.beslut import build_beslutsforslag
from delprojekt.documents.draft import build_draft, participation
from delprojekt.documents.hanvisning import cite
from delprojekt.documents.insatt import BILAGA, annex, expand, marked
from delprojekt.documents.plain import from_plain
from delprojekt.documents.rows import blocks_of, members_table
from delprojekt.documents.source import Rows
from delprojekt.documents.tree import Block, Chapter, Document, Empty, Html, Slag, from_data
from delprojekt.documents.underlag import build_underlag
from delprojekt.models import Delprojekt, Innehall, Mallavsnitt, Namndbeslut, Uppdragsomgang
from delprojekt.process.mall import ANALYS, NULAGE_PREFIX, analys_till
from delprojekt.process.roller import Roll
from delprojekt.process.trad import citerade

DRAFT = "Arbetsmaterial"
NOTHING_YET = "Inget är skrivet här än."
ANALYSIS = "Analys"
ANNEX = "Faktabilaga"
STANDS_AFTER_NULAGET = "Analysen följer direkt på varje avsnitt i nuläget."
_OWN = {Slag.UNDERLAG: build_underlag, Slag.BESLUTSFORSLAG: build_beslutsforslag}
"""What is made of rows alone, without the shared template."""
_SELECTION = {
    Slag.UPPDRAG: "i_uppdrag",
    Slag.DELRAPPORT: "i_slutrapport",
    Slag.SLUTRAPPORT: "i_slutrapport",
    Slag.UPPFOLJNINGSRAPPORT: "i_uppfoljning",
}
_RESPONSIBLE = {
    Slag.DELRAPPORT: (Roll.HELHETSANSVARIG, Roll.ORDFORANDE),
    Slag.SLUTRAPPORT: (Roll.HELHETSANSVARIG, Roll.ORDFORANDE),
    Slag.UPPFOLJNINGSRAPPORT: (Roll.UPPFOLJNINGSANSVARIG,),
}
"""Who answers for a kind of document: the first role that somebody holds; the chair where nothing is said."""
_ALWAYS = frozenset({"sammanfattning"})
"""What stands in every delrapport (template.md: kap 0 + valda avsnitt)."""


def build(
    delprojekt: Delprojekt,
    slag: str,
    *,
    now: datetime,
    omgang: Uppdragsomgang | None = None,
    only: frozenset[str] | None = None,
) -> Document:
    """Return a document as its rows stand: a draft without version. Who fixes it sets version and status.

    In: the delprojekt, the kind, the moment (the front page's date), the uppdragsomgång (the latest if not
    given), and the keys of the sections if only some are taken (a delrapport; kap 0 comes with it).
    In a slutrapport the chapters of the uppdrag are those that were fixed, if an uppdrag has been.
    Raises ValueError for an unknown kind, Uppdragsomgang.DoesNotExist before there is an uppdrag (the underlag for
    start needs none).
    The number of queries does not grow with the rows.
    """
    kind = Slag(slag)
    if kind in _OWN:
        return _OWN[kind](delprojekt, now=now, status_line=DRAFT)
    omgang = omgang or delprojekt.omgangar.select_related("mallversion").latest("nummer")
    rows = Rows.read(delprojekt, omgang, timezone.localdate(now))
    return build_draft(
        kind,
        delprojekt,
        participation(delprojekt),
        _chapters(omgang, kind, rows, only),
        now=now,
        status_line=DRAFT,
        dnr=_dnr(delprojekt),
        responsible=_responsible(kind, rows),
        contact=rows.holders(Roll.KONTAKTPERSON),
    )


def selects(section: Mallavsnitt, slag: str) -> bool:
    """Tell whether a section stands in a kind of document that is a selection of the shared template."""
    return bool(getattr(section, _SELECTION[Slag(slag)]))


def _responsible(kind: Slag, rows: Rows) -> str:
    held = (rows.holders(roll) for roll in _RESPONSIBLE.get(kind, (Roll.ORDFORANDE,)))
    return next((names for names in held if names), "")


def _dnr(delprojekt: Delprojekt) -> str:
    decided = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).values_list("dnr", flat=True)
    return decided.first() or ""


def _chapters(
    omgang: Uppdragsomgang, kind: Slag, rows: Rows, only: frozenset[str] | None = None
) -> tuple[Chapter, ...]:
    found = list(omgang.mallversion.avsnitt.filter(**{_SELECTION[kind]: True}).order_by("ordning", "nyckel"))
    sections = [section for section in found if section.nyckel not in rows.left_out]
    if only is not None:
        parents = {section.foralder for section in sections if section.nyckel in only}
        sections = [section for section in sections if section.nyckel in only | parents | _ALWAYS]
    fixed = _fixed_uppdrag(omgang) if kind is not Slag.UPPDRAG else {}
    keys = {section.nyckel for section in sections}
    if omgang.analys_efter_avsnitt:
        _follow_nulaget(sections)
    tops = [section for section in sections if section.foralder not in keys]
    chapters = tuple(
        replace(_chapter(top, sections, rows, fixed, kind), absent=_left_out(top, found, rows)) for top in tops
    )
    moved = () if BILAGA in keys else _annex(sections, rows)
    return (*chapters, Chapter(BILAGA, "", ANNEX, moved)) if moved else chapters


def _annex(sections: Sequence[Mallavsnitt], rows: Rows) -> tuple[Block, ...]:
    """Return the tables that the texts of a document have moved to the faktabilaga (M5.4.1-9)."""
    texts = [rows.texts.get(section.nyckel, "") for section in sections]
    moved = annex(texts, rows.tables) if any(map(marked, texts)) else ""
    return (Html(moved),) if moved else ()


def _follow_nulaget(sections: Sequence[Mallavsnitt]) -> None:
    """Hang each analysis under the nuläge section that it answers, in the rows in hand only (M5.3-3)."""
    answers = {analys_till(s.nyckel): s.nyckel for s in sections if s.nyckel.startswith(NULAGE_PREFIX)}
    for section in sections:
        if section.nyckel in answers:
            section.foralder, section.nummer, section.rubrik = answers[section.nyckel], "", ANALYSIS


def _fixed_uppdrag(omgang: Uppdragsomgang) -> dict[str, Chapter]:
    """Return the chapters of the uppdrag that was fixed and still counts, by key."""
    frozen = omgang.dokument.filter(slag=Slag.UPPDRAG.value, faststalld=True, aterkallad_at=None).order_by("pk").last()
    return {chapter.key: chapter for chapter in from_data(frozen.trad).chapters} if frozen else {}


def _chapter(
    section: Mallavsnitt, sections: Sequence[Mallavsnitt], rows: Rows, fixed: dict[str, Chapter], kind: Slag
) -> Chapter:
    is_fixed = section.i_uppdrag and section.nyckel in fixed
    blocks = fixed[section.nyckel].blocks if is_fixed else _blocks(section, rows)  # first: a table stands there once
    children = tuple(
        _chapter(child, sections, rows, fixed, kind) for child in sections if child.foralder == section.nyckel
    )
    if section.innehall == Innehall.ARBETSGRUPP and kind is not Slag.UPPDRAG:
        blocks += members_table(rows)
    if section.nyckel == BILAGA:
        blocks += _annex(sections, rows)
    if not blocks and not children:
        blocks = (Empty(NOTHING_YET),)
    return Chapter(section.nyckel, section.nummer, section.rubrik, blocks, children)


def _left_out(top: Mallavsnitt, found: Sequence[Mallavsnitt], rows: Rows) -> tuple[str, ...]:
    """Return the sections of a chapter that the group has left out (M5.2-4). In: those of the whole document."""
    return tuple(str(row) for row in found if row.foralder == top.nyckel and row.nyckel in rows.left_out)


def _blocks(section: Mallavsnitt, rows: Rows) -> tuple[Block, ...]:
    written = rows.texts.get(section.nyckel, "")
    if citerade(written):
        written = cite(written, rows.figures)
    if marked(written):
        written = expand(written, rows.tables, rows.shown)
    reason = rows.not_applicable.get(section.nyckel, "")
    said = (Html(from_plain(f"Ej tillämpligt. {reason}")),) if reason and not written else ()
    if section.nyckel == ANALYS and rows.omgang.analys_efter_avsnitt:
        said = (Html(from_plain(STANDS_AFTER_NULAGET)),)
    return ((Html(written),) if written else said) + blocks_of(section, rows)
