"""Sentences of §5.4.2 and §5.4.3 about synpunkter, and what becomes of each åtgärdsförslag."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Atgardsforslag, Delprojekt, Rekommendation, Vantar
from delprojekt.process.act import Act
from delprojekt.process.granser import plus_dagar
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import decide
from delprojekt.process.policy.frister import synpunktsfrist
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, saknas, som
from tests.world import REGIONER, decide_in, fresh, person, propose, version


# M5.4.2-2 «förankra på hemmaplan respektive inhämta synpunkter från sin region», 21 dagar (process.md §2.4)
def test_5_4_2_each_region_has_three_weeks_to_say_what_it_thinks(fardig_rapport: Delprojekt) -> None:
    dp = h.lamna(fardig_rapport)

    waits = Vantar.objects.filter(delprojekt=dp, act=Act.LAMNA_REGIONSYNPUNKT)

    assert {row.region.slug for row in waits if row.region} == set(REGIONER)
    assert {row.frist_date for row in waits} == {plus_dagar(idag(), 21)}


def test_5_4_2_one_region_may_be_given_longer_time(fardig_rapport: Delprojekt) -> None:
    dp = h.lamna(fardig_rapport)
    longer = {"region": "skane", "till": plus_dagar(idag(), 35), "text": "Chefsgruppen träffas först om en månad."}

    gor("kansli", Act.FLYTTA_SYNPUNKTSFRIST, dp, **longer)

    lage = build_lage(fresh(dp))
    assert (synpunktsfrist(lage, "skane"), synpunktsfrist(lage, "halland")) == (
        plus_dagar(idag(), 35),
        plus_dagar(idag(), 21),
    )
    row = Vantar.objects.get(delprojekt=dp, act=Act.LAMNA_REGIONSYNPUNKT, region__slug="skane")
    assert row.frist_date == plus_dagar(idag(), 35)


def test_5_4_2_longer_time_takes_a_reason_and_can_not_end_before_it_is_given(fardig_rapport: Delprojekt) -> None:
    dp = h.lamna(fardig_rapport)

    with pytest.raises(Ogiltigt):
        gor("kansli", Act.FLYTTA_SYNPUNKTSFRIST, dp, till=date(2030, 4, 14), text="")
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.FLYTTA_SYNPUNKTSFRIST, dp, till=date(2020, 1, 1), text="Mer tid.")


def test_5_4_2_a_report_that_is_sent_back_says_which_version_it_was(fardig_rapport: Delprojekt) -> None:
    dp = h.lamna(fardig_rapport)

    event = gor("kansli", Act.RETURNERA_SLUTRAPPORT, dp, dag=h.DAG, text="Sätt ett kostnadstak i förslag 3.")

    assert "version 0.1" in event.mening


# M5.4.3-1 «vanligen av arbetsgruppens ordförande»
def test_5_4_3_another_than_the_chair_may_present_with_a_motivering(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    said = h.lg_mote(part="Petra Wikström")

    with pytest.raises(MotiveringSaknas):
        gor("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp, motivering="", **said)
    event = gor("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp, **said)

    assert event.rad == ["ORDFORANDE_PRESENTERAR"]


def test_5_4_3_the_chair_is_proposed_and_takes_no_motivering(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    form = h.formular("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp)

    event = gor(
        "sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp, motivering="", **h.lg_mote(part=form["part"].initial)
    )

    assert (form["part"].initial, event.rad) == ("Karin Lind", [])


# M5.4.3-2 each åtgärdsförslag is adopted, changed or dropped
def test_5_4_3_every_atgardsforslag_is_taken_up_or_struck_before_namnden(hos_ledningsgruppen: Delprojekt) -> None:
    dp = h.presentera(hos_ledningsgruppen)
    first, second = Atgardsforslag.objects.filter(omgang__delprojekt=dp).order_by("nummer")
    clause = {"text": "införa fasta tider", "mottagare": list(REGIONER), "atgardsforslag": first.pk}
    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=[{**clause, "behandling": "andrat"}])
    h.ta_stallning(dp)
    missing = saknas("sekreterare", Act.LAMNA_TILL_NAMNDEN, dp, **h.lg_mote())

    struck = {second.pk: "Finns redan i regionerna."}
    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=[clause], strukna=struck)

    assert missing == {"M5.4.3-2"}
    h.till_namnden(h.ta_stallning(dp))
    assert dp.beslutsforslag.earliest("version").attsatser.get().behandling == "andrat"
    assert dp.beslutsforslag.latest("version").strukna.get().skal == "Finns redan i regionerna."


def test_5_4_3_what_is_struck_says_why_and_is_not_also_taken_up(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    first = Atgardsforslag.objects.filter(omgang__delprojekt=dp).earliest("nummer")
    clause = {"text": "införa fasta tider", "mottagare": list(REGIONER), "atgardsforslag": first.pk}

    for why in ("", "Dubbelt."):
        with pytest.raises(Ogiltigt):
            gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=[clause], strukna={first.pk: why})
    assert not dp.beslutsforslag.exists()


def test_5_4_3_a_clause_is_written_from_a_proposal_and_read_as_a_sentence(hos_ledningsgruppen: Delprojekt) -> None:
    """A heading seldom goes on from "att": it stands beside, and what is checked is only what was written."""
    dp = hos_ledningsgruppen
    first = Atgardsforslag.objects.filter(omgang__delprojekt=dp).earliest("nummer")
    client = Client()
    client.force_login(person("sekreterare").konto)
    url = f"/delprojekt/{dp.pk}/gor/skriv-beslutsforslag/"

    shown = client.get(url)
    form = shown.context["form"]
    filled = {
        "antal": 2,
        "text_1": "införa fasta tider",
        "fran_1": first.pk,
        "mottagare_1": ["skane"],
        "nyckel": h.NYCKEL,
    }
    checked = client.post(url, {**filled, "behandling_1": "antaget", "mottagare_2": list(REGIONER)}).content.decode()

    assert not form.fields["text_1"].initial
    assert form.fields["text_1"].help_text == f"Förslaget: {first.rubrik}"
    assert f"{h.FORMEL} <strong" in shown.content.decode()
    summary = checked.split('class="sammanfattning"')[1].split("</dl>")[0]
    assert "införa fasta tider" in summary
    assert "Är förslaget ändrat i att-sats 1?" in summary
    assert "sats 2" not in summary


def test_5_4_3_the_form_gives_where_each_clause_comes_from(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    first, second = Atgardsforslag.objects.filter(omgang__delprojekt=dp).order_by("nummer")
    filled = {"antal": 1, "text_1": "införa fasta tider.", "fran_1": str(first.pk), "behandling_1": "andrat"}
    form = h.formular(
        "sekreterare",
        Act.SKRIV_BESLUTSFORSLAG,
        dp,
        **filled,
        mottagare_1=["skane", "sjukvardsregional"],
        **{f"skal_{second.pk}": "Kostar för mycket."},
    )
    assert form.is_valid(), form.errors

    assert form.underlag() == {
        "attsatser": [
            {
                "text": "införa fasta tider",
                "mottagare": ["skane"],
                "sjukvardsregional": True,
                "atgardsforslag": first.pk,
                "behandling": "andrat",
            }
        ],
        "strukna": {second.pk: "Kostar för mycket."},
        "barnets_basta": "",
    }


# I-15 «barnets bästa beaktas vid alla beslut»
@pytest.mark.parametrize(("kravs", "barn", "text", "stopped"), [(1, 1, 0, 1), (1, 1, 1, 0), (1, 0, 0, 0), (0, 1, 0, 0)])
def test_i_15_a_region_that_asks_for_it_gets_a_text_on_barnets_basta(
    med_beslutsforslag: Delprojekt, kravs: int, barn: int, text: int, stopped: int
) -> None:
    now = build_lage(fresh(h.ta_stallning(med_beslutsforslag)))
    lage = replace(
        now,
        barnets_basta_kravs=bool(kravs),
        forslag=replace(now.forslag, beror_barn=bool(barn)),
        beslut=replace(now.beslut, barnets_basta=bool(text)),
    )

    decision = decide(som(Roll.SEKRETERARE), Act.LAMNA_TILL_NAMNDEN, lage, h.lg_mote())

    assert decision.missing == ((Krav.BARNETS_BASTA_SKRIVET,) if stopped else ())


def test_i_15_the_text_on_barnets_basta_is_kept_with_its_version(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    clause = {"text": "införa fasta tider", "mottagare": list(REGIONER)}

    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=[clause], barnets_basta="Barn får råd snabbare.")

    assert build_lage(fresh(dp)).beslut.barnets_basta
    assert dp.beslutsforslag.get().barnets_basta == "Barn får råd snabbare."


# T23, D7: attempt n+1; warning at n >= 2
def test_5_4_3_the_second_time_they_do_not_agree_the_four_ways_out_are_named(med_beslutsforslag: Delprojekt) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland", "skane"))
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")
    first = gor("sekreterare", Act.KONSTATERA_OENIGHET, dp, motivering="", **h.lg_mote())

    with pytest.raises(MotiveringSaknas):
        gor("sekreterare", Act.KONSTATERA_OENIGHET, dp, motivering="", **h.lg_mote())
    second = gor("sekreterare", Act.KONSTATERA_OENIGHET, dp, **h.lg_mote())

    assert (first.rad, second.rad) == ([], ["FORSTA_FORSOKET"])


# M5.7-2 «beslutsförslagen också rikta sig till den sjukvårdsregionala nivån»
def test_5_7_a_clause_for_the_sjukvardsregional_level_asks_no_region_and_kansliet_carries_it_out(
    med_beslutsforslag: Delprojekt,
) -> None:
    dp = med_beslutsforslag
    rows = Atgardsforslag.objects.filter(omgang__delprojekt=dp).order_by("nummer")
    own, other = [{"text": f"göra sak {p.nummer}", "mottagare": [], "atgardsforslag": p.pk} for p in rows]
    clauses = [{**own, "sjukvardsregional": True}, {**other, "mottagare": ["skane"]}]
    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=clauses)
    h.till_namnden(h.ta_stallning(dp))
    gor("namndsekreterare", Act.BERED_POLITISKT, dp, **h.mote("styrgrupp"))
    gor("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation())

    first = Rekommendation.objects.get(namndbeslut__delprojekt=dp, nummer=1)
    assert (first.sjukvardsregional, first.mottagare.count()) == (True, 0)
    assert build_lage(fresh(dp)).beslut.mottagare == {"skane"}

    gor("namndsekreterare", Act.EXPEDIERA, dp, dag=h.DAG)
    h.world.verify(dp, decide_in(dp, "skane"))
    gor("kansli", Act.BORJA_INFORANDE, dp)
    gor("kansli", Act.RAPPORTERA_KANSLIETS_INFORANDE, dp, lagen={first.pk: ("pagar", "Kansliet skriver mallen.")})
    assert first.inforande.get().region is None
    assert fresh(dp).steg == Steg.INFORANDE


def test_5_7_where_nothing_is_directed_there_kansliet_has_nothing_to_report(i_inforande: Delprojekt) -> None:
    assert saknas("kansli", Act.RAPPORTERA_KANSLIETS_INFORANDE, i_inforande, lagen={}) == {"M5.7-2"}


def test_5_4_3_a_stance_is_still_on_one_version(med_beslutsforslag: Delprojekt) -> None:
    before = version(med_beslutsforslag)

    assert propose(med_beslutsforslag, "införa fasta tider") == before + 1
