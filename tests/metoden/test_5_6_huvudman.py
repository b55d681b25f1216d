"""Sentences of §5.6: a region's decisions over time, on two levels, told and proved, and what becomes of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delprojekt.actions.takt import IngetAndrat, MotiveringSaknas, Ogiltigt
from delprojekt.models import Beslutshandling, Delprojekt, Huvudmansbeslut, Projektforslag, Vantar
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Why
from delprojekt.queries.lage import build_lage
from delprojekt.queries.regioner import regions, without_paper
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.world import PDF, REGIONER, actor, decide_in, fresh, person, verify

REGIONENS = Act.REGISTRERA_HUVUDMANSBESLUT
EFTER = h.DAG + timedelta(days=7)


def fil() -> SimpleUploadedFile:
    return SimpleUploadedFile("utdrag.pdf", PDF)


def beslutar(dp: Delprojekt, slug: str, utfall: str = "bifall", text: str = "", **said: Any) -> Beslutshandling:
    """Let a region tell of a decision on everything it is asked."""
    asked = dp.namndbeslut.get(aterkallat_at=None).rekommendationer.all()
    told = {"region": slug, "niva": "politisk", "organ_namn": "Regionstyrelsen", "dag": h.DAG, "fil": fil()}
    gor(f"region.{slug}", REGIONENS, dp, **{**told, **said}, utfall={r.pk: (utfall, text) for r in asked})
    return Beslutshandling.objects.latest("pk")


def galler(dp: Delprojekt, slug: str) -> set[str]:
    """Return the outcomes that count for a region now."""
    cells = regions(actor("kansli"), dp).beslut.values()
    return {cell.utfall for cell in cells if cell.handling.region.slug == slug}


def test_5_6_the_last_decision_in_force_counts_and_the_earlier_ones_are_kept(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    beslutar(dp, "skane", "bifall", organ_namn="Regionstyrelsen", dag=EFTER)

    beslutar(dp, "skane", "avslag", "Ekonomi.", organ_namn="Hälso- och sjukvårdsnämnden", dag=h.DAG)

    assert galler(dp, "skane") == {"bifall"}, "nämnden decided before styrelsen, though it was told of later"
    assert Huvudmansbeslut.objects.filter(handling__region__slug="skane").count() == 4


def test_m5_6_1_the_same_decision_is_registered_once_and_another_one_beside_it(hos_huvudmannen: Delprojekt) -> None:
    """M5.6-1: same body, day, §, outcomes and file is no new decision; when one of them is another it is."""
    dp, said = hos_huvudmannen, {"paragraf": "12"}
    beslutar(dp, "skane", **said)

    for again in ({}, {"organ_namn": "regionstyrelsen"}, {"fil": None}):
        with pytest.raises(IngetAndrat, match="Det här beslutet är redan registrerat"):
            beslutar(dp, "skane", **{**said, **again})
    assert Beslutshandling.objects.filter(region__slug="skane").count() == 1

    beslutar(dp, "halland", **said)
    beslutar(dp, "skane", "avslag", "Ekonomi.", **said)
    beslutar(dp, "skane", paragraf="13")
    assert Beslutshandling.objects.filter(region__slug="skane").count() == 3


@pytest.mark.parametrize("utfall", ["villkor", "delvis", "avslag", "aterremitterat"])
def test_5_6_an_outcome_that_is_no_plain_yes_says_what_or_why(hos_huvudmannen: Delprojekt, utfall: str) -> None:
    dp = hos_huvudmannen

    with pytest.raises(Ogiltigt):
        beslutar(dp, "skane", utfall, "")
    form = h.formular("region.skane", REGIONENS, dp, **h.svar(dp, "skane", utfall))

    assert any(name.startswith("villkor_") for name in form.errors)
    beslutar(dp, "skane", utfall, "Inom ram.")


@pytest.mark.parametrize(
    ("utfall", "decided", "agrees"),
    [
        ("bifall", True, True),
        ("villkor", True, True),
        ("delvis", True, True),
        ("avslag", True, False),
        ("ej_berord", True, False),
        ("bordlagt", False, False),
        ("aterremitterat", False, False),
    ],
)
def test_5_6_which_outcomes_decide_and_which_only_put_off(
    hos_huvudmannen: Delprojekt, utfall: str, decided: bool, agrees: bool
) -> None:
    dp = hos_huvudmannen
    beslutar(dp, "skane", utfall, "Inom ram.")

    beslut = build_lage(fresh(dp)).beslut

    assert ("skane" in beslut.har_beslutat, "skane" in beslut.bifall) == (decided, agrees)
    waits = Vantar.objects.filter(delprojekt=dp, act=REGIONENS, region__slug="skane")
    assert waits.exists() is not decided


# «beslutat» is not «belagt» (M5.6-2)
def test_5_6_a_decision_may_be_told_before_its_paper_which_is_due_in_three_weeks(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    told = beslutar(dp, "skane", fil=None)
    part = regions(actor("kansli"), dp)
    assert (part.beslutat, part.belagt) == (1, 0)
    waits = Vantar.objects.get(delprojekt=dp, act=Act.SKICKA_HANDLING)
    assert (waits.region.slug, waits.frist_date) == ("skane", idag() + timedelta(days=21))
    assert [p.pk for p in without_paper(actor("kansli"))] == [told.pk]

    gor("region.skane", Act.SKICKA_HANDLING, dp, objekt=told.pk, region="skane", fil=fil())

    part = regions(actor("kansli"), dp)
    assert (part.beslutat, part.belagt, without_paper(actor("kansli"), dp)) == (1, 1, [])
    assert not Vantar.objects.filter(delprojekt=dp, act=Act.SKICKA_HANDLING).exists()
    verify(dp, Beslutshandling.objects.get(pk=told.pk))


def test_5_6_the_receipt_of_a_paper_says_what_becomes_of_it(hos_huvudmannen: Delprojekt) -> None:
    """The same words as in the help, and only when there is a paper."""
    dp = hos_huvudmannen
    said = "Kansliet granskar handlingen och hör av sig om något är fel."
    client = Client()
    client.force_login(person("region.skane").konto)

    def receipt() -> str:
        event = dp.handelser.latest("pk")
        return client.get(f"/delprojekt/{dp.pk}/kvitto/{event.pk}/").content.decode()

    told = beslutar(dp, "skane", fil=None)
    assert said not in receipt()
    gor("region.skane", Act.SKICKA_HANDLING, dp, objekt=told.pk, region="skane", fil=fil())
    assert said in receipt()
    assert said in client.get("/hjalp/").content.decode()


def test_5_6_the_regions_are_reminded_of_90_days_after_the_letter(hos_huvudmannen: Delprojekt) -> None:
    rows = Vantar.objects.filter(delprojekt=hos_huvudmannen, act=REGIONENS)

    assert {row.frist_date for row in rows} == {h.DAG + timedelta(days=90)}


def test_5_6_another_region_can_not_send_the_paper(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    told = beslutar(dp, "skane", fil=None)

    refusal = nekas("region.halland", Act.SKICKA_HANDLING, dp, objekt=told.pk, region="skane", fil=fil())
    with pytest.raises(Ogiltigt):
        gor("region.halland", Act.SKICKA_HANDLING, dp, objekt=told.pk, region="halland", fil=fil())

    assert refusal.why is Why.NOT_YOURS
    assert not Beslutshandling.objects.get(pk=told.pk).fil


# E7, scenario 21
def test_5_6_the_right_paper_comes_beside_the_wrong_one_with_one_upload(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    wrong = beslutar(dp, "kronoberg", dag=h.DAG, paragraf="131")
    gor("kansli", Act.GRANSKA_HANDLING, dp, objekt=wrong.pk, granskning="fel", stammer=["datum"], text="Det är § 113.")
    assert [p.pk for p in without_paper(actor("kansli"), dp)] == [wrong.pk]

    gor("region.kronoberg", Act.SKICKA_HANDLING, dp, objekt=wrong.pk, region="kronoberg", fil=fil())

    right = Beslutshandling.objects.get(ersatter=wrong)
    assert Beslutshandling.objects.get(pk=wrong.pk).fil
    assert (right.paragraf, right.granskning, right.beslut.count()) == ("131", "vantar", 2)
    verify(dp, right)
    assert "kronoberg" in build_lage(fresh(dp)).beslut.verifierade
    with pytest.raises(Ogiltigt):
        gor("region.kronoberg", Act.SKICKA_HANDLING, dp, objekt=wrong.pk, region="kronoberg", fil=fil())


def test_5_6_a_wrong_paper_never_takes_the_place_of_a_verified_one(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    verify(dp, beslutar(dp, "skane"))
    later = beslutar(dp, "skane", "avslag", "Ekonomi.", dag=EFTER)

    gor("kansli", Act.GRANSKA_HANDLING, dp, objekt=later.pk, granskning="fel", text="Ett annat ärende.")

    assert galler(dp, "skane") == {"bifall"}


def test_5_6_a_paper_is_verified_only_when_every_point_of_the_list_is_right(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    paper = beslutar(dp, "skane")

    with pytest.raises(Ogiltigt, match="Kryssa i"):
        gor("kansli", Act.GRANSKA_HANDLING, dp, objekt=paper.pk, granskning="godkand", stammer=["organ", "datum"])

    verify(dp, paper)


# M5.6-1, conventions.md §6.3
def test_5_6_an_officials_decision_says_its_ground_and_is_later_reported_to_a_namnd(
    hos_huvudmannen: Delprojekt,
) -> None:
    dp = hos_huvudmannen
    official = {"niva": "tjansteperson", "organ_namn": "Direktören", "grundslag": "verkstallighet"}
    with pytest.raises(Ogiltigt):
        beslutar(dp, "halland", **official)
    paper = beslutar(dp, "halland", **official, grund="Regionstyrelsen 2025-11-05 § 201")

    said = {"objekt": paper.pk, "region": "halland", "dag": EFTER, "organ_namn": "Regionstyrelsen", "paragraf": "12"}
    gor("region.halland", Act.ANTECKNA_NAMNDANMALAN, dp, **said)

    paper.refresh_from_db()
    assert (paper.grundslag, paper.namndanmalt_date, paper.namndanmalt_paragraf) == ("verkstallighet", EFTER, "12")
    political = beslutar(dp, "skane")
    with pytest.raises(Ogiltigt):
        gor("region.skane", Act.ANTECKNA_NAMNDANMALAN, dp, **{**said, "objekt": political.pk, "region": "skane"})


# E2: KL 6:38
def test_e2_an_official_deciding_on_omfordelning_is_warned_and_never_stopped(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    Projektforslag.objects.filter(delprojekt=dp).update(omfordelning=True)
    asked = dp.namndbeslut.get().rekommendationer.all()
    said: dict[str, Any] = {"region": "halland", "dag": h.DAG, "fil": fil(), "grund": "Delegation 4.2"}
    said |= {"niva": "tjansteperson", "organ_namn": "Direktören", "utfall": {r.pk: ("bifall", "") for r in asked}}

    with pytest.raises(MotiveringSaknas):
        gor("region.halland", REGIONENS, dp, motivering="", **said)
    event = gor("region.halland", REGIONENS, dp, motivering="Verkställer styrelsens beslut.", **said)

    assert event.rad == ["INGEN_DELEGERING_VID_OMFORDELNING"]


@pytest.mark.parametrize(("niva", "moves"), [("politisk", True), ("tjansteperson", False)])
def test_e2_no_warning_where_it_is_political_or_moves_no_care(
    hos_huvudmannen: Delprojekt, niva: str, moves: bool
) -> None:
    dp = hos_huvudmannen
    Projektforslag.objects.filter(delprojekt=dp).update(omfordelning=moves)
    asked = dp.namndbeslut.get().rekommendationer.all()
    said = {"region": "halland", "niva": niva, "organ_namn": "Styrelsen", "grund": "Delegation", "dag": h.DAG}

    event = gor("region.halland", REGIONENS, dp, "", **said, utfall={r.pk: ("bifall", "") for r in asked}, fil=fil())

    assert event.rad == []


# överklagat -> står fast | upphävt
@pytest.mark.parametrize(("val", "counts"), [("star_fast", True), ("upphavt", False)])
def test_5_6_an_appealed_decision_counts_until_it_is_set_aside(
    hos_huvudmannen: Delprojekt, val: str, counts: bool
) -> None:
    dp = hos_huvudmannen
    paper = beslutar(dp, "skane")
    verify(dp, paper)
    appeal = {"objekt": paper.pk, "region": "skane", "dag": EFTER}
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.ANTECKNA_OVERKLAGANDE, dp, **appeal, val=val)

    gor("kansli", Act.ANTECKNA_OVERKLAGANDE, dp, **appeal, val="provas")
    assert "skane" in build_lage(fresh(dp)).beslut.verifierade
    gor("kansli", Act.ANTECKNA_OVERKLAGANDE, dp, **appeal, val=val)

    assert ("skane" in build_lage(fresh(dp)).beslut.verifierade) is counts
    waits = Vantar.objects.filter(delprojekt=dp, act=REGIONENS, region__slug="skane")
    assert waits.exists() is not counts


def test_5_6_laga_kraft_is_three_weeks_from_the_notice_and_the_days_follow_each_other(
    hos_huvudmannen: Delprojekt,
) -> None:
    dp = hos_huvudmannen
    justerat, anslaget = h.DAG + timedelta(days=7), h.DAG + timedelta(days=8)

    with pytest.raises(Ogiltigt):
        beslutar(dp, "skane", justerat=anslaget, anslaget=justerat)
    paper = beslutar(dp, "skane", justerat=justerat, anslaget=anslaget, aterrapport=date(2027, 6, 30))

    assert (paper.laga_kraft_date, paper.aterrapport_date) == (anslaget + timedelta(days=21), date(2027, 6, 30))


# scenario 18: anslag 12 juni, laga kraft tidigast 3 juli; §5.5 föredragande
def test_5_5_namndens_decision_has_its_days_and_the_one_who_presented(beredd_for_namnden: Delprojekt) -> None:
    dp = beredd_for_namnden
    days = {"justerat": date(2026, 6, 11), "anslaget": date(2026, 6, 12), "anslag_ned": date(2026, 7, 4)}

    event = gor("namndsekreterare", Act.REKOMMENDERA, dp, motivering="", **h.rekommendation(**days))

    row = dp.namndbeslut.get()
    assert (row.laga_kraft_date, row.anslag_ned_date, row.foredragande) == (
        *(date(2026, 7, 3), date(2026, 7, 4), "Karin Lind"),
    )
    assert event.rad == []


def test_5_5_another_than_the_chair_before_namnden_takes_a_motivering(beredd_for_namnden: Delprojekt) -> None:
    said = h.rekommendation(foredragande="Petra Wikström")

    with pytest.raises(MotiveringSaknas):
        gor("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, motivering="", **said)

    assert gor("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, **said).rad == ["ORDFORANDE_REDOVISAR"]


# E12: bordläggning is not återremiss
def test_e12_bordlaggning_keeps_the_version_and_gets_a_new_day(beredd_for_namnden: Delprojekt) -> None:
    dp = beredd_for_namnden
    before = (fresh(dp).steg, build_lage(fresh(dp)).beslut.version)
    with pytest.raises(Ogiltigt):
        gor("namndsekreterare", Act.BORDLAGG, dp, **h.mote("namnd", till=h.DAG - timedelta(days=1)))

    gor("namndsekreterare", Act.BORDLAGG, dp, **h.mote("namnd", till=date(2027, 2, 11)))

    assert (fresh(dp).steg, build_lage(fresh(dp)).beslut.version) == before
    assert Vantar.objects.get(delprojekt=dp, act=Act.REKOMMENDERA).frist_date == date(2027, 2, 11)


def test_5_5_the_styrgrupp_prepares_before_the_meeting_and_its_note_is_never_defended(hos_namnden: Delprojekt) -> None:
    dp = hos_namnden
    gor("namndsekreterare", Act.BERED_POLITISKT, dp, motivering="", **h.mote("styrgrupp", EFTER, text=""))

    assert h.saknas("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation()) == {"M5.5-1"}
    gor("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation(dag=EFTER))


# V-17
def test_v_17_a_report_that_is_only_put_on_file_asks_no_region(beredd_for_namnden: Delprojekt) -> None:
    dp = beredd_for_namnden

    gor("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, dp, **h.mote("namnd"))

    assert not dp.namndbeslut.exists()
    assert not Vantar.objects.filter(delprojekt=dp, act=REGIONENS).exists()


# P-7
def test_p_7_a_recommendation_to_two_regions_asks_only_them(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    h.world.propose(dp, mottagare=("skane", "halland"))
    h.till_namnden(h.ta_stallning(dp))
    gor("namndsekreterare", Act.BERED_POLITISKT, dp, **h.mote("styrgrupp"))
    gor("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation())

    assert build_lage(fresh(dp)).beslut.mottagare == {"skane", "halland"}
    assert nekas("region.blekinge", REGIONENS, dp, region="blekinge", utfall={}).why is Why.NOT_YOURS
    assert set(REGIONER) > build_lage(fresh(dp)).beslut.mottagare
    decide_in(dp, "skane")
