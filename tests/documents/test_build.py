"""The tree of a delprojekt: one body of text, and what the portal itself prints."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delprojekt.documents.build import NOTHING_YET, build
from delprojekt.documents.pdf import render_pdf
from delprojekt.documents.tree import (
    Chapter,
    Document,
    Empty,
    Facts,
    Html,
    NumberedPoints,
    Proposal,
    Slag,
    Table,
    fingerprint,
    to_data,
    without_empty,
)
from delprojekt.models import (
    Arende,
    Atgardsforslag,
    Beslutshandling,
    Delprojekt,
    Deltagande,
    Dokumentversion,
    Faktumrad,
    Handelse,
    Huvudmansbeslut,
    Inforandestatus,
    Innehav,
    Kompetenskrav,
    Mallversion,
    Milstolpe,
    Mote,
    Namndbeslut,
    Organ,
    Person,
    Projektforslag,
    Region,
    Rekommendation,
    Sjukvardsregion,
    Stegbesok,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsparameter,
    Uppfoljningsplan,
)
from delprojekt.process.act import Act
from tests.documents import verapdf

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
DAY = date(2025, 3, 20)


@pytest.fixture
def omgang() -> Uppdragsomgang:
    """Delprojekt 40 with a kontaktperson, an ordförande and three regions that take part."""
    delprojekt = Delprojekt.objects.create(
        sjukvardsregion=Sjukvardsregion.objects.get(),
        nummer=40,
        benamning="Kliniska distansmöten",
        skapat_at=NOW,
        stegat_at=NOW,
    )
    Projektforslag.objects.create(delprojekt=delprojekt, malsattningar=["kompetensforsorjning", "tillganglighet"])
    template = Mallversion.objects.get(status="gallande")
    omgang = Uppdragsomgang.objects.create(delprojekt=delprojekt, nummer=1, mallversion=template, oppnad_at=NOW)
    for slug, status in (("skane", "deltar"), ("blekinge", "deltar"), ("halland", "observerar")):
        Deltagande.objects.create(delprojekt=delprojekt, region=Region.objects.get(slug=slug), status=status)
    hold(omgang, "kontaktperson", "Maja", "Ek")
    hold(omgang, "ordforande", "Karin", "Lind", region="kronoberg", befattning="Överläkare")
    return omgang


def hold(omgang: Uppdragsomgang, roll: str, first: str, last: str, region: str = "", **person: Any) -> Person:
    """Let an invented person hold a role."""
    home = Region.objects.get(slug=region) if region else None
    row = Person.objects.create(fornamn=first, efternamn=last, region=home, **person)
    Innehav.objects.create(person=row, roll=roll, delprojekt=omgang.delprojekt, omgang=omgang, fran_date=DAY)
    return row


def write(omgang: Uppdragsomgang, **texts: str) -> None:
    """Write sections."""
    for key, html in texts.items():
        omgang.avsnitt.create(nyckel=key, html=html, sparat_at=NOW)


def visit(omgang: Uppdragsomgang) -> Stegbesok:
    """Return a visit for facts to belong to."""
    visits = omgang.delprojekt.besok
    return visits.create(nummer=visits.count() + 1, steg="nulage", omgang=omgang, fran_at=NOW, act=Act.BORJA_NULAGE)


def made(omgang: Uppdragsomgang, slag: str = "uppdrag") -> Document:
    """Return the document as it stands."""
    return build(omgang.delprojekt, slag, omgang=omgang, now=NOW)


def chapter(document: Document, key: str) -> Chapter:
    """Return the chapter with the key."""
    return next(item for item in document.walk() if item.key == key)


def fix_uppdrag(omgang: Uppdragsomgang) -> Document:
    """Freeze the uppdrag as it stands."""
    tree = replace(made(omgang), is_draft=False, version="1.0", status_line="Fastställt")
    event = Handelse.objects.create(
        delprojekt=omgang.delprojekt, besok=visit(omgang), act="faststall_uppdrag", mening="x", hande_at=NOW
    )
    Dokumentversion.objects.create(
        omgang=omgang,
        slag="uppdrag",
        version="1.0",
        status_text="Fastställt",
        faststalld=True,
        trad=to_data(tree),
        fingeravtryck=fingerprint(tree),
        handelse=event,
        skapad_at=NOW,
    )
    return tree


def test_the_front_page_is_read_from_the_rows(omgang: Uppdragsomgang) -> None:
    document = made(omgang)
    assert (document.slag, document.title, document.number, document.part) == (
        Slag.UPPDRAG,
        "Kliniska distansmöten",
        "40",
        "",
    )
    assert document.is_draft
    assert document.status_line == "Arbetsmaterial"
    assert document.responsible == "Karin Lind, Region Kronoberg"
    assert document.contact == "Maja Ek"
    assert document.regions == ("Blekinge", "Skåne")


def test_the_date_is_the_day_in_stockholm(omgang: Uppdragsomgang) -> None:
    assert made(omgang).date == date(2026, 11, 23)


def test_a_person_with_protected_details_is_printed_by_name_only(omgang: Uppdragsomgang) -> None:
    Person.objects.filter(efternamn="Lind").update(skyddade_uppgifter=True)
    assert made(omgang).responsible == "Karin Lind"
    group = chapter(made(omgang, "slutrapport"), "arbetsgrupp").blocks[-1]
    assert group == Table(
        "Arbetsgruppen", ("Namn", "Roll i gruppen", "Befattning", "Region"), (("Karin Lind", "Ordförande", "", ""),)
    )


def test_5_1_3_the_uppdrag_is_chapters_one_to_six(omgang: Uppdragsomgang) -> None:
    assert [item.number for item in made(omgang).chapters] == ["1", "2", "3", "4", "5", "6"]


def test_5_4_1_the_slutrapport_has_the_same_text_and_more(omgang: Uppdragsomgang) -> None:
    write(omgang, bakgrund="<p>Varför</p>", nulage_ekonomi="<p>Kostnader</p>")
    report = made(omgang, "slutrapport")
    assert chapter(report, "bakgrund") == chapter(made(omgang), "bakgrund")
    assert [item.number for item in report.walk() if item.key.startswith("nulage")] == ["7"] + [
        f"7.{number}" for number in range(1, 7)
    ]
    assert chapter(report, "nulage_ekonomi").blocks == (Html("<p>Kostnader</p>"),)


def test_an_unwritten_section_says_so_in_a_draft_and_is_left_out_of_what_is_fixed(omgang: Uppdragsomgang) -> None:
    write(omgang, nulage_ekonomi="<p>Kostnader</p>")
    report = made(omgang, "slutrapport")
    assert chapter(report, "vagval").blocks == (Empty(NOTHING_YET),)
    assert chapter(report, "nulage").blocks == ()
    assert [item.key for item in without_empty(report).walk()][-2:] == ["nulage", "nulage_ekonomi"]


def test_points_competences_and_milestones_are_printed(omgang: Uppdragsomgang) -> None:
    for number, text in enumerate(("Beskriv nuläget", "Föreslå form"), 1):
        Uppdragspunkt.objects.create(omgang=omgang, nummer=number, text=text)
    Uppdragspunkt.objects.create(omgang=omgang, nummer=3, text="Struken", struken_at=NOW)
    for name, strength in (("Ekonomi", "bor"), ("Allmänmedicin", "ska")):
        Kompetenskrav.objects.create(omgang=omgang, kompetens=name, styrka=strength)
    for name, when, last in (
        ("Slutrapport", "våren 2026", date(2026, 5, 31)),
        ("Sedan", "när det går", None),
        ("Startmöte", "maj 2025", date(2025, 5, 31)),
    ):
        Milstolpe.objects.create(omgang=omgang, rubrik=name, nar=when, sista_date=last)
    document = made(omgang)
    assert chapter(document, "uppdragspunkter").blocks == (NumberedPoints(("Beskriv nuläget", "Föreslå form")),)
    assert table(document, "arbetsgrupp").rows == (("Allmänmedicin", "Ska finnas"), ("Ekonomi", "Bör finnas"))
    assert [row[0] for row in table(document, "tidplan").rows] == ["Startmöte", "Slutrapport", "Sedan"]


def table(document: Document, key: str) -> Table:
    """Return the last table of a chapter."""
    return next(block for block in reversed(chapter(document, key).blocks) if isinstance(block, Table))


def test_the_goals_are_those_of_the_forslag(omgang: Uppdragsomgang) -> None:
    assert chapter(made(omgang), "syfte").blocks == (
        Facts((("Målsättning", "Ökad tillgänglighet\nSäkrad kompetensförsörjning"),)),
    )


def test_the_group_is_printed_in_the_report_with_patient_representatives_unnamed(omgang: Uppdragsomgang) -> None:
    for last in ("Öberg", "Zetterlund", "Åkesson", "Ängquist"):
        hold(omgang, "ledamot", "Kim", last, region="skane", befattning="Läkare")
    hold(omgang, "patientforetradare", "Hemlig", "Person", region="skane")
    hold(omgang, "adjungerad", "Eva", "Ekonom")
    rows = table(made(omgang, "slutrapport"), "arbetsgrupp").rows
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
    assert "Hemlig" not in str(made(omgang, "slutrapport"))
    assert "Zetterlund" not in str(made(omgang))


def test_the_report_keeps_the_uppdrag_as_it_was_fixed(omgang: Uppdragsomgang) -> None:
    write(omgang, bakgrund="<p>Fastställd text</p>")
    Uppdragspunkt.objects.create(omgang=omgang, nummer=1, text="Fastställd punkt")
    fix_uppdrag(omgang)
    omgang.avsnitt.update(html="<p>Ändrad efteråt</p>")
    omgang.punkter.update(text="Ändrad efteråt")
    report = made(omgang, "slutrapport")
    assert chapter(report, "bakgrund").blocks == (Html("<p>Fastställd text</p>"),)
    assert chapter(report, "uppdragspunkter").blocks == (NumberedPoints(("Fastställd punkt",)),)
    assert table(report, "arbetsgrupp").caption == "Arbetsgruppen"
    omgang.dokument.update(aterkallad_at=NOW)
    assert "Fastställd" not in str(made(omgang, "slutrapport"))


def test_proposals_and_plan_are_printed(omgang: Uppdragsomgang) -> None:
    Atgardsforslag.objects.create(
        omgang=omgang,
        nummer=4,
        rubrik="En samordnare per region",
        text="- Utse\n- Utbilda",
        undantrangning="medel",
        undantrangning_text="samordnaren tar tid från mottagningen",
        kalkyl_tkr=1036,
        kalkyl_text="Räknat på 760 tkr per heltid.",
        diskuterat_date=date(2026, 1, 12),
        diskuterat_med="Chefsamråd Internmedicin",
    )
    plan = Uppfoljningsplan.objects.create(omgang=omgang, hur="Enkät", nar="våren 2027")
    Uppfoljningsparameter.objects.create(plan=plan, namn="Distansmöten", utgangsvarde="246", malvarde="500")
    report = made(omgang, "slutrapport")
    assert chapter(report, "forslag").blocks == (
        Proposal(
            nummer=4,
            rubrik="En samordnare per region",
            text="<ul><li>Utse</li><li>Utbilda</li></ul>",
            undantrangning="<p>Medel – samordnaren tar tid från mottagningen</p>",
            kalkyl="<p>1&nbsp;036 tkr per år. Räknat på 760 tkr per heltid.</p>",
            diskuterat="Chefsamråd Internmedicin, 12 januari 2026",
        ),
    )
    facts, parameters = chapter(report, "uppfoljning").blocks
    assert facts == Facts((("Hur", "Enkät"), ("När", "våren 2027")))
    assert isinstance(parameters, Table)
    assert parameters.rows == (("Distansmöten", "", "246", "500"),)


def test_what_was_said_at_the_first_meeting_stands_until_it_is_written(omgang: Uppdragsomgang) -> None:
    Faktumrad.objects.create(
        delprojekt=omgang.delprojekt,
        besok=visit(omgang),
        omgang=omgang,
        slag="startmote",
        date=date(2025, 5, 14),
        text="Antal distansmöten per månad.",
    )
    key = "tankar_om_uppfoljning"
    assert chapter(made(omgang, "slutrapport"), key).blocks == (Html("<p>Antal distansmöten per månad.</p>"),)
    write(omgang, **{key: "<p>Skrivet</p>"})
    assert chapter(made(omgang, "slutrapport"), key).blocks == (Html("<p>Skrivet</p>"),)


@pytest.fixture
def decided(omgang: Uppdragsomgang) -> Namndbeslut:
    """What nämnden decided: two recommendations, the second one to Skåne only; one region has answered."""
    meeting = Mote.objects.create(organ=Organ.objects.get(slug="namnd"), date=date(2026, 6, 4))
    item = Arende.objects.create(mote=meeting, delprojekt=omgang.delprojekt, punkt="27")
    decision = Namndbeslut.objects.create(
        delprojekt=omgang.delprojekt, besok=visit(omgang), arende=item, dnr="2025-O000123", lydelse="Nämnden godkänner."
    )
    blekinge, skane = Region.objects.get(slug="blekinge"), Region.objects.get(slug="skane")
    first = Rekommendation.objects.create(namndbeslut=decision, nummer=1, text="införa fasta tider")
    first.mottagare.set([skane, blekinge])
    Rekommendation.objects.create(namndbeslut=decision, nummer=2, text="utse samordnare").mottagare.set([skane])
    for verdict, state in (("fel", "avslag"), ("godkand", "delvis")):
        paper = Beslutshandling.objects.create(
            namndbeslut=decision,
            region=blekinge,
            niva="politisk",
            organ="Regionstyrelsen",
            date=date(2026, 9, 9),
            inkommen_at=NOW,
            granskning=verdict,
        )
        Huvudmansbeslut.objects.create(handling=paper, rekommendation=first, utfall=state, villkor="Inom ram.")
    Inforandestatus.objects.create(
        rekommendation=first, region=blekinge, lage="pagar", hinder="Journalmall", rapporterat_at=NOW
    )
    return decision


def test_5_8_the_follow_up_prints_what_was_decided_and_how_far_it_has_come(decided: Namndbeslut) -> None:
    report = build(decided.delprojekt, "uppfoljningsrapport", now=NOW)
    when, words, matrix, terms = chapter(report, "uppfoljningsrapport_beslut").blocks
    assert when == Facts((("Nämndens beslut", "4 juni 2026 § 27"),))
    assert words == Html("<p>Nämnden godkänner.</p>")
    assert matrix == Table(
        "Regionernas beslut",
        ("Rekommendation", "Blekinge", "Skåne"),
        (
            ("1. införa fasta tider", "Bifall med villkor", "Inget beslut än"),
            ("2. utse samordnare", "–", "Inget beslut än"),
        ),
    )
    assert terms == Facts((("Blekinge, punkt 1", "Inom ram."),))
    state, hinder = chapter(report, "uppfoljningsrapport_inforande").blocks
    assert isinstance(state, Table)
    assert state.rows[0] == ("1. införa fasta tider", "Pågår", "Inte rapporterat")
    assert hinder == Facts((("Blekinge, punkt 1", "Journalmall"),))
    assert report.dnr == "2025-O000123"


def test_who_makes_the_follow_up_is_responsible_for_it(decided: Namndbeslut, omgang: Uppdragsomgang) -> None:
    hold(omgang, "uppfoljningsansvarig", "Petra", "Wikström", region="skane")
    hold(omgang, "uppfoljningsansvarig", "Jonas", "Öberg", region="blekinge")
    report = made(omgang, "uppfoljningsrapport")
    assert report.responsible == "Petra Wikström, Region Skåne; Jonas Öberg, Region Blekinge"


def test_before_anything_is_decided_the_follow_up_is_empty_but_whole(omgang: Uppdragsomgang) -> None:
    report = made(omgang, "uppfoljningsrapport")
    assert chapter(report, "uppfoljningsrapport_beslut").blocks == (Empty(NOTHING_YET),)


def test_an_unknown_kind_and_a_delprojekt_without_uppdrag_are_refused(omgang: Uppdragsomgang) -> None:
    with pytest.raises(ValueError, match="arsredovisning"):
        made(omgang, "arsredovisning")
    fresh = Delprojekt.objects.create(
        sjukvardsregion=omgang.delprojekt.sjukvardsregion, benamning="Ny", skapat_at=NOW, stegat_at=NOW
    )
    with pytest.raises(Uppdragsomgang.DoesNotExist):
        build(fresh, "uppdrag", now=NOW)


@pytest.mark.parametrize("slag", list(Slag))
def test_the_number_of_queries_does_not_grow_with_the_rows(decided: Namndbeslut, slag: Slag) -> None:
    def count() -> int:
        fresh = Delprojekt.objects.get(pk=decided.delprojekt_id)
        with CaptureQueriesContext(connection) as queries:
            build(fresh, slag.value, now=NOW)
        return len(queries)

    omgang = decided.delprojekt.omgangar.get()
    Atgardsforslag.objects.create(omgang=omgang, nummer=1, rubrik="Förslag")
    before = count()
    for number in range(2, 12):
        Atgardsforslag.objects.create(omgang=omgang, nummer=number, rubrik="Förslag")
        Uppdragspunkt.objects.create(omgang=omgang, nummer=number, text="Punkt")
        hold(omgang, "ledamot", "Kim", f"Person{number}", region="skane")
        more = Rekommendation.objects.create(namndbeslut=decided, nummer=number + 1, text="mer")
        more.mottagare.set(Region.objects.all())
        Inforandestatus.objects.create(
            rekommendation=more, region=Region.objects.get(slug="skane"), lage="infort", rapporterat_at=NOW
        )
    write(omgang, bakgrund="<p>a</p>", nulage="<p>b</p>", uppfoljningsrapport_slutsats="<p>c</p>")
    assert count() == before


@pytest.mark.parametrize("slag", list(Slag))
def test_what_is_built_from_rows_becomes_a_conforming_pdf(decided: Namndbeslut, slag: Slag) -> None:
    pdf = render_pdf(build(decided.delprojekt, slag.value, now=NOW))
    assert verapdf.failures(pdf, verapdf.PDF_A) == {}
    assert verapdf.failures(pdf, verapdf.PDF_UA) == {}
