"""Kinds of files that are received, told apart by their first bytes; and files that are two kinds at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from delprojekt.documents.granska.utslag import Avvisad, Filfel

HUVUD = 1024
"""Where readers look for a file's kind: PDF readers take a header anywhere in the first kilobyte."""
_ZIP_SLUT = 22 + 65535
_BLANKT = b"\x00\t\n\x0c\r \x1a\xef\xbb\xbf"
_WEBB = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php", b"<%", b"#!/")
_ANDRA = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Slag:
    """One kind: word, ending and the type it is served as."""

    ord: str
    andelse: str
    typ: str


class Filslag(Enum):
    """The kinds that are received."""

    PDF = Slag("PDF", ".pdf", "application/pdf")
    DOCX = Slag("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    ODT = Slag("OpenDocument", ".odt", "application/vnd.oasis.opendocument.text")
    PNG = Slag("bild", ".png", "image/png")
    JPEG = Slag("bild", ".jpg", "image/jpeg")
    TIFF = Slag("bild", ".tif", "image/tiff")


TYPER: Mapping[str, str] = {slag.value.andelse: slag.value.typ for slag in Filslag}
"""The type to serve a stored file as, by its ending; the ending was given by the portal, never by the sender."""
_HUVUDEN = (
    (b"%PDF-", Filslag.PDF),
    (b"\x89PNG\r\n\x1a\n", Filslag.PNG),
    (b"\xff\xd8\xff", Filslag.JPEG),
    (b"II*\x00", Filslag.TIFF),
    (b"MM\x00*", Filslag.TIFF),
    (b"PK\x03\x04", Filslag.DOCX),  # ODT is told from Word inside
)


def slag_av(huvud: bytes) -> Filslag | None:
    """Return the kind that the first bytes say, or None. Of zipped documents only ODT with its mark first is told."""
    if huvud.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument.text" in huvud[:100]:
        return Filslag.ODT
    trimmed = huvud.lstrip(_BLANKT)
    found = next((slag for mark, slag in _HUVUDEN if huvud.startswith(mark)), None)
    return found or (Filslag.PDF if trimmed.startswith(b"%PDF-") else None)


def ett_slag(path: Path) -> Filslag:
    """Return the kind of a file. Raises Avvisad when it is none of ours, or reads as two kinds."""
    size = path.stat().st_size
    with path.open("rb") as file:
        huvud = file.read(HUVUD)
        file.seek(max(0, size - _ZIP_SLUT))
        slut = file.read()
    slag = slag_av(huvud)
    if slag is None:
        raise Avvisad(_okant(huvud))
    lowered = huvud.lower()
    if any(mark in lowered for mark in _WEBB):
        raise Avvisad(Filfel.TVETYDIG)
    if slag is not Filslag.PDF and b"%PDF-" in huvud:
        raise Avvisad(Filfel.TVETYDIG)
    if slag not in {Filslag.DOCX, Filslag.ODT} and _slutar_som_zip(slut):
        raise Avvisad(Filfel.TVETYDIG)
    if slag is Filslag.PDF:
        _inget_efter(slut)
    return slag


def _okant(huvud: bytes) -> Filfel:
    """A PDF with something else in front is two kinds at once; the rest is simply of the wrong kind."""
    if b"%PDF-" in huvud:
        return Filfel.TVETYDIG
    return Filfel.GAMMALT_ELLER_LAST if huvud.startswith(OLE) else Filfel.FEL_SLAG


def _slutar_som_zip(slut: bytes) -> bool:
    """Tell whether the file ends as a zip archive does: its last record reaches exactly to the end of the file."""
    at = slut.rfind(b"PK\x05\x06")
    return at >= 0 and len(slut) >= at + 22 and at + 22 + int.from_bytes(slut[at + 20 : at + 22], "little") == len(slut)


def _inget_efter(slut: bytes) -> None:
    """Nothing may follow the last %%EOF of a PDF but blanks; some writers leave a few bytes, but never another file."""
    at = slut.rfind(b"%%EOF")
    if at < 0:
        return
    rest = slut[at + 5 :].strip(_BLANKT)
    lowered = rest.lower()
    if len(rest) > HUVUD or rest.startswith(_ANDRA) or any(mark in lowered for mark in _WEBB):
        raise Avvisad(Filfel.TVETYDIG)
