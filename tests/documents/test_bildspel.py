"""The slides for ledningsgruppen and nämnden: short enough to read, nothing of the text lost."""

import re
import zipfile
from io import BytesIO

import pytest

from delprojekt.documents.bildspel import LANGSTA_RUBRIK, LANGSTA_TEXT, STYLE, Bild, render_bildspel, slides
from delprojekt.documents.media import Media
from delprojekt.documents.pandoc import default_file
from delprojekt.documents.plain import to_plain
from delprojekt.documents.tree import Chapter, Html, Proposal
from tests.documents import samples
from tests.documents.test_word import GIF

LONG = "Det här är en mening med ganska många ord i sig. " * 40
SUMMARY = (
    f"<p>{LONG.strip()}</p><h3>Mellanrubrik</h3><ul><li>Ett</li><li>Två</li></ul>"
    '<figure><img src="/media/bild/a.gif" alt="Karta &amp; plan"><figcaption>Kartan</figcaption></figure>'
    f"<p>Ett ord<small>En fotnot.</small> till.</p><p>{'x' * 1000}</p>"
)


def with_summary(html: str = SUMMARY) -> bytes:
    tree = samples.slutrapport(
        is_draft=True,
        chapters=(
            Chapter("sammanfattning", "", "Sammanfattning", (Html(html),)),
            *samples.slutrapport().chapters[-5:],
            Chapter(
                "forslag_x", "", "F", (Proposal(9, "En mycket lång rubrik som inte får plats på en enda rad alls", ""),)
            ),
        ),
    )
    return render_bildspel(tree, media_fetcher=lambda _: Media(GIF, "image/gif"))


def texts(pptx: bytes, folder: str = "slides") -> list[list[str]]:
    """Return the paragraphs of each slide, the title first."""
    archive = zipfile.ZipFile(BytesIO(pptx))
    names = [name for name in archive.namelist() if re.fullmatch(rf"ppt/{folder}/\w+\.xml", name)]
    found = []
    for name in sorted(names, key=lambda name: int(re.sub(r"\D", "", name))):
        paragraphs = re.findall(r"<a:p>(.*?)</a:p>", archive.read(name).decode(), re.DOTALL)
        found.append(["".join(re.findall(r"<a:t>(.*?)</a:t>", one, re.DOTALL)) for one in paragraphs])
    return found


@pytest.fixture(scope="module")
def pptx() -> bytes:
    return with_summary()


def test_titles_are_one_line_and_no_slide_has_more_than_can_be_read(pptx: bytes) -> None:
    found = texts(pptx)
    assert found[0][0] == "Kliniska distansmöten"
    assert "Godkänd av Södra regionvårdsnämnden" in " ".join(found[0])
    for title, *lines in found[1:]:
        assert len(title) <= LANGSTA_RUBRIK, title
        assert sum(map(len, lines)) <= LANGSTA_TEXT + 40, title
    assert [one[0] for one in found[1:4]] == [f"Sammanfattning ({n}/{found_in(found)})" for n in (1, 2, 3)]
    assert "Kartan" in [one[0] for one in found]


def found_in(found: list[list[str]]) -> int:
    """How many slides the text of the summary takes."""
    return sum(1 for one in found if one[0].startswith("Sammanfattning"))


def test_no_word_of_the_summary_is_lost_and_the_notes_have_it_whole(pptx: bytes) -> None:
    shown = " ".join(line for one in texts(pptx) for line in one)
    assert shown.count("Det här är en mening med ganska många ord i sig.") == 40
    assert "x" * 399 in shown
    notes = texts(pptx, "notesSlides")
    assert all("En fotnot." in " ".join(one) for one in notes[:3])
    assert "En mycket lång rubrik som inte får plats på en enda rad alls" in " ".join(notes[-1])


def test_each_proposal_has_its_title_who_when_and_what_it_costs() -> None:
    found = slides(samples.slutrapport())
    titles = [slide.rubrik for slide in found]
    assert titles.index("Förslagen i korthet") < titles.index("1. Gemensamma fasta tider")
    costs = next(
        slide for slide in found if slide.rubrik == "4. En samordnare per region" and "Kostnad" in slide.rader[-1]
    )
    assert "760 tkr varje år" in costs.rader[-1]
    assert "Rimlighet: Utrustning och lokaler finns." in costs.anteckning
    assert "Grov kalkyl för samordnare" in titles


def test_the_language_and_what_a_picture_shows_are_told(pptx: bytes) -> None:
    archive = zipfile.ZipFile(BytesIO(pptx))
    whole = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("ppt/slides/slide"))
    assert 'descr="Karta &amp; plan"' in whole
    assert "data:image" not in whole
    assert "<a:rPr" in whole
    assert not re.search(r"<a:(?:rPr|endParaRPr)(?![^>]*lang=)", whole)


def test_a_report_with_nothing_in_it_says_so_and_long_tables_are_left_to_the_report() -> None:
    assert "ingen sammanfattning" in slides(samples.uppdrag())[0].rader[0]
    rows = "<tr><td>a</td></tr>" * 20
    html = f"<table><caption>Lång</caption><tbody>{rows}</tbody></table>"
    tree = samples.uppdrag(chapters=(Chapter("sammanfattning", "", "S", (Html(html),)),))
    assert [to_plain(line) for line in slides(tree)[0].rader] == ["Tabellen ”Lång” finns i rapporten."]
    assert Bild("Kort", [], "").html() == "<h2>Kort</h2>"


def test_each_diagram_of_the_report_has_a_slide_between_the_summary_and_the_proposals() -> None:
    figure = (
        '<figure id="figur-data7"><img src="/media/diagram/a.svg" alt="Väntan &amp; kö ökar.">'
        "<figcaption>Väntetid</figcaption></figure>"
    )
    parts = [Chapter(key, "", key, (Html(f"<p>Text.</p>{figure}"),)) for key in ("sammanfattning", "nulage")]
    found = slides(samples.uppdrag(chapters=tuple(parts)))
    assert [one.rubrik for one in found] == ["Sammanfattning", "Väntetid", "Väntetid"]
    assert found[2].anteckning == "Väntan & kö ökar."


def test_the_committed_look_is_what_the_script_makes() -> None:

    from delprojekt.documents.bildspel_stil import make_style

    made_of = default_file("reference.pptx")
    made, kept = (zipfile.ZipFile(BytesIO(data)) for data in (make_style(made_of), STYLE.read_bytes()))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}
