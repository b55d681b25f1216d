"""The tree as HTML: one set of templates (``templates/dokument/``) for preview, PDF and Word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from delprojekt.documents.fit import ImageSource, Numbering, fit
from delprojekt.documents.insatt import DiagramSource, dress
from delprojekt.documents.tree import (
    NO_ANSWER,
    Block,
    Chapter,
    Document,
    Empty,
    Facts,
    Html,
    NumberedPoints,
    Proposal,
    Slag,
    Table,
    without_empty,
)
from delprojekt.process.datum import skriv

SENDER = "Södra sjukvårdsregionen"
PAGE, CONTENT, WORD = "dokument/sida.html", "dokument/_dokument.html", "dokument/word.html"
_FIGURES = re.compile(r"[−-]?[\d\s\u00a0.,]*\d(?:[–-]\d[\d,]*)?\s?%?|[–-]|")
_KEPT_TOGETHER = 14
"""Rows of a table that is moved to the next page rather than divided."""
_PROPOSAL_FIRST = (("Vem", "vem"), ("När", "nar"))
_PROPOSAL_LAST = (
    ("Diskuterat med", "diskuterat"),
    ("Gruppen står bakom", "bakom"),
    ("Bygger på slutsats", "slutsatser"),
    ("Svarar på uppdragspunkt", "uppdragspunkter"),
)
_PROPOSAL_PARTS = (
    ("Rimlighet", "rimlighet"),
    ("Genomförbarhet", "genomforbarhet"),
    ("Närliggande områden", "narliggande"),
    ("Risk för undanträngning", "undantrangning"),
    ("Grov kalkyl", "kalkyl"),
)


@dataclass(frozen=True)
class _View:
    """What the templates need of a chapter: its place, and blocks with the template that draws each."""

    anchor: str
    number: str
    heading: str
    level: int
    blocks: list[dict[str, Any]]
    chapters: list["_View"]
    absent: str


def render_content(document: Document, *, diagrams: DiagramSource | None = None) -> SafeString:
    """Return the document as one ``<article class="dokument">``, to be shown in a page of the portal.

    In: the tree, and what gives the diagrams that stand in the page. The page must load ``css/dokument.css``. The
    article has the page's only h1: the document's title.
    """
    return mark_safe(render_to_string(CONTENT, _context(document, level=2, diagrams=diagrams)))


def render_text(html: str, *, diagrams: DiagramSource) -> SafeString:
    """Return running text that is shown outside its document, below a heading of level 3, its diagrams in it."""
    return mark_safe(dress(fit(html, level=3, numbering=Numbering(numbered=False)), diagrams))


def render_blocks(blocks: Iterable[Block]) -> SafeString:
    """Return blocks without numbers, below a heading of level 3, to be shown in a page of the portal."""
    drawing = _Drawing(Numbering(numbered=False, prefix="portalen-"), None)
    drawn = [drawing.block(block, 3) for block in blocks]
    return mark_safe("".join(render_to_string(one["template"], {"block": one}) for one in drawn))


def render_page(document: Document, *, stylesheet: bool = True) -> str:
    """Return the whole HTML page: the preview, and (without ``stylesheet``) what the PDF is made of."""
    context = _context(document, level=2, notes_inline=not stylesheet)
    return render_to_string(PAGE, {**context, "stylesheet": stylesheet})


def render_for_word(document: Document, *, image_source: ImageSource) -> str:
    """Return the plain HTML that Word is made of; chapters are h1 because Word has its own title style."""
    return render_to_string(WORD, _context(document, level=1, image_source=image_source, notes_inline=True))


def _context(
    document: Document,
    *,
    level: int,
    image_source: ImageSource | None = None,
    notes_inline: bool = False,
    diagrams: DiagramSource | None = None,
) -> dict[str, Any]:
    if not document.is_draft:
        document = without_empty(document)
    labels = _chapter_labels(document)
    # The second walk knows the numbers that the first one gave, as a reference may point forward; it has the pictures.
    for source in (None, image_source):
        drawing = _Drawing(Numbering(labels=labels, notes_inline=notes_inline), source, diagrams)
        chapters = [drawing.chapter(chapter, level) for chapter in document.chapters]
    version = f"version {document.version}" if document.version else ""
    return {
        "document": document,
        "author": document.responsible or SENDER,
        "description": f"{document.slag.label} inom Samarbete för bättre vård. {document.status_line}.",
        "running": " · ".join(text for text in (document.number_line, document.slag.label, version) if text),
        "facts": _facts(document),
        "chapters": chapters,
        "notes": [mark_safe(note) for note in drawing.numbering.notes],  # out of ``fit``, as all running text
        "compact": document.slag in {Slag.UNDERLAG, Slag.BESLUTSFORSLAG},
        "short": not any(chapter.chapters for chapter in chapters),
    }


def _chapter_labels(document: Document) -> dict[str, str]:
    """Return what a reference to each chapter reads: "avsnitt 7.2", or its heading when it has no number."""
    return {
        f"#kap-{chapter.key}": f"avsnitt {chapter.number}" if chapter.number else f"avsnittet ”{chapter.heading}”"
        for chapter in document.walk()
    }


def _facts(document: Document) -> list[tuple[str, str]]:
    """Return what the front page says beside title and status; empty facts are not shown."""
    return [
        ("Version", document.version),
        ("Datum", skriv(document.date)),
        ("Diarienummer", document.dnr),
        ("Helhetsansvarig", document.responsible),
        ("Kontaktperson", document.contact),
        ("Deltagande regioner", ", ".join(document.regions)),
        ("Deltar inte", ", ".join(f"Region {name}" for name in document.absent)),
    ]


def _is_figures(cells: Iterable[str]) -> bool:
    """Tell whether a column holds figures, and not only cells where there is nothing to say."""
    said = [cell for cell in cells if cell not in {"", NO_ANSWER}]
    return bool(said) and all(_FIGURES.fullmatch(cell) for cell in said)


@dataclass
class _Drawing:
    """One walk through the tree in reading order, counting tables and figures on the way."""

    numbering: Numbering
    image_source: ImageSource | None
    diagrams: DiagramSource | None = None

    def chapter(self, chapter: Chapter, level: int) -> _View:
        return _View(
            anchor=f"kap-{chapter.key}",
            number=chapter.number,
            heading=chapter.heading,
            level=level,
            blocks=[self.block(block, level) for block in chapter.blocks],
            chapters=[self.chapter(child, level + 1) for child in chapter.chapters],
            absent=", ".join(chapter.absent),
        )

    def block(self, block: Block, level: int) -> dict[str, Any]:
        """Return the template of a block and what it shows."""
        match block:
            case Html(body):
                return {"template": "dokument/_text.html", "body": self.text(body, level)}
            case NumberedPoints(points):
                return {"template": "dokument/_punkter.html", "points": points}
            case Table():
                return {"template": "dokument/_tabell.html", "table": self.table(block)}
            case Facts(pairs):
                return {"template": "dokument/_fakta.html", "pairs": pairs}
            case Proposal():
                return {"template": "dokument/_atgardsforslag.html", **self.proposal(block, level + 1)}
            case Empty(text):
                return {"template": "dokument/_tomt.html", "text": text}

    def text(self, html: str, level: int) -> SafeString:
        """Return running text as safe HTML: ``fit`` sends it through the allow-list."""
        fitted = fit(html, level=level, numbering=self.numbering, image_source=self.image_source)
        return mark_safe(dress(fitted, self.diagrams))

    def table(self, table: Table) -> dict[str, Any]:
        """Return the table with its number, and which columns hold figures (they are set to the right)."""
        columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.header)
        figures = [index > 0 and _is_figures(cells) for index, cells in enumerate(columns)]
        label = self.numbering.next("Tabell")
        return {
            "anchor": f"tabell-{self.numbering.counts['Tabell']}",
            "caption": table.caption,
            "label": label,
            "header": list(zip(table.header, figures, strict=True)),
            "rows": [list(zip((cell or NO_ANSWER for cell in row), figures, strict=True)) for row in table.rows],
            "source": table.source,
            "short": len(table.rows) <= _KEPT_TOGETHER,
        }

    def proposal(self, proposal: Proposal, level: int) -> dict[str, Any]:
        parts = [(label, self.text(getattr(proposal, name), level)) for label, name in _PROPOSAL_PARTS]
        first = [(label, getattr(proposal, name)) for label, name in _PROPOSAL_FIRST]
        last = [(label, getattr(proposal, name)) for label, name in _PROPOSAL_LAST]
        return {
            "level": level,
            "proposal": proposal,
            "text": self.text(proposal.text, level),
            "first": [(label, text) for label, text in first if text],
            "parts": [(label, text) for label, text in parts if text],
            "last": [(label, text) for label, text in last if text],
            "table": self.table(proposal.kalkyltabell) if proposal.kalkyltabell else None,
        }
