"""Sentences of §5.2 and §5.4: figures with a source, cited in the text; what the proposals cost."""

from decimal import Decimal
from html import unescape

import pytest

from delprojekt.actions.avsnitt import save_section
from delprojekt.documents.build import build
from delprojekt.documents.html import render_page
from delprojekt.models import Atgardsforslag, Avsnitt, Delprojekt, Dokumentslag, Faktauppgift
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from delprojekt.queries.skrivbord import earlier
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.walked import Walked
from tests.web.test_krock import window
from tests.web.test_traden import ANALYS, FAKTA, NULAGE
from tests.world import actor, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge."""
    return Delprojekt.objects.get(pk=walked[Steg.NULAGE])


def printed(dp: Delprojekt) -> str:
    return unescape(render_page(build(dp, "slutrapport", now=klocka.nu())))


def test_5_2_a_text_cites_a_fact_and_follows_it_when_it_is_corrected(d: Delprojekt) -> None:
    """M5.2-3: a claim rests on data; what is printed is the figure of the row as it is now."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    page = window("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").content.decode()
    assert f"#fakta-{fact.pk}" in page  # in the editor's list
    save_section(
        actor("ordforande"), d, ANALYS, f'<p>Med <a href="#fakta-{fact.pk}">1 480 möten</a> räcker det.</p>', 0
    )
    assert "<p>Med 1\N{NO-BREAK SPACE}480\N{NO-BREAK SPACE}möten räcker det.</p>" in printed(d)

    do("ordforande", Act.ANDRA_FAKTAUPPGIFT, d, objekt=fact.pk, **FAKTA, varde=Decimal(1500), region="blekinge")

    assert "<p>Med 1\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}möten räcker det.</p>" in printed(d)
    assert f"#fakta-{fact.pk}" in Avsnitt.objects.get(omgang__delprojekt=d, nyckel=ANALYS).html


def test_5_2_a_figure_that_is_written_over_is_the_writer_s_and_no_fact_s(d: Delprojekt) -> None:
    """M5.2-3: whoever writes 1 600 in Word over a cited 1 480 gets 1 600 printed, never the fact's figure instead."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    text = f'<p>Med <a href="#fakta-{fact.pk}">%s</a> räcker det.</p>'
    row = save_section(actor("ordforande"), d, ANALYS, text % "1 480 möten", 0)

    row = save_section(actor("ordforande"), d, ANALYS, text % "1 600 möten", row.version)

    assert row.html == "<p>Med 1 600 möten räcker det.</p>"
    assert "Med 1 600 möten räcker det." in printed(d)


def test_5_2_a_text_that_others_read_shows_the_figure_as_it_is_printed(d: Delprojekt) -> None:
    """M5.2-3: another group reads what a finished report says, not what stood there while it was written."""
    finished = earlier(actor("ordforande"), d, "nulage_kompetens", Dokumentslag.SLUTRAPPORT)[0]
    omgang = finished.omgang
    fact = Faktauppgift.objects.create(omgang=omgang, avsnitt=NULAGE, pastaende="Möten", varde=Decimal(1500))
    struck = Faktauppgift.objects.create(omgang=omgang, avsnitt=NULAGE, pastaende="Fel", struken_at=klocka.nu())
    html = f'<p>Med <a href="#fakta-{fact.pk}">1 480</a> och <a href="#fakta-{struck.pk}">7</a>.</p>'
    Avsnitt.objects.filter(pk=finished.pk).update(html=html)
    page = unescape(window("ordforande").get(f"/rapport/{d.pk}/nulage_kompetens/").content.decode())
    assert "Med 1\N{NO-BREAK SPACE}500 och" in page.split("Så skrev andra", 1)[1]
    assert "1 480" not in page


def test_5_2_a_cited_fact_that_is_struck_keeps_its_words_and_the_desk_says_so(d: Delprojekt) -> None:
    """M5.2-3: nothing is lost; the writer is told."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    save_section(actor("ordforande"), d, ANALYS, f'<p>Med <a href="#fakta-{fact.pk}">1 480 möten</a>.</p>', 0)
    url = f"/rapport/{d.pk}/{ANALYS}/"
    assert "Fakta finns inte kvar" not in window("ordforande").get(url).content.decode()

    do("ordforande", Act.ANDRA_FAKTAUPPGIFT, d, objekt=fact.pk, stryk=True)

    assert "Fakta finns inte kvar" in window("ordforande").get(url).content.decode()
    front = window("ordforande").get(f"/rapport/{d.pk}/")
    assert [one["nyckel"] for one in front.context["trad"]["tappade"]] == [ANALYS]
    assert "Fakta finns inte kvar" in front.content.decode()
    assert "<p>Med 1 480 möten.</p>" in printed(d)


def test_5_2_a_grid_of_regions_and_facts_shows_the_holes(d: Delprojekt) -> None:
    """M5.2-3, M5.2-2: a figure per region, and where there is none."""
    for region in ("blekinge", "halland", "skane"):
        do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(10), region=region)
    (row,) = [
        r
        for r in window("ordforande").get(f"/delprojekt/{d.pk}/visa/arbete/").context["natet"]
        if "2024" in r["pastaende"]
    ]
    assert [c["region"] for c in row["celler"] if not c["varden"]] == ["Kronoberg"]
    assert row["celler"][0]["varden"] == ["10\N{NO-BREAK SPACE}möten"]


def test_5_2_a_fact_added_at_the_desk_belongs_to_the_section_and_leads_back(d: Delprojekt) -> None:
    """M5.2-3: the form stands one step from the text."""
    url, page = f"/delprojekt/{d.pk}/gor/registrera-faktauppgift/?fran={NULAGE}", window("ordforande")
    form = page.get(url).context["form"]
    assert form["avsnitt"].value() == NULAGE
    sent = {**FAKTA, "varde": "61,5", "enhet": "%", "nyckel": form["nyckel"].value(), "region": ""}
    assert page.post(url, sent)["Location"] == f"/rapport/{d.pk}/{NULAGE}/"


@pytest.mark.parametrize("fran", ["//ond.exempel.se", "finns-inte", "https://ond.exempel.se/"])
def test_nobody_is_led_away_by_where_they_say_they_came_from(d: Delprojekt, fran: str) -> None:
    page = window("ordforande")
    url = f"/delprojekt/{d.pk}/gor/registrera-faktauppgift/?fran={fran}"
    form = page.get(url).context["form"]
    sent = {**FAKTA, "nyckel": form["nyckel"].value(), "region": ""}
    assert page.post(url, sent)["Location"] == f"/delprojekt/{d.pk}/visa/arbete/"


# M5.4-5 «en grov kalkyl»
def test_5_4_the_costs_are_summed_per_region_and_year(walked: Walked) -> None:
    """M5.4-5: what each region pays the first year and every year, on the page and in the document."""
    dp = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    for rader in (
        [("skane", "arlig", 190, ""), ("skane", "engang", 50, "")],
        [("skane", "arlig", 1000, ""), ("", "engang", 7, "")],
    ):
        h.foresla(dp, kraver_medel=True)
        pk = Atgardsforslag.objects.latest("pk").pk
        gor(
            "ordforande",
            Act.SKRIV_KALKYL,
            dp,
            objekt=pk,
            kostnadsbas="sjalvkostnad",
            ekonom="",
            kalkyl_text="",
            rader=rader,
        )
    wanted = [("Skåne", "50", "1\N{NO-BREAK SPACE}190", "1\N{NO-BREAK SPACE}240"), ("Gemensamt", "7", "0", "7")]
    wanted.append(("Summa", "57", "1\N{NO-BREAK SPACE}190", "1\N{NO-BREAK SPACE}247"))
    tab = window("ordforande").get(f"/delprojekt/{dp.pk}/visa/rapport/")
    assert list(tab.context["kostnader"].rows) == wanted
    assert "Kostnad för alla åtgärdsförslag" in tab.content.decode()
    assert "Kostnad för alla åtgärdsförslag" in printed(dp)


def test_5_4_the_desk_says_so_at_the_sixth_proposal_and_not_at_the_fifth(walked: Walked) -> None:
    """M5.4-2: föredömligt är maximalt fem åtgärdsförslag."""
    dp = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    for number in range(1, 6):
        h.foresla(dp, rubrik=f"Förslag {number}")
    assert "Fler än fem förslag" not in window("ordforande").get(f"/rapport/{dp.pk}/").content.decode()
    h.foresla(dp, rubrik="Ett till")
    page = window("ordforande").get(f"/rapport/{dp.pk}/").content.decode()
    assert "Fler än fem förslag" in page
    assert "Förslag utan slutsats" in page


def test_5_8_the_report_prints_which_proposals_a_parameter_follows_up(walked: Walked) -> None:
    """M5.8-2: the parameters belong to what is proposed."""
    dp = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    h.foresla(dp)
    gor("ordforande", Act.LAGG_TILL_PARAMETER, dp, namn="Väntetid", forslag=[Atgardsforslag.objects.latest("pk").pk])
    assert "Följer upp åtgärdsförslag 1." in printed(dp)
    assert (
        "Följer upp åtgärdsförslag 1."
        in window("ordforande").get(f"/delprojekt/{dp.pk}/visa/rapport/").content.decode()
    )
