"""The last step of reading a Word file: ``python -m delprojekt.documents.granska.wordlasning <path>``.

In: what pandoc read, as its JSON. Prints one line of JSON with the parts of the text: each top heading with what stands
under it, as HTML of the allow-list. Limited as ``barn`` is.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from delprojekt.documents.granska.barn import begransa
from delprojekt.documents.granska.utslag import Filfel
from delprojekt.documents.granska.wordblock import Skrivare, plain
from delprojekt.documents.marken import MARKE
from delprojekt.documents.text import sanitise

SVAR_MB = 40
OVERST = 2
"""Headings of this level and above begin a part of their own; the template has two levels."""
Node = dict[str, Any]


def dela(tree: Node) -> dict[str, Any]:
    """Return the parts of a document, which pictures they show, and what could not be taken along.

    Of a file with marks only the marked headings begin a part, and those that stand before the first one.
    """
    writer = Skrivare()
    parts = [_part(0, "", "")]
    before = _before(writer, tree.get("meta", {}))
    for block in _unwrapped(tree["blocks"]):
        heading = _heading(writer, block)
        if heading is not None:
            parts.append(heading)
        else:
            parts[-1]["block"].append(block)
    marked = any(part["marke"] for part in parts)
    if not marked:
        parts[0]["html"] = before
    for part in parts:
        part["html"] += sanitise(writer.blocks(part.pop("block"), marked=marked))
    kept = [part for part in parts if part["html"] or part["rubrik"]]
    return {"delar": kept, "bilder": sorted(writer.pictures), "varningar": writer.warnings}


def _part(level: int, heading: str, mark: str) -> dict[str, Any]:
    return {"niva": level, "rubrik": heading, "marke": mark, "html": "", "block": []}


def _unwrapped(blocks: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for block in blocks:
        found += _unwrapped(block["c"][1]) if block["t"] == "Div" else [block]
    return found


def _heading(writer: Skrivare, block: Node) -> dict[str, Any] | None:
    if block["t"] != "Header":
        return None
    level, _, words = block["c"]
    said, signs = plain(words)
    mark = next((sign[1:] for sign in signs if sign.startswith("m") and MARKE.fullmatch(sign[1:])), "")
    if level > OVERST and not mark:
        return None
    if any(one["t"] == "Note" for one in words):
        writer.warnings.append(f"Fotnoten i rubriken ”{said}” följer inte med: rubrikerna kommer ur mallen.")
    return _part(level, said, mark)


def _before(writer: Skrivare, meta: Node) -> str:
    """Return what pandoc takes for title, author and the like: text that the file has before its first heading."""
    said = []
    for name in ("title", "subtitle", "author", "date", "abstract"):
        if name in meta:
            said.append(writer.meta(meta[name]))
    return sanitise("".join(said))


def _answer(path: Path) -> dict[str, Any]:
    try:
        return {"slag": "DOCX", **dela(json.loads(path.read_bytes()))}
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {"fel": Filfel.SKADAD.name}


if __name__ == "__main__":
    begransa(file_mb=SVAR_MB)
    sys.stdout.write(json.dumps(_answer(Path(sys.argv[1])), ensure_ascii=False))
