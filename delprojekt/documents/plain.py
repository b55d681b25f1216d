"""The bridge between running text and plain text, for the thin editor (a textarea).

An empty line parts paragraphs; lines that begin with ``- `` or ``1. `` are lists; ``### `` is a heading (``####`` and
``#####`` smaller ones). A backslash before such a mark says that the line is meant as it stands.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby, pairwise

from delprojekt.documents.sammanfoga import blocks
from delprojekt.documents.text import printable, sanitise

_HEADING = re.compile(r"(#{3,5}) (.+)")
_BULLET = re.compile(r"- (.+)")
_NUMBERED = re.compile(r"([1-9][0-9]{0,3})\. (.+)")
_MARKED = re.compile(r"\\|#{3,5} |- |[1-9][0-9]{0,3}\. ")
_EDITORS = re.compile(r"\s*<(?:p|h[345]|[uo]l|blockquote|table|figure)[\s>]")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"[ \t\n\f]+")


@dataclass
class _Block:
    """One block while it is read: ``kind`` is p, h3–h5, ul or ol; ``lines`` are its lines or list items."""

    kind: str
    lines: list[str] = field(default_factory=list)
    start: int = 1

    def continues(self, other: "_Block") -> bool:
        """Say whether ``other`` goes on with the same list, also after an empty line."""
        return self.kind == other.kind == "ul" or (
            self.kind == other.kind == "ol" and other.start == self.start + len(self.lines)
        )


def from_plain(text: str) -> str:
    """Return sanitised HTML for plain ``text``; every character of the text is shown as it is written."""
    blocks: list[_Block] = []
    open_paragraph = False
    for raw in printable(text).split("\n"):
        line = _SPACES.sub(" ", raw).strip(" ")
        if not line:
            open_paragraph = False
            continue
        block = _read_line(line)
        if (block.kind == "p" and open_paragraph) or (blocks and blocks[-1].continues(block)):
            blocks[-1].lines += block.lines
        else:
            blocks.append(block)
        open_paragraph = block.kind == "p"
    return sanitise("".join(_block_html(block) for block in blocks))


def from_written(text: str) -> str:
    """Return sanitised HTML for what a form sent: HTML from the editor, or plain text from a browser without scripts.

    What begins with a block of the allow-list was written by the editor; all else is plain text, shown as it stands.
    """
    return sanitise(text) if _EDITORS.match(text) else from_plain(text)


def from_html(text: str) -> str:
    """Return sanitised HTML for HTML written by hand: loose words between the blocks are paragraphs."""
    found = ""
    for is_block, parts in groupby(blocks(sanitise(text)), lambda part: bool(_EDITORS.match(part))):
        together = "".join(parts)
        found += together if is_block else "".join(f"<p>{words}</p>" for words in _EMPTY_LINE.split(together.strip()))
    return sanitise(found)


def to_plain(html: str) -> str:
    """Return the plain text of sanitised ``html``.

    What ``from_plain`` made comes back exactly. Of richer text only the words remain (ask ``is_plain`` before an
    editor is opened on it): a table row becomes a line, pictures give their alt text.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    parts = [_block_plain(block) for block in reader.blocks]
    # Two lists of the same kind after each other would run together when read again: they are one list in plain text.
    text = parts[0] if parts else ""
    for (before, block), part in zip(pairwise(reader.blocks), parts[1:], strict=True):
        text += ("\n" if before.continues(block) else "\n\n") + part
    return text


def is_plain(html: str) -> bool:
    """Say whether the plain editor can hold ``html`` without losing anything."""
    return from_plain(to_plain(html)) == html


def _read_line(line: str) -> _Block:
    if match := _HEADING.fullmatch(line):
        return _Block(f"h{len(match[1])}", [match[2]])
    if match := _BULLET.fullmatch(line):
        return _Block("ul", [match[1]])
    if match := _NUMBERED.fullmatch(line):
        return _Block("ol", [match[2]], int(match[1]))
    meant = line.startswith("\\") and _MARKED.match(line, 1)
    return _Block("p", [line[1:] if meant else line])


def _block_html(block: _Block) -> str:
    lines = [escape(line, quote=False) for line in block.lines]
    if block.kind in {"ul", "ol"}:
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f"<{block.kind}{start}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{block.kind}>"
    return f"<{block.kind}>{'<br>'.join(lines)}</{block.kind}>"


def _block_plain(block: _Block) -> str:
    match block.kind:
        case "ul":
            return "\n".join(f"- {line}" for line in block.lines)
        case "ol":
            return "\n".join(f"{number}. {line}" for number, line in enumerate(block.lines, block.start))
        case "p":
            return "\n".join(f"\\{line}" if _MARKED.match(line) else line for line in block.lines)
    return f"{'#' * int(block.kind[1])} {' '.join(block.lines)}"


class _Reader(HTMLParser):
    """Reads sanitised HTML into blocks; lists in lists are flattened, unknown wrappers are paragraphs."""

    _BREAKS = frozenset({"p", "blockquote", "caption", "figcaption", "table", "tr", "figure"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._lists: list[_Block] = []
        self._kind = "p"
        self._lines = [""]

    def end_block(self) -> None:
        """Close what is being read: as an item of the innermost list, or as a block of its own."""
        lines = [line for text in self._lines if (line := _SPACES.sub(" ", text).strip(" "))]
        if lines and self._lists:
            self._lists[-1].lines.append(" ".join(lines))
        elif lines:
            self.blocks.append(_Block(self._kind, lines))
        self._kind, self._lines = "p", [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"ul", "ol"}:
            self.end_block()
            block = _Block(tag, start=int(values.get("start") or 1))
            self.blocks.append(block)
            self._lists.append(block)
        elif tag in self._BREAKS or tag == "li":
            self.end_block()
        elif tag in {"h3", "h4", "h5"}:
            self.end_block()
            self._kind = tag
        elif tag == "br":
            self._lines.append("")
        elif tag in {"td", "th"} and self._lines[-1].strip():
            self._lines[-1] += " | "
        elif tag == "img":
            self._lines[-1] += values.get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BREAKS or tag in {"li", "h3", "h4", "h5"}:
            self.end_block()
        elif tag in {"ul", "ol"}:
            self.end_block()
            if self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._lines[-1] += data
