"""Makers of received files, good and bad, each from nothing: no file is copied in. The corpus is in korpus.py."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from PIL import Image

from delprojekt.demo.papper import make_paper
from delprojekt.documents.granska.utslag import MB

Change = Callable[[pikepdf.Pdf], object]
D, N = pikepdf.Dictionary, pikepdf.Name
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
EMPTY_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\0" + b"\0" * 300


def paper() -> bytes:
    """Return a plain one-page PDF."""
    file = make_paper("utdrag.pdf", "Protokollsutdrag § 214", ["Regionstyrelsen beslutar", "att införa fasta tider."])
    return bytes(file.read())


def pdf(change: Change | None = None, **save: object) -> Callable[[], bytes]:
    """Return a maker of a PDF that has been changed."""

    def make() -> bytes:
        with pikepdf.open(io.BytesIO(paper())) as document:
            if change:
                change(document)
            out = io.BytesIO()
            document.save(out, **save)  # type: ignore[arg-type]
            return out.getvalue()

    return make


def after(more: bytes, before: bytes = b"") -> Callable[[], bytes]:
    return lambda: before + paper() + more


def incremental() -> bytes:
    """Return a PDF that was changed twice by appending, as a signature is."""
    data = paper()
    for text in (b"(Andrad)", b"(Undertecknad)"):
        start = data.rfind(b"startxref\n") + 10
        previous = int(data[start : data.find(b"\n", start)])
        at = len(data)
        data += b"6 0 obj\n<< /Title " + text + b" >>\nendobj\n"
        table = len(data)
        data += b"xref\n6 1\n%010d 00000 n \n" % at
        data += b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (previous, table)
    return data


def action(**parts: object) -> Change:
    """Let the document do something when it opens."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = D({f"/{key}": value for key, value in parts.items()})

    return change


def go_to(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = D(S=N.GoTo, D=pikepdf.Array([document.pages[0].obj, N.Fit]))


def form(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(
        D(Type=N.Annot, Subtype=N.Widget, FT=N.Tx, T="namn", V="Karin", Rect=pikepdf.Array([50, 50, 200, 70]))
    )
    document.pages[0].obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = D(Fields=pikepdf.Array([field]))


def form_with_script(document: pikepdf.Pdf) -> None:
    form(document)
    field = document.pages[0].obj.Annots[0]
    field.AA = D(K=D(S=N.JavaScript, JS="app.alert(1)"))


def signature(document: pikepdf.Pdf) -> None:
    value = D(Type=N.Sig, Filter=N("/Adobe.PPKLite"), SubFilter=N("/adbe.pkcs7.detached"), Contents=b"\0" * 64)
    field = document.make_indirect(
        D(Type=N.Annot, Subtype=N.Widget, FT=N.Sig, T="Signatur", V=value, Rect=pikepdf.Array([0, 0, 0, 0]))
    )
    document.pages[0].obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = D(Fields=pikepdf.Array([field]), SigFlags=3)


def link(document: pikepdf.Pdf) -> None:
    goes = D(S=N.URI, URI="https://www.exempel.se/protokoll")
    annotation = D(Type=N.Annot, Subtype=N.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=goes)
    document.pages[0].obj.Annots = pikepdf.Array([annotation])


def script_names(document: pikepdf.Pdf) -> None:
    tree = D(Names=pikepdf.Array(["start", D(S=N.JavaScript, JS="app.alert(1)")]))
    document.Root.Names = D(JavaScript=document.make_indirect(tree))


def script_stream(document: pikepdf.Pdf) -> None:
    action(S=N.JavaScript, JS=document.make_stream(b"app.alert(1)"))(document)


def page_script(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = D(O=D(S=N.JavaScript, JS="x"))


def chained(document: pikepdf.Pdf) -> None:
    go_to(document)
    document.Root.OpenAction.Next = D(S=N.JavaScript, JS="x")


def xfa(document: pikepdf.Pdf) -> None:
    form(document)
    document.Root.AcroForm.XFA = document.make_stream(b"<xdp:xdp/>")


def attached(name: str, data: bytes) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)

    return change


def movie(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = pikepdf.Array(
        [D(Type=N.Annot, Subtype=N.RichMedia, Rect=pikepdf.Array([0, 0, 9, 9]))]
    )


def content(raw: bytes, *filters: str, image: tuple[int, int] | None = None) -> Change:
    """Put a stream with these bytes, as they are, into the document."""

    def change(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        names = pikepdf.Array([N(f"/{name}") for name in filters])
        stream.write(raw, filter=names if len(names) > 1 else names[0])
        if image:
            stream.Type, stream.Subtype, stream.Width, stream.Height = N.XObject, N.Image, *image
            stream.ColorSpace, stream.BitsPerComponent = N.DeviceGray, 8
        document.pages[0].obj.Resources.XObject = D(X=document.make_indirect(stream))

    return change


@cache
def packed(megabytes: int, layers: int = 1) -> bytes:
    """Return so many megabytes of nothing, packed without ever holding them."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    one = packer.compress(b"\0" * MB) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it can be said again
    checksum = megabytes * MB % 65521 << 16 | 1  # Adler-32 of nothing but zeros
    data = b"\x78\xda" + one * megabytes + packer.flush() + checksum.to_bytes(4)
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def scan(pages: int = 2) -> bytes:
    """Return scanned pages as a copying machine sends them."""
    sheets = [Image.new("L", (1240, 1754), 240) for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def many_pages(count: int) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        for _ in range(count - 1):
            document.add_blank_page(page_size=(595, 842))

    return change


def object_stream_bomb() -> bytes:
    """Return a PDF whose table of objects unpacks to a gigabyte: it is the reader itself that would swell."""
    body = packed(1024)
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = b"3 0 obj\n<< /Type /XRef /Size 4 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    return head + table % len(body) + body + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(kind: str = WORD, **more: bytes) -> Callable[[], bytes]:
    """Return a maker of a Word document; ``more`` has parts by name, with ``__`` for a slash."""
    types = f'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    parts = {
        "[Content_Types].xml": types.encode(),
        "word/document.xml": b"<w:document><w:body><w:p/></w:body></w:document>",
        **{name.replace("__", "/"): data for name, data in more.items()},
    }
    return lambda: archive(parts)


def odt(kind: str = ODT, **more: bytes) -> Callable[[], bytes]:
    parts = {"content.xml": b"<office:document-content/>", **{k.replace("__", "/"): v for k, v in more.items()}}

    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr("mimetype", kind, zipfile.ZIP_STORED)
            for name, data in parts.items():
                made.writestr(name, data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    return make


def locked_docx() -> bytes:
    data = bytearray(docx()())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", f"<Types>{WORD}</Types>")
        with made.open("word/document.xml", "w") as part:
            for _ in range(500):
                part.write(b"\0" * MB)
    return out.getvalue()


def overlapping() -> bytes:
    """Return an archive whose table of contents names the same bytes twice, the way a small bomb is made."""
    data = bytearray(docx(word__media__a=b"\0" * 4000, word__media__b=b"\0" * 4000)())
    last = data.rfind(b"PK\x01\x02")
    before = data.rfind(b"PK\x01\x02", 0, last)
    data[last + 42 : last + 46] = data[before + 42 : before + 46]
    return bytes(data)


def picture(kind: str, size: tuple[int, int] = (800, 600), mode: str = "RGB", **more: object) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        Image.new(mode, size, 1).save(out, kind, **more)
        return out.getvalue()

    return make


def tiff(pages: int) -> Callable[[], bytes]:
    sheets = [Image.new("1", (620, 877), 1) for _ in range(pages)]
    return picture_of(sheets)


def picture_of(sheets: list[Image.Image]) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        sheets[0].save(out, "TIFF", compression="group4", save_all=True, append_images=sheets[1:])
        return out.getvalue()

    return make


def png_bomb() -> bytes:
    """Return a PNG that says it is 60 000 × 60 000 and holds almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed(300)) + chunk(b"IEND", b"")


def jpeg_with(comment: bytes) -> Callable[[], bytes]:
    return picture("JPEG", comment=comment)


def cut(make: Callable[[], bytes], share: float) -> Callable[[], bytes]:
    return lambda: (lambda data: data[: int(len(data) * share)])(make())


def followed_by(make: Callable[[], bytes], more: bytes) -> Callable[[], bytes]:
    return lambda: make() + more
