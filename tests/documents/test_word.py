"""The Word file opens again and holds what the tree holds."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pypandoc
import pytest

from delprojekt.documents import pandoc, word
from delprojekt.documents.errors import OtillatenResurs, WordFel
from delprojekt.documents.media import Media
from delprojekt.documents.pandoc import default_file
from delprojekt.documents.tree import Chapter, Document, Html, without_empty
from delprojekt.documents.word import render_word
from tests.documents import samples


def as_markdown(docx: bytes) -> str:
    """Return what pandoc reads out of the file, one line for each paragraph."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--from=docx", "--to=gfm", "--wrap=none"]
    return subprocess.run(command, input=docx, capture_output=True, check=True).stdout.decode()


def test_footnotes_are_word_s_own_and_references_say_the_number() -> None:
    document = samples.uppdrag(chapters=(Chapter("a", "1", "A", (Html(samples.WRITTEN),)),))
    made = render_word(document, media_fetcher=lambda _: Media(GIF, "image/gif"))
    notes = zipfile.ZipFile(BytesIO(made)).read("word/footnotes.xml").decode()
    assert notes.count("<w:footnoteRef />") == 6
    text = as_markdown(made)
    assert "[^2]: Räknat i hela dagar." in text
    assert "Som [tabell 1](#tabell-b2) visar ökar besöken[^1] på dagvård.[^2]" in text
    assert "Källa: Regionernas system, 2025" in text


GIF = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def pictures(docx: bytes) -> list[str]:
    """Return the names of the pictures inside."""
    return [name for name in zipfile.ZipFile(BytesIO(docx)).namelist() if name.startswith("word/media/")]


def with_picture(address: str) -> Document:
    """Return a document with one picture."""
    return samples.uppdrag(chapters=(Chapter("a", "1", "A", (Html(f'<img src="{address}" alt="Karta">'),)),))


@pytest.fixture(scope="module")
def slutrapport() -> bytes:
    return render_word(samples.slutrapport())


def test_the_chapters_are_headings_of_their_level(slutrapport: bytes) -> None:
    lines = as_markdown(slutrapport).splitlines()
    for chapter in without_empty(samples.slutrapport()).chapters:
        assert f"# {chapter.number} {chapter.heading}".replace("  ", " ") in lines
        for child in chapter.chapters:
            assert f"## {child.number} {child.heading}" in lines


def test_tables_lists_proposals_and_the_front_page_come_along(slutrapport: bytes) -> None:
    text = as_markdown(slutrapport)
    for words in (
        "Godkänd av Södra regionvårdsnämnden 4 juni 2026 § 27",
        "Maja Ek, Södra regionvårdsnämndens kansli",
        "Tabell 1. Kompetenser i arbetsgruppen",
        "Åtgärdsförslag 4: En samordnare per region",
        "0,25 tjänst",
        "5.  Föreslå hur arbetet följs upp.",
        "Chefsamråd Internmedicin 12 januari 2026",
    ):
        assert words in text


def test_the_language_is_swedish_and_word_knows_its_own_headings(slutrapport: bytes) -> None:
    parts = zipfile.ZipFile(BytesIO(slutrapport))
    assert 'w:val="sv-SE"' in parts.read("word/styles.xml").decode()
    body = parts.read("word/document.xml").decode()
    assert '<w:pStyle w:val="Heading1" />' in body
    assert "TOC \\o &quot;1-2&quot;" in body
    assert "Samarbete för bättre vård" in parts.read("word/footer1.xml").decode()


def test_the_same_tree_gives_the_same_bytes(slutrapport: bytes) -> None:
    assert render_word(samples.slutrapport()) == slutrapport


def test_own_pictures_are_laid_into_the_file_and_others_are_refused() -> None:
    def fetch(path: str) -> Media:
        if path != "/media/karta.gif":
            raise LookupError(path)
        return Media(GIF, "image/gif")

    assert pictures(render_word(with_picture("/media/karta.gif"), media_fetcher=fetch))
    with pytest.raises(OtillatenResurs, match=r"/media/borta\.gif"):
        render_word(with_picture("/media/borta.gif"), media_fetcher=fetch)


@pytest.mark.parametrize("address", ["{file}", "{path}", "http://127.0.0.1:9/x.png"])
def test_pandoc_reads_no_file_and_no_address(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.gif"
    secret.write_bytes(GIF)
    address = address.format(file=secret.as_uri(), path=secret)
    monkeypatch.setattr(word, "render_for_word", lambda *_, **__: f'<p>x</p><img src="{address}" alt="a">')
    try:
        assert pictures(render_word(samples.uppdrag())) == []
    except WordFel:
        return


def test_without_the_sandbox_a_file_would_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.gif"
    secret.write_bytes(GIF)
    monkeypatch.setattr(word, "render_for_word", lambda *_, **__: f'<img src="{secret.as_uri()}" alt="a">')
    monkeypatch.setattr(pandoc, "SANDBOX", ())
    assert pictures(render_word(samples.uppdrag()))


def test_a_pandoc_that_takes_too_long_is_told_in_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "TIMEOUT_SECONDS", 0.001)
    with pytest.raises(WordFel, match="Word-filen kunde inte skapas"):
        render_word(samples.uppdrag())


def test_the_committed_look_is_what_the_script_makes() -> None:
    from delprojekt.documents.word_style import make_style

    made_of = default_file("reference.docx")
    made, kept = (zipfile.ZipFile(BytesIO(data)) for data in (make_style(made_of), word.STYLE.read_bytes()))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}
