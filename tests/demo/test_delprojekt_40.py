"""Delprojekt 40 on 2026-11-22, as the acceptance scenario tells it (row by row)."""

import re
from datetime import date, timedelta

import pytest

from delprojekt.demo.texter_40 import LYDELSE, SATS_3
from delprojekt.demo.vandring import actor
from delprojekt.documents.plain import to_plain
from delprojekt.models import (
    Arende,
    Atgardsforslag,
    Avsnitt,
    Avsnittsuppgift,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Dokumentversion,
    Faktumrad,
    Handelse,
    Inforandestatus,
    Innehav,
    Kalkylrad,
    Kompetenskrav,
    Milstolpe,
    Namndbeslut,
    Nominering,
    Stallning,
    Stegbesok,
    Uppdragspunkt,
    Vantar,
)
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.lasbarhet import mat
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.queries.regioner import regions

pytestmark = pytest.mark.django_db


def days(forty: Delprojekt, slag: Faktumslag) -> list[date]:
    return list(Faktumrad.objects.filter(delprojekt=forty, slag=slag).order_by("pk").values_list("date", flat=True))


def test_1_chefsamradet_hands_in_the_forslag_in_january_2025(forty: Delprojekt) -> None:
    assert forty.forslag.ursprung == "chefsgrupper"
    assert forty.forslag.problem.startswith("Läkare på mindre sjukhus och vårdcentraler behöver ofta råd")
    assert days(forty, Faktumslag.FORSLAG_INSKICKAT) == [date(2025, 1, 15)]


def test_2_to_4_it_is_prepared_by_maja_ek_and_samarbetsgruppen_supports_it(forty: Delprojekt) -> None:
    assert str(Innehav.objects.get(delprojekt=forty, roll=Roll.KONTAKTPERSON).person) == "Maja Ek"
    assert forty.forslag.mal == "Varje patient med behov av specialistråd ska kunna få det inom fem arbetsdagar."
    contacts = forty.beredningskontakter.select_related("organ")
    assert {row.namn for row in contacts} == {
        *("RPO Medicinsk diagnostik", "RSG Strukturerad vårdinformation", "RSG Medicinteknik")
    }
    assert list(forty.deltaganden.values_list("angelaget", flat=True)) == [True] * 4
    spoken = Faktumrad.objects.get(delprojekt=forty, slag=Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    assert (spoken.date, spoken.text) == (date(2025, 2, 11), "Tillstyrker. Avgränsa mot digitala patientmöten.")


def test_5_ledningsgruppen_decides_on_start_under_point_4(forty: Delprojekt) -> None:
    started = Faktumrad.objects.select_related("arende").get(delprojekt=forty, slag=Faktumslag.STARTBESLUT)
    assert (started.date, started.arende.punkt, forty.nummer) == (date(2025, 2, 27), "4", 40)


def test_6_the_uppdrag_has_its_points_competences_and_partial_dates(forty: Delprojekt) -> None:
    points = Uppdragspunkt.objects.filter(omgang__delprojekt=forty).order_by("nummer")
    assert [p.text for p in points][:2] == ["beskriv nuläget i varje region", "föreslå gemensam mötesform"]
    assert points.count() == 5
    wanted = Kompetenskrav.objects.filter(omgang__delprojekt=forty)
    assert {k.kompetens for k in wanted if k.styrka == "bor"} == {"IT/informatik", "ekonomi"}
    assert wanted.filter(styrka="ska").count() == 3
    final = Milstolpe.objects.get(omgang__delprojekt=forty, rubrik="Slutrapport")
    assert (final.nar, final.sista_date) == ("våren 2026", date(2026, 5, 31))


def test_7_and_8_ledningsgruppen_appoints_karin_lind_and_then_the_group(forty: Delprojekt) -> None:
    chair = Nominering.objects.get(omgang__delprojekt=forty, roll=Roll.ORDFORANDE)
    assert (str(chair.person), chair.region.slug, chair.avsatt_tid, chair.chef_ja, chair.utsedd_date) == (
        *("Karin Lind", "kronoberg", "10 % under 12 månader", True, date(2025, 3, 20)),
    )
    group = Nominering.objects.filter(omgang__delprojekt=forty).exclude(pk=chair.pk)
    assert {str(row.person) for row in group} == {
        *("Jonas Öberg", "Åsa Ängquist", "Petra Wikström", "Omar Haddad", "PNF 1", "Eva Zetterlund")
    }
    assert {row.utsedd_date for row in group} == {date(2025, 4, 24)}
    assert group.get(person__efternamn="Öberg").nominerad_date == date(2025, 4, 22)
    assert group.get(person__efternamn="Zetterlund").roll == Roll.ADJUNGERAD


def test_the_patient_representative_is_not_named_in_the_log(forty: Delprojekt) -> None:
    assert not Handelse.objects.filter(delprojekt=forty, mening__contains="PNF").exists()


def test_9_the_first_meeting_and_chefsamradet(forty: Delprojekt) -> None:
    assert days(forty, Faktumslag.UPPDRAG_KVITTERAT) == [date(2025, 5, 6)]
    meeting = Faktumrad.objects.get(delprojekt=forty, slag=Faktumslag.STARTMOTE)
    assert meeting.date == date(2025, 5, 14)
    assert meeting.text == "Antal distansmöten per månad och region; andel inom fem arbetsdagar; enkät till läkare."
    assert days(forty, Faktumslag.LINJEKONTAKT)[0] == date(2025, 5, 20)


def test_10_the_delrapport_has_a_table_with_caption_source_and_header_cells(forty: Delprojekt) -> None:
    assert days(forty, Faktumslag.DELRAPPORT) == [date(2025, 10, 7)]
    html = Avsnitt.objects.get(omgang__delprojekt=forty, nyckel="nulage_verksamhet").html
    assert "<caption>Distansmöten 2024, antal per region</caption>" in html
    assert "Källa: regionernas patientadministrativa system, 2024." in html
    assert html.count('<th scope="row">') == 5
    numbers = [int(n.replace("\u00a0", "").replace("&nbsp;", "")) for n in re.findall(r"<td>([^<]+)</td>", html)]
    assert numbers[:4] == [310, 540, 620, 1480]
    assert sum(numbers[:4]) == numbers[4] == 2950
    assert round(numbers[4] / 12) == 246


def test_11_the_analysis_answers_all_but_7_6_which_is_left_out_with_a_reason(forty: Delprojekt) -> None:
    written = set(Avsnitt.objects.filter(omgang__delprojekt=forty).exclude(html="").values_list("nyckel", flat=True))
    assert "nulage_ekonomi" in written
    assert "analys_ekonomi" not in written
    html = Avsnitt.objects.get(omgang__delprojekt=forty, nyckel="analys_verksamhet").html
    assert "Skillnaderna beror på bokningssystem, inte på behov." in html
    moved = Handelse.objects.get(delprojekt=forty, act=Act.BORJA_ATGARDSFORSLAG)
    assert moved.rad == []
    left_out = Avsnittsuppgift.objects.get(omgang__delprojekt=forty, nyckel="nulage_ekonomi")
    assert "7.6" in left_out.utelamnat


def test_12_five_proposals_and_a_calculation_of_760_tkr(forty: Delprojekt) -> None:
    proposals = Atgardsforslag.objects.filter(omgang__delprojekt=forty, struken_at=None).order_by("nummer")
    assert [p.rubrik for p in proposals] == [
        "Gemensamma fasta tider",
        "Gemensam mall för journalanteckning",
        "Ersättning enligt självkostnad per möte",
        "En samordnare per region",
        "Gemensam utbildning",
    ]
    costs = Kalkylrad.objects.filter(forslag__in=proposals, struken_at=None, slag="arlig")
    assert [row.belopp_tkr for row in costs] == [190] * 4
    assert sum(row.belopp_tkr for row in costs) == 760
    fourth = proposals[3]
    assert (fourth.undantrangning, fourth.kraver_medel) == ("medel", True)


def test_13_lisa_norr_reads_a_summary_with_lix_41(forty: Delprojekt) -> None:
    read = Faktumrad.objects.select_related("registrerat_av").get(delprojekt=forty, slag=Faktumslag.KORREKTURLAST)
    assert (read.date, str(read.registrerat_av)) == (date(2026, 2, 24), "Lisa Norr")
    assert int(mat(to_plain(Avsnitt.objects.get(omgang__delprojekt=forty, nyckel="sammanfattning").html)).lix) == 41


def test_14_kronoberg_wants_a_ceiling_and_the_others_have_nothing_to_add(forty: Delprojekt) -> None:
    said = Faktumrad.objects.filter(delprojekt=forty, slag=Faktumslag.REGIONSYNPUNKT)
    answers = {row.region.slug: row.val for row in said.select_related("region")}
    assert answers == {"blekinge": "inget", "halland": "inget", "kronoberg": "synpunkter", "skane": "inget"}
    assert said.get(val="synpunkter").text == "Punkt 3 behöver ett tydligt kostnadstak."
    assert days(forty, Faktumslag.SAMARBETSGRUPPEN_BEHANDLAT) == [date(2026, 3, 10)]


def stances(forty: Delprojekt, version: int) -> dict[str, str]:
    rows = Stallning.objects.filter(beslutsforslag__delprojekt=forty, beslutsforslag__version=version)
    return dict(rows.values_list("region__slug", "val"))


def test_15_and_16_the_second_attempt_succeeds_with_version_3(forty: Delprojekt) -> None:
    assert stances(forty, 2) == {"blekinge": "enig", "halland": "enig", "kronoberg": "ej_enig", "skane": "enig"}
    assert days(forty, Faktumslag.EJ_ENIGA) == [date(2026, 3, 26)]
    latest = Beslutsforslag.objects.filter(delprojekt=forty).latest("version")
    assert (latest.version, latest.skrivet_at.date()) == (3, date(2026, 4, 23))
    assert set(stances(forty, 3).values()) == {"enig"}
    assert len(stances(forty, 3)) == 4
    assert latest.attsatser.get(nummer=3).text == SATS_3
    assert days(forty, Faktumslag.ENIGA) == [date(2026, 4, 23)]


def test_17_and_18_namnden_decides_section_27_and_it_is_sent_on_15_june(forty: Delprojekt) -> None:
    assert days(forty, Faktumslag.POLITISK_BEREDNING) == [date(2026, 5, 12)]
    decision = Namndbeslut.objects.select_related("arende__mote").get(delprojekt=forty)
    assert (decision.arende.mote.date, decision.arende.punkt) == (date(2026, 6, 4), "27")
    assert (decision.justerat_date, decision.anslaget_date) == (date(2026, 6, 11), date(2026, 6, 12))
    assert decision.lydelse == LYDELSE
    assert decision.rekommendationer.count() == 5
    assert days(forty, Faktumslag.EXPEDIERAT) == [date(2026, 6, 15)]
    record = Dokumentversion.objects.get(omgang__delprojekt=forty, slag="slutrapport", faststalld=True)
    assert record.status_text == "Godkänd av Södra regionvårdsnämnden 4 juni 2026 § 27"


def papers(forty: Delprojekt, region: str) -> list[Beslutshandling]:
    rows = Beslutshandling.objects.filter(namndbeslut__delprojekt=forty, region__slug=region)
    return list(rows.prefetch_related("beslut__rekommendation").order_by("pk"))


def test_19_halland_decides_by_an_official(forty: Delprojekt) -> None:
    (paper,) = papers(forty, "halland")
    assert (paper.niva, paper.organ, paper.date) == (
        *("tjansteperson", "Hälso- och sjukvårdsdirektören", date(2026, 8, 27)),
    )
    assert paper.grund
    assert paper.fil
    assert {cell.utfall for cell in paper.beslut.all()} == {"bifall"}


def test_20_blekinge_sets_a_condition_for_point_4(forty: Delprojekt) -> None:
    (paper,) = papers(forty, "blekinge")
    assert (paper.niva, paper.organ, paper.date, paper.paragraf) == (
        *("politisk", "Regionstyrelsen", date(2026, 9, 9), "214"),
    )
    outcome = {cell.rekommendation.nummer: cell.utfall for cell in paper.beslut.all()}
    assert outcome == {1: "bifall", 2: "bifall", 3: "bifall", 4: "villkor", 5: "bifall"}
    condition = next(cell.villkor for cell in paper.beslut.all() if cell.villkor)
    assert "finansieras inom ram" in condition
    assert "juni 2027" in condition


def test_21_kronobergs_wrong_minutes_are_kept_and_the_right_ones_count(forty: Delprojekt) -> None:
    wrong, right = papers(forty, "kronoberg")
    assert (wrong.granskning, wrong.inkommen_at.date()) == ("fel", date(2026, 9, 29))
    assert "§ 113" in wrong.granskning_text
    assert wrong.fil
    assert (right.granskning, right.paragraf, right.date) == ("godkand", "131", date(2026, 9, 22))
    assert right.inkommen_at.date() == date(2026, 10, 20)


def test_22_three_of_four_have_decided_and_it_lies_with_region_skane(forty: Delprojekt) -> None:
    part = regions(actor("kansli"), forty)
    assert (part.beslutat, len(part.regioner)) == (3, 4)
    assert papers(forty, "skane") == []
    waits = Vantar.objects.select_related("region").get(delprojekt=forty, act=Act.REGISTRERA_HUVUDMANSBESLUT)
    assert str(waits.region) == "Region Skåne"
    assert waits.frist_date == date(2026, 6, 15) + timedelta(days=90) == date(2026, 9, 13)


def test_22_the_introduction_is_under_way_in_three_regions(forty: Delprojekt) -> None:
    assert forty.steg == Steg.INFORANDE
    rows = Inforandestatus.objects.filter(rekommendation__namndbeslut__delprojekt=forty)
    reporting = {row.region.slug for row in rows.select_related("region") if row.lage == "pagar"}
    assert reporting == {"blekinge", "halland", "kronoberg"}


def test_the_matrix_has_fourteen_plain_yes_and_one_with_a_condition_so_far(forty: Delprojekt) -> None:
    cells = regions(actor("kansli"), forty).beslut.values()
    assert sorted(cell.utfall for cell in cells) == ["bifall"] * 14 + ["villkor"]


def test_it_has_been_in_every_step_once(forty: Delprojekt) -> None:
    visited = list(Stegbesok.objects.filter(delprojekt=forty).order_by("nummer").values_list("steg", flat=True))
    assert visited == list(HUVUDLINJE[:10])


def test_ledningsgruppens_meetings_are_on_thursdays_and_samarbetsgruppens_on_tuesdays(demo: str) -> None:
    held = Arende.objects.select_related("mote__organ")
    weekdays = {(row.mote.organ.slug, row.mote.date.weekday()) for row in held}
    assert weekdays == {("ledningsgrupp", 3), ("samarbetsgrupp", 1), ("namnd", 3), ("styrgrupp", 1)}
