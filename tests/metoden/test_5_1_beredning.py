"""Sentences of §5.1 about beredning: fields, contacts, the underlag, taking back, waiting, trying anew."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Dokumentversion, Organkoppling, Vantar
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Decision, Why, decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries import ko
from delprojekt.queries.delprojekt import visible_to
from delprojekt.queries.handelse import events_of
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import CAST, REGIONER, actor, fresh, new_forslag

ANMAL = Act.ANMAL_TILL_LEDNINGSGRUPPEN
LANG = "Området har utretts flera gånger utan att regionerna har enats om något gemensamt sätt att arbeta. " * 60
KIRURGI, ORTOPEDI = "chefsamrad-kirurgi", "chefsamrad-ortopedi"


def advice(who: str, act: Act, dp: Delprojekt, **underlag: Any) -> set[str]:
    """Return the requirement ids of the advice an act would go against."""
    return {krav.krav_id for krav in decide(actor(who), act, build_lage(fresh(dp)), underlag).advice}


# M2-1..M2-4 «jämlik och likvärdig vård», «tillgängligheten», «kompetensförsörjning», «helhetslösningar»
def test_2_at_least_one_goal_is_asked_for(behov_angivet: Delprojekt) -> None:
    heard = h.mote("samarbetsgrupp")
    assert "M2-1" not in advice("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, behov_angivet, **heard)
    gor("kansli", Act.REDIGERA_FORSLAG, behov_angivet, malsattningar=[])

    assert "M2-1" in advice("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, behov_angivet, **heard)


# M5.1-1 «kan väckas från olika håll»
def test_5_1_where_it_comes_from_can_be_told_in_words(i_forslag: Delprojekt) -> None:
    gor("medarbetare", Act.REDIGERA_FORSLAG, i_forslag, ursprung="annat", ursprung_text="En patientorganisation")

    assert fresh(i_forslag).forslag.ursprung_text == "En patientorganisation"


# I-15 «barnets bästa beaktas vid alla beslut»
def test_5_1_barnets_basta_is_described_where_it_is_demanded_and_children_are_concerned(avstamt: Delprojekt) -> None:
    gor("kansli", Act.REDIGERA_FORSLAG, avstamt, beror_barn=True, barnets_basta="")

    def weighed(*, demanded: bool = True) -> Decision:
        return decide(
            actor("kansli"), ANMAL, replace(build_lage(fresh(avstamt)), barnets_basta_kravs=demanded), h.lg_mote()
        )

    assert [krav.krav_id for krav in weighed().missing] == ["I-15"]
    assert weighed(demanded=False).allowed
    gor("kansli", Act.REDIGERA_FORSLAG, avstamt, barnets_basta="Barnen får vård nära hemmet.")
    assert weighed().allowed
    gor("kansli", Act.REDIGERA_FORSLAG, avstamt, beror_barn=False, barnets_basta="")
    assert weighed().allowed


# P-26 «styr mot … ett önskat patientflöde»
def test_5_1_a_forslag_that_moves_care_says_where_the_patients_go(behov_angivet: Delprojekt) -> None:
    heard = h.mote("samarbetsgrupp")
    gor("kansli", Act.REDIGERA_FORSLAG, behov_angivet, omfordelning=True)
    assert "P-26" in advice("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, behov_angivet, **heard)

    gor("kansli", Act.REDIGERA_FORSLAG, behov_angivet, patientflode="Från Lund till Växjö.")

    assert "P-26" not in advice("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, behov_angivet, **heard)


# P-25 «tas årligen fram av avtalsgruppen»
def test_5_1_avtalsgruppen_is_asked_when_prices_are_touched(avstamt: Delprojekt) -> None:
    assert "P-25" not in advice("kansli", ANMAL, avstamt, **h.lg_mote())
    gor("kansli", Act.BERED_UNDERLAG, avstamt, paverkar_priser=True)
    assert "P-25" in advice("kansli", ANMAL, avstamt, **h.lg_mote())

    gor("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, avstamt, instans_organ="avtalsgrupp", fraga="Vad kostar det?")

    assert "P-25" not in advice("kansli", ANMAL, avstamt, **h.lg_mote())


# V-3 «särskilt i de fall dessa innebär omfördelning av verksamhet»
def test_5_1_a_chefsamrad_is_linked_when_care_is_moved(avstamt: Delprojekt) -> None:
    gor("kansli", Act.REDIGERA_FORSLAG, avstamt, omfordelning=True)
    assert "V-3" in advice("kansli", ANMAL, avstamt, **h.lg_mote())

    gor("kansli", Act.KOPPLA_CHEFSAMRAD, avstamt, chefsamrad=[KIRURGI])

    assert "V-3" not in advice("kansli", ANMAL, avstamt, **h.lg_mote())


# M5-7 «via befintliga chefsamråd (när sådant finns för det aktuella ämnet)»
def test_5_chefsamrad_is_linked_or_somebody_has_said_that_there_is_none(i_beredning: Delprojekt) -> None:
    dp = i_beredning
    with pytest.raises(Ogiltigt, match="Inte båda"):
        gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp)
    with pytest.raises(Ogiltigt, match="vem"):
        gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, saknas=True)

    gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, saknas=True, sagt_av="Chefläkaren")
    assert build_lage(fresh(dp)).forslag.chefsamrad_saknas
    gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, chefsamrad=[KIRURGI, ORTOPEDI])
    gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, chefsamrad=[ORTOPEDI])

    lage = build_lage(fresh(dp))
    assert (lage.forslag.chefsamrad, lage.forslag.chefsamrad_saknas) == (1, False)
    assert Organkoppling.objects.filter(delprojekt=dp).count() == 3  # nothing is deleted
    assert Krav.CHEFSAMRAD_KOPPLAT in POLICY[Act.BORJA_NULAGE].advises


# M5.1.1-1 «angeläget för samtliga regioner»: who said so, as what, and when
def test_5_1_1_each_region_says_who_said_so_in_what_role_and_when(i_beredning: Delprojekt) -> None:
    said = {"region": "skane", "angelaget": True, "sagt_av": "Eva Lund", "sagt_roll": "Verksamhetschef"}
    gor("samarbetsgrupp.skane", Act.REGISTRERA_BEHOV, i_beredning, **said, dag=date(2026, 2, 3))

    row = i_beredning.deltaganden.get(region__slug="skane")
    assert (row.angelaget, row.sagt_av, row.sagt_roll) == (True, "Eva Lund", "Verksamhetschef")
    assert row.sagt_date == date(2026, 2, 3)


# E9 «Halland ”ej angeläget” men vill följa»
def test_5_1_1_a_region_may_follow_without_taking_part(i_beredning: Delprojekt) -> None:
    dp = h.ange_behov(i_beredning, ja=("blekinge", "kronoberg", "skane"), nej=("halland",), status="observerar")

    assert dp.deltaganden.get(region__slug="halland").status == "observerar"
    with pytest.raises(MotiveringSaknas):
        gor("kansli", ANMAL, h.stam_av(dp), motivering="", **h.lg_mote())


# M5.1.2-1 «genom att kontakta olika instanser med kunskap om eller koppling till föreslaget område»
def test_5_1_2_a_contact_has_body_question_and_an_answer_that_may_come_later(i_beredning: Delprojekt) -> None:
    asked = {"instans_organ": "rpo-palliativ-vard", "fraga": "Berörs området?", "dag": date(2026, 2, 3)}
    gor("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, i_beredning, **asked)
    row = i_beredning.beredningskontakter.get()
    assert (row.namn, row.svar, row.besvarad_date) == ("RPO Palliativ vård", "", None)

    gor("kansli", Act.BESVARA_BEREDNINGSKONTAKT, i_beredning, objekt=row.pk, svar="Ja.", besvarad=date(2026, 2, 9))

    row.refresh_from_db()
    assert (row.svar, row.besvarad_date) == ("Ja.", date(2026, 2, 9))


@pytest.mark.parametrize(
    ("given", "falt"),
    [
        ({"fraga": "Vad tycker ni?"}, "instans"),
        (
            {"instans": "IT", "fraga": "?", "dag": date(2026, 2, 9), "svar": "Ja", "besvarad": date(2026, 2, 3)},
            "besvarad",
        ),
    ],
    ids=["no body", "answered before asked"],
)
def test_5_1_2_a_contact_that_cannot_be_is_refused_at_its_field(
    i_beredning: Delprojekt, given: dict[str, Any], falt: str
) -> None:
    with pytest.raises(Ogiltigt) as caught:
        gor("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, i_beredning, **given)

    assert caught.value.falt == falt
    assert not i_beredning.beredningskontakter.exists()


def test_5_1_2_the_form_takes_one_body_not_two(i_beredning: Delprojekt) -> None:
    both = {"instans_organ": KIRURGI, "instans": "IT", "fraga": "Vad?", "dag": "2026-02-03"}

    assert "instans_organ" in h.formular("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, i_beredning, **both).errors
    one = both | {"instans": ""}
    assert h.formular("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, i_beredning, **one).is_valid()


# M5.1.2-2 «Ett kort skriftligt underlag som beskriver uppdraget tas fram och presenteras för ledningsgruppen»
def test_5_1_2_the_underlag_is_frozen_when_it_is_announced_and_again_after_a_return(avstamt: Delprojekt) -> None:
    dp = h.anmal(avstamt)
    gor("sekreterare", Act.ATERREMITTERA_FORSLAG, dp, **h.lg_mote())
    gor("kansli", Act.BERED_UNDERLAG, dp, resursbehov="Processtöd på halvtid.", forslag_till_beslut="uppstart")
    h.anmal(h.stam_av(dp))

    first, second = Dokumentversion.objects.filter(delprojekt=dp, slag="underlag").order_by("pk")
    assert (first.version, second.version, first.omgang) == ("0.1", "0.2", None)
    assert "Processtöd på halvtid" not in str(first.trad)
    assert "Processtöd på halvtid" in str(second.trad)
    assert "beslutar om uppstart" in str(second.trad)


def test_5_1_2_a_short_underlag_takes_no_motivering_a_long_one_does(avstamt: Delprojekt) -> None:
    assert "M5.1.2-2" not in advice("kansli", ANMAL, avstamt, **h.lg_mote())
    gor("kansli", Act.REDIGERA_FORSLAG, avstamt, problem=LANG)

    assert "M5.1.2-2" in advice("kansli", ANMAL, avstamt, **h.lg_mote())


# The way out that the method does not name: whoever proposed may change their mind before start
@pytest.mark.parametrize("state", ["i_forslag", "i_beredning", "anmalt"])
def test_5_1_a_forslag_can_be_taken_back_before_start(state: str, request: pytest.FixtureRequest) -> None:
    dp = request.getfixturevalue(state)
    h.nekas_andra({Roll.FORSLAGSSTALLARE, Roll.KANSLI}, Act.ATERTA_FORSLAG, dp, text="Görs på annat sätt.")

    gor("medarbetare", Act.ATERTA_FORSLAG, dp, text="Görs på annat sätt.")

    assert fresh(dp).steg == Steg.ATERTAGET
    assert not Vantar.objects.filter(delprojekt=dp).exists()
    undone = gor("kansli", Act.ANGRA, dp, text="Det gällde ett annat förslag.")
    assert fresh(dp).steg != Steg.ATERTAGET
    assert "medarbetare@exempel.se" in undone.utskick.values_list("adress", flat=True), "whoever took it back is told"


def test_5_1_what_ledningsgruppen_has_accepted_is_its_own_to_end(anmalt: Delprojekt) -> None:
    """M5.1-4, T10: avvaktar is a förslag that ledningsgruppen has said yes to; its proposer takes nothing back."""
    dp = anmalt
    gor("sekreterare", Act.BESLUTA_AVVAKTA, dp, **h.lg_mote())

    assert nekas("medarbetare", Act.ATERTA_FORSLAG, dp, text="Görs på annat sätt.").why is Why.WRONG_STEP
    gor("kansli", Act.ATERTA_FORSLAG, dp, text="Ledningsgruppen har släppt det.")


def test_5_1_a_reason_is_given_when_it_is_taken_back(i_forslag: Delprojekt) -> None:
    with pytest.raises(Ogiltigt):
        gor("medarbetare", Act.ATERTA_FORSLAG, i_forslag, text=" ")


def test_5_1_what_has_started_is_not_taken_back(startat: Delprojekt) -> None:
    assert nekas("kansli", Act.ATERTA_FORSLAG, startat, text="Ångrar mig.").why is Why.WRONG_STEP


# T07 «nytt förslag får länka till det avslagna»
@pytest.mark.parametrize("ending", [Act.BESLUTA_AVSLAG, Act.ATERTA_FORSLAG])
def test_5_1_a_new_forslag_builds_on_the_one_that_ended(anmalt: Delprojekt, ending: Act) -> None:
    gor("kansli", ending, anmalt, **h.lg_mote())

    gor("medarbetare", Act.FORESLA_PA_NYTT, anmalt, benamning="Distansmöten i mindre skala")

    new = Delprojekt.objects.get(forslag__tidigare=anmalt)
    assert (new.benamning, new.steg) == ("Distansmöten i mindre skala", Steg.PROJEKTFORSLAG)
    assert new.forslag.problem == fresh(anmalt).forslag.problem
    assert fresh(anmalt).steg in {Steg.AVSLAG, Steg.ATERTAGET}


# M5.1-4 «av resursskäl (till exempel tillgång till processtöd med mera) väljer att avvakta»
def test_5_1_what_waits_stands_in_a_queue_with_reason_missing_resource_and_day(anmalt: Delprojekt) -> None:
    why = {"part": "Processtöd", "till": date(2026, 9, 1), "ko_plats": 2}
    gor("sekreterare", Act.BESLUTA_AVVAKTA, anmalt, **h.lg_mote(text="Två andra är igång."), **why)

    (row,) = [one for one in ko.waiting(actor("ledningsgrupp.skane")) if one.delprojekt.pk == anmalt.pk]
    assert (row.faktum.text, row.faktum.part, row.dag) == ("Två andra är igång.", "Processtöd", date(2026, 9, 1))
    gor("sekreterare", Act.PRIORITERA_FORSLAG, anmalt, ko_plats=1)
    assert fresh(anmalt).forslag.ko_plats == 1
    assert Vantar.objects.get(delprojekt=anmalt).frist_date == date(2026, 9, 1)
    assert nekas(som(Roll.KONTAKTPERSON, i=anmalt), Act.PRIORITERA_FORSLAG, anmalt, ko_plats=3).why is Why.NOT_YOURS


def test_5_1_what_waits_without_a_day_is_tried_after_half_a_year(anmalt: Delprojekt) -> None:
    gor("sekreterare", Act.BESLUTA_AVVAKTA, anmalt, **h.lg_mote(date(2026, 3, 31)))

    assert Vantar.objects.get(delprojekt=anmalt).frist_date == date(2026, 9, 30)


def test_5_1_the_queue_is_for_those_who_may_see_forslag(anmalt: Delprojekt) -> None:
    assert anmalt.pk in {row.delprojekt.pk for row in ko.announced(actor("sekreterare"))}
    gor("sekreterare", Act.BESLUTA_AVVAKTA, anmalt, **h.lg_mote())

    assert not ko.announced(actor("sekreterare"))
    assert ko.waiting(actor("utomstaende")) == []


# M1-2 «varje delprojekt beslutas av ledningsgruppen», M5.1.1-2 «alltid sanktionerat av ledningsgruppen»
def test_1_no_working_step_is_reached_before_ledningsgruppen_has_decided(avstamt: Delprojekt) -> None:
    assert "M5.1.2-2" in saknas("kansli", Act.BESLUTA_START, avstamt, **h.lg_mote())
    into_uppdrag = {act for act, rule in POLICY.items() if rule.to is Steg.UPPDRAG}
    assert into_uppdrag == {Act.BESLUTA_START, Act.FORNYA_UPPDRAG}
    assert POLICY[Act.FORNYA_UPPDRAG].where == {Steg.LEDNINGSGRUPP}


# M6.6-1 «kommunikatör bör involveras i tidigt skede för stöd med att ta fram en kommunikationsplan»
def test_6_6_the_plan_begins_at_start_and_waits_for_the_communicator(startat: Delprojekt) -> None:
    rows = list(startat.insatser.order_by("pk"))
    assert [(row.skede, row.vad) for row in rows] == [
        ("start", "Intervju med ordföranden"),
        ("inforande", "Information inför införandet"),
    ]
    waits = Vantar.objects.filter(delprojekt=startat, act=Act.ANDRA_INFORMATIONSINSATS, roll=Roll.KOMMUNIKATOR)
    assert waits.exists()

    gor("kommunikator", Act.ANDRA_INFORMATIONSINSATS, startat, objekt=rows[0].pk, nar="maj 2026", kanal="Webben")

    assert not waits.exists()


# M6.6-2 «intervju av ordförande», M6.6-3 «i delprojektet slutskede inför implementeringen»
def test_6_6_an_activity_is_added_done_or_struck_but_never_deleted(startat: Delprojekt) -> None:
    more = {"skede": "inforande", "typ": "seminarium", "vad": "Digitalt seminarium för chefer"}
    gor("kommunikator", Act.SKRIV_KOMMUNIKATIONSPLAN, startat, **more)
    row = startat.insatser.get(vad="Digitalt seminarium för chefer")

    gor("kommunikator", Act.ANDRA_INFORMATIONSINSATS, startat, objekt=row.pk, klar=date(2026, 5, 4))
    row.refresh_from_db()
    assert row.klar_date == date(2026, 5, 4)
    gor("kommunikator", Act.ANDRA_INFORMATIONSINSATS, startat, objekt=row.pk, stryk=True)

    row.refresh_from_db()
    assert row.struken_at is not None
    with pytest.raises(Ogiltigt):
        gor("kommunikator", Act.ANDRA_INFORMATIONSINSATS, startat, objekt=row.pk, vad="Åter")


# M5.1.1-1: the matrix of four
def test_5_1_1_the_matrix_counts_every_region_of_the_sjukvardsregion(behov_angivet: Delprojekt) -> None:
    assert build_lage(fresh(behov_angivet)).forslag.behov_ja == set(REGIONER)


# T01 «utkast, synligt för FST och KAN»; T02 «avisering till kansliet»
def test_5_1_a_draft_is_read_by_its_author_and_kansliet_and_by_nobody_else_until_it_is_sent_in() -> None:
    dp = new_forslag()
    shown = [who for who in CAST if visible_to(actor(who)).filter(pk=dp.pk).exists()]
    assert shown == ["kansli", "kansli2", "medarbetare"]

    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)

    came = {who for who in CAST if visible_to(actor(who)).filter(pk=dp.pk).exists()}
    bodies = (f"{body}.{region}" for body in ("ledningsgrupp", "samarbetsgrupp") for region in REGIONER)
    reads_along = {"direktor", "sekreterare", *bodies}
    assert came == {"kansli", "kansli2", "medarbetare"} | reads_along


def test_5_1_a_draft_that_is_taken_back_was_never_anybody_elses() -> None:
    dp, sent = new_forslag(), new_forslag()
    gor("medarbetare", Act.SKICKA_IN_FORSLAG, sent)

    told = [
        set(gor("medarbetare", Act.ATERTA_FORSLAG, one, text="Görs annars.").utskick.values_list("adress", flat=True))
        for one in (dp, sent)
    ]

    assert "sekreterare@exempel.se" in told[1]
    assert told[0] == told[1] - {"sekreterare@exempel.se"}
    readers = [one.pk for one in visible_to(actor("ledningsgrupp.skane")).filter(pk__in=[dp.pk, sent.pk])]
    assert readers == [sent.pk]


def test_5_1_who_hears_that_a_rejected_forslag_is_tried_again_is_not_told_what_the_draft_says(
    anmalt: Delprojekt,
) -> None:
    gor("sekreterare", Act.BESLUTA_AVSLAG, anmalt, **h.lg_mote())

    gor("medarbetare", Act.FORESLA_PA_NYTT, anmalt, benamning="Hemlig rubrik")

    heard = [event.mening for event in events_of(actor("ledningsgrupp.skane"), fresh(anmalt))]
    assert not [words for words in heard if "Hemlig rubrik" in words]
    assert "Ett nytt förslag som bygger på det här påbörjades." in heard
