"""The first step of reading a Word file: ``python -m delprojekt.documents.granska.wordordning <path>``.

Prints one line of JSON, and after it the file with the portal's own marks as signs in the text, where pandoc lets them
through (``documents/marken.py``). All the rest of it is as it came. Limited as ``barn`` is.
"""

import base64
import html
import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from delprojekt.documents.granska.barn import begransa
from delprojekt.documents.granska.utslag import MB, Filfel
from delprojekt.documents.marken import MARKE, ORD, sign

SVAR_MB = 120
TEXT = "word/document.xml"
MEST_TEXT = 60 * MB
"""The longest text, markup counted: some 3 000 pages."""
_BOOKMARK = re.compile(r'<w:bookmarkStart\b[^>]*?w:name="([^"]*)"[^>]*?(?:/>|>\s*</w:bookmarkStart>)')
_TIP = re.compile(rf'<w:hyperlink\b(?=[^>]*w:anchor="{ORD}")([^>]*)>(.*?)</w:hyperlink>', re.DOTALL)
_TOOLTIP = re.compile(r'w:(?:tooltip|tgtFrame)="([^"]*)"')
"""LibreOffice keeps the tip as the name of a frame."""
_STYLED = re.compile(
    r'<w:r(?: [^>]*)?>(?:(?!</w:r>).)*?<w:rStyle w:val="Fackord" ?/>(?:(?!</w:r>).)*?<w:t[ >].*?</w:r>', re.DOTALL
)
_STYLE = re.compile(r'<w:rStyle w:val="Fackord" ?/>')
_NUM = re.compile(r'<w:num (?:[^>]* )?w:numId="(\d+)"[^>]*>(.*?)</w:num>', re.DOTALL)
_ABSTRACT = re.compile(r'<w:abstractNumId w:val="(\d+)"')
_ITEM = re.compile(r'<w:numPr>\s*<w:ilvl w:val="(\d)" ?/>\s*<w:numId w:val="(\d+)" ?/>\s*</w:numPr>|</w:p>')
_SOURCE = re.compile(r'(<w:pPr>\s*<w:pStyle w:val="Kalla" ?/>(?:(?!</w:p>).)*?</w:pPr>)', re.DOTALL)
_GONE_ROW = re.compile(
    r"<w:tr\b[^>]*>(?:(?!</?w:tr\b|<w:tbl>|</w:trPr>).)*<w:del\b(?:(?!</w:trPr>).)*</w:trPr>"
    r"(?:(?!</?w:tr\b|<w:tbl>).)*</w:tr>",
    re.DOTALL,
)
"""A row that is taken away by a tracked change: pandoc takes away only its words."""
_HEAD_COLUMN = re.compile(r"<w:tbl>(?:(?!</w:tr>).)*?<w:tblLook\b[^>]*w:firstColumn=\"1\"", re.DOTALL)
_FIRST = re.compile(r"<w:tc>(?:(?!</w:tc>).)*?<w:p(?: [^>]*)?>(?:\s*<w:pPr>.*?</w:pPr>)?", re.DOTALL)
_CONTENTS = re.compile(r'<w:sdt>(?:(?!</?w:sdt>).)*w:val="Table of Contents".*?</w:sdt>', re.DOTALL)
_OUR_FRONT = re.compile(
    r'<w:p(?: [^>]*)?>\s*<w:pPr>\s*<w:pStyle w:val="(?:Abstract|AbstractTitle|TOCHeading)" ?/>'
    r"(?:(?!</w:p>).)*</w:p>",
    re.DOTALL,
)
_FIELD = re.compile(r"</?w:fldSimple\b[^>]*>")
"""A field that holds its words: a caption's number, a reference. Pandoc leaves out both."""
_FALLBACK = re.compile(r"<mc:Fallback\b[^>]*>(?:(?!</mc:Fallback>).)*?<w:txbxContent.*?</mc:Fallback>", re.DOTALL)
_BOX = re.compile(r"<w:txbxContent\b[^>]*>((?:(?!<w:txbxContent\b).)*?)</w:txbxContent>", re.DOTALL)
_HELD = re.compile(r"<!--ruta (\d+)-->")
_DRAWN = re.compile(r"<c:chart\b|<cx:chart\b|<dgm:relIds\b")
_IMAGE = re.compile(r'<Relationship\b(?=[^>]*Type="[^"]*/image")(?![^>]*TargetMode="External")[^>]*>')
_IN_MEDIA = re.compile(r'Target="(?:/word/)?media/[^"/]+"')
_TARGET = re.compile(r"(?:tabell|figur)-[a-z0-9]{1,32}")


def ordna(data: bytes) -> tuple[bytes, list[str]]:
    """Return a Word file with its marks as signs, and what in it cannot be taken along.

    Raises ValueError or zipfile.BadZipFile for one that is no good.
    """
    target = io.BytesIO()
    said: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for item in source.infolist():
            if item.filename.startswith("word/media/"):
                out.writestr(item.filename, b"")  # pandoc needs their names only
                continue
            if item.filename == TEXT and item.file_size > MEST_TEXT:
                raise MemoryError
            content = source.read(item)
            if item.filename == TEXT:
                xml = content.decode()
                said = left_behind(xml, _relations(source))
                content = _lists(_signs(xml), _numbering(source)).encode()
            out.writestr(item.filename, content)
    return target.getvalue(), said


def _relations(source: zipfile.ZipFile) -> str:
    try:
        return source.read("word/_rels/document.xml.rels").decode()
    except KeyError:
        return ""


def left_behind(xml: str, relations: str) -> list[str]:
    """Return what a text holds that has no place in a section, a sentence for each kind."""
    comments = xml.count("<w:commentReference")
    drawn = len(_DRAWN.findall(xml))
    lost = xml.count(" r:link=") + sum(1 for found in _IMAGE.findall(relations) if not _IN_MEDIA.search(found))
    said = []
    if comments:
        named = "1 kommentar. Den" if comments == 1 else f"{comments} kommentarer. De"
        said.append(f"Filen har {named} följer inte med, men finns kvar i filen.")
    if drawn:
        text = "diagram eller figurer som är ritade i Word. De följer inte med, men finns kvar i filen."
        said.append(f"Filen har {drawn} {text} Klistra in dem som bilder i Word om de ska vara med.")
    if lost:
        text = "Filen har bilder som är länkade eller ligger på ett ovanligt ställe i filen, och de följer inte med."
        said.append(f"{text} Klistra in dem som bilder i Word om de ska vara med.")
    return said


def _text_boxes(xml: str) -> str:
    """Return the text with what stands in text boxes as paragraphs after the one that each box sits in."""
    if "<w:txbxContent" not in xml:
        return xml
    xml = _FALLBACK.sub("", xml)  # says the same once more, to older programs
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[1])
        return f"<!--ruta {len(held) - 1}-->"

    count = 1
    while count:
        xml, count = _BOX.subn(hold, xml)
    return _lifted(xml, held)


def _lifted(xml: str, held: list[str]) -> str:
    parts = []
    for part in re.split(r"(?<=</w:p>)", xml):
        boxes = [_lifted(held[int(at)], held) for at in _HELD.findall(part)]
        parts += [_HELD.sub("", part), *boxes]
    return "".join(parts)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{sign(text)}</w:t></w:r>'


def _signs(xml: str) -> str:
    """Return the text with signs in the place of marks, and without its table of contents: it is made anew."""
    xml = _text_boxes(_FIELD.sub("", _CONTENTS.sub("", _GONE_ROW.sub("", xml))))
    if MARKE.search(xml):
        xml = _OUR_FRONT.sub("", xml)
    xml = _head_columns(xml)
    xml = _BOOKMARK.sub(_bookmark, xml)
    xml = _TIP.sub(_tip, xml)
    xml = _STYLED.sub(lambda found: f"{_run('d')}{found[0]}{_run('/d')}", xml)
    return _SOURCE.sub(lambda found: found[1] + _run("k"), xml)


def _bookmark(found: re.Match[str]) -> str:
    name = html.unescape(found[1])
    if MARKE.fullmatch(name):
        return _run(f"m{name}")
    return _run(f"t{name}") if _TARGET.fullmatch(name) else ""


def _tip(found: re.Match[str]) -> str:
    tip = _TOOLTIP.search(found[1])
    said = base64.urlsafe_b64encode(html.unescape(tip[1] if tip else "").encode()).decode()
    return f"{_run(f'd{said}')}{_STYLE.sub('', found[2])}{_run('/d')}"


def _numbering(source: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """Return of each numbered list which pattern it follows, and whether it begins anew."""
    try:
        xml = source.read("word/numbering.xml").decode()
    except KeyError:
        return {}
    return {
        found[1]: (pattern[1] if (pattern := _ABSTRACT.search(found[2])) else "", "<w:startOverride" in found[2])
        for found in _NUM.finditer(xml)
    }


def _lists(xml: str, numbering: dict[str, tuple[str, bool]]) -> str:
    """Let items after each other be one list when Word shows them as one: with the same pattern, and not begun anew.

    LibreOffice gives the first item of each list a number of its own.
    """
    open_lists: dict[int, tuple[str, str]] = {}
    in_list = False

    def item(found: re.Match[str]) -> str:
        nonlocal in_list
        if found[1] is None:
            if not in_list:
                open_lists.clear()
            in_list = False
            return found[0]
        in_list, level, number = True, int(found[1]), found[2]
        pattern, anew = numbering.get(number, ("", True))
        for deeper in [one for one in open_lists if one > level]:
            del open_lists[deeper]
        if not anew and level in open_lists and open_lists[level][1] == pattern:
            number = open_lists[level][0]
        open_lists[level] = (number, pattern)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    return _ITEM.sub(item, xml)


def _head_columns(xml: str) -> str:
    """Put a sign first in each table that has the headers of its rows in the first column."""
    parts, at = [], 0
    for table in _HEAD_COLUMN.finditer(xml):
        first = _FIRST.search(xml, table.end())
        if first and first.end() > at:
            parts += [xml[at : first.end()], _run("r")]
            at = first.end()
    return "".join([*parts, xml[at:]])


def _answer(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        made, said = ordna(path.read_bytes())
        return {"slag": "DOCX", "varningar": said}, made
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}, b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, KeyError):
        return {"fel": Filfel.SKADAD.name}, b""


if __name__ == "__main__":
    begransa(file_mb=SVAR_MB)
    said, made = _answer(Path(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + made)
