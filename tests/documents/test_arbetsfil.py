"""Sections to Word and back: nothing is lost, and what was changed in Word is all that differs."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from delprojekt.documents import pandoc
from delprojekt.documents.arbetsfil import Avsnittsdel, Framsida, render_arbetsfil
from delprojekt.documents.marken import Marke, read_mark
from delprojekt.documents.media import Media
from delprojekt.documents.text import sanitise
from delprojekt.documents.wordintag import as_it_stood
from delprojekt.documents.wordtext import Olaslig, Wordtext, read_word
from tests.documents.samples import WRITTEN
from tests.documents.test_word import GIF

FRONT = Framsida("Kliniska distansmöten", "Slutrapport · Delprojekt 40", date(2026, 11, 27))
ALL = (
    "<h3>Mål</h3><p>Ett <strong>fett</strong>, <em>kursivt</em>, <strong><em>båda</em></strong>, H<sub>2</sub>O, "
    'x<sup>3</sup>, <a href="https://exempel.se/">länk</a>, <a href="mailto:a@exempel.se">mejl</a>, ny<br>rad, '
    '<a href="#tabell-zz9">tabellen</a>, <a href="#kap-syfte">avsnittet</a> &lt;b&gt; &amp; “rakt” "5&nbsp;%" – …</p>'
    "<ul><li>a<ul><li>b</li><li>bb</li></ul></li><li>c</li></ul>"
    '<ol start="3"><li>tredje</li><li><p>två</p><p>stycken</p></li></ol><ol><li>ny lista</li></ol>'
    "<blockquote><p>Citat ett</p><p>två</p></blockquote><h4>Mindre</h4><h5>Minst</h5>"
    '<table id="tabell-zz9"><caption>Besök <em>per</em> region</caption><thead><tr><th scope="col">Region</th>'
    '<th scope="colgroup" colspan="2">Antal</th></tr><tr><th scope="col">a</th><th scope="col">b</th>'
    '<th scope="col">c</th></tr></thead><tbody><tr><th scope="rowgroup" rowspan="2">Skåne</th><td>1&nbsp;480</td>'
    '<td>5<br>6</td></tr><tr><td><ul><li>x</li></ul></td><td></td></tr><tr><th scope="row">Halland</th>'
    '<td><p>a</p><p>b</p></td><td>3</td></tr></tbody><tfoot><tr><td colspan="3">Regionernas <em>system</em>, 2025</td>'
    "</tr></tfoot></table><table><tbody><tr><td>utan</td><td>huvud</td></tr></tbody></table>"
    '<figure id="figur-c33"><img src="/media/bild/a.gif" alt="Karta &amp; &quot;plan&quot;"><figcaption>Var vården'
    ' finns</figcaption></figure><figure><img src="/media/bild/a.gif" alt="Utan rubrik"></figure>'
    '<p>Ett <dfn title="förklaring med &quot;citat&quot; &amp; å">fack ord</dfn> till.</p>'
)
"""Every element of the allow-list, in the form that the editor stores it."""


def made(*texts: str) -> bytes:
    parts = [
        Avsnittsdel(Marke(7, 30 + at, 4), f"del_{at}", 2 if at else 1, f"7.{at} Rubrik {at}", sanitise(text))
        for at, text in enumerate(texts)
    ]
    return render_arbetsfil(FRONT, parts, lambda _: Media(GIF, "image/gif"))


def edited(docx: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Return a Word file as somebody has left it who changed its text."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as out:
        for item in source.infolist():
            content = source.read(item)
            out.writestr(item, change(content.decode()).encode() if item.filename == part else content)
    return target.getvalue()


def read(docx: bytes, folder: Path) -> Wordtext:
    path = folder / "fil.docx"
    path.write_bytes(docx)
    return read_word(path)


def as_word_saves_it(xml: str) -> str:
    """Return the text as Word leaves it: its own marks on paragraphs and runs, a word cut in two, spelling noted."""
    xml = xml.replace("<w:p>", '<w:p w:rsidR="00A81B2C" w:rsidRDefault="00A81B2C">')
    xml = xml.replace("<w:r>", '<w:r w:rsidRPr="00A81B2C">')
    return xml.replace(">Skåne<", '>Skå</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>ne<')


def table(rows: int) -> str:
    row = "<w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row * rows}</w:tbl>"


def own_pictures(html: str) -> str:
    return re.sub(r"/media/word/[\w.]+", "/media/bild/a.gif", html)


@pytest.fixture(scope="module")
def docx() -> bytes:
    return made(ALL, WRITTEN.replace("/media/a.png", "/media/bild/a.gif"))


@pytest.mark.parametrize("change", [str, as_word_saves_it], ids=["untouched", "saved by Word"])
def test_every_allowed_element_comes_back_as_it_was(docx: bytes, tmp_path: Path, change: Callable[[str], str]) -> None:
    found = read(edited(docx, change), tmp_path)
    assert [read_mark(part.marke) for part in found.delar] == [Marke(7, 30, 4), Marke(7, 31, 4)]
    assert [part.rubrik for part in found.delar] == ["7.0 Rubrik 0", "7.1 Rubrik 1"]
    assert [own_pictures(part.html) for part in found.delar] == [
        sanitise(ALL),
        sanitise(WRITTEN.replace("/media/a.png", "/media/bild/a.gif")),
    ]
    assert found.varningar == ()


def test_the_file_is_a_good_word_document(docx: bytes) -> None:
    parts = zipfile.ZipFile(BytesIO(docx))
    body, styles = (parts.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert 'w:val="sv-SE"' in styles
    assert "TOC \\o &quot;1-3&quot;" in body
    assert body.count("<w:tblHeader") == 3
    assert 'w:name="_sfbv_7_30_4"' in body
    assert 'descr="Karta &amp; &quot;plan&quot;"' in body
    assert "data:image" not in body
    assert 'w:firstColumn="1"' in body
    assert '<w:pStyle w:val="TableCaption" />' in body
    assert parts.read("word/footnotes.xml").decode().count("<w:footnoteRef />") == 6
    assert "ur portalen 27 november 2026" in body


def test_what_was_changed_in_word_is_all_that_differs(docx: bytes, tmp_path: Path) -> None:
    def change(xml: str) -> str:
        note = "</w:p><w:p><w:r><w:t>Ett nytt stycke.</w:t></w:r></w:p>"
        return xml.replace(">Minst</w:t></w:r></w:p>", f">Minst</w:t></w:r>{note}").replace(">Halland<", ">Blekinge<")

    found = own_pictures(read(edited(docx, change), tmp_path).delar[0].html)
    assert found == sanitise(ALL).replace("Minst</h5>", "Minst</h5><p>Ett nytt stycke.</p>").replace(
        ">Halland<", ">Blekinge<"
    )


def test_tracked_changes_count_as_accepted_and_comments_stay_outside(docx: bytes, tmp_path: Path) -> None:
    def change(xml: str) -> str:
        tracked = (
            '<w:ins w:id="1" w:author="A" w:date="2026-11-01T10:00:00Z"><w:r><w:t>Skånes</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="A" w:date="2026-11-01T10:00:00Z"><w:r><w:delText>Skåne</w:delText></w:r></w:del>'
        )
        return xml.replace('<w:r><w:t xml:space="preserve">Skåne</w:t></w:r>', tracked)

    found = read(edited(docx, change), tmp_path)
    assert ">Skånes</th>" in found.delar[0].html
    assert "Skåne<" not in found.delar[0].html


def test_without_its_bookmark_a_section_is_known_by_its_heading_only(docx: bytes, tmp_path: Path) -> None:
    found = read(edited(docx, lambda xml: xml.replace("_sfbv_7_31_4", "annat")), tmp_path)
    assert [(part.rubrik, part.marke) for part in found.delar] == [
        ("7.0 Rubrik 0", "_sfbv_7_30_4"),
        ("7.1 Rubrik 1", ""),
    ]


def test_words_that_look_like_our_own_signs_are_only_words(tmp_path: Path) -> None:
    text = "<p>\ufdd0m_sfbv_1_1_1\ufdd1 &lt;script&gt;alert(1)&lt;/script&gt; <!--x--></p>"
    (part,) = read(made(text), tmp_path).delar
    assert part.html == "<p>m_sfbv_1_1_1 &lt;script&gt;alert(1)&lt;/script&gt; </p>".replace(" </p>", "</p>")
    evil = edited(made("<p>Ord</p>"), lambda xml: xml.replace(">Ord<", ">\ufdd0d!!\ufdd1\ufdd0m_sfbv_9_9_9\ufdd1Ord<"))
    (part,) = read(evil, tmp_path).delar
    assert part.html == "<p>Ord</p>"


def test_a_table_of_5_000_rows_stays_outside_with_a_sentence_and_the_rest_comes_along(tmp_path: Path) -> None:
    docx = edited(
        made("<p>Före</p><p>Efter</p>"),
        lambda xml: xml.replace("Före</w:t></w:r></w:p>", f"Före</w:t></w:r></w:p>{table(5000)}"),
    )
    found = read(docx, tmp_path)
    assert found.delar[0].html.startswith("<p>Före</p><p>[Tabellen utan rubrik har 5000 rader och togs inte med")
    assert found.delar[0].html.endswith("<p>Efter</p>")
    assert "högst 500 rader får plats" in found.varningar[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%%EOF", "inte ett Word-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "äldre Word-dokument"),
        (b"PK\x03\x04skadad", "skadad"),
    ],
)
def test_what_is_no_word_file_is_told_in_swedish(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(Olaslig, match=words):
        read(data, tmp_path)


def test_what_would_take_too_much_memory_is_told_in_swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = edited(made("<p>Ord</p>"), lambda xml: xml.replace("<w:sectPr", f"{table(9000)}<w:sectPr", 1))
    monkeypatch.setattr(pandoc, "MAX_MEMORY", "24M")
    with pytest.raises(Olaslig, match="för stor för att läsas in"):
        read(large, tmp_path)


def test_a_word_file_with_a_bomb_or_macros_is_turned_away(tmp_path: Path) -> None:
    bomb = edited(made("<p>x</p>"), lambda _: "<w:document>" + " " * (210 * 1024 * 1024))
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(bomb)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for item in source.infolist():
            out.writestr(item.filename, source.read(item))
    assert len(target.getvalue()) < 1024 * 1024
    with pytest.raises(Olaslig, match="för stor"):
        read(target.getvalue(), tmp_path)
    macros = edited(
        made("<p>x</p>"),
        lambda xml: xml.replace("wordprocessingml.document.main", "macroEnabled"),
        "[Content_Types].xml",
    )
    with pytest.raises(Olaslig, match="makron"):
        read(macros, tmp_path)


@pytest.mark.lang
def test_nothing_is_lost_when_libreoffice_has_opened_and_saved_it(docx: bytes, tmp_path: Path) -> None:
    """Read back as it is taken in: beside what stood there when the file was taken out."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice finns inte här.")
    (tmp_path / "in.docx").write_bytes(docx)
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "ut"), str(tmp_path / "in.docx")]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    found = read_word(tmp_path / "ut" / "in.docx")
    texts = [sanitise(ALL), sanitise(WRITTEN.replace("/media/a.png", "/media/bild/a.gif"))]
    kept = [as_it_stood(text, own_pictures(part.html)) for text, part in zip(texts, found.delar[-2:], strict=True)]
    assert kept == texts


BOX = "<w:txbxContent><w:p><w:r><w:t>I rutan</w:t></w:r></w:p></w:txbxContent>"
ALTERNATE = (
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
    f"{BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            '<w:p><w:r><w:t xml:space="preserve">Tabell </w:t></w:r><w:fldSimple w:instr=" SEQ Tabell "><w:r>'
            '<w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> Besök</w:t></w:r></w:p>',
            "<p>Tabell 1 Besök</p>",
        ),
        (
            f"<w:p><w:r><w:t>Före</w:t></w:r><w:r><w:pict>{BOX}</w:pict></w:r></w:p><w:p><w:r><w:t>Efter</w:t></w:r></w:p>",
            "<p>Före</p><p>I rutan</p><p>Efter</p>",
        ),
        (f"<w:p><w:r><w:t>Före</w:t></w:r><w:r>{ALTERNATE}</w:r></w:p>", "<p>Före</p><p>I rutan</p>"),
    ],
    ids=["field", "text box", "text box of two programs"],
)
def test_words_in_fields_and_text_boxes_are_read(docx: bytes, tmp_path: Path, body: str, html: str) -> None:
    found = read(edited(docx, lambda xml: xml.replace("<w:sectPr", f"{body}<w:sectPr", 1)), tmp_path)
    assert found.delar[-1].html.endswith(html)
    assert found.varningar == ()


def test_what_has_no_place_in_a_section_is_told(docx: bytes, tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>A</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r><w:r><w:drawing><c:chart r:id="rId99"/>'
        '</w:drawing></w:r><w:r><w:pict><a:blip r:link="rId98"/></w:pict></w:r></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Med not</w:t></w:r><w:r>'
        '<w:footnoteReference w:id="20"/></w:r></w:p>'
    )
    body = body.replace("<w:p>", '<w:p xmlns:c="urn:c" xmlns:a="urn:a" xmlns:r="urn:r">', 1)
    found = read(edited(docx, lambda xml: xml.replace("<w:sectPr", f"{body}<w:sectPr", 1)), tmp_path)
    said = " ".join(found.varningar)
    assert "1 kommentar. Den följer inte med" in said
    assert "1 diagram eller figurer" in said
    assert "länkade" in said
    assert "Fotnoten i rubriken ”Med not”" in said


def test_a_row_that_was_taken_away_by_a_tracked_change_is_gone(tmp_path: Path) -> None:
    """Tracked changes count as accepted: no empty row stands where it was."""
    rows = "".join(f"<tr><td>{n}</td><td>b</td></tr>" for n in range(3))
    docx = made(f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>")
    deleted = '<w:tr><w:trPr><w:del w:id="9" w:author="Åsa" w:date="2026-11-27T12:00:00Z" /></w:trPr>'
    second = re.compile(r"<w:tr>(?=(?:(?!</w:tr>).)*>1</w:t>)", re.DOTALL)
    gone = edited(docx, lambda xml: second.sub(deleted, xml))
    assert gone != docx
    (part,) = read(gone, tmp_path).delar
    assert re.findall(r"<td>(\d?)</td>", part.html) == ["0", "2"]
