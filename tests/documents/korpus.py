"""The corpus of received files with the verdict each must get (quality.md §1 row 17)."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from PIL import Image

from delprojekt.documents.granska.slag import Filslag
from delprojekt.documents.granska.utslag import Filfel
from tests.documents.filkorpus import (
    EXE,
    MACRO,
    OLE,
    N,
    action,
    after,
    archive,
    attached,
    chained,
    content,
    cut,
    docx,
    followed_by,
    form,
    form_with_script,
    go_to,
    incremental,
    jpeg_with,
    link,
    locked_docx,
    many_pages,
    movie,
    object_stream_bomb,
    odt,
    overlapping,
    packed,
    page_script,
    paper,
    pdf,
    picture,
    picture_of,
    png_bomb,
    scan,
    script_names,
    script_stream,
    signature,
    tiff,
    xfa,
    zip_bomb,
)


@dataclass(frozen=True)
class Fil:
    """One file of the corpus and what must be said of it."""

    namn: str
    data: Callable[[], bytes]
    vantat: Filslag | Filfel


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
P, W, O = Filslag.PDF, Filslag.DOCX, Filslag.ODT  # noqa: E741  (kinds that are taken)
F = Filfel
NO_METADATA = pikepdf.Permissions(extract=False, modify_other=False)

KORPUS: tuple[Fil, ...] = (
    # taken: what a region really sends
    Fil("vanlig.pdf", paper, P),
    Fil("komprimerad.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), P),
    Fil("lineariserad.pdf", pdf(linearize=True), P),
    Fil("skannad.pdf", lambda: scan(3), P),
    Fil("andrad-tva-ganger.pdf", incremental, P),
    Fil("undertecknad.pdf", pdf(signature), P),
    Fil("oppnas-pa-sidan-1.pdf", pdf(go_to), P),
    Fil("formular.pdf", pdf(form), P),
    Fil("lank.pdf", pdf(link), P),
    Fil("agarlosenord.pdf", pdf(encryption=pikepdf.Encryption(owner="hemligt", user="", allow=NO_METADATA)), P),
    Fil("bilaga-xml.pdf", pdf(attached("faktura.xml", b"<faktura/>")), P),
    Fil("bilaga-pdf.pdf", pdf(attached("bilaga.pdf", b"%PDF-1.4\n%%EOF")), P),
    Fil("500-sidor.pdf", pdf(many_pages(500)), P),
    Fil("tomma-byte-efter.pdf", after(b"\r\n" + b"\0" * 3000), P),
    Fil("bom-forst.pdf", after(b"", b"\xef\xbb\xbf\r\n"), P),
    Fil("stor-bild.pdf", pdf(content(packed(60), "FlateDecode", image=(7000, 9000))), P),
    Fil("jpeg-i-flate.pdf", pdf(content(zlib.compress(picture("JPEG")()), "FlateDecode", "DCTDecode")), P),
    Fil("word.docx", docx(), W),
    Fil("word-med-diagram.docx", docx(word__embeddings__Blad1_xlsx=b"PK\x03\x04"), F.INBADDAT),
    Fil("word-med-tabell.docx", lambda: docx(**{"word/embeddings/Blad1.xlsx": archive({"a": b"b"})})(), W),
    Fil("word-med-bild.docx", docx(**{"word/media/bild.png": picture("PNG")()}), W),
    Fil("libreoffice.odt", odt(), O),
    Fil("skarmbild.png", picture("PNG"), Filslag.PNG),
    Fil("foto.jpg", picture("JPEG"), Filslag.JPEG),
    Fil("cmyk.jpg", picture("JPEG", mode="CMYK"), Filslag.JPEG),
    Fil("fax.tif", tiff(12), Filslag.TIFF),
    Fil("a3-600dpi.tif", picture_of([Image.new("1", (7016, 9921), 1)]), Filslag.TIFF),
    # turned away: scripts and programs
    Fil("skript-vid-oppning.pdf", pdf(action(S=N.JavaScript, JS="app.alert(1)")), F.SKRIPT),
    Fil("skript-i-strom.pdf", pdf(script_stream), F.SKRIPT),
    Fil("skript-i-namntrad.pdf", pdf(script_names), F.SKRIPT),
    Fil("skript-pa-sidan.pdf", pdf(page_script), F.SKRIPT),
    Fil("skript-i-falt.pdf", pdf(form_with_script), F.SKRIPT),
    Fil("skript-efter-hopp.pdf", pdf(chained), F.SKRIPT),
    Fil(
        "skript-i-objektstrom.pdf",
        pdf(script_names, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        F.SKRIPT,
    ),
    Fil("skrivet-med-hex.pdf", lambda: pdf(page_script)().replace(b"/JavaScript", b"/J#61vaScript"), F.SKRIPT),
    Fil("startar-program.pdf", pdf(action(S=N.Launch, F="cmd.exe")), F.STARTAR_PROGRAM),
    Fil("hamtar-data.pdf", pdf(action(S=N.ImportData, F="x.fdf")), F.STARTAR_PROGRAM),
    Fil("xfa.pdf", pdf(xfa), F.XFA),
    Fil("film.pdf", pdf(movie), F.MULTIMEDIA),
    Fil("ljud.pdf", pdf(action(S=N.Sound)), F.MULTIMEDIA),
    Fil("exe-bilaga.pdf", pdf(attached("uppdatering.exe", EXE)), F.PROGRAM_I_FILEN),
    Fil("exe-med-annat-namn.pdf", pdf(attached("protokoll.txt", EXE)), F.PROGRAM_I_FILEN),
    Fil("js-bilaga.pdf", pdf(attached("las.js ", b"WScript")), F.PROGRAM_I_FILEN),
    # turned away: locked, damaged, of another kind
    Fil("losenord.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), F.LOSENORD),
    Fil("losenord.docx", locked_docx, F.LOSENORD),
    Fil("tom.pdf", lambda: b"", F.TOM),
    Fil("avhuggen.pdf", lambda: paper()[:60], F.SKADAD),
    Fil(
        "utan-sidor.pdf", lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", F.SKADAD
    ),
    Fil("avhuggen.docx", cut(docx(), 0.6), F.SKADAD),
    Fil("avhuggen.png", cut(picture("PNG", (3000, 3000)), 0.6), F.SKADAD),
    Fil("avhuggen.jpg", lambda: picture("JPEG")()[:400], F.SKADAD),
    Fil("sida.pdf", lambda: HTML, F.FEL_SLAG),
    Fil("text.pdf", lambda: "Protokoll från sammanträde".encode(), F.FEL_SLAG),
    Fil("gif.gif", picture("GIF", mode="L"), F.FEL_SLAG),
    Fil("svg.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", F.FEL_SLAG),
    Fil("program.exe", lambda: EXE, F.FEL_SLAG),
    Fil("arkiv.zip", lambda: archive({"a.txt": b"hej"}), F.FEL_SLAG),
    Fil("kalkyl.xlsx", lambda: archive({"[Content_Types].xml": b"<Types>spreadsheetml</Types>"}), F.FEL_SLAG),
    Fil("kalkyl.ods", odt("application/vnd.oasis.opendocument.spreadsheet"), F.FEL_SLAG),
    Fil("gammalt.doc", lambda: OLE, F.GAMMALT_ELLER_LAST),
    # turned away: two kinds at once
    Fil("html-fore.pdf", after(b"", HTML), F.TVETYDIG),
    Fil("zip-fore.pdf", after(b"", archive({"a.txt": b"hej"})), F.TVETYDIG),
    Fil("skript-fore.pdf", after(b"", b"#!/bin/sh\nrm -rf /\n"), F.TVETYDIG),
    Fil("zip-efter.pdf", after(archive({"a.txt": b"hej"})), F.TVETYDIG),
    Fil("html-efter.pdf", after(HTML), F.TVETYDIG),
    Fil("html-i-huvudet.pdf", lambda: paper().replace(b"%\xe2\xe3\xcf\xd3", b"%" + HTML), F.TVETYDIG),
    Fil("pdf-i.jpg", jpeg_with(paper()[:200]), F.TVETYDIG),
    Fil("html-i.jpg", jpeg_with(HTML), F.TVETYDIG),
    Fil("zip-efter.png", followed_by(picture("PNG"), archive({"a.txt": b"hej"})), F.TVETYDIG),
    # turned away: too much
    Fil("501-sidor.pdf", pdf(many_pages(501)), F.FOR_MANGA_SIDOR),
    Fil("501-sidor.tif", picture_of([Image.new("1", (8, 8), 1)] * 501), F.FOR_MANGA_SIDOR),
    Fil("flate-bomb.pdf", pdf(content(packed(2000), "FlateDecode")), F.FOR_STOR_UPPACKAD),
    Fil("flate-i-flate.pdf", pdf(content(packed(1000, 2), "FlateDecode", "FlateDecode")), F.FOR_STOR_UPPACKAD),
    Fil("bildbomb.pdf", pdf(content(packed(10), "FlateDecode", image=(90000, 90000))), F.FOR_STOR_UPPACKAD),
    Fil("tabellbomb.pdf", object_stream_bomb, F.SKADAD),
    Fil("zip-bomb.docx", zip_bomb, F.FOR_STOR_UPPACKAD),
    Fil("samma-byte.docx", overlapping, F.FOR_STOR_UPPACKAD),
    Fil("png-bomb.png", png_bomb, F.FOR_STOR_UPPACKAD),
    # turned away: macros and embedded objects
    Fil("makro.docm", docx(MACRO), F.MAKRON),
    Fil("makro-i.docx", docx(**{"word/vbaProject.bin": OLE}), F.MAKRON),
    Fil("makro.odt", odt(**{"Basic/Standard/Module1.xml": b"<x/>"}), F.MAKRON),
    Fil("skript.odt", odt(**{"Scripts/python/a.py": b"x"}), F.MAKRON),
    Fil("ole.docx", docx(**{"word/embeddings/oleObject1.bin": OLE}), F.INBADDAT),
    Fil("ole.odt", odt(**{"Object 1": OLE}), F.INBADDAT),
    Fil("activex.docx", docx(**{"word/activeX/activeX1.xml": b"<x/>"}), F.INBADDAT),
    Fil("exe.docx", docx(**{"word/media/bild.png": EXE}), F.PROGRAM_I_FILEN),
    Fil("xml-bomb.docx", docx(**{"word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), F.SKADAD),
)
