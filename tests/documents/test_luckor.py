"""What is not there is said: empty cells, sections that are left out, regions that do not take part."""

from dataclasses import replace
from datetime import date

import pytest

from delprojekt.documents.html import render_content
from delprojekt.documents.tree import Chapter, Document, Empty, Html, Slag, Table, from_data, to_data, without_empty
from delprojekt.process.steg import Steg
from tests.documents.tradet import chapter, made, omgang_of, put
from tests.world import delprojekt_in, everybody

ABSENT = "Avsnitt som inte är med i det här dokumentet: "


def a_document(*chapters: Chapter) -> Document:
    """Return a fixed slutrapport with these chapters."""
    day = date(2026, 6, 4)
    front = ("Kliniska distansmöten", "40", "", "1.0", "Godkänd", False, day, "", "", "", ("Skåne",))
    return Document(Slag.SLUTRAPPORT, *front, chapters)


def test_an_empty_cell_says_that_there_is_nothing_to_say() -> None:
    table = Table("Arbetsgruppen", ("Namn", "Roll", "Region"), (("Företrädare", "Ledamot", ""),))
    page = render_content(a_document(Chapter("grupp", "5", "Arbetsgruppen", (table,))))
    assert page.count(">–<") == 1


def test_a_jump_in_the_numbers_is_explained_where_it_is() -> None:
    written, blank = (Html("<p>Skrivet.</p>"),), (Empty("Inget är skrivet här än."),)
    parts = (
        Chapter("nulage_patientgrupp", "7.1", "Patientgrupp", written),
        Chapter("nulage_verksamhet", "7.2", "Verksamhet", blank),
        Chapter("nulage_ekonomi", "7.6", "Ekonomi", blank),
    )
    draft = a_document(Chapter("nulage", "7", "Nuläge", (), parts))

    fixed = without_empty(draft)

    assert [c.number for c in fixed.walk()] == ["7", "7.1"], "the template's numbers stay: 8.1 answers 7.1"
    assert f"{ABSENT}7.2 Verksamhet, 7.6 Ekonomi." in render_content(fixed)
    assert ABSENT not in render_content(replace(draft, is_draft=True)), "in a draft they are there, and empty"
    assert from_data(to_data(fixed)) == fixed
    assert without_empty(fixed) == fixed


def test_regions_that_do_not_take_part_stand_on_the_front_page() -> None:
    page = render_content(replace(a_document(), absent=("Kronoberg",)))
    assert "Deltar inte" in page
    assert "Region Kronoberg" in page
    assert "Deltar inte" not in render_content(a_document())


@pytest.mark.django_db
def test_5_2_what_the_group_leaves_out_and_who_stays_out_are_read_from_the_rows() -> None:
    """M5.2-4, M1-1."""
    everybody()
    started = delprojekt_in(Steg.UPPDRAG)
    started.deltaganden.filter(region__slug="halland").update(status="observerar")
    started.deltaganden.filter(region__slug="kronoberg").update(status="deltar_ej")
    omgang_of(started).avsnittsuppgifter.create(nyckel="nulage_ekonomi", utelamnat="Kostnaderna är små.")
    put(started, nulage_patientgrupp="<p>Text</p>")

    report = made(started, "slutrapport")

    assert (report.regions, report.absent) == (("Blekinge", "Skåne"), ("Kronoberg",))
    assert chapter(report, "nulage").absent == ("7.6 Ekonomi",)
    assert chapter(report, "analys").absent == ("8.6 Ekonomi",)
