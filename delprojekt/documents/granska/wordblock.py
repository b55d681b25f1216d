"""What pandoc read in a Word file, written as HTML of the allow-list in the form that the editor stores it in."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from delprojekt.documents.marken import BORJAN, SLUT
from delprojekt.documents.text import LINK, REFERENCE

Node = dict[str, Any]
MEST_RADER = 500
"""The longest table: what is longer belongs in an attachment, and would make the section impossible to edit."""
BILD = "/media/word/"
"""Where the pictures of a file that is not yet taken in are shown."""
_SIGN = re.compile(f"{BORJAN}([^{SLUT}]*){SLUT}")
_MARKS = {"Strong": "strong", "Emph": "em", "Subscript": "sub", "Superscript": "sup"}
_ORDER = (*_MARKS, "Link")
_KEPT = ("Underline", "Strikeout", "SmallCaps")
_SOURCE = re.compile(r"\s*källa:\s*", re.IGNORECASE)
_LOWEST = 5


def plain(inlines: Sequence[Node]) -> tuple[str, list[str]]:
    """Return the words of inlines, and the signs among them."""
    text = "".join(_words(one) for one in inlines)
    return " ".join(_SIGN.sub("", text).split()), _SIGN.findall(text)


def _words(one: Node) -> str:
    kind: str = one["t"]
    content: Any = one.get("c")
    if kind == "Str":
        return str(content)
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if kind in {*_MARKS, *_KEPT}:
        return "".join(map(_words, content))
    if kind in {"Span", "Quoted", "Cite", "Link"}:
        return "".join(map(_words, content[1]))
    if kind in {"Code", "Math", "RawInline"}:
        return str(content[1])
    return ""


@dataclass
class Skrivare:
    """Writes blocks and inlines; collects which pictures are shown and what could not be taken along."""

    pictures: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    _step: int = 0

    # blocks -----------------------------------------------------------------------------------------------------------

    def blocks(self, found: Sequence[Node], *, marked: bool = True) -> str:
        """Return the HTML of blocks. In a file without marks a line "Källa: …" after a table is its source, and the
        highest of its lower headings becomes h3."""
        highest = min((b["c"][0] for b in found if b["t"] == "Header"), default=3)
        self._step = 0 if marked else 3 - highest
        written: list[str] = []
        for block in found:
            html = self.block(block)
            source = self._source(block, html, marked=marked) if written and written[-1].endswith("</table>") else None
            if source is None:
                written.append(_SIGN.sub("", html))
            else:
                written[-1] = _with_source(written[-1], source)
        return "".join(written)

    def block(self, block: Node) -> str:
        """Return the HTML of one block; signs that belong to the block after it are still in it."""
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                return self._paragraph(content)
            case "Header":
                level = min(max(content[0] + self._step, 3), _LOWEST)
                return _wrap(f"h{level}", self.inlines(content[2]))
            case "BulletList":
                return _wrap("ul", "".join(map(self._item, content)))
            case "OrderedList":
                start = f' start="{content[0][0]}"' if content[0][0] > 1 else ""
                return f"<ol{start}>{''.join(map(self._item, content[1]))}</ol>"
            case "BlockQuote":
                return _wrap("blockquote", "".join(map(self.block, content)))
            case "Table":
                return self._table(content)
            case "Figure":
                return self._figure(content)
            case "Div":
                return "".join(map(self.block, content[1]))
            case "CodeBlock":
                return _wrap("p", escape(content[1], quote=False).replace("\n", "<br>"))
            case "LineBlock":
                return _wrap("p", "<br>".join(map(self.inlines, content)))
            case "DefinitionList":
                return "".join(self._definition(*pair) for pair in content)
        return ""

    def _paragraph(self, inlines: Sequence[Node]) -> str:
        images = [one for one in inlines if one["t"] == "Image"]
        if images and all(one["t"] in {"Image", "Space", "SoftBreak", "LineBreak"} for one in inlines):
            return "".join(_wrap("figure", self._image(one["c"])) for one in images)
        html = self.inlines(inlines)
        return _wrap("p", html) if html.strip() else ""

    def _definition(self, term: Sequence[Node], explained: Sequence[Sequence[Node]]) -> str:
        words = _wrap("p", _wrap("strong", self.inlines(term)))
        return words + "".join(self.block(block) for blocks in explained for block in blocks)

    def _item(self, blocks: Sequence[Node]) -> str:
        """Return an item of a list: its first paragraph stands bare, as the editor stores it, unless more follow."""
        written = [self.block(block) for block in blocks]
        if written and "<br><br>" in written[0] and written[0].startswith("<p>"):
            written[0] = "".join(_wrap("p", part) for part in written[0][3:-4].split("<br><br>") if part)
        return _wrap("li", _bare(written))

    def _source(self, block: Node, html: str, *, marked: bool) -> str | None:
        if block["t"] != "Para":
            return None
        words, signs = plain(block["c"])
        if "k" in signs or (not marked and _SOURCE.match(words)):
            return _SOURCE.sub("", _SIGN.sub("", html)[3:-4], count=1)
        return None

    # tables and figures -----------------------------------------------------------------------------------------------

    def _table(self, content: Sequence[Any]) -> str:
        _, caption, columns, head, bodies, foot = content
        title = "".join(self.inlines(b["c"]) for b in caption[1] if b["t"] in {"Para", "Plain"})
        rows = [row for body in bodies for row in (*body[2], *body[3])] + foot[1]
        if len(rows) + len(head[1]) > MEST_RADER:
            return self._too_long(_SIGN.sub("", title), len(rows))
        top = [self._row(row, "col", set()) for row in head[1]]
        signs = _SIGN.findall(title + (top[0] if top else "") + "".join(self._row(r, "", set()) for r in rows[:1]))
        taken: set[tuple[int, int]] = set()
        first = "r" in signs and len(columns) > 1
        body = [self._row(row, "row" if first else "", taken, at) for at, row in enumerate(rows)]
        anchor = next((f' id="{sign[1:]}"' for sign in signs if sign.startswith("ttabell-")), "")
        return _SIGN.sub(
            "",
            f"<table{anchor}>"
            + (_wrap("caption", title) if title.strip() else "")
            + (_wrap("thead", "".join(top)) if top else "")
            + _wrap("tbody", "".join(body))
            + "</table>",
        )

    def _too_long(self, title: str, rows: int) -> str:
        name = f"”{title}”" if title.strip() else "utan rubrik"
        said = f"Tabellen {name} har {rows} rader och togs inte med: högst {MEST_RADER} rader får plats i ett avsnitt."
        self.warnings.append(f"{said} Lägg den som en bilaga i Excel, eller korta den. Den finns kvar i filen.")
        return _wrap("p", f"[{said}]")

    def _row(self, row: Sequence[Any], scope: str, taken: set[tuple[int, int]], at: int = 0) -> str:
        """Return a row. ``taken``: the places that cells of rows above reach into; ``scope`` "row": the first column
        is headers."""
        written, column = [], 0
        for _, _, tall, wide, blocks in row[1]:
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(tall) for right in range(wide)}
            is_head = scope == "col" or (scope == "row" and column == 0)
            written.append(self._cell(blocks, scope if is_head else "", tall, wide))
            column += wide
        return _wrap("tr", "".join(written))

    def _cell(self, blocks: Sequence[Node], scope: str, tall: int, wide: int) -> str:
        tag = "th" if scope else "td"
        spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{tall}"' if tall > 1 else "")
        group = "group" if (wide if scope == "col" else tall) > 1 else ""
        said = f' scope="{scope}{group}"' if scope else ""
        return f"<{tag}{said}{spans}>{_bare([self.block(block) for block in blocks])}</{tag}>"

    def _figure(self, content: Sequence[Any]) -> str:
        _, caption, blocks = content
        words = "".join(self.inlines(b["c"]) for b in caption[1] if b["t"] in {"Para", "Plain"})
        images = [one for b in blocks if b["t"] in {"Para", "Plain"} for one in b["c"] if one["t"] == "Image"]
        if not images:
            return "".join(map(self.block, blocks)) + (_wrap("p", words) if words else "")
        anchor = next((f' id="{sign[1:]}"' for sign in _SIGN.findall(words) if sign.startswith("tfigur-")), "")
        title = _wrap("figcaption", words) if _SIGN.sub("", words).strip() else ""
        return _SIGN.sub("", f"<figure{anchor}>{''.join(self._image(one['c']) for one in images)}{title}</figure>")

    def _image(self, content: Sequence[Any]) -> str:
        name = content[2][0].rsplit("/", 1)[-1]
        self.pictures.add(name)
        return f'<img src="{BILD}{escape(name)}" alt="{escape(plain(content[1])[0])}">'

    # inlines ----------------------------------------------------------------------------------------------------------

    def inlines(self, found: Sequence[Node]) -> str:
        """Return the HTML of inlines, the fackord among them in place."""
        return _terms("".join(self._inline(one) for one in found))

    def _inline(self, one: Node) -> str:
        kind: str = one["t"]
        content: Any = one.get("c")
        if kind == "Str":
            return escape(content, quote=False).replace("\xa0", "&nbsp;")
        if kind in {"Space", "SoftBreak"}:
            return " "
        if kind == "LineBreak":
            return "<br>"
        if kind in _MARKS or kind == "Link":
            return self._marked(one)
        if kind in _KEPT:
            return self._all(content)
        if kind in {"Span", "Cite"}:
            return self._all(content[1])
        if kind == "Quoted":
            return f"”{self._all(content[1])}”"
        if kind == "Image":
            return self._image(content)
        if kind == "Note":
            return _wrap("small", " ".join(self._all(b["c"]) for b in content if b["t"] in {"Para", "Plain"}))
        return escape(str(content[1]), quote=False) if kind in {"Code", "Math"} else ""

    def _marked(self, one: Node) -> str:
        """Return words with all that is said of them, outermost first in the order that the editor stores it."""
        held: list[Node] = []
        inside = [one]
        while len(inside) == 1 and inside[0]["t"] in {*_MARKS, "Link"}:
            held += [inside[0]] if inside[0]["t"] in _MARKS or _leads_somewhere(inside[0]) else []
            inside = inside[0]["c"][1] if inside[0]["t"] == "Link" else inside[0]["c"]
        html = self._all(inside)
        for mark in sorted(held, key=lambda mark: _ORDER.index(mark["t"]), reverse=True):
            link = mark["t"] == "Link"
            html = f'<a href="{escape(mark["c"][2][0])}">{html}</a>' if link else _wrap(_MARKS[mark["t"]], html)
        return html

    def _all(self, found: Sequence[Node]) -> str:
        return "".join(self._inline(one) for one in found)

    def meta(self, value: Node) -> str:
        """Return what stands in the head of a document, as paragraphs."""
        match value["t"]:
            case "MetaInlines":
                return _wrap("p", self.inlines(value["c"]))
            case "MetaBlocks":
                return "".join(map(self.block, value["c"]))
            case "MetaList":
                return "".join(map(self.meta, value["c"]))
        return ""


def _leads_somewhere(link: Node) -> bool:
    href = link["c"][2][0]
    return bool(LINK.match(href) or REFERENCE.fullmatch(href))


def _wrap(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag}>"


def _bare(written: Sequence[str]) -> str:
    """Return the blocks of an item or a cell; a first paragraph stands bare when only lists follow it."""
    single = bool(written) and written[0].startswith("<p>") and written[0].count("<p>") == 1
    if single and all(one.startswith(("<ul", "<ol")) for one in written[1:]):
        return written[0][3:-4] + "".join(written[1:])
    return "".join(written)


def _terms(html: str) -> str:
    """Return HTML with the signs of fackord as ``dfn``."""

    def opened(found: re.Match[str]) -> str:
        try:
            title = base64.urlsafe_b64decode(found[1]).decode()
        except (binascii.Error, ValueError):
            title = ""
        return f'<dfn title="{escape(title)}">'

    html = html.replace(f"{BORJAN}/d{SLUT}{BORJAN}d{SLUT}", "")
    html = re.sub(f"{BORJAN}d([A-Za-z0-9_=-]*){SLUT}", opened, html)
    return html.replace(f"{BORJAN}/d{SLUT}", "</dfn>")


def _with_source(table: str, source: str) -> str:
    first = re.search(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = re.findall(r"<t[hd]\b([^>]*)>", first[1]) if first else []
    wide = sum(int(found[1]) if (found := re.search(r'colspan="(\d+)"', cell)) else 1 for cell in cells)
    span = f' colspan="{wide}"' if wide > 1 else ""
    return f"{table.removesuffix('</table>')}<tfoot><tr><td{span}>{source}</td></tr></tfoot></table>"
