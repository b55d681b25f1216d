"""The record: PDF/A-3a and PDF/UA-1 in one file, the tree inside it, the same bytes every time."""

import re
import subprocess
import sys
from datetime import date

import pytest
from pytest_django import Settings
from weasyprint import HTML

from delprojekt.documents.diagram import describe, guess
from delprojekt.documents.errors import OtillatenResurs, PdfAv
from delprojekt.documents.html import render_page
from delprojekt.documents.media import Media
from delprojekt.documents.pdf import render_pdf
from delprojekt.documents.ritning import draw
from delprojekt.documents.tree import Chapter, Document, Html, to_json
from tests.documents import pdfbox, samples, verapdf
from tests.documents.test_diagram import AR
from tests.documents.test_tabelldata import read


@pytest.fixture(scope="module")
def uppdrag_pdf() -> bytes:
    return render_pdf(samples.uppdrag())


@pytest.fixture(scope="module")
def slutrapport_pdf() -> bytes:
    return render_pdf(samples.slutrapport())


def with_text(html: str) -> Document:
    """Return a document whose only chapter holds ``html``."""
    return samples.uppdrag(chapters=(Chapter("a", "1", "Avsnitt", (Html(html),)),))


def test_an_uppdrag_conforms_to_both_standards(uppdrag_pdf: bytes) -> None:
    assert verapdf.failures(uppdrag_pdf, verapdf.PDF_A) == {}
    assert verapdf.failures(uppdrag_pdf, verapdf.PDF_UA) == {}


def test_a_long_slutrapport_conforms_to_both_standards(slutrapport_pdf: bytes) -> None:
    assert verapdf.failures(slutrapport_pdf, verapdf.PDF_A) == {}
    assert verapdf.failures(slutrapport_pdf, verapdf.PDF_UA) == {}


def test_an_untagged_pdf_fails_both_standards() -> None:
    pdf = HTML(string=render_page(samples.uppdrag(), stylesheet=False)).write_pdf()
    assert verapdf.failures(pdf, verapdf.PDF_A)
    assert verapdf.failures(pdf, verapdf.PDF_UA)


@pytest.mark.parametrize(
    "html",
    [
        '<p>En <a href="https://exempel.se">länk med <strong>fet</strong> text<sup>1</sup></a></p>',
        '<p><a href="https://exempel.se/en-mycket-lang-adress">'
        "en länk som är så lång att den måste delas på flera rader, och sedan fortsätter den en bit till</a></p>",
        '<table><thead><tr><th>A</th><th colspan="2">B</th></tr></thead>'
        '<tbody><tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></tbody></table>',
        "<table><tbody><tr><td>utan</td><td>rubrik</td></tr></tbody></table>",
        samples.WRITTEN,
        "<ol><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ol>",
        '<ul><li><p>stycke i punkt</p><figure><img src="/media/a.png"><figcaption>Bild</figcaption></figure></li></ul>',
        "<blockquote><h4>Rubrik i citat</h4><p>Citat</p></blockquote>",
        "<p>text</p><li>punkt utan lista</li><ul><p>stycke i lista</p><h3>rubrik</h3></ul>",
        "<table><thead><tr><th>bara huvud</th></tr></thead></table><table><thead><tr><th>A</th></tr></thead>"
        "<thead><tr><th>B</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        "<table><caption>En</caption><caption>Två</caption><tbody><tr><td>1</td></tr><tr></tr></tbody></table>",
        "<table><tbody><tr><td>1</td></tr><tr><td>2</td><td>3</td><td>4</td></tr>"
        "<tr><td rowspan='3'>5</td><td>6</td></tr><tr><td>7</td></tr></tbody></table>",
        "<p>≥ 65 år, α-blockerare, 5 μm, H₂O, −3 °C, → nästa, Šarić, ½ ‰ •</p>",
    ],
)
def test_all_that_a_writer_may_do_conforms(html: str) -> None:
    picture = Media(_png(), "image/png")
    pdf = render_pdf(with_text(html), media_fetcher=lambda _: picture)
    assert verapdf.failures(pdf, verapdf.PDF_UA) == {}
    assert verapdf.failures(pdf, verapdf.PDF_A) == {}


def test_every_footnote_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    words = [("ord " * (31 * n % 90), n, "ord " * (17 * n % 40)) for n in range(40)]
    text = "".join(f"<p>{before}rop{n}rop<small>not{n}not {note}</small></p>" for before, n, note in words)
    pages = re.split(r"Sida \d+ av", pdfbox.text(render_pdf(with_text(text))))
    found = [(re.findall(r"rop(\d+)rop", page), re.findall(r"not(\d+)not", page)) for page in pages]
    assert all(calls == notes for calls, notes in found)
    assert sum(len(notes) for _, notes in found) == 40


def test_the_json_inside_is_the_tree(slutrapport_pdf: bytes) -> None:
    inside = pdfbox.attachments(slutrapport_pdf)
    assert set(inside) == {"dokument.json"}
    assert inside["dokument.json"].body.decode() == to_json(samples.slutrapport())
    assert inside["dokument.json"].relationship == "Data"
    assert inside["dokument.json"].description == "Dokumentets innehåll i maskinläsbar form (JSON)"


def test_the_same_tree_gives_the_same_bytes_in_another_process(uppdrag_pdf: bytes) -> None:
    code = (
        "import django, hashlib; django.setup()\n"
        "from delprojekt.documents.pdf import render_pdf; from tests.documents import samples\n"
        "import sys; sys.stdout.buffer.write(render_pdf(samples.uppdrag()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == uppdrag_pdf


def test_language_and_title_are_said(uppdrag_pdf: bytes) -> None:
    assert pdfbox.catalog(uppdrag_pdf) == {
        "language": "sv",
        "title": "Uppdrag – Delprojekt 40 Kliniska distansmöten",
        "author": "Karin Lind, Region Kronoberg",
    }


def test_pages_are_numbered_in_words_and_chapters_are_bookmarks(slutrapport_pdf: bytes) -> None:
    words = pdfbox.text(slutrapport_pdf)
    assert "Sida 3 av " in words
    assert "Delprojekt 40 · Slutrapport · version 1.0" in words
    assert pdfbox.bookmarks(slutrapport_pdf)[:3] == ["Innehåll", "Sammanfattning", "1 Bakgrund"]


def test_every_page_of_a_draft_says_that_it_is_one(slutrapport_pdf: bytes) -> None:
    assert "Arbetsmaterial" not in pdfbox.text(slutrapport_pdf)
    draft = pdfbox.text(render_pdf(samples.uppdrag(is_draft=True, status_line="Arbetsmaterial")))
    pages = int(draft.rsplit("Sida ", 1)[1].split(" av ")[1].split()[0])
    assert draft.count("Arbetsmaterial") == pages


def test_only_the_houses_own_font_is_used() -> None:
    pdf = render_pdf(with_text("<h3>≥ 65 år</h3><p>α → <strong>β</strong> <em>Žižek</em> " + "sjukvårdsregional " * 40))
    assert {name.removesuffix("-Semi-Bold").removesuffix("-Italic") for name in pdfbox.fonts(pdf)} == {
        "Source-Sans-3-Dokument"
    }


def test_own_pictures_are_fetched_and_a_missing_one_is_told() -> None:
    asked: list[str] = []

    def fetch(path: str) -> Media:
        asked.append(path)
        if path == "/media/karta.png":
            return Media(_png(), "image/png")
        raise LookupError(path)

    assert render_pdf(with_text('<img src="/media/karta.png" alt="Karta">'), media_fetcher=fetch)
    assert asked == ["/media/karta.png"]
    with pytest.raises(OtillatenResurs, match=r"inte finns i portalen: .*/media/borta\.png"):
        render_pdf(with_text('<img src="/media/borta.png" alt="Karta">'), media_fetcher=fetch)


def test_pdf_can_be_switched_off_and_says_so(settings: Settings) -> None:
    settings.PDF_AV = True
    with pytest.raises(PdfAv, match="PDF är avstängt på den här servern"):
        render_pdf(samples.uppdrag())


def test_a_server_without_pango_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(PdfAv, match="Pango saknas"):
        render_pdf(samples.uppdrag())


def test_importing_the_documents_does_not_import_weasyprint() -> None:
    code = (
        "import sys, delprojekt.documents.pdf, delprojekt.documents.word\n"
        "print({'weasyprint', 'pypandoc'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


def test_the_date_of_the_file_is_the_documents() -> None:
    assert b"D:20240229120000Z" in render_pdf(samples.uppdrag(date=date(2024, 2, 29)))


def _png() -> bytes:
    """Return a picture with an alpha channel."""
    from io import BytesIO

    from PIL import Image

    target = BytesIO()
    Image.new("RGBA", (40, 20), (15, 76, 92, 128)).save(target, "PNG")
    return target.getvalue()


def test_a_diagram_with_its_table_conforms_to_both_standards() -> None:
    """The same SVG as on the page, described in words, the table after it (issue: Skrivbordet, 6)."""
    drawn = draw(describe(read(AR), guess(read(AR))))
    address = f"/media/diagram/{'a' * 64}.svg"
    html = (
        f'<figure id="figur-data1"><img src="{address}" alt="Väntan ökar."><figcaption>Väntetid</figcaption></figure>'
        '<table id="tabell-data1"><caption>Siffrorna</caption><thead><tr><th scope="col">År</th><th scope="col">Antal'
        '</th></tr></thead><tbody><tr><th scope="row">2024</th><td>1&nbsp;058</td></tr></tbody></table>'
    )
    pdf = render_pdf(with_text(html), media_fetcher=lambda _: Media(drawn.svg.encode(), "image/svg+xml"))
    assert verapdf.failures(pdf, verapdf.PDF_UA) == {}
    assert verapdf.failures(pdf, verapdf.PDF_A) == {}
    assert "Blekinge" in pdfbox.text(pdf)  # letters, not a picture of them
