"""The tree: a document as plain data. Preview, PDF and Word walk the same tree, and its JSON is what is kept.

No ORM, no HTTP, no settings: ``build`` makes the tree from the rows, the renderers only read it.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

FORMAT, FORMAT_VERSION = "sfbv-dokument", 1
"""Written into the JSON, so that a reader in fifty years knows what it holds."""

NO_ANSWER = "–"
"""What a cell says where there is nothing to say."""

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


class Slag(StrEnum):
    """Which document it is: the underlag for start (§5.1.2), or a selection of the one body of text (§5.1.3–5.8)."""

    UNDERLAG = "underlag"
    UPPDRAG = "uppdrag"
    DELRAPPORT = "delrapport"
    SLUTRAPPORT = "slutrapport"
    BESLUTSFORSLAG = "beslutsforslag"
    UPPFOLJNINGSRAPPORT = "uppfoljningsrapport"

    @property
    def label(self) -> str:
        """The word that the front page prints."""
        return _SLAG_LABELS[self]


_SLAG_LABELS = {
    Slag.UNDERLAG: "Underlag för start",
    Slag.UPPDRAG: "Uppdrag",
    Slag.DELRAPPORT: "Delrapport",
    Slag.SLUTRAPPORT: "Slutrapport",
    Slag.BESLUTSFORSLAG: "Beslutsförslag",
    Slag.UPPFOLJNINGSRAPPORT: "Uppföljningsrapport",
}


@dataclass(frozen=True, slots=True)
class Html:
    """Running text; ``body`` is HTML that has passed the allow-list (``text.sanitise``)."""

    body: str


@dataclass(frozen=True, slots=True)
class NumberedPoints:
    """Numbered points in plain text, such as the uppdragspunkter."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in plain text. The first cell of each row is the row's header; every row is as wide as ``header``."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ValueError("A table needs a caption.")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"The rows of the table {self.caption!r} are not all as wide as its header.")


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs in plain text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An åtgärdsförslag as a box (§5.4).

    ``text``, ``rimlighet``, ``genomforbarhet``, ``narliggande``, ``undantrangning`` and ``kalkyl`` are sanitised HTML,
    the rest plain text.
    """

    nummer: int
    rubrik: str
    text: str
    vem: str = ""
    nar: str = ""
    rimlighet: str = ""
    genomforbarhet: str = ""
    narliggande: str = ""
    undantrangning: str = ""
    kalkyl: str = ""
    kalkyltabell: Table | None = None
    diskuterat: str = ""
    bakom: str = ""
    slutsatser: str = ""
    uppdragspunkter: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing is written here yet; ``text`` says so."""

    text: str


Block = Html | NumberedPoints | Table | Facts | Proposal | Empty
_BLOCKS: dict[str, type[Any]] = {
    "html": Html,
    "numbered_points": NumberedPoints,
    "table": Table,
    "facts": Facts,
    "proposal": Proposal,
    "empty": Empty,
}
_BLOCK_NAMES = {cls: name for name, cls in _BLOCKS.items()}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the template: ``key`` is the section's fixed key, ``number`` what is printed ("7.1" or empty).

    ``absent``: the numbered sections of it that this document leaves out. The others keep the template's numbers, which
    people refer to (8.1 answers 7.1, template.md), so the reader is told why they jump.
    """

    key: str
    number: str
    heading: str
    blocks: tuple[Block, ...] = ()
    chapters: tuple["Chapter", ...] = ()
    absent: tuple[str, ...] = ()

    def walk(self) -> Iterator["Chapter"]:
        """Yield this chapter and all below it in reading order."""
        yield self
        for chapter in self.chapters:
            yield from chapter.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document with what its front page says (template.md, front page).

    Raises:
        ValueError: a chapter's key is not usable as an anchor, or is used twice.
    """

    slag: Slag
    title: str
    number: str | None
    part: str
    version: str
    status_line: str
    is_draft: bool
    date: dt.date
    dnr: str
    responsible: str
    contact: str
    regions: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    absent: tuple[str, ...] = ()
    """The regions that do not take part."""

    def __post_init__(self) -> None:
        keys = [chapter.key for chapter in self.walk()]
        if bad := [key for key in keys if not KEY.fullmatch(key)]:
            raise ValueError(f"Not usable as keys of chapters: {bad}")
        if len(set(keys)) != len(keys):
            raise ValueError("Two chapters have the same key.")

    def walk(self) -> Iterator[Chapter]:
        """Yield every chapter in reading order."""
        for chapter in self.chapters:
            yield from chapter.walk()

    @property
    def number_line(self) -> str:
        """Return "Delprojekt 26:II", or "Delprojekt" before a number is given."""
        number = ":".join(part for part in (self.number, self.part) if part)
        if self.slag is Slag.UNDERLAG and not number:
            return "Förslag till delprojekt"
        return f"Delprojekt {number}".rstrip()

    @property
    def full_title(self) -> str:
        """Return the title of the file: kind, number and title, and that it is a draft."""
        draft = " (arbetsmaterial)" if self.is_draft else ""
        return f"{self.slag.label} – {self.number_line} {self.title}{draft}"


def without_empty(document: Document) -> Document:
    """Return the document without chapters that have nothing but ``Empty`` in them: what is fixed has no blanks."""
    chapters = tuple(kept for chapter in document.chapters if (kept := _kept(chapter)))
    return replace(document, chapters=chapters)


def _kept(chapter: Chapter) -> Chapter | None:
    children = tuple(kept for child in chapter.chapters if (kept := _kept(child)))
    blocks = tuple(block for block in chapter.blocks if not isinstance(block, Empty))
    there = {child.key for child in children}
    gone = tuple(f"{c.number} {c.heading}" for c in chapter.chapters if c.number and c.key not in there)
    absent = tuple(sorted({*chapter.absent, *gone}))
    return replace(chapter, blocks=blocks, chapters=children, absent=absent) if blocks or children else None


def to_json(document: Document) -> str:
    """Return the canonical JSON of the tree: sorted keys, no spare spaces, the letters themselves.

    The same tree gives the same text, in every process: the fingerprint rests on it.
    """
    return json.dumps(to_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Document:
    """Return the tree that ``to_json`` wrote. Raises as ``from_data``."""
    return from_data(json.loads(text))


def to_data(document: Document) -> dict[str, Any]:
    """Return the tree as what a JSON column holds: dicts, lists, texts."""
    return {"format": FORMAT, "format_version": FORMAT_VERSION, **_encode(document)}


def from_data(data: Any) -> Document:
    """Return the tree that ``to_data`` gave.

    Raises:
        ValueError: it is not such data, or of another version.
    """
    if not isinstance(data, dict) or (data.get("format"), data.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise ValueError(f"Not {FORMAT} version {FORMAT_VERSION}.")
    try:
        values = {name: _decode(value) for name, value in data.items() if name not in {"format", "format_version"}}
        values["slag"] = Slag(values["slag"])
        values["date"] = dt.date.fromisoformat(values["date"])
        return Document(**values)
    except (TypeError, KeyError) as error:
        raise ValueError(f"Not a whole document: {error}") from error


def fingerprint(document: Document) -> str:
    """Return sha256 (hex) of the canonical JSON: equal trees, equal fingerprints."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def _encode(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if hasattr(value, "__dataclass_fields__"):
        data = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"block": _BLOCK_NAMES[type(value)], **data} if type(value) in _BLOCK_NAMES else data
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, dict):
        data = {name: _decode(item) for name, item in value.items()}
        block = data.pop("block", None)
        return _BLOCKS[block](**data) if block is not None else Chapter(**data)
    return value
