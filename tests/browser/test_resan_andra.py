"""The second journey, by clicking: no, not yet, once more, back again, a region that says no, an old version."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.browser.resa import Resenar
from tests.world import (
    DAG,
    REGIONER,
    agree,
    begin_analys,
    begin_forslag,
    begin_nulage,
    decide_in,
    delprojekt_in,
    do,
    everybody,
    fresh,
    hand_in,
    new_forslag,
    prepare,
    propose,
    recommend,
    submit,
)

pytestmark = pytest.mark.django_db(transaction=True)
LG = "Ledningsgruppens möte"


@pytest.fixture
def resa(contexts: Callable[..., BrowserContext]) -> Resenar:
    everybody()
    return Resenar(contexts)


def at(resa: Resenar, d: Delprojekt) -> None:
    resa.address = d.get_absolute_url()


def shown_step(page: Page) -> str:
    return page.locator(".projekthuvud .status").inner_text().strip()


def to_huvudmansbeslut_without(region: str) -> Delprojekt:
    """Return a delprojekt at huvudmansbeslut in which one region has not taken part (D8, E9)."""
    d = new_forslag()
    submit(d)
    for one in REGIONER:
        wants = one != region
        status = "deltar" if wants else "observerar"
        do(
            f"samarbetsgrupp.{one}",
            Act.REGISTRERA_BEHOV,
            d,
            region=one,
            angelaget=wants,
            status=status,
            sagt_av="Chefen",
            dag=DAG,
        )
    others = tuple(one for one in REGIONER if one != region)
    do("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG, text="Tillstyrker.")
    do("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, d, organ="ledningsgrupp", dag=DAG, punkt="4")
    do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=DAG, punkt="4")
    for stage in (begin_nulage, begin_analys, begin_forslag, hand_in):
        stage(d)
    do("kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG)
    do("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, d)
    do(
        "sekreterare",
        Act.PRESENTERA_FOR_LEDNINGSGRUPPEN,
        d,
        organ="ledningsgrupp",
        dag=DAG,
        punkt="2",
        part="Karin Lind",
    )
    propose(d, mottagare=others)
    agree(d, *others)
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, organ="ledningsgrupp", dag=DAG, punkt="2")
    recommend(d)
    return fresh(d)


def test_ledningsgruppen_waits_takes_it_up_again_and_says_no(resa: Resenar) -> None:
    d = new_forslag()
    submit(d)
    prepare(d)
    at(resa, d)
    resa.do("sekreterare", "Besluta att avvakta", {LG: "2026-03-02", "Varför förslaget får vänta": "Inget processtöd."})
    assert shown_step(resa.look("kansli")) == "Avvaktar"
    resa.do("kansli", "Ta upp förslaget igen")
    page = resa.look("sekreterare")
    expect(page.locator(".nasta")).to_contain_text("Förslaget är anmält till ett möte med ledningsgruppen")
    prepare(d)
    resa.do(
        "sekreterare", "Besluta om avslag", {LG: "2026-03-09", "Motivering till avslaget": "Pågår redan nationellt."}
    )
    assert shown_step(resa.look("kansli")) == "Avslag"


def test_after_an_aterremiss_the_old_hearing_no_longer_counts(resa: Resenar) -> None:
    d = new_forslag()
    submit(d)
    prepare(d)
    at(resa, d)
    fill: dict[str, str | bool] = {
        "Datum": "2026-03-02",
        "Vad som ska ändras eller kompletteras": "Räkna på kostnaden.",
    }
    resa.do("sekreterare", "Återremittera förslaget", fill)
    page = resa.look("kansli")
    page.locator("main").get_by_role("link", name="Anmäl till ledningsgruppen").first.click()
    expect(page.locator(".checkpunkt[data-lage=saknas]")).to_contain_text(["avstämt med samarbetsgruppen"])
    onward = re.compile("^(Granska|Bekräfta|Anmäl till ledningsgruppen)$")
    expect(page.locator("main").get_by_role("button", name=onward)).to_have_count(0)


def test_kansliet_undoes_a_step_and_the_earlier_facts_count_again(resa: Resenar) -> None:
    d = new_forslag()
    submit(d)
    prepare(d)
    do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=DAG, punkt="4")
    at(resa, d)
    resa.do("kansli", "Ångra ”Besluta om uppstart”, tillbaka till Beredning", {"Varför": "Fel möte."})
    assert shown_step(resa.look("kansli")) == "Beredning"
    resa.do("sekreterare", "Besluta om uppstart", {LG: "2026-03-02"})
    assert shown_step(resa.look("kansli")) == "Uppdrag"


def test_a_stance_on_an_older_version_is_refused_and_what_was_chosen_is_kept(resa: Resenar) -> None:
    d = delprojekt_in(Steg.LEDNINGSGRUPP)
    at(resa, d)
    resa.do("sekreterare", "Skriv beslutsförslaget", {"Att-sats 1": "införa fasta tider"})
    page = resa.look("ledningsgrupp.halland")
    page.locator("main").get_by_role("link", name="Lämna regionens ställning", exact=True).first.click()
    page.get_by_label("Enig", exact=True).check()
    resa.do("sekreterare", "Skriv beslutsförslaget", {"Att-sats 1": "införa fasta tider med takpris"})
    page.get_by_role("button", name="Granska", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("ny version av beslutsförslaget")
    expect(resa.look("ledningsgrupp.halland", "Beslut").locator("main")).to_contain_text("0 av 4 regioner är eniga")


def test_with_three_participating_regions_the_fourth_is_neither_asked_nor_waited_for(resa: Resenar) -> None:
    d = to_huvudmansbeslut_without("halland")
    at(resa, d)
    page = resa.look("kansli", "Regioner")
    expect(page.get_by_role("columnheader", name="Halland")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("0 av 3 beslut")
    assert not fresh(d).vantar.filter(region__slug="halland").exists()


def test_a_region_that_says_no_is_shown_and_stops_nobody_else(resa: Resenar) -> None:
    d = delprojekt_in(Steg.INFORANDE)
    decide_in(d, "skane", "avslag")
    at(resa, d)
    page = resa.look("region.blekinge", "Regioner")
    expect(page.locator(".matris").first).to_contain_text("Avslag")
    assert shown_step(page) == "Införande"
    expect(page.locator("main")).to_contain_text("2 av 4 beslut")
