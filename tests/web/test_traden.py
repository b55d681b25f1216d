"""Sentences of §5.1.3 and §5.2–5.8: the thread that makes a report hold together."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delprojekt.actions.avsnitt import save_section
from delprojekt.documents.build import build
from delprojekt.documents.html import render_page
from delprojekt.models import Atgardsforslag, Avsnitt, Delprojekt, Faktauppgift, Handelse, Rekommendation, Slutsats
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, SAMLADE_SLUTSATSER, analys_till
from delprojekt.process.steg import Steg
from delprojekt.process.trad import Led, Trad
from delprojekt.queries.arbete import points
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage
from delprojekt.queries.trad import thread
from tests.house.grow import grow
from tests.inflyttat import moved_in
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_adjungerad import MINE, kallad
from tests.walked import Walked
from tests.world import actor, do, fresh, person, write

pytestmark = pytest.mark.django_db
NULAGE, ANALYS = "nulage_verksamhet", "analys_verksamhet"


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge."""
    return Delprojekt.objects.get(pk=walked[Steg.NULAGE])


def client(who: str) -> Client:
    made = Client()
    made.force_login(person(who).konto)
    return made


def trad(who: str, dp: Delprojekt) -> Trad:
    return thread(actor(who), fresh(dp), levande_for(fresh(dp)))


def hal(who: str, dp: Delprojekt) -> list[str]:
    return [one.text for one in trad(who, dp).hal]


# M5.1.3-3, features.md 9: numbered points; who writes says which a section answers
def test_5_1_3_a_section_says_which_points_it_answers_and_the_others_keep_theirs(d: Delprojekt) -> None:
    """M5.1.3-3: specifika uppdragspunkter, each to be answered."""
    first = points(actor("ordforande"), h.omgang(d))[0]
    do("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, d, besvarad_i={first.pk: ["sammanfattning"]})
    page = client("ordforande")

    answer = page.post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {"punkt": [first.pk]})

    assert answer.status_code == 302
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == ["sammanfattning", NULAGE]
    assert "svarar på uppdragspunkt 1" in Handelse.objects.latest("pk").mening
    page.post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {})
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == ["sammanfattning"]


def test_5_1_3_an_unanswered_point_is_listed_for_the_writer_and_for_the_samarbetsgrupp(d: Delprojekt) -> None:
    """M5.1.3-3: obesvarade uppdragspunkter are shown, and block nothing."""
    first = points(actor("ordforande"), h.omgang(d))[0]
    desk, tab = f"/rapport/{d.pk}/", f"/delprojekt/{d.pk}/visa/rapport/"
    assert "Obesvarade uppdragspunkter" in client("ordforande").get(desk).content.decode()
    assert first.text in client("samarbetsgrupp.skane").get(tab).content.decode()
    do(
        "ordforande",
        Act.BESVARA_UPPDRAGSPUNKTER,
        d,
        besvarad_i={p.pk: [NULAGE] for p in points(actor("ordforande"), h.omgang(d))},
    )
    assert "Obesvarade uppdragspunkter" not in client("ordforande").get(desk).content.decode()
    assert "Uppdragspunkter som inte besvaras" not in client("samarbetsgrupp.skane").get(tab).content.decode()


def test_5_1_3_who_does_not_write_does_not_say_what_is_answered(d: Delprojekt) -> None:
    """M5.1.3-3: who only reads cannot."""
    first = points(actor("ordforande"), h.omgang(d))[0].pk
    assert (
        client("samarbetsgrupp.skane").post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {"punkt": [first]}).status_code == 404
    )
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == []


# M5.2-4 «fakta som inte ligger till grund för analys och slutsatser kan vanligen utelämnas»
def test_5_2_a_nulage_without_analysis_is_shown_at_the_desk_until_it_is_left_out(d: Delprojekt) -> None:
    """M5.2-4, M5.3-1: the margin names it and leads to it; a reason for leaving it out counts as an answer."""
    write("ordforande", d, NULAGE)
    desk = client("ordforande")
    front = desk.get(f"/rapport/{d.pk}/").content.decode()
    assert "Nuläge utan analys" in front
    assert f"/rapport/{d.pk}/{NULAGE}/" in front
    beside = desk.get(f"/rapport/{d.pk}/{NULAGE}/").content.decode()
    assert "Nuläge utan analys" in beside
    assert f"/rapport/{d.pk}/{ANALYS}/" in beside

    url = f"/delprojekt/{d.pk}/gor/utelamna-avsnitt/?fran={NULAGE}"
    form = desk.get(url)
    assert form.context["form"]["avsnitt"].value() == NULAGE
    nyckel = form.context["form"]["nyckel"].value()
    sent = desk.post(url, {"avsnitt": NULAGE, "text": "Används inte.", "nyckel": nyckel})

    assert sent.status_code == 302
    assert sent["Location"] == f"/rapport/{d.pk}/{NULAGE}/"
    front = desk.get(f"/rapport/{d.pk}/")
    assert NULAGE not in [one["nyckel"] for one in front.context["trad"]["utan_analys"]]
    assert "Utelämnat med skäl" in front.content.decode()


# M5.3-2 «resultera i slutsatser om orsakssamband och leda fram till åtgärdsförslag»
def test_5_3_an_analysis_without_a_conclusion_is_shown_until_one_is_drawn(d: Delprojekt) -> None:
    """M5.3-2: the margin names it."""
    write("ordforande", d, NULAGE, ANALYS)
    desk = client("ordforande")
    assert "Analys utan slutsats" in desk.get(f"/rapport/{d.pk}/").content.decode()
    assert "Analys utan slutsats" in desk.get(f"/rapport/{d.pk}/{ANALYS}/").content.decode()
    do("ordforande", Act.SKRIV_SLUTSATS, d, avsnitt=ANALYS, text="Behovet är gemensamt.")
    assert "Analys utan slutsats" not in desk.get(f"/rapport/{d.pk}/").content.decode()
    assert "Behovet är gemensamt." in desk.get(f"/rapport/{d.pk}/{ANALYS}/").content.decode()
    assert build_lage(fresh(d)).rapport.slutsatser_i == {ANALYS}


# M5.2-2 «Det är viktigt att alla deltagande regioner ingår i nulägesbeskrivningen.»
def test_5_2_the_desk_says_which_regions_are_missing_in_a_section(d: Delprojekt) -> None:
    """M5.2-2: coverage per region per section, at the text."""
    write("ordforande", d, NULAGE)
    do("ordforande", Act.ANGE_TACKNING, d, tackning={NULAGE: ["blekinge", "halland", "skane"]})
    assert "Kronoberg" in client("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").context["trad"]["saknas"]
    do("ordforande", Act.ANGE_TACKNING, d, tackning={NULAGE: ["blekinge", "halland", "kronoberg", "skane"]})
    assert client("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").context["trad"]["saknas"] == ""


@pytest.fixture
def infort(walked: Walked) -> Delprojekt:
    """In införande: Halland has decided, the others have not."""
    return Delprojekt.objects.get(pk=walked[Steg.INFORANDE])


def test_5_4_a_proposal_without_a_conclusion_and_a_conclusion_without_a_proposal_are_holes(infort: Delprojekt) -> None:
    assert "Ingen slutsats bär förslag 1." in hal("kansli", infort)
    assert "Slutsats 1 leder inte till något förslag." in hal("kansli", infort)


def test_5_4_the_thread_goes_from_a_conclusion_to_what_the_regions_decided(infort: Delprojekt) -> None:
    first = Atgardsforslag.objects.filter(omgang__delprojekt=infort).earliest("nummer")
    first.slutsatser.set(Slutsats.objects.filter(omgang__delprojekt=infort))
    found = trad("kansli", infort)
    conclusion = found.i(Led.SLUTSATS)[0]
    assert [knut.led for knut in found.till(conclusion)] == [Led.FORSLAG]
    links = [knut.led for knut in found.following(conclusion)]
    assert {Led.FORSLAG, Led.ATTSATS, Led.REKOMMENDATION, Led.BESLUT} <= set(links)
    assert found.fran(found.i(Led.ATTSATS)[0])[0].id == f"forslag-{first.pk}"
    assert "Halland: Bifall" in found.i(Led.BESLUT)[0].rader
    assert "Skåne har inte beslutat om rekommendation 1." in hal("kansli", infort)
    assert "Halland har inte rapporterat införandet av rekommendation 1." in hal("kansli", infort)


def test_5_5_a_recommendation_knows_the_clause_that_it_was_made_of(infort: Delprojekt) -> None:
    for row in Rekommendation.objects.filter(namndbeslut__delprojekt=infort):
        assert row.attsats is not None
        assert (row.attsats.nummer, row.attsats.text) == (row.nummer, row.text)


def test_5_8_a_parameter_says_which_proposals_it_follows_up(walked: Walked) -> None:
    dp = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    h.foresla(dp)
    first = Atgardsforslag.objects.filter(omgang__delprojekt=dp).earliest("nummer")
    gor("ordforande", Act.LAGG_TILL_PARAMETER, dp, namn="Väntetid", forslag=[first.pk])
    knut = next(k for k in trad("ordforande", dp).i(Led.MATVARDE) if k.kort == "Väntetid")
    assert knut.fran == (f"forslag-{first.pk}",)


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("kansli", set(Led)),
        ("utomstaende", set(Led) - {Led.ATTSATS}),
    ],
)
def test_the_thread_shows_each_link_to_those_who_may_see_it(infort: Delprojekt, who: str, links: set[Led]) -> None:
    assert trad(who, infort).led == links


def test_arbetsmaterial_is_not_shown_as_a_thread(d: Delprojekt) -> None:
    write("ordforande", d, NULAGE)
    assert trad("utomstaende", d).led == frozenset()
    assert client("utomstaende").get(f"/delprojekt/{d.pk}/traden/").status_code == 404
    assert client("ordforande").get(f"/delprojekt/{d.pk}/traden/").status_code == 200


def test_5_4_the_page_shows_the_thread_as_a_picture_and_as_a_list(infort: Delprojekt) -> None:
    page = client("kansli").get(f"/delprojekt/{infort.pk}/traden/").content.decode()
    assert "Skåne har inte beslutat om rekommendation 1 och 2." in page
    assert re.search(r"Leder till: <a href=\"#attsats-\d+\">Att-sats 1</a>", page)
    assert re.search(r"Kommer ur: <a href=\"#forslag-\d+\">Förslag 1</a>", page)
    first = Atgardsforslag.objects.filter(omgang__delprojekt=infort).earliest("nummer")
    assert f'<a href="#forslag-{first.pk}" aria-label="Förslag 1: {first.rubrik}">' in page
    assert f'<li id="forslag-{first.pk}"' in page
    assert "Ingen slutsats bär förslag 1." in page
    assert "style=" not in page


def test_the_thread_asks_the_same_for_one_row_and_for_twenty(walked: Walked) -> None:
    dp = Delprojekt.objects.select_related("sjukvardsregion").get(pk=walked[Steg.UPPFOLJNING])
    page, url = client("kansli"), f"/delprojekt/{dp.pk}/traden/"
    page.get(url)
    with CaptureQueriesContext(connection) as before:
        page.get(url)
    grow(dp)
    with CaptureQueriesContext(connection) as after:
        page.get(url)
    assert len(after) <= len(before) <= 15


# M5.2-3 «Om möjligt bör påståenden grundas på faktiska data»
FAKTA = {"avsnitt": NULAGE, "pastaende": "Distansmöten", "enhet": "möten", "kalla": "pas", "period": "2024"}


def printed(dp: Delprojekt) -> str:
    return unescape(render_page(build(dp, "slutrapport", now=klocka.nu())))


def test_5_2_a_text_cites_a_fact_and_follows_it_when_it_is_corrected(d: Delprojekt) -> None:
    """M5.2-3: a claim rests on data; what is printed is the figure of the row as it is now."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    page = client("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").content.decode()
    assert f"#fakta-{fact.pk}" in page  # in the editor's list
    save_section(
        actor("ordforande"), d, ANALYS, f'<p>Med <a href="#fakta-{fact.pk}">1 480 möten</a> räcker det.</p>', 0
    )
    assert "<p>Med 1\N{NO-BREAK SPACE}480\N{NO-BREAK SPACE}möten räcker det.</p>" in printed(d)

    do("ordforande", Act.ANDRA_FAKTAUPPGIFT, d, objekt=fact.pk, **FAKTA, varde=Decimal(1500), region="blekinge")

    assert "<p>Med 1\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}möten räcker det.</p>" in printed(d)
    assert f"#fakta-{fact.pk}" in Avsnitt.objects.get(omgang__delprojekt=d, nyckel=ANALYS).html


def test_5_2_a_cited_fact_that_is_struck_keeps_its_words_and_the_desk_says_so(d: Delprojekt) -> None:
    """M5.2-3: nothing is lost; the writer is told."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    save_section(actor("ordforande"), d, ANALYS, f'<p>Med <a href="#fakta-{fact.pk}">1 480 möten</a>.</p>', 0)
    url = f"/rapport/{d.pk}/{ANALYS}/"
    assert "Struken fakta" not in client("ordforande").get(url).content.decode()

    do("ordforande", Act.ANDRA_FAKTAUPPGIFT, d, objekt=fact.pk, stryk=True)

    assert "Struken fakta" in client("ordforande").get(url).content.decode()
    assert "<p>Med 1 480 möten.</p>" in printed(d)


def test_5_2_a_grid_of_regions_and_facts_shows_the_holes(d: Delprojekt) -> None:
    """M5.2-3, M5.2-2: a figure per region, and where there is none."""
    for region in ("blekinge", "halland", "skane"):
        do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(10), region=region)
    (row,) = [
        r
        for r in client("ordforande").get(f"/delprojekt/{d.pk}/visa/arbete/").context["natet"]
        if "2024" in r["pastaende"]
    ]
    assert [c["region"] for c in row["celler"] if not c["varden"]] == ["Kronoberg"]
    assert row["celler"][0]["varden"] == ["10\N{NO-BREAK SPACE}möten"]


def test_5_2_a_fact_added_at_the_desk_belongs_to_the_section_and_leads_back(d: Delprojekt) -> None:
    """M5.2-3: the form stands one step from the text."""
    url, page = f"/delprojekt/{d.pk}/gor/registrera-faktauppgift/?fran={NULAGE}", client("ordforande")
    form = page.get(url).context["form"]
    assert form["avsnitt"].value() == NULAGE
    sent = {**FAKTA, "varde": "61,5", "enhet": "%", "nyckel": form["nyckel"].value(), "region": ""}
    assert page.post(url, sent)["Location"] == f"/rapport/{d.pk}/{NULAGE}/"


@pytest.mark.parametrize("fran", ["//ond.exempel.se", "finns-inte", "https://ond.exempel.se/"])
def test_nobody_is_led_away_by_where_they_say_they_came_from(d: Delprojekt, fran: str) -> None:
    page = client("ordforande")
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
    tab = client("ordforande").get(f"/delprojekt/{dp.pk}/visa/rapport/")
    assert list(tab.context["kostnader"].rows) == wanted
    assert "Kostnad för alla åtgärdsförslag" in tab.content.decode()
    assert "Kostnad för alla åtgärdsförslag" in printed(dp)


def test_5_4_the_desk_says_so_at_the_sixth_proposal_and_not_at_the_fifth(walked: Walked) -> None:
    """M5.4-2: föredömligt är maximalt fem åtgärdsförslag."""
    dp = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    for number in range(1, 6):
        h.foresla(dp, rubrik=f"Förslag {number}")
    assert "Fler än fem förslag" not in client("ordforande").get(f"/rapport/{dp.pk}/").content.decode()
    h.foresla(dp, rubrik="Ett till")
    page = client("ordforande").get(f"/rapport/{dp.pk}/").content.decode()
    assert "Fler än fem förslag" in page
    assert "Förslag utan slutsats" in page


def test_4_4_who_is_called_in_to_a_section_sees_no_more_of_the_thread_than_its_own(d: Delprojekt) -> None:
    """M4.4-1: facts of other sections, and the whole thread, are not for them."""
    for section, claim in ((MINE, "Egen kostnad"), (NULAGE, "Hemliga möten")):
        do(
            "ordforande",
            Act.REGISTRERA_FAKTAUPPGIFT,
            d,
            **{**FAKTA, "avsnitt": section, "pastaende": claim},
            varde=Decimal(7),
        )
    them = Client()
    them.force_login(kallad(d).konto)

    page = them.get(f"/rapport/{d.pk}/{MINE}/").content.decode()

    assert ("Egen kostnad" in page, "Hemliga möten" in page) == (True, False)
    assert "/traden/" not in them.get(f"/rapport/{d.pk}/").content.decode()
    assert them.get(f"/delprojekt/{d.pk}/traden/").status_code == 404
    assert them.post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {}).status_code == 404


def test_5_3_the_analysis_has_the_sections_of_the_nulage_in_the_same_order(d: Delprojekt) -> None:
    """M5.3-1: samma disposition som nulägesbeskrivningen."""
    keys = list(h.omgang(d).mallversion.avsnitt.order_by("ordning").values_list("nyckel", flat=True))
    nulage = [analys_till(key) for key in keys if key.startswith(NULAGE_PREFIX)]
    analys = [key for key in keys if key.startswith(ANALYS_PREFIX) and key != SAMLADE_SLUTSATSER]
    assert analys == nulage
    assert nulage


@pytest.mark.parametrize("steg", [Steg.HISTORISKT, Steg.INFORANDE])
def test_a_delprojekt_from_before_the_portal_has_a_page_of_what_is_known_and_no_holes_of_what_is_not(
    walked: Walked, steg: Steg
) -> None:
    dp = moved_in(steg, **({"regioner": ["skane"]} if steg is Steg.INFORANDE else {}))
    assert client("kansli").get(f"/delprojekt/{dp.pk}/traden/").status_code == 200
    assert [text for text in hal("kansli", dp) if "har inte" not in text] == []
    for tab in ("rapport", "regioner"):
        answer = client("kansli").get(f"/delprojekt/{dp.pk}/visa/{tab}/")
        assert answer.status_code in {200, 404}
