"""Sentences of §5.1, §5.1.1 and §5.1.2: from somebody's idea to ledningsgruppens decision on start."""

from datetime import date, timedelta

import pytest

from delprojekt.actions.takt import MotiveringSaknas
from delprojekt.models import Delprojekt, Projektforslag, Region, Sjukvardsregion
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.historik import read_history
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, actor, fresh, new_forslag, person

OUTCOMES = {
    Act.BESLUTA_START: Steg.UPPDRAG,
    Act.BESLUTA_AVSLAG: Steg.AVSLAG,
    Act.BESLUTA_AVVAKTA: Steg.AVVAKTAR,
    Act.ATERREMITTERA_FORSLAG: Steg.BEREDNING,
}
ANMAL = Act.ANMAL_TILL_LEDNINGSGRUPPEN


# M5.1-3 «Ledningsgruppen avgör därefter om förslaget går vidare.»
# M5.1.2-2 «presenteras för ledningsgruppen som fattar beslut om avslag alternativt uppstart»
@pytest.mark.parametrize("act", OUTCOMES)
def test_5_1_2_only_ledningsgruppen_decides_on_start(anmalt: Delprojekt, act: Act) -> None:
    dp = anmalt

    h.nekas_andra({Roll.SEKRETERARE, Roll.KANSLI}, act, dp, **h.lg_mote())
    gor("sekreterare", act, dp, **h.lg_mote())

    assert fresh(dp).steg == OUTCOMES[act]


def test_5_1_2_what_kansliet_records_is_said_to_be_ledningsgruppens_decision(anmalt: Delprojekt) -> None:
    dp = anmalt

    event = gor("kansli", Act.BESLUTA_START, dp, **h.lg_mote())

    assert event.for_rakning == "ledningsgruppens"


@pytest.mark.parametrize(
    "act",
    [
        Act.BESLUTA_START,
        Act.BESLUTA_AVVAKTA,
        Act.ATERREMITTERA_FORSLAG,
        Act.BESLUTA_AVSLAG,
    ],
)
def test_5_1_2_ledningsgruppen_decides_only_on_what_it_has_been_shown(avstamt: Delprojekt, act: Act) -> None:
    dp = avstamt

    assert "M5.1.2-2" in saknas("sekreterare", act, dp, **h.lg_mote())

    gor("sekreterare", act, h.anmal(dp), **h.lg_mote())


def test_5_1_2_a_rejection_gives_its_reason(anmalt: Delprojekt) -> None:
    dp = anmalt

    assert not h.formular("sekreterare", Act.BESLUTA_AVSLAG, dp, dag="2026-03-02", text=" ").is_valid()
    assert h.formular("sekreterare", Act.BESLUTA_AVSLAG, dp, dag="2026-03-02", text="Görs nationellt.").is_valid()


# M5.1-4 «flera förslag accepteras men där man av resursskäl … väljer att avvakta»
def test_5_1_a_forslag_that_waits_goes_back_to_ledningsgruppen_before_it_starts(anmalt: Delprojekt) -> None:
    dp = anmalt
    gor("sekreterare", Act.BESLUTA_AVVAKTA, dp, **h.lg_mote())
    assert nekas("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote()).why is Why.WRONG_STEP

    gor("sekreterare", Act.TA_UPP_IGEN, dp)

    assert "M5.1.2-2" in saknas("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote())


def test_5_1_a_forslag_that_waits_can_be_rejected(anmalt: Delprojekt) -> None:
    dp = anmalt
    gor("sekreterare", Act.BESLUTA_AVVAKTA, dp, **h.lg_mote())

    gor("sekreterare", Act.BESLUTA_AVSLAG, dp, **h.lg_mote(date(2026, 6, 11)))

    assert fresh(dp).steg == Steg.AVSLAG


# M5.1-5 «Den övergripande principen ska alltid vara att man genom ett delprojekt kan förutse positiva effekter av
# samverkan.»
def test_5_1_nothing_reaches_ledningsgruppen_without_foreseen_effects_of_working_together(
    behov_angivet: Delprojekt,
) -> None:
    dp = behov_angivet
    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="")
    heard = h.mote("samarbetsgrupp")
    assert "M5.1-5" in saknas("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, dp, **heard)
    assert "M5.1-5" in saknas("kansli", ANMAL, dp, **h.lg_mote())

    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="Få specialister räcker till fler.")

    h.anmal(h.stam_av(dp))


def test_5_1_effects_that_are_taken_away_again_block(avstamt: Delprojekt) -> None:
    dp = avstamt
    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="")

    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1-5"}


# What put it on the agenda holds when it is decided too: «ska alltid vara», «ska vara angeläget»
def test_m5_1_5_and_m5_1_1_1_what_was_announced_still_holds_when_ledningsgruppen_decides_to_start(
    anmalt: Delprojekt,
) -> None:
    """M5.1-5, M5.1.1-1: a region that changes its mind blocks the start; the effects are changed but not emptied."""
    dp = anmalt
    assert saknas("kansli", Act.REDIGERA_FORSLAG, dp, effekter="") == {"M5.1-5"}
    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="Få räcker till fler.")
    h.ange_behov(dp, ja=(), nej=("blekinge", "skane"))

    assert saknas("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote()) == {"M5.1.1-1"}

    h.ange_behov(dp, ja=("blekinge",))
    gor("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote())


@pytest.mark.parametrize(("falt", "krav"), [("effekter", "M5.1-5"), ("barnets_basta", "I-15")])
def test_m5_1_5_ledningsgruppen_starts_nothing_that_was_emptied_after_it_was_announced(falt: str, krav: str) -> None:
    """M5.1-5, I-15: asked again at the decision, however it was emptied."""
    Region.objects.filter(slug="skane").update(barnets_basta=True)
    dp = h.anmalt(beror_barn=True, barnets_basta="Vi har frågat barn.")
    Projektforslag.objects.filter(delprojekt=dp).update(**{falt: ""})

    assert saknas("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote()) == {krav}


# M5.1.1-1 «ska vara angeläget för samtliga regioner (eller i vissa fall minst tre regioner)»
@pytest.mark.parametrize("ja", [(), ("skane",), ("halland", "skane")])
def test_5_1_1_fewer_than_three_regions_in_need_block(i_beredning: Delprojekt, ja: tuple[str, ...]) -> None:
    dp = h.stam_av(h.ange_behov(i_beredning, ja=ja, nej=set(REGIONER) - set(ja)))

    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1.1-1"}

    h.anmal(h.ange_behov(dp, ja=set(REGIONER) - set(ja)))


def test_5_1_1_a_region_that_has_not_answered_is_no_yes(i_beredning: Delprojekt) -> None:
    dp = h.stam_av(h.ange_behov(i_beredning, ja=("blekinge", "skane")))

    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1.1-1"}


def test_5_1_1_three_regions_in_need_are_enough_with_a_motivering(i_beredning: Delprojekt) -> None:
    dp = h.stam_av(h.ange_behov(i_beredning, ja=("blekinge", "kronoberg", "skane"), nej=("halland",)))

    with pytest.raises(MotiveringSaknas):
        gor("kansli", ANMAL, dp, motivering="", **h.lg_mote())
    event = gor("kansli", ANMAL, dp, motivering="Halland har nyss byggt ut.", **h.lg_mote())

    assert event.motivering == "Halland har nyss byggt ut."


def test_5_1_1_all_regions_in_need_take_no_motivering(avstamt: Delprojekt) -> None:
    dp = avstamt

    gor("kansli", ANMAL, dp, motivering="", **h.lg_mote())


def test_5_1_1_how_many_regions_it_takes_is_set_for_the_sjukvardsregion(i_beredning: Delprojekt) -> None:
    dp = h.stam_av(h.ange_behov(i_beredning, ja=("halland", "skane")))
    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1.1-1"}

    Sjukvardsregion.objects.update(min_regioner=2)

    h.anmal(dp)


@pytest.mark.parametrize("roll", [Roll.SAMARBETSGRUPP])
def test_5_1_1_a_region_says_what_it_needs_itself(i_beredning: Delprojekt, roll: Roll) -> None:
    dp = i_beredning
    said = {"region": "skane", "angelaget": True, "sagt_av": "Chefläkaren", "dag": h.DAG}

    assert nekas(som(roll, "halland"), Act.REGISTRERA_BEHOV, dp, **said).why is Why.NOT_YOURS
    gor(som(roll, "skane"), Act.REGISTRERA_BEHOV, dp, **said)


# M5.1.2-3 «Avstämning sker med samarbetsgruppen före den presenteras för ledningsgruppen.»
def test_5_1_2_ledningsgruppen_is_not_shown_what_samarbetsgruppen_has_not_heard(behov_angivet: Delprojekt) -> None:
    dp = behov_angivet

    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1.2-3"}

    h.anmal(h.stam_av(dp))


@pytest.mark.parametrize("days", [1, 5])
def test_5_1_2_a_meeting_of_ledningsgruppen_before_samarbetsgruppens_is_refused(
    behov_angivet: Delprojekt, days: int
) -> None:
    dp = h.stam_av(behov_angivet, h.DAG)

    assert saknas("kansli", ANMAL, dp, **h.lg_mote(h.DAG - timedelta(days))) == {"M5.1.2-3"}

    h.anmal(dp, h.DAG)


def test_5_1_2_start_is_not_decided_at_a_meeting_before_samarbetsgruppens(anmalt: Delprojekt) -> None:
    dp = anmalt

    assert "M5.1.2-3" in saknas("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote(h.DAG - timedelta(1)))

    gor("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote())


def test_5_1_2_after_a_return_samarbetsgruppen_is_asked_again(anmalt: Delprojekt) -> None:
    dp = anmalt
    gor("sekreterare", Act.ATERREMITTERA_FORSLAG, dp, **h.lg_mote())

    assert saknas("kansli", ANMAL, dp, **h.lg_mote()) == {"M5.1.2-3"}

    h.anmal(h.stam_av(dp))


# M5.1-1 «Förslag till nya delprojekt kan väckas från olika håll»; T02: what it is and where it comes from
@pytest.mark.parametrize("absent", ["ursprung", "problem"])
def test_5_1_a_forslag_says_what_the_problem_is_and_where_it_comes_from(absent: str) -> None:
    dp = new_forslag(**{absent: ""})

    assert saknas("medarbetare", Act.SKICKA_IN_FORSLAG, dp) == {"M5.1-1"}

    gor("medarbetare", Act.REDIGERA_FORSLAG, dp, ursprung="politiker", problem="Råd dokumenteras inte.")
    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)


def test_m5_1_1_what_has_come_in_keeps_what_it_came_in_with_and_is_changed_with_a_reason() -> None:
    """M5.1-1, T02: title, origin and problem stay when it is sent in; another text says why, and both are kept."""
    dp = new_forslag(syfte="")
    gor("medarbetare", Act.REDIGERA_FORSLAG, dp, motivering="", problem="")  # a draft is its author's
    gor("medarbetare", Act.REDIGERA_FORSLAG, dp, motivering="", problem="Råd ges per telefon.")
    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)

    for empty in ("ursprung", "problem", "benamning"):
        with pytest.raises(Refused, match="kan ändras men inte tömmas"):
            gor("medarbetare", Act.REDIGERA_FORSLAG, dp, **{empty: ""})
    with pytest.raises(MotiveringSaknas):
        gor("medarbetare", Act.REDIGERA_FORSLAG, dp, motivering="", problem="Råd dokumenteras inte.")

    gor("medarbetare", Act.REDIGERA_FORSLAG, dp, motivering="", syfte="Ett arbetssätt.")  # nothing stood there
    event = gor("medarbetare", Act.REDIGERA_FORSLAG, dp, motivering="Skrev fel.", problem="Råd dokumenteras inte.")
    assert event.motivering == "Skrev fel."
    kept = str(read_history(actor("kansli"), fresh(dp)).poster)
    assert "Råd ges per telefon." in kept
    assert "Råd dokumenteras inte." in kept


def test_5_1_beredningen_begins_when_the_forslag_has_come_in_and_once_only() -> None:
    dp = new_forslag()
    assert saknas("direktor", Act.BORJA_BEREDNING, dp) == {"M5.1-1", "M4.5-1"}

    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)

    gor("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("kansli").pk)
    assert saknas("medarbetare", Act.SKICKA_IN_FORSLAG, dp) == {"M5.1-1"}
    gor("direktor", Act.BORJA_BEREDNING, dp)


def test_5_1_2_ledningsgruppen_rejects_nothing_that_samarbetsgruppen_has_not_heard(behov_angivet: Delprojekt) -> None:
    dp = behov_angivet

    assert "M5.1.2-3" in saknas("sekreterare", Act.BESLUTA_AVSLAG, dp, **h.lg_mote())

    gor("sekreterare", Act.BESLUTA_AVSLAG, h.anmal(h.stam_av(dp)), **h.lg_mote())


def test_5_1_what_is_missing_in_beredning_lies_with_somebody_who_may_mend_it(behov_angivet: Delprojekt) -> None:
    """Then the förslag is the contact person's to write, and no longer its author's."""
    dp = behov_angivet
    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="")

    waits = dp.vantar.get(act=Act.REDIGERA_FORSLAG)

    assert waits.roll == Roll.KONTAKTPERSON
    assert nekas("medarbetare", Act.REDIGERA_FORSLAG, dp, effekter="Ja.").why is Why.WRONG_STEP
    gor("kansli", Act.REDIGERA_FORSLAG, dp, effekter="Få räcker till fler.")
