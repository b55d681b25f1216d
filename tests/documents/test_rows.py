"""What the portal prints of its rows: nobody writes it twice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delprojekt.documents.build import NOTHING_YET
from delprojekt.documents.tree import Empty, Facts, Html, NumberedPoints, Proposal, Slag, Table
from delprojekt.models import (
    Atgardsforslag,
    Delprojekt,
    Huvudmansbeslut,
    Inforandestatus,
    Kalkylrad,
    Kompetenskrav,
    Milstolpe,
    Projektforslag,
    Region,
    Rekommendation,
    Uppdragspunkt,
    Uppfoljningsparameter,
    Uppfoljningsplan,
)
from delprojekt.process.steg import Steg
from tests.documents.tradet import NOW, chapter, hold, made, omgang_of, put, table
from tests.world import decide_in, delprojekt_in, everybody, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def started() -> Delprojekt:
    """A delprojekt whose uppdrag is being written."""
    everybody()
    return delprojekt_in(Steg.UPPDRAG)


@pytest.fixture
def recommended() -> Delprojekt:
    """A delprojekt that nämnden has recommended; no region has answered."""
    everybody()
    return delprojekt_in(Steg.HUVUDMANSBESLUT)


def test_points_competences_and_milestones_are_printed(started: Delprojekt) -> None:
    omgang = omgang_of(started)
    for number, text in enumerate(("Beskriv nuläget", "Föreslå form"), 1):
        Uppdragspunkt.objects.create(omgang=omgang, nummer=number, text=text)
    Uppdragspunkt.objects.create(omgang=omgang, nummer=3, text="Struken", struken_at=NOW)
    for name, strength in (("Ekonomi", "bor"), ("Allmänmedicin", "ska")):
        Kompetenskrav.objects.create(omgang=omgang, kompetens=name, styrka=strength)
    stones = {"Slutrapport": date(2026, 5, 31), "Sedan": None, "Startmöte": date(2025, 5, 31)}
    for name, last in stones.items():
        Milstolpe.objects.create(omgang=omgang, rubrik=name, nar="våren", sista_date=last)
    document = made(started)
    assert chapter(document, "uppdragspunkter").blocks == (NumberedPoints(("Beskriv nuläget", "Föreslå form")),)
    assert table(document, "arbetsgrupp").rows == (("Allmänmedicin", "Ska finnas"), ("Ekonomi", "Bör finnas"))
    assert [row[0] for row in table(document, "tidplan").rows] == ["Startmöte", "Slutrapport", "Sedan"]


def test_the_goals_are_those_of_the_forslag(started: Delprojekt) -> None:
    Projektforslag.objects.update(malsattningar=["kompetensforsorjning", "tillganglighet"])
    goals = Facts((("Målsättning", "Ökad tillgänglighet\nSäkrad kompetensförsörjning"),))
    assert chapter(made(Delprojekt.objects.get(pk=started.pk)), "syfte").blocks == (goals,)


def test_the_group_is_printed_in_the_report_with_patient_representatives_unnamed(started: Delprojekt) -> None:
    hold(started, "ordforande", "Karin", "Lind", region="kronoberg", befattning="Överläkare")
    for last in ("Öberg", "Zetterlund", "Åkesson", "Ängquist"):
        hold(started, "ledamot", "Kim", last, region="skane")
    hold(started, "patientforetradare", "Hemlig", "Person", region="skane")
    hold(started, "adjungerad", "Eva", "Ekonom")
    rows = table(made(started, "slutrapport"), "arbetsgrupp").rows
    assert [row[0] for row in rows] == [
        "Karin Lind",
        "Kim Zetterlund",
        "Kim Åkesson",
        "Kim Ängquist",
        "Kim Öberg",
        "Patient- eller närståendeföreträdare",
        "Eva Ekonom",
    ]
    assert rows[0] == ("Karin Lind", "Ordförande", "Överläkare", "Kronoberg")
    assert "Hemlig" not in str(made(started, "slutrapport"))
    assert "Zetterlund" not in str(made(started))


def test_proposals_and_plan_are_printed(started: Delprojekt) -> None:
    Atgardsforslag.objects.create(
        omgang=omgang_of(started),
        nummer=4,
        rubrik="En samordnare per region",
        text="- Utse\n- Utbilda",
        undantrangning="medel",
        undantrangning_text="samordnaren tar tid från mottagningen",
        vem="Varje region",
        nar="våren 2027",
        kalkyl_text="760 tkr per heltid.",
        diskuterat_date=date(2026, 1, 12),
        diskuterat_med="Chefsamråd Internmedicin",
    )
    row = Atgardsforslag.objects.get()
    for tkr in (190, 846):
        Kalkylrad.objects.create(forslag=row, slag="arlig", belopp_tkr=tkr, antagande="0,25 tjänst")
    report = made(started, "slutrapport")
    assert chapter(report, "forslag").blocks == (
        Proposal(
            nummer=4,
            rubrik="En samordnare per region",
            text="<ul><li>Utse</li><li>Utbilda</li></ul>",
            vem="Varje region",
            nar="våren 2027",
            undantrangning="<p>Medel – samordnaren tar tid från mottagningen</p>",
            kalkyl="<p>1&nbsp;036&nbsp;tkr per år. Räknat som självkostnad. 760 tkr per heltid.</p>",
            kalkyltabell=Table(
                "Grov kalkyl för åtgärdsförslag 4",
                ("Region", "Kostnad", "Belopp, tkr", "Antagande"),
                (
                    ("Gemensamt", "Varje år", "190", "0,25 tjänst"),
                    ("Gemensamt", "Varje år", "846", "0,25 tjänst"),
                    ("Summa", "Varje år", "1\u00a0036", ""),
                ),
                "arbetsgruppens grova kalkyl",
            ),
            diskuterat="Chefsamråd Internmedicin, 12 januari 2026",
        ),
    )


def test_the_plan_is_printed_with_numbers_and_words(started: Delprojekt) -> None:
    plan = Uppfoljningsplan.objects.create(omgang=omgang_of(started), hur="Enkät", nar="våren 2027")
    Uppfoljningsparameter.objects.create(plan=plan, namn="Distansmöten", utgangsvarde=246, malvarde_text="fler")
    report = made(started, "slutrapport")
    header = ("Parameter", "Källa", "Utgångsvärde", "Mål", "Mäts")
    assert chapter(report, "uppfoljning").blocks == (
        Facts((("Hur", "Enkät"), ("När", "våren 2027"))),
        Table("Parametrar för uppföljningen", header, (("Distansmöten", "", "246", "fler", ""),)),
    )


def test_what_was_said_at_the_first_meeting_stands_until_it_is_written() -> None:
    everybody()
    begun = delprojekt_in(Steg.NULAGE)
    key = "tankar_om_uppfoljning"
    assert chapter(made(begun, "slutrapport"), key).blocks == (Html("<p>Antal distansmöten per månad.</p>"),)
    put(begun, **{key: "<p>Skrivet</p>"})
    assert chapter(made(begun, "slutrapport"), key).blocks == (Html("<p>Skrivet</p>"),)


def test_5_8_the_follow_up_prints_what_was_decided(recommended: Delprojekt) -> None:
    skane = Region.objects.get(slug="skane")
    Rekommendation.objects.get(nummer=2).mottagare.set([skane])
    wrong = decide_in(recommended, "blekinge", "avslag")
    verify(recommended, decide_in(recommended, "blekinge", "villkor"))
    wrong.granskning = "fel"
    wrong.save()
    Huvudmansbeslut.objects.filter(utfall="villkor").update(villkor="Inom ram.")
    report = made(recommended, "uppfoljningsrapport")
    when, words, matrix, terms = chapter(report, "uppfoljningsrapport_beslut").blocks
    assert when == Facts((("Nämndens beslut", "2 mars 2026 § 27"),))
    assert isinstance(words, Html)
    assert words.body.startswith("<p>Södra regionvårdsnämnden godkänner slutrapporten.")
    assert matrix == Table(
        "Regionernas beslut",
        ("Rekommendation", "Blekinge", "Halland", "Kronoberg", "Skåne"),
        (
            ("1. införa fasta tider", "Bifall med villkor", *("Inget beslut än",) * 3),
            ("2. använda gemensam mall", *("–",) * 3, "Inget beslut än"),
        ),
    )
    assert terms == Facts((("Blekinge, punkt 1", "Inom ram."),))


def test_5_8_the_follow_up_prints_how_far_each_region_has_come(recommended: Delprojekt) -> None:
    Inforandestatus.objects.create(
        rekommendation=Rekommendation.objects.get(nummer=1),
        region=Region.objects.get(slug="blekinge"),
        lage="pagar",
        kommentar="Journalmall",
        rapporterat_at=NOW,
    )
    state, hinder = chapter(made(recommended, "uppfoljningsrapport"), "uppfoljningsrapport_inforande").blocks
    assert isinstance(state, Table)
    assert state.rows[0] == ("1. införa fasta tider", "Pågår", *("Inget beslut än",) * 3)
    assert hinder == Facts((("Blekinge, punkt 1", "Journalmall"),))


def test_before_anything_is_decided_the_follow_up_is_empty_but_whole(started: Delprojekt) -> None:
    report = made(started, "uppfoljningsrapport")
    assert chapter(report, "uppfoljningsrapport_beslut").blocks == (Empty(NOTHING_YET),)


def test_the_matrix_asks_no_more_queries_for_more_recommendations(recommended: Delprojekt) -> None:
    def count() -> int:
        fresh = Delprojekt.objects.get(pk=recommended.pk)
        with CaptureQueriesContext(connection) as queries:
            made(fresh, Slag.UPPFOLJNINGSRAPPORT)
        return len(queries)

    before = count()
    decision = Rekommendation.objects.get(nummer=1).namndbeslut
    for number in range(3, 9):
        more = Rekommendation.objects.create(namndbeslut=decision, nummer=number, text="mer")
        more.mottagare.set(Region.objects.all())
    assert count() == before
