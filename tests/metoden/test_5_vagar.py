"""Sentences of §5 about what may happen in many steps: deviations, advice, pauses, endings, and the ways back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Innehav, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.granser import REGIONSVAR_DAGAR, plus_dagar
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Why, decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import FORE_START, HUVUDLINJE, SLUT, Steg
from delprojekt.process.synlighet import Niva, Noun, niva
from delprojekt.queries import ko
from delprojekt.queries.delprojekt import get_visible, read_page
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas
from tests.world import DAG, actor, decide_in, delprojekt_in, fresh, person, verify

AVVIKER = {"val": "hoppar_over", "text": "Nuläget är redan analyserat i ett nationellt arbete."}


def advice(act: Act, dp: Delprojekt, who: str = "ordforande", **underlag: Any) -> set[str]:
    """Return the requirement ids of the advice an act would go against."""
    return {krav.krav_id for krav in decide(actor(who), act, build_lage(fresh(dp)), underlag).advice}


def met(dp: Delprojekt, val: str = "chefsamrad", **extra: Any) -> None:
    """Note a contact with the line."""
    gor("ordforande", Act.REGISTRERA_LINJEKONTAKT, dp, val=val, part="Internmedicin", dag=DAG, **extra)


# M5-1 «följer i princip samma steg även om karaktären på delprojektet kan innebära mindre avvikelser»
@pytest.mark.parametrize("state", ["i_nulage", "i_analys"])
def test_5_a_step_may_be_skipped_with_a_motivering(state: str, request: pytest.FixtureRequest) -> None:
    dp = request.getfixturevalue(state)
    with pytest.raises(Ogiltigt):
        gor("ordforande", Act.REGISTRERA_AVVIKELSE, dp, **{**AVVIKER, "text": ""})

    gor("ordforande", Act.REGISTRERA_AVVIKELSE, dp, **AVVIKER)

    assert fresh(dp).steg == Steg.ATGARDSFORSLAG


def test_5_what_was_skipped_is_seen_on_the_rail(i_nulage: Delprojekt) -> None:
    gor("ordforande", Act.REGISTRERA_AVVIKELSE, i_nulage, **AVVIKER)

    page = read_page(actor("kansli"), fresh(i_nulage))
    assert {one.steg: one.lage for one in page.rail}[Steg.ANALYS] == "hoppat"
    assert {one.steg: one.lage for one in page.rail}[Steg.NULAGE] == "klar"


# M1-3 «utifrån nuläge, analys och förslag»: the order guards stay
def test_5_an_avvikelse_opens_no_guard(i_analys_med_omfordelning: Delprojekt) -> None:
    dp = i_analys_med_omfordelning
    assert "M5-11" in saknas("ordforande", Act.REGISTRERA_AVVIKELSE, dp, **AVVIKER)
    beyond = set(HUVUDLINJE[HUVUDLINJE.index(Steg.ATGARDSFORSLAG) + 1 :])
    assert POLICY[Act.REGISTRERA_AVVIKELSE].to not in beyond
    assert POLICY[Act.REGISTRERA_AVVIKELSE].where == {Steg.NULAGE, Steg.ANALYS}


def test_5_the_next_instance_is_told_of_the_avvikelse(i_nulage: Delprojekt) -> None:
    event = gor("ordforande", Act.REGISTRERA_AVVIKELSE, i_nulage, **AVVIKER)

    assert Roll.SAMARBETSGRUPP in POLICY[Act.REGISTRERA_AVVIKELSE].tells
    assert event.utskick.filter(person__epost__startswith="samarbetsgrupp.").exists()


# M5-2 «Samarbetsgruppen har en viktig roll som stöd och bollplank under hela processen.»
@pytest.mark.parametrize("steg", [s for s in HUVUDLINJE if s is not Steg.PROJEKTFORSLAG])
def test_5_samarbetsgruppen_reads_and_can_be_asked_in_every_step(steg: Steg) -> None:
    assert niva(Noun.DELPROJEKT, frozenset({Roll.SAMARBETSGRUPP}), steg) is Niva.LASA
    assert steg in POLICY[Act.FRAGA_SAMARBETSGRUPPEN].where
    assert steg in POLICY[Act.LAMNA_RAD].where


def test_5_the_group_asks_and_samarbetsgruppen_answers(i_nulage: Delprojekt) -> None:
    asked = gor("ordforande", Act.FRAGA_SAMARBETSGRUPPEN, i_nulage, text="Hur avgränsar vi mot primärvården?")
    gor("samarbetsgrupp.skane", Act.LAMNA_RAD, i_nulage, dag=DAG, text="Ta inte med vårdcentralerna.")

    assert asked.utskick.filter(person__epost__startswith="samarbetsgrupp.").count() == 4
    assert nekas("ledamot", Act.LAMNA_RAD, i_nulage, dag=DAG, text="Råd").why is Why.NOT_YOURS


# M5-6 «under hela arbetsprocessen informerar och stämmer av med berörda linjeföreträdare»
def test_5_each_phase_warns_at_its_end_when_the_line_was_not_met_in_it(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    assert "M5-6" in advice(Act.BORJA_ANALYS, dp)
    met(dp)
    assert "M5-6" not in advice(Act.BORJA_ANALYS, dp)
    gor("ordforande", Act.BORJA_ANALYS, dp)
    assert "M5-6" in advice(Act.BORJA_ATGARDSFORSLAG, dp)
    met(dp, "verksamhet")
    gor("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)

    lage = build_lage(fresh(dp))
    assert "M5-6" in {k.krav_id for k in decide(actor("ordforande"), Act.LAMNA_SLUTRAPPORT, lage).advice}


def test_5_without_a_meeting_the_phase_takes_a_motivering(i_nulage: Delprojekt) -> None:
    with pytest.raises(MotiveringSaknas):
        gor("ordforande", Act.BORJA_ANALYS, i_nulage, motivering="")


# M5-7 «(när sådant finns för det aktuella ämnet)»
def test_5_that_there_is_no_chefsamrad_counts_as_well(startat: Delprojekt) -> None:
    assert "M5-7" in advice(Act.BORJA_NULAGE, startat, "kansli")
    gor("kansli", Act.KOPPLA_CHEFSAMRAD, startat, saknas=True, sagt_av="Chefläkaren i Region Skåne")

    assert "M5-7" not in advice(Act.BORJA_NULAGE, startat, "kansli")


# M5-12 «hålla Södra sjukvårdsregionens ledningsgrupp informerade genom presentation av delrapporter»
def test_5_a_delrapport_to_ledningsgruppen_is_suggested_when_care_is_moved(
    i_analys_med_omfordelning: Delprojekt,
) -> None:
    dp = i_analys_med_omfordelning
    assert "M5-12" in advice(Act.BORJA_ATGARDSFORSLAG, dp)
    h.delrapport(dp, "Nuläget")
    for organ in ("samarbetsgrupp", "ledningsgrupp"):
        gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **h.mote(organ), part="Nuläget")

    assert "M5-12" not in advice(Act.BORJA_ATGARDSFORSLAG, dp)


def test_5_no_delrapport_is_suggested_otherwise(i_analys: Delprojekt) -> None:
    assert "M5-12" not in advice(Act.BORJA_ATGARDSFORSLAG, i_analys)


# V-1 «i vissa fall att projekt pausats»
def pausa(dp: Delprojekt, day: date, **extra: Any) -> None:
    with klocka.vid(day):
        gor("sekreterare", Act.PAUSA, dp, **h.lg_mote(day, text="Processtöd saknas."), **extra)


def ateruppta(dp: Delprojekt, day: date) -> None:
    with klocka.vid(day):
        gor("kansli", Act.ATERUPPTA, dp, dag=day)


def test_v_1_a_pause_moves_the_deadline_which_is_shown_both_ways(hos_huvudmannen: Delprojekt) -> None:
    dp, gross = hos_huvudmannen, plus_dagar(DAG, REGIONSVAR_DAGAR)
    assert {row.frist_date for row in Vantar.objects.filter(delprojekt=dp, region__isnull=False)} == {gross}
    pausa(dp, date(2026, 4, 1))
    ateruppta(dp, date(2026, 5, 1))

    (pair,) = set(
        Vantar.objects.filter(delprojekt=dp, region__isnull=False).values_list("frist_date", "frist_utan_paus_date")
    )
    assert pair == (plus_dagar(gross, 30), gross)


def test_v_1_a_pause_before_the_deadline_began_does_not_move_it(i_namndens_beslut: Delprojekt) -> None:
    dp = i_namndens_beslut
    pausa(dp, date(2026, 1, 5))
    ateruppta(dp, date(2026, 2, 5))
    gor("namndsekreterare", Act.EXPEDIERA, dp, dag=DAG)

    waits = Vantar.objects.filter(delprojekt=dp, region__isnull=False)
    assert set(waits.values_list("frist_utan_paus_date", flat=True)) == {None}


def test_v_1_a_regions_deadline_is_counted_from_the_question_to_that_region(startat: Delprojekt) -> None:
    """A later question to somebody else neither takes the pause away from a region nor gives one another's pause."""
    dp = h.faststall(h.skriv_uppdrag(startat))
    ask = {"till": date(2026, 6, 1), "text": "Gärna någon från primärvården."}
    gor("kansli", Act.BE_OM_NOMINERINGAR, dp, dag=DAG, regioner=["skane", "halland"], **ask)
    pausa(dp, date(2026, 4, 1))
    ateruppta(dp, date(2026, 4, 15))
    with klocka.vid(date(2026, 4, 20)):
        gor("kansli", Act.BE_OM_NOMINERINGAR, dp, dag=date(2026, 4, 20), regioner=["halland", "kronoberg"], **ask)

    rows = Vantar.objects.filter(delprojekt=dp, act=Act.NOMINERA, region__isnull=False)
    due = {row.region.slug: (row.frist_date, row.frist_utan_paus_date) for row in rows.select_related("region")}
    assert due == {
        "skane": (date(2026, 6, 15), date(2026, 6, 1)),
        "halland": (date(2026, 6, 1), None),
        "kronoberg": (date(2026, 6, 1), None),
    }


def test_v_1_who_is_asked_to_follow_up_after_a_pause_gets_no_longer_time_for_it(i_inforande: Delprojekt) -> None:
    dp, today = i_inforande, klocka.idag()
    pausa(dp, plus_dagar(today, 5))
    ateruppta(dp, plus_dagar(today, 19))
    later, last = plus_dagar(today, 25), plus_dagar(today, 39)
    with klocka.vid(later):
        them = h.world.person("ledamot").pk
        gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=them, dag=later, svara_senast=last)

    row = Vantar.objects.get(delprojekt=dp, act=Act.BESVARA_FORFRAGAN)
    assert (row.frist_date, row.frist_utan_paus_date) == (last, None)


def test_v_1_while_it_rests_only_the_planned_restart_is_awaited(hos_huvudmannen: Delprojekt) -> None:
    pausa(hos_huvudmannen, date(2026, 4, 1), till=date(2026, 9, 1))

    waits = Vantar.objects.get(delprojekt=hos_huvudmannen)
    assert (waits.act, waits.frist_date) == (Act.ATERUPPTA, date(2026, 9, 1))


def test_v_1_what_is_paused_stands_in_a_list_with_reason_and_planned_restart(i_nulage: Delprojekt) -> None:
    pausa(i_nulage, date(2026, 4, 1), till=date(2026, 9, 1))

    (row,) = [one for one in ko.paused(actor("ledningsgrupp.skane")) if one.delprojekt.pk == i_nulage.pk]
    assert (row.faktum.text, row.dag) == ("Processtöd saknas.", date(2026, 9, 1))
    assert row.dagar > 0
    assert not ko.paused(actor("utomstaende"))
    ateruppta(i_nulage, date(2026, 5, 1))
    assert not ko.paused(actor("ledningsgrupp.skane"))


# T42 «S06–S16 → Z4», T36, T40: what is decided by nämnden ends by the regions' answers or by the follow-up
def test_5_avbryt_is_there_in_every_working_step_until_namnden_has_decided() -> None:
    assert POLICY[Act.AVBRYT].where == set(HUVUDLINJE[2:8])
    assert POLICY[Act.AVSLUTA_UTAN_INFORANDE].where == {Steg.HUVUDMANSBESLUT}
    assert POLICY[Act.AVSLUTA].where == {Steg.UPPFOLJNING}


def test_5_what_is_broken_off_waits_for_nobody_and_the_group_is_told(i_nulage: Delprojekt) -> None:
    event = gor("sekreterare", Act.AVBRYT, i_nulage, **h.lg_mote())

    assert not Vantar.objects.filter(delprojekt=i_nulage).exists()
    assert event.utskick.filter(person__epost="ordforande@exempel.se").exists()


# The ways back: every step but the very first and what was imported
@pytest.mark.parametrize("steg", [s for s in Steg if s not in {Steg.PROJEKTFORSLAG, Steg.HISTORISKT}])
def test_every_step_has_a_way_back(steg: Steg) -> None:
    order = list(Steg)
    back = {
        act
        for act, rule in POLICY.items()
        if steg in rule.where and (rule.back or (rule.to and order.index(rule.to) < order.index(steg)))
    }
    assert Act.ANGRA in back
    if steg in SLUT:
        again = {Act.FORESLA_PA_NYTT} if steg in FORE_START else {Act.ATEROPPNA}
        assert again <= {act for act, rule in POLICY.items() if steg in rule.where}


def test_an_ended_delprojekt_is_opened_again_by_ledningsgruppen_with_a_reason() -> None:
    dp = delprojekt_in(Steg.AVSLUTAT)
    h.nekas_andra({Roll.SEKRETERARE, Roll.KANSLI}, Act.ATEROPPNA, dp, **h.lg_mote())
    with pytest.raises(Ogiltigt):
        gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote(text=""))

    event = gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote(text="Målen nåddes inte."))

    assert fresh(dp).steg == Steg.UPPFOLJNING
    assert "Uppföljning" in event.mening
    assert event.utskick.exists()


@pytest.mark.parametrize(
    ("ending", "who", "act", "start"),
    [
        (Steg.AVBRUTET, "sekreterare", Act.AVBRYT, Steg.NULAGE),
        (Steg.PERMANENTAD, "sekreterare", Act.PERMANENTA, Steg.INFORANDE),
    ],
)
def test_the_other_endings_open_where_they_were(ending: Steg, who: str, act: Act, start: Steg) -> None:
    dp = delprojekt_in(start)
    gor(who, act, dp, **h.lg_mote())
    assert fresh(dp).steg == ending

    gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote())

    assert fresh(dp).steg == start
    assert Vantar.objects.filter(delprojekt=dp).exists()


def test_what_namnden_did_not_approve_is_opened_again_in_namnd(beredd_for_namnden: Delprojekt) -> None:
    gor("namndsekreterare", Act.GODKANN_INTE, beredd_for_namnden, **h.mote("namnd"))

    gor("sekreterare", Act.ATEROPPNA, beredd_for_namnden, **h.lg_mote())

    assert fresh(beredd_for_namnden).steg == Steg.NAMND


# E6 «Barn-delprojekt med länk, romersk del, chefsamråd som samordnare; startbeslut = SRVN-beslut + LG-uppdrag.»
def test_e6_namnden_lets_a_part_begin_that_nobody_has_to_write_from_nothing(i_inforande: Delprojekt) -> None:
    decided = {"organ": "namnd", "dag": DAG, "punkt": "12"}
    council = "chefsamrad-barnsjukvard-inklusive-neonatologi"
    new = {"benamning": "Distansmöten för barn", "text": "Fördjupa för barn.", "egen_del": True, "samordnar": council}
    event = gor("namndsekreterare", Act.FORTSATT_SOM_NYTT, i_inforande, **decided, **new)

    child = Delprojekt.objects.get(foralder=i_inforande)
    assert not child.utkast, "T43: it is decided; who decided it can read it"
    assert get_visible(actor("ledningsgrupp.skane"), child.pk) == child
    assert child.forslag.syfte == fresh(i_inforande).forslag.syfte
    assert [str(row) for row in child.organkopplingar.all()] == ["Chefsamråd Barnsjukvård inklusive neonatologi"]
    assert "Södra regionvårdsnämnden beslutade 2 mars 2026" in event.mening
    client = Client()
    client.force_login(person("sekreterare").konto)
    page = client.get(i_inforande.get_absolute_url()).content.decode()
    assert f'<a href="{child.get_absolute_url()}">' in page, "from what it continues one comes to it"
    shown = client.get(f"/delprojekt/{child.pk}/visa/forslag/").content.decode()
    assert "Nämnden beslutade om fortsättning" in shown

    awaited = Vantar.objects.filter(delprojekt=child)
    assert {(row.act, row.roll) for row in awaited} == {(Act.BESLUTA_START, Roll.SEKRETERARE)}
    with pytest.raises(Ogiltigt, match="Mötet kan inte ha varit före 2 mars 2026"):
        gor("sekreterare", Act.BESLUTA_START, child, organ="ledningsgrupp", dag=date(2026, 2, 1), punkt="3")
    gor("sekreterare", Act.BESLUTA_START, child, **h.lg_mote())
    assert (fresh(child).steg, fresh(child).beteckning) == (Steg.UPPDRAG, f"{i_inforande.nummer}:II")
    held = Innehav.objects.filter(delprojekt=child, roll=Roll.KONTAKTPERSON)
    assert [row.person for row in held] == [person("kansli")]


def test_e6_what_ledningsgruppen_lets_continue_is_prepared_as_any_other(i_inforande: Delprojekt) -> None:
    """Only nämndens own decision stands for need, avstämning and announcement."""
    new = {"benamning": "Distansmöten för barn", "text": "Fördjupa för barn."}
    gor("sekreterare", Act.FORTSATT_SOM_NYTT, i_inforande, **{**h.lg_mote(), **new})
    child = Delprojekt.objects.get(foralder=i_inforande)
    assert child.steg == Steg.PROJEKTFORSLAG
    assert not child.fakta.exists()


# M6.6-4 «Kommunikatör bör också kopplas in vid sammanställning av slutrapporten.»
def test_6_6_the_communicator_reads_the_report_from_when_it_is_put_together() -> None:
    """M6.6-4: she is brought in when the slutrapport is put together, and not first for proofreading."""
    seen = {steg for steg in Steg if niva(Noun.ARBETSMATERIAL, frozenset({Roll.KOMMUNIKATOR}), steg) is Niva.LASA}
    assert seen == {Steg.ATGARDSFORSLAG}


def test_m5_6_2_a_decision_told_without_its_document_is_known_with_its_day(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    decide_in(dp, "skane", file=False)
    assert build_lage(fresh(dp)).beslut.utan_handling == {"skane": klocka.idag()}
    verify(dp, decide_in(dp, "skane"))

    assert build_lage(fresh(dp)).beslut.utan_handling == {}
    assert Handelse.objects.filter(delprojekt=dp).exists()
