"""PDF: what a region sends is taken (signatures, forms, scans); scripts, programs and bombs are not."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from delprojekt.documents.granska.utslag import MAX_PIXLAR, MAX_SIDOR, MB, Avvisad, Filfel

MAX_STROM = 64 * MB
"""One stream that is not a picture, unpacked. A long page of drawing takes some 10 MB."""
MAX_STROMMAR = 256 * MB
MAX_DJUP = 60
MAX_OTYPISK = 2 * MB
_HANDELSER = {
    "/JavaScript": Filfel.SKRIPT,
    "/Launch": Filfel.STARTAR_PROGRAM,
    "/ImportData": Filfel.STARTAR_PROGRAM,
    "/Rendition": Filfel.MULTIMEDIA,
    "/Movie": Filfel.MULTIMEDIA,
    "/Sound": Filfel.MULTIMEDIA,
    "/RichMediaExecute": Filfel.MULTIMEDIA,
}
_ANNOTERINGAR = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
_PROGRAM = (
    *(".exe", ".dll", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".bat", ".cmd", ".ps1", ".scr", ".com", ".msi", ".hta"),
    *(".lnk", ".jar", ".sh", ".docm", ".xlsm", ".html", ".htm", ".svg", ".iso", ".img", ".appx"),
)
_PROGRAMHUVUD = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")


def granska_pdf(path: Path) -> None:
    """Look at a PDF. Raises Avvisad with the reason; a file that opens with an empty password is taken."""
    try:
        with pikepdf.open(path) as pdf:
            _sidor(pdf)
            unpacked = 0
            for obj in pdf.objects:
                unpacked += _objekt(obj)
                if unpacked > MAX_STROMMAR:
                    raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
    except Avvisad:
        raise
    except pikepdf.PasswordError as error:
        raise Avvisad(Filfel.LOSENORD) from error
    except MemoryError as error:
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD) from error
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise Avvisad(Filfel.SKADAD) from error


def _sidor(pdf: pikepdf.Pdf) -> None:
    pages = len(pdf.pages)
    if pages == 0:
        raise Avvisad(Filfel.SKADAD)
    if pages > MAX_SIDOR:
        raise Avvisad(Filfel.FOR_MANGA_SIDOR)


def _objekt(obj: Any) -> int:
    """Look at one object and everything written inside it. Out: how much its stream unpacks to."""
    for part in _delar(obj, 0):
        _ordbok(part)
    return _strom(obj) if isinstance(obj, pikepdf.Stream) else 0


def _delar(obj: Any, depth: int) -> Iterator[pikepdf.Object]:
    """Yield the dictionaries in an object; what it refers to has its own turn."""
    if depth > MAX_DJUP:
        raise Avvisad(Filfel.SKADAD)
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        yield obj
        children: list[Any] = [value for _, value in obj.items()]
    elif isinstance(obj, pikepdf.Array):
        children = list(obj)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _delar(child, depth + 1)


def _ordbok(part: pikepdf.Object) -> None:
    keys = set(part.keys())
    action = _namn(part, "/S")
    if action in _HANDELSER:
        raise Avvisad(_HANDELSER[action])
    if "/JS" in keys or ("/JavaScript" in keys and _namn(part, "/Type") != "/Font"):
        raise Avvisad(Filfel.SKRIPT)
    if "/XFA" in keys:
        raise Avvisad(Filfel.XFA)
    if _namn(part, "/Subtype") in _ANNOTERINGAR and "/Rect" in keys:
        raise Avvisad(Filfel.MULTIMEDIA)
    if "/EF" in keys:
        _bilaga(part)


def _namn(part: pikepdf.Object, key: str) -> str:
    value = part.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _bilaga(part: pikepdf.Object) -> None:
    """A file inside the file: text, tables and pictures are common (invoices, signatures); programs are not taken."""
    names = [str(part.get(key, "")) for key in ("/F", "/UF")]
    if any(name.lower().rstrip(". ").endswith(_PROGRAM) for name in names):
        raise Avvisad(Filfel.PROGRAM_I_FILEN)
    holder = part.get("/EF")
    streams = [value for _, value in holder.items()] if isinstance(holder, pikepdf.Dictionary) else []
    for stream in streams:
        if isinstance(stream, pikepdf.Stream) and _borjan(stream).startswith(_PROGRAMHUVUD):
            raise Avvisad(Filfel.PROGRAM_I_FILEN)


def _filter(stream: Any) -> list[str]:
    value = stream.get("/Filter")
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, pikepdf.Array) else [str(value)]


_FLATE = ("/FlateDecode", "/Fl")
_STORA = (*_FLATE, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL")


def _strom(stream: Any) -> int:
    """Return how much a stream unpacks to, counted in pieces; pictures are measured by their header instead."""
    filters = _filter(stream)
    if _namn(stream, "/Subtype") == "/Image":
        if _tal(stream, "/Width") * _tal(stream, "/Height") > MAX_PIXLAR:
            raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
        return 0
    large = [name for name in filters if name in _STORA]
    if len(large) > 1:
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD)  # packed in layers: how a small bomb is made
    if not large:
        return 0
    if filters[0] in _FLATE:
        return _uppackat(stream.read_raw_bytes())
    if len(stream.read_raw_bytes()) > MAX_OTYPISK:
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
    return len(stream.read_bytes())


def _tal(stream: Any, key: str) -> int:
    try:
        return max(int(stream.get(key, 0)), 0)
    except (TypeError, ValueError):
        return 0


def _uppackat(raw: bytes, most: int = MAX_STROM) -> int:
    """Count what the bytes unpack to. Raises Avvisad past ``most``; damage in one stream is left to the reader."""
    unpacker, total, left = zlib.decompressobj(), 0, raw
    try:
        while left and not unpacker.eof:
            total += len(unpacker.decompress(left, MB))
            left = unpacker.unconsumed_tail
            if total > most:
                raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
    except zlib.error:
        return total
    return total


def _borjan(stream: Any) -> bytes:
    raw = bytes(stream.read_raw_bytes())
    filters = _filter(stream)
    if filters and filters[0] in _FLATE:
        try:
            return zlib.decompressobj().decompress(raw, 64)
        except zlib.error:
            return b""
    return raw[:64] if not filters else bytes(stream.read_bytes())[:64]
