"""Datatabeller where they stand in a text: their mark becomes the table, and the diagram that is drawn of it.

The text that is stored holds only the mark; what is expanded here passes the allow-list as all running text does, is
numbered among the other tables and figures, and can be referred to (``#tabell-data12``, ``#figur-data12``).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from typing import TYPE_CHECKING

from delprojekt.documents.ritning import address, inline
from delprojekt.documents.stycken import ren_text
from delprojekt.documents.tabelldata import in_words
from delprojekt.process.datatabell import INSATT, Visning

if TYPE_CHECKING:  # the documents are written without the database
    from delprojekt.models import Datatabell

BILAGA = "faktabilaga"
"""The key of the chapter that gathers the tables that have been moved there (M5.4.1-9)."""
KORT = 14
"""Rows of a table that is moved to the next page rather than divided."""
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_DRESSED = re.compile(
    r'(?P<figure><figure id="figur-data(?P<nr>\d+)">.*?</figure>\s*)?'
    r'(?P<table><div class="tabell"[^>]*><table id="tabell-data\d+">.*?</table>(?:<p class="kalla">.*?</p>)?</div>)?',
    re.DOTALL,
)
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')
_WORDS = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])((?: [a-z]+=\"[^\"]*\")*)>(.*?)</\1>", re.DOTALL)
_FIGURE = re.compile(r"−?\d[\d\s]*(?:,\d+)?|–|\.{1,2}|…")
_RIGHT = ' class="tal"'
FOLDED = "Siffrorna bakom diagrammet"
DiagramSource = Callable[[str], str]
"""Gives the SVG of a diagram by its address, for a page that shows it; empty when there is none."""


def marked(html: str) -> list[int]:
    """Return the keys of the datatabeller that stand in a text, in its order."""
    return [int(found[1]) for found in INSATT.finditer(html)]


def mark(row: "Datatabell") -> str:
    """Return what stands in a text where the table is to be."""
    return f'<table id="{row.plats}"><caption>{escape(row.rubrik, quote=False)}</caption></table>'


def expand(html: str, rows: Mapping[int, "Datatabell"], shown: set[int] | None = None) -> str:
    """Return a text with its datatabeller in place: diagram and table, or a reference to the faktabilaga.

    In: the text, the tables of the same report by key, and those that stand in the document already: a table stands
    there once, and is referred to from the next place. A mark of another report's table is said in words.
    """
    shown = set() if shown is None else shown

    def expanded(found: re.Match[str]) -> str:
        row = rows.get(int(found[1]))
        if row is not None and row.pk in shown:
            return _referred_to(row)
        if row is not None:
            shown.add(row.pk)
            return _in_place(row)
        caption = _CAPTION.search(found[0])
        named = f" ”{caption[1]}”" if caption else ""
        return f"<p>[Tabellen{named} hör till en annan rapport och kan inte visas här.]</p>"

    return INSATT.sub(expanded, html)


def in_words_only(html: str) -> str:
    """Return a text that is shown outside its document, with words where its datatabeller stand."""

    def said(found: re.Match[str]) -> str:
        caption = _CAPTION.search(found[0])
        return f"<p><em>[Tabell{': ' + caption[1] if caption else ''}. Siffrorna visas i dokumentet.]</em></p>"

    return INSATT.sub(said, html)


def annex(texts: Iterable[str], rows: Mapping[int, "Datatabell"]) -> str:
    """Return the tables that the texts have moved to the faktabilaga, in the order of the texts."""
    keys = dict.fromkeys(key for html in texts for key in marked(html))
    moved = [rows[key] for key in keys if key in rows and rows[key].i_bilaga]
    return "".join(("" if _has_diagram(row) else _told(row)) + table(row) for row in moved)


def table(row: "Datatabell") -> str:
    """Return the table alone, as HTML of the allow-list, with the mark as its ``id``."""
    data = row.data
    caption = escape(row.rubrik, quote=False)
    if _has_diagram(row):
        caption = f"{caption.rstrip('.')} – siffrorna bakom diagrammet"
    heads = "".join(f'<th scope="col">{escape(one.rubrik, quote=False)}</th>' for one in data.kolumner)
    body = "".join(f"<tr>{_cells(list(map(in_words, cells, data.kolumner)))}</tr>" for cells in data.rader)
    span = f' colspan="{len(data.kolumner)}"'
    foot = f"<tfoot><tr><td{span}>{escape(row.kalla, quote=False)}</td></tr></tfoot>" if row.kalla else ""
    whole = f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{foot}"
    return f'<table id="{row.plats}">{whole}</table>'.replace("\xa0", "&nbsp;")


def _cells(cells: list[str]) -> str:
    first, *rest = (escape(cell, quote=False) for cell in cells)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest)


def _told(row: "Datatabell") -> str:
    """Return how the diagram, or the table, is to be read."""
    if not row.lasanvisning:
        return ""
    words = escape(row.lasanvisning, quote=False).replace("\n", "<br>")
    return f"<p><em>Så läser du {'diagrammet' if _has_diagram(row) else 'tabellen'}:</em> {words}</p>"


def _has_diagram(row: "Datatabell") -> bool:
    return row.visning != Visning.TABELL and row.diagram_id is not None


def _in_place(row: "Datatabell") -> str:
    figure = _figure(row, row.diagram.sha256) if row.diagram and _has_diagram(row) else ""
    if not row.i_bilaga:
        return (figure + _told(row) if figure else _told(row)) + table(row)
    caption = escape(row.rubrik.rstrip("."), quote=False)
    words = "Siffrorna finns i" if figure else f"{caption}: se"
    return f'{figure}{_told(row) if figure else ""}<p>{words} <a href="#{row.plats}">tabellen</a> i faktabilagan.</p>'


def _referred_to(row: "Datatabell") -> str:
    caption = escape(row.rubrik.rstrip("."), quote=False)
    return f'<p>{caption}: se <a href="#{row.plats}">tabellen</a>{" i faktabilagan" if row.i_bilaga else ""}.</p>'


def _figure(row: "Datatabell", sha256: str) -> str:
    caption = escape(row.rubrik, quote=False)
    if row.i_bilaga and row.kalla:
        caption = f"{caption.rstrip('.')}. Källa: {escape(row.kalla, quote=False)}"
    image = f'<img src="{address(sha256)}" alt="{escape(row.alt)}">'
    return f'<figure id="figur-data{row.pk}">{image}<figcaption>{caption}</figcaption></figure>'


# on the page ----------------------------------------------------------------------------------------------------------


def dress(html: str, source: DiagramSource | None = None) -> str:
    """Return a fitted text with its datatabeller as a reader wants them: figures to the right, short tables whole.

    With ``source`` it is a page: the diagram stands in it, and the table folded below, always at hand.
    """
    if "-data" not in html:
        return html

    def dressed(found: re.Match[str]) -> str:
        figure, drawn, rows = found["figure"] or "", found["nr"], found["table"] or ""
        rows = _aligned(rows) if rows else ""
        if figure and source:
            figure = _drawn(figure, drawn, source)
            rows = f'<details class="siffror"><summary>{FOLDED}</summary>{rows}</details>' if rows else ""
        return figure + rows

    return _DRESSED.sub(dressed, html)


def _drawn(figure: str, number: str, source: DiagramSource) -> str:
    """Return a figure with the diagram itself instead of its address, or as it was when it is not to be had."""
    image, words = _IMAGE.search(figure), _WORDS.search(figure)
    svg = source(unescape(image[1])) if image else ""
    if not image or not svg:
        return figure
    title = ren_text(words[1]) if words else ""
    made = inline(svg, f"figur-data{number}", title, unescape(image[2]))
    return figure.replace(
        image[0], f'<div class="diagramram" role="group" aria-label="Diagram" tabindex="0">{made}</div>'
    )


def _aligned(html: str) -> str:
    """Return a table whose columns of figures are set to the right, and a short one kept in one piece."""
    rows = [_CELL.findall(row) for row in _ROW.findall(html)]
    body = [row for row in rows if row and row[-1][0] == "td"]
    width = max((len(row) for row in body), default=0)
    whole = [row for row in body if len(row) == width]  # where cells are merged nobody can tell the columns
    figures = {
        at for at in range(1, width) if all(_FIGURE.fullmatch(row[at][2].replace("&nbsp;", " ")) for row in whole)
    }

    def cells(row: re.Match[str]) -> str:
        found = _CELL.findall(row[1])
        made = [
            f"<{tag}{said}{_RIGHT if at in figures and len(found) == width else ''}>{words}</{tag}>"
            for at, (tag, said, words) in enumerate(found)
        ]
        return f"<tr>{''.join(made)}</tr>"

    html = _ROW.sub(cells, html)
    return html.replace('class="tabell"', 'class="tabell tabell-kort"', 1) if len(body) <= KORT else html
