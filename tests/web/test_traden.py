"""Sentences of §5.1.3 and §5.2–5.8: the thread that makes a report hold together."""

import re
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.takt import IngetAndrat
from delprojekt.models import (
    Atgardsforslag,
    Avsnittsuppgift,
    Delprojekt,
    Faktauppgift,
    Handelse,
    Rekommendation,
    Slutsats,
    Uppfoljningsparameter,
)
from delprojekt.models.historik import event_model
from delprojekt.process.act import Act
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, SAMLADE_SLUTSATSER, analys_till
from delprojekt.process.steg import Steg
from delprojekt.process.trad import Led, Trad
from delprojekt.queries.arbete import points
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage
from delprojekt.queries.trad import INTE_MATT, OKAND, thread
from tests.house.grow import grow
from tests.inflyttat import moved_in
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_adjungerad import MINE, kallad
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import actor, do, fresh, write

pytestmark = pytest.mark.django_db
NULAGE, ANALYS = "nulage_verksamhet", "analys_verksamhet"
FAKTA = {"avsnitt": NULAGE, "pastaende": "Distansmöten", "enhet": "möten", "kalla": "pas", "period": "2024"}


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge."""
    return Delprojekt.objects.get(pk=walked[Steg.NULAGE])


def trad(who: str, dp: Delprojekt) -> Trad:
    return thread(actor(who), fresh(dp), levande_for(fresh(dp)))


def hal(who: str, dp: Delprojekt) -> list[str]:
    return [one.text for one in trad(who, dp).hal]


# M5.1.3-3, features.md 9: numbered points; who writes says which a section answers
def test_5_1_3_a_section_says_which_points_it_answers_and_the_others_keep_theirs(d: Delprojekt) -> None:
    """M5.1.3-3: specifika uppdragspunkter, each to be answered."""
    first = points(actor("ordforande"), h.omgang(d))[0]
    do("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, d, besvarad_i={first.pk: ["sammanfattning"]})
    page = window("ordforande")

    answer = page.post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {"punkt": [first.pk]})

    assert answer.status_code == 302
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == ["sammanfattning", NULAGE]
    assert "svarar på uppdragspunkt 1" in Handelse.objects.latest("pk").mening
    page.post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {})
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == ["sammanfattning"]


def test_5_1_3_an_unanswered_point_is_listed_for_the_writer_and_for_the_samarbetsgrupp(d: Delprojekt) -> None:
    """M5.1.3-3: obesvarade uppdragspunkter are shown, and block nothing."""
    write("ordforande", d, NULAGE)
    first = points(actor("ordforande"), h.omgang(d))[0]
    desk, tab = f"/rapport/{d.pk}/", f"/delprojekt/{d.pk}/visa/rapport/"
    assert "Obesvarade uppdragspunkter" in window("ordforande").get(desk).content.decode()
    assert first.text in window("samarbetsgrupp.skane").get(tab).content.decode()
    do(
        "ordforande",
        Act.BESVARA_UPPDRAGSPUNKTER,
        d,
        besvarad_i={p.pk: [NULAGE] for p in points(actor("ordforande"), h.omgang(d))},
    )
    assert "Obesvarade uppdragspunkter" not in window("ordforande").get(desk).content.decode()
    assert "Uppdragspunkter som inte besvaras" not in window("samarbetsgrupp.skane").get(tab).content.decode()


def test_5_1_3_who_does_not_write_does_not_say_what_is_answered(d: Delprojekt) -> None:
    """M5.1.3-3: who only reads cannot."""
    first = points(actor("ordforande"), h.omgang(d))[0].pk
    assert (
        window("samarbetsgrupp.skane").post(f"/rapport/{d.pk}/{NULAGE}/punkter/", {"punkt": [first]}).status_code == 404
    )
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad_i == []


# M5.2-4 «fakta som inte ligger till grund för analys och slutsatser kan vanligen utelämnas»
def test_5_2_a_nulage_without_analysis_is_shown_at_the_desk_until_it_is_left_out(d: Delprojekt) -> None:
    """M5.2-4, M5.3-1: the margin names it and leads to it; a reason for leaving it out counts as an answer."""
    write("ordforande", d, NULAGE)
    desk = window("ordforande")
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
    desk = window("ordforande")
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
    assert "Kronoberg" in window("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").context["trad"]["saknas"]
    do("ordforande", Act.ANGE_TACKNING, d, tackning={NULAGE: ["blekinge", "halland", "kronoberg", "skane"]})
    assert window("ordforande").get(f"/rapport/{d.pk}/{NULAGE}/").context["trad"]["saknas"] == ""


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

    row = Uppfoljningsparameter.objects.get(pk=int(knut.nyckel))
    for chosen in ([], [first.pk]):  # nothing else is changed, and each time is kept
        do("ordforande", Act.ANDRA_PARAMETER, dp, objekt=row.pk, namn="Väntetid", forslag=chosen)
        assert list(row.forslag.values_list("pk", flat=True)) == chosen
    kept = event_model("UppfoljningsparameterForslag").objects.filter(uppfoljningsparameter=row.pk)
    assert list(kept.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete", "insert"]
    with pytest.raises(IngetAndrat):
        do("ordforande", Act.ANDRA_PARAMETER, dp, objekt=row.pk, namn="Väntetid", forslag=[first.pk])


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
    assert window("utomstaende").get(f"/delprojekt/{d.pk}/traden/").status_code == 404
    assert window("ordforande").get(f"/delprojekt/{d.pk}/traden/").status_code == 200


def test_5_4_the_page_shows_the_thread_as_a_picture_and_as_a_list(infort: Delprojekt) -> None:
    page = window("kansli").get(f"/delprojekt/{infort.pk}/traden/").content.decode()
    assert "Skåne har inte beslutat om rekommendation 1 och 2." in page
    assert re.search(r"Leder till: <a href=\"#attsats-\d+\">Att-sats 1</a>", page)
    assert re.search(r"Kommer ur: <a href=\"#forslag-\d+\">Förslag 1</a>", page)
    first = Atgardsforslag.objects.filter(omgang__delprojekt=infort).earliest("nummer")
    assert f'<a href="#forslag-{first.pk}" aria-label="Förslag 1: {first.rubrik}">' in page
    assert f'<li id="forslag-{first.pk}"' in page
    assert "Ingen slutsats bär förslag 1." in page
    assert "style=" not in page


def test_5_1_3_the_thread_says_which_points_of_the_uppdrag_are_answered_and_where(d: Delprojekt) -> None:
    """M5.1.3-3: obesvarade uppdragspunkter are seen by those who read the report."""
    write("ordforande", d, NULAGE)
    first = points(actor("ordforande"), h.omgang(d))[0]
    url = f"/delprojekt/{d.pk}/traden/"
    assert "Obesvarad" in window("samarbetsgrupp.skane").get(url).content.decode()
    answered = {p.pk: [NULAGE] for p in points(actor("ordforande"), h.omgang(d))}
    do("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, d, besvarad_i=answered)
    page = window("samarbetsgrupp.skane").get(url)
    assert page.context["punkter"][0]["svar"][0]["id"] == f"nulage-{NULAGE}"
    assert first.text in page.content.decode()
    assert "Obesvarad" not in page.content.decode()


def test_the_thread_asks_the_same_for_one_row_and_for_twenty(walked: Walked) -> None:
    dp = Delprojekt.objects.select_related("sjukvardsregion").get(pk=walked[Steg.UPPFOLJNING])
    page, url = window("kansli"), f"/delprojekt/{dp.pk}/traden/"
    page.get(url)
    with CaptureQueriesContext(connection) as before:
        page.get(url)
    grow(dp)
    with CaptureQueriesContext(connection) as after:
        page.get(url)
    assert len(after) <= len(before) <= 15, [query["sql"][:90] for query in before]


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
    assert window("kansli").get(f"/delprojekt/{dp.pk}/traden/").status_code == 200
    assert [text for text in hal("kansli", dp) if "har inte" not in text] == []
    for tab in ("rapport", "regioner"):
        answer = window("kansli").get(f"/delprojekt/{dp.pk}/visa/{tab}/")
        assert answer.status_code in {200, 404}


def test_5_2_a_fact_leads_also_to_the_analysis_of_another_section_that_cites_it(d: Delprojekt) -> None:
    """M5.2-4: facts lie under analysis; the thread shows which."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    fact = Faktauppgift.objects.latest("pk")
    save_section(
        actor("ordforande"), d, "analys_ekonomi", f'<p>De <a href="#fakta-{fact.pk}">1 480 möten</a> kostar.</p>', 0
    )
    found = trad("ordforande", d)
    assert [knut.id for knut in found.till(found.med_id[f"nulage-{NULAGE}"])] == ["analys-analys_ekonomi"]


def test_5_2_why_a_section_was_left_out_and_its_facts_stay_with_those_who_see_the_work(infort: Delprojekt) -> None:
    """M5.2-4: the report leaves the section out; the reason and the facts are the group's arbetsmaterial."""
    omgang = h.omgang(infort)
    Avsnittsuppgift.objects.update_or_create(
        omgang=omgang, nyckel=NULAGE, defaults={"utelamnat": "Osäkra siffror från Skåne."}
    )
    Faktauppgift.objects.create(omgang=omgang, **{**FAKTA, "pastaende": "Hemliga möten"}, varde=Decimal(7))
    for who, seen in (("kansli", True), ("utomstaende", False)):
        page = window(who).get(f"/delprojekt/{infort.pk}/traden/").content.decode()
        assert ("Osäkra siffror" in page, "Hemliga möten" in page) == (seen, seen), who
        assert "Utelämnat" in page


def test_5_8_who_may_not_see_a_measured_value_is_not_told_that_there_is_none(walked: Walked) -> None:
    dp = Delprojekt.objects.get(pk=walked[Steg.UPPFOLJNING])
    assert [knut.text for knut in trad("kansli", dp).i(Led.MATVARDE)] == ["512 (februari 2027)"]
    assert {knut.text for knut in trad("utomstaende", dp).i(Led.MATVARDE)} == {""}
    assert INTE_MATT not in window("utomstaende").get(f"/delprojekt/{dp.pk}/traden/").content.decode()


def test_5_7_the_introduction_is_counted_among_all_who_said_yes(walked: Walked) -> None:
    """M5.7-1: a region that has not told is not introduced."""
    dp = Delprojekt.objects.get(pk=walked[Steg.INFORANDE])
    wanted = Rekommendation.objects.filter(namndbeslut__delprojekt=dp, mottagare__slug="skane")
    yes = {rek.pk: ("bifall", "") for rek in wanted}
    gor(
        "region.skane",
        Act.REGISTRERA_HUVUDMANSBESLUT,
        dp,
        region="skane",
        niva="politisk",
        organ_namn="Regionstyrelsen",
        dag=h.DAG,
        paragraf="9",
        utfall=yes,
    )
    agreed = {knut.nyckel: int(knut.text.split()[0]) for knut in trad("kansli", dp).i(Led.BESLUT)}
    one = Rekommendation.objects.filter(namndbeslut__delprojekt=dp).earliest("nummer")
    do("region.halland", Act.RAPPORTERA_INFORANDE, dp, region="halland", lagen={one.pk: ("infort", "Klart.")})
    (text,) = [k.text for k in trad("kansli", dp).i(Led.INFORANDE) if k.nyckel == str(one.pk)]
    assert agreed[str(one.pk)] > 1
    assert text == f"infört i 1 av {agreed[str(one.pk)]}"


def test_5_5_an_older_recommendation_gets_back_the_clause_that_it_is_word_for_word(infort: Delprojekt) -> None:
    """M5.5-5: what is certain is filled in by the migration; of the rest it is said that it is not known."""
    rows = Rekommendation.objects.filter(namndbeslut__delprojekt=infort)
    before = list(rows.order_by("pk").values_list("pk", "attsats"))
    rows.update(attsats=None)
    assert not [text for text in hal("kansli", infort) if "blev ingen rekommendation" in text]
    assert {knut.slut for knut in trad("kansli", infort).i(Led.ATTSATS)} == {OKAND}

    moved = import_module("delprojekt.migrations.0004_aldre_rader")
    moved.find_clauses(apps, SimpleNamespace(connection=connection))

    assert list(rows.order_by("pk").values_list("pk", "attsats")) == before
    rows.update(attsats=None, text="Något annat.")
    moved.find_clauses(apps, SimpleNamespace(connection=connection))
    assert set(rows.values_list("attsats", flat=True)) == {None}


def test_each_section_of_the_thread_leads_to_its_text_for_those_who_read_the_report(infort: Delprojekt) -> None:
    page = window("kansli").get(f"/delprojekt/{infort.pk}/traden/").content.decode()
    (address,) = set(re.findall(r'href="(/delprojekt/\d+/dokument/slutrapport/#kap-nulage_kompetens)"', page))
    report = window("kansli").get(address.partition("#")[0]).content.decode()
    assert 'id="kap-nulage_kompetens"' in report
