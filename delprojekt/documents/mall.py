"""A version of the shared template as the document it makes: headings, and the guidance where the text will stand."""

from collections.abc import Sequence
from datetime import date

from delprojekt.documents.build import selects
from delprojekt.documents.plain import from_plain
from delprojekt.documents.tree import Block, Chapter, Document, Empty, Html, Slag
from delprojekt.models import Innehall, Mallavsnitt, Mallversion


def build_preview(version: Mallversion, sections: Sequence[Mallavsnitt], slag: Slag, day: date) -> Document:
    """Return a kind of document as the version makes it, with nothing written. In: the version's sections, in order."""
    own = [row for row in sections if selects(row, slag.value)]
    keys = {row.nyckel for row in own}
    tops = [row for row in own if row.foralder not in keys]
    return Document(
        slag=slag,
        title="Mallen",
        number=None,
        part="",
        version="",
        status_line=f"{version}, {version.get_status_display().lower()}",
        is_draft=True,
        date=day,
        dnr="",
        responsible="",
        contact="",
        regions=(),
        chapters=tuple(_chapter(row, own) for row in tops),
    )


def _chapter(row: Mallavsnitt, own: Sequence[Mallavsnitt]) -> Chapter:
    children = tuple(_chapter(one, own) for one in own if one.foralder == row.nyckel)
    blocks: tuple[Block, ...] = (Html(from_plain(row.vagledning)),) if row.vagledning else ()
    if row.innehall != Innehall.TEXT:
        blocks += (Empty(f"Portalen fyller i: {row.get_innehall_display().lower()}."),)
    return Chapter(row.nyckel, row.nummer, row.rubrik, blocks, children)
