"""The tree of a delprojekt: one body of text, and which part of it each document selects."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delprojekt.documents.build import NOTHING_YET, build
from delprojekt.documents.pdf import render_pdf
from delprojekt.documents.tree import Empty, Html, NumberedPoints, Slag, without_empty
from delprojekt.models import Atgardsforslag, Delprojekt, Dokumentversion, Person, Uppdragsomgang, Uppdragspunkt
from delprojekt.process.steg import Steg
from tests.documents import verapdf
from tests.documents.tradet import NOW, chapter, hold, made, omgang_of, put, table
from tests.world import DAG, delprojekt_in, everybody, form_group, new_forslag

pytestmark = pytest.mark.django_db


@pytest.fixture
def started() -> Delprojekt:
    """A delprojekt whose uppdrag is being written."""
    everybody()
    return delprojekt_in(Steg.UPPDRAG)


def test_the_front_page_is_read_from_the_rows(started: Delprojekt) -> None:
    form_group(started)
    document = made(started, "slutrapport")
    assert document.slag is Slag.SLUTRAPPORT
    assert document.title == "Kliniska distansmöten"
    assert document.number == str(started.nummer)
    assert document.status_line == "Arbetsmaterial"
    assert document.is_draft
    assert document.version == ""
    assert document.responsible == "Karin Lind, Region Kronoberg"
    assert document.contact == "Maja Ek"
    assert document.regions == ("Blekinge", "Halland", "Kronoberg", "Skåne")


def test_only_regions_that_take_part_stand_on_the_front_page(started: Delprojekt) -> None:
    started.deltaganden.filter(region__slug="halland").update(status="observerar")
    assert made(started).regions == ("Blekinge", "Kronoberg", "Skåne")


def test_the_date_is_the_day_in_stockholm(started: Delprojekt) -> None:
    assert made(started).date == date(2026, 11, 23)


def test_a_person_with_protected_details_is_printed_by_name_only(started: Delprojekt) -> None:
    form_group(started)
    Person.objects.filter(efternamn="Lind").update(skyddade_uppgifter=True)
    assert made(started).responsible == "Karin Lind"
    assert table(made(started, "slutrapport"), "arbetsgrupp").rows[0] == ("Karin Lind", "Ordförande", "", "")


def test_5_1_3_the_uppdrag_is_chapters_one_to_six(started: Delprojekt) -> None:
    assert [item.number for item in made(started).chapters] == ["1", "2", "3", "4", "5", "6"]


def test_5_4_1_the_slutrapport_has_the_same_text_and_more(started: Delprojekt) -> None:
    put(started, bakgrund="<p>Varför</p>", nulage_ekonomi="<p>Kostnader</p>")
    report = made(started, "slutrapport")
    assert chapter(report, "bakgrund") == chapter(made(started), "bakgrund")
    numbers = [item.number for item in report.walk() if item.key.startswith("nulage")]
    assert numbers == ["7", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6"]
    assert chapter(report, "nulage_ekonomi").blocks == (Html("<p>Kostnader</p>"),)


def test_an_unwritten_section_says_so_in_a_draft_and_is_left_out_of_what_is_fixed(started: Delprojekt) -> None:
    put(started, nulage_ekonomi="<p>Kostnader</p>")
    report = made(started, "slutrapport")
    assert chapter(report, "vagval").blocks == (Empty(NOTHING_YET),)
    assert chapter(report, "nulage").blocks == ()
    assert [item.key for item in without_empty(report).walk()][-2:] == ["nulage", "nulage_ekonomi"]


def test_the_report_keeps_the_uppdrag_as_it_was_fixed(started: Delprojekt) -> None:
    form_group(started)
    fixed = chapter(made(started), "bakgrund"), chapter(made(started), "uppdragspunkter")
    assert fixed[1].blocks == (NumberedPoints(("Beskriv nuläget i varje region", "Föreslå gemensam mötesform")),)
    omgang_of(started).avsnitt.update(html="<p>Ändrad efteråt</p>")
    omgang_of(started).punkter.update(text="Ändrad efteråt")
    report = made(started, "slutrapport")
    assert (chapter(report, "bakgrund"), chapter(report, "uppdragspunkter")) == fixed
    assert table(report, "arbetsgrupp").caption == "Arbetsgruppen"
    Dokumentversion.objects.update(aterkallad_at=NOW)
    assert chapter(made(started, "slutrapport"), "bakgrund").blocks == (Html("<p>Ändrad efteråt</p>"),)


def test_who_makes_the_follow_up_is_responsible_for_it(started: Delprojekt) -> None:
    hold(started, "uppfoljningsansvarig", "Petra", "Wikström", region="skane")
    hold(started, "uppfoljningsansvarig", "Jonas", "Öberg", region="blekinge")
    report = made(started, "uppfoljningsrapport")
    assert report.responsible == "Petra Wikström, Region Skåne; Jonas Öberg, Region Blekinge"


def test_an_unknown_kind_and_a_delprojekt_without_uppdrag_are_refused(started: Delprojekt) -> None:
    with pytest.raises(ValueError, match="arsredovisning"):
        made(started, "arsredovisning")
    with pytest.raises(Uppdragsomgang.DoesNotExist):
        made(new_forslag(), "uppdrag")


@pytest.mark.parametrize("slag", list(Slag))
def test_the_number_of_queries_does_not_grow_with_the_rows(started: Delprojekt, slag: Slag) -> None:
    def count() -> int:
        fresh = Delprojekt.objects.get(pk=started.pk)
        with CaptureQueriesContext(connection) as queries:
            build(fresh, slag.value, now=NOW)
        return len(queries)

    omgang = omgang_of(started)
    put(started, bakgrund="<p>a</p>")
    Atgardsforslag.objects.create(omgang=omgang, nummer=1, rubrik="Förslag")
    before = count()
    for number in range(2, 12):
        Atgardsforslag.objects.create(omgang=omgang, nummer=number, rubrik="Förslag", diskuterat_date=DAG)
        Uppdragspunkt.objects.create(omgang=omgang, nummer=number, text="Punkt")
        hold(started, "ledamot", "Kim", f"Person{number}", region="skane")
    put(started, nulage="<p>b</p>", uppfoljningsrapport_slutsats="<p>c</p>")
    assert count() == before


def test_what_is_built_at_the_end_of_a_whole_life_becomes_conforming_pdfs() -> None:
    everybody()
    done = delprojekt_in(Steg.AVSLUTAT)
    for slag in Slag:
        pdf = render_pdf(made(done, slag))
        assert verapdf.failures(pdf, verapdf.PDF_A) == {}
        assert verapdf.failures(pdf, verapdf.PDF_UA) == {}
