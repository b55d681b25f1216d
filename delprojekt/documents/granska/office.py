"""Word and OpenDocument: zip archives. Everything is asked of the table of contents before anything is unpacked."""

import zipfile
from pathlib import Path

from delprojekt.documents.granska.slag import OLE, Filslag
from delprojekt.documents.granska.utslag import MB, Avvisad, Filfel

MAX_DELAR = 10_000
MAX_UPPACKAT = 400 * MB
MAX_DEL = 200 * MB
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT = b"application/vnd.oasis.opendocument.text"
_MAKRO = (b"macroenabled", b"vbaproject")
_PROGRAM = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".com", ".msi", ".hta", ".lnk", ".jar")
_LAST = 0x1


def granska_office(path: Path) -> Filslag:
    """Look at a Word or OpenDocument file. Out: which of them it is.

    Raises Avvisad for macros, embedded objects, passwords, bombs and damage.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            items = archive.infolist()
            _storlek(items, path.stat().st_size)
            names = {item.filename.lower() for item in items}
            slag = _slag(archive, names)
            _farligt(archive, items)
            return slag
    except Avvisad:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise Avvisad(Filfel.SKADAD) from error


def granska_arkiv(path: Path) -> None:
    """Look at the archive that an Excel file is, before it is read. Raises Avvisad for bombs, passwords and damage."""
    try:
        with zipfile.ZipFile(path) as archive:
            items = archive.infolist()
            _storlek(items, path.stat().st_size)
            if "xl/workbook.xml" not in {item.filename for item in items}:
                raise Avvisad(Filfel.FEL_SLAG)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise Avvisad(Filfel.SKADAD) from error


def _storlek(items: list[zipfile.ZipInfo], size: int) -> None:
    if len(items) > MAX_DELAR or sum(item.file_size for item in items) > MAX_UPPACKAT:
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
    if any(item.file_size > MAX_DEL for item in items):
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
    if any(item.flag_bits & _LAST for item in items):
        raise Avvisad(Filfel.LOSENORD)
    ordered = sorted(items, key=lambda item: item.header_offset)
    ends = [*(item.header_offset for item in ordered[1:]), size]
    if any(item.header_offset + item.compress_size > end for item, end in zip(ordered, ends, strict=True)):
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD)  # parts that share the same bytes: how a small bomb is made


def _slag(archive: zipfile.ZipFile, names: set[str]) -> Filslag:
    if "mimetype" in names:
        if _borjan(archive, "mimetype").strip() != _ODT or "content.xml" not in names:
            raise Avvisad(Filfel.FEL_SLAG)
        return Filslag.ODT
    if "[content_types].xml" not in names:
        raise Avvisad(Filfel.FEL_SLAG)
    kinds = _borjan(archive, "[Content_Types].xml", 1 * MB)
    if any(mark in kinds.lower() for mark in _MAKRO):
        raise Avvisad(Filfel.MAKRON)
    if _WORD not in kinds or "word/document.xml" not in names:
        raise Avvisad(Filfel.FEL_SLAG)
    return Filslag.DOCX


def _farligt(archive: zipfile.ZipFile, items: list[zipfile.ZipInfo]) -> None:
    for item in items:
        name = item.filename.lower()
        if name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")):
            raise Avvisad(Filfel.MAKRON)
        if "/activex/" in name or (name.startswith("word/embeddings/") and not name.endswith((".xlsx", "/"))):
            raise Avvisad(Filfel.INBADDAT)
        if name.endswith(_PROGRAM):
            raise Avvisad(Filfel.PROGRAM_I_FILEN)
        if item.is_dir():
            continue
        start = _borjan(archive, item, 4096)
        if start.startswith(OLE):
            raise Avvisad(Filfel.INBADDAT)
        if start.startswith((b"MZ", b"\x7fELF")):
            raise Avvisad(Filfel.PROGRAM_I_FILEN)
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in start or b"<!ENTITY" in start):
            raise Avvisad(Filfel.SKADAD)  # no writer of documents makes one; it is how a small file becomes a huge text


def _borjan(archive: zipfile.ZipFile, item: zipfile.ZipInfo | str, size: int = 1024) -> bytes:
    with archive.open(item) as part:
        return part.read(size)
