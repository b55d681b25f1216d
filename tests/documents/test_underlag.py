"""The underlag for start (§5.1.2): what stands in it, that it is short, and that its PDF conforms."""

from datetime import date

import pytest

from delprojekt.actions.jobb import make_document
from delprojekt.documents.build import build
from delprojekt.documents.html import render_page
from delprojekt.documents.pdf import count_pages, render_pdf
from delprojekt.documents.tree import Document, Empty, Facts, Slag, Table, from_data, to_data
from delprojekt.models import Delprojekt, Dokumentjobb, Dokumentversion
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.documents import verapdf
from tests.documents.tradet import NOW, chapter, table
from tests.world import delprojekt_in, do, everybody, fresh, new_forslag, prepare

pytestmark = pytest.mark.django_db
SENTENCE = "Väntetiderna skiljer sig mellan regionerna, och patienterna får olika besked beroende på var de bor. "


@pytest.fixture
def announced() -> Delprojekt:
    """A förslag that is prepared and announced to ledningsgruppen."""
    everybody()
    d = delprojekt_in(Steg.BEREDNING)
    do("kansli", Act.BERED_UNDERLAG, d, resursbehov="Processtöd på halvtid.", forslag_till_beslut="uppstart")
    do("kansli", Act.KOPPLA_CHEFSAMRAD, d, chefsamrad=["chefsamrad-internmedicin"])
    prepare(d)
    return fresh(d)


def underlag(d: Delprojekt) -> Document:
    return build(fresh(d), "underlag", now=NOW)


def test_it_says_what_the_template_asks_for(announced: Delprojekt) -> None:
    document = underlag(announced)
    assert document.slag is Slag.UNDERLAG
    assert document.number_line == "Förslag till delprojekt"
    assert [c.key for c in document.chapters] == [
        *("beslut", "problem", "syfte", "samverkan", "behov", "beredning", "resurser"),
    ]
    aims = chapter(document, "syfte").blocks[0]
    assert isinstance(aims, Facts)
    assert dict(aims.pairs) == {
        "Syfte": "Ett gemensamt arbetssätt.",
        "Mål": "Råd inom fem arbetsdagar.",
        "Förväntat utfall": "Färre resor.",
    }
    assert table(document, "behov").rows[3] == ("Region Skåne", "Ja", "Deltar", "Chefläkaren 2 mars 2026")
    assert table(document, "beredning").rows == (("RSG Medicinteknik", "Räcker utrustningen?", "Inget svar än"),)
    text = render_page(document)
    for said in ("beslutar om uppstart", "Processtöd på halvtid.", "Chefsamråd Internmedicin", "Tillstyrker."):
        assert said in text


def test_a_draft_can_be_read_before_anything_is_written() -> None:
    everybody()
    document = underlag(new_forslag(syfte="", mal="", effekter="", kriterier=[], malsattningar=[]))
    assert isinstance(chapter(document, "resurser").blocks[0], Empty)
    assert "Inte skrivet än." in render_page(document)


def test_the_tree_is_kept_as_json(announced: Delprojekt) -> None:
    assert from_data(to_data(underlag(announced))) == underlag(announced)


def test_it_has_no_cover_and_no_list_of_contents(announced: Delprojekt) -> None:
    assert 'class="innehall"' not in render_page(underlag(announced))
    assert count_pages(render_pdf(underlag(announced))) <= 2


def test_the_record_conforms_to_both_standards(announced: Delprojekt) -> None:
    row = Dokumentversion.objects.get(delprojekt=announced, slag="underlag")
    pdf = render_pdf(from_data(row.trad))
    assert verapdf.failures(pdf, verapdf.PDF_A) == {}
    assert verapdf.failures(pdf, verapdf.PDF_UA) == {}


def test_the_job_counts_the_pages(announced: Delprojekt) -> None:
    job = Dokumentjobb.objects.get(delprojekt=announced, slag="underlag")
    assert make_document(job.pk)
    job.refresh_from_db()
    assert job.sidor in {1, 2}


@pytest.mark.parametrize("times", [14, 26, 30, 50])
def test_the_length_is_foreseen(times: int) -> None:
    """The advice before the förslag is announced has no PDF to count; it must be right where it matters: at two."""
    everybody()
    d = delprojekt_in(Steg.BEREDNING, problem=SENTENCE * times, effekter=SENTENCE * (times // 2))
    foreseen = build_lage(fresh(d)).forslag.underlag_sidor
    real = count_pages(render_pdf(underlag(d)))
    assert foreseen == real


def test_the_date_is_the_day_it_was_handed_in(announced: Delprojekt) -> None:
    row = Dokumentversion.objects.get(delprojekt=announced, slag="underlag")
    tree = from_data(row.trad)
    assert (tree.version, tree.date) == ("0.1", date(2026, 11, 22))
    assert tree.status_line == "Inlämnad 22 november 2026"
    assert not [block for c in tree.walk() for block in c.blocks if isinstance(block, Empty)]
    assert any(isinstance(block, Table) for c in tree.walk() for block in c.blocks)
