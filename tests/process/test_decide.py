"""decide, require and offers: who may do what, where, when what is in place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage
from delprojekt.process.policy import POLICY, Scope
from delprojekt.process.policy.avgor import Refused, Why, behalf, decide, offers, regions_for, require
from delprojekt.process.roller import SYSTEM, Actor, Mandat, Roll
from delprojekt.process.steg import Steg
from tests.process.snapshots import ALLA, ANMALT, DAG, D, lage, pausad, som


def test_an_act_in_its_step_by_its_role_with_all_in_place_is_allowed() -> None:
    assert decide(som(Roll.SEKRETERARE), Act.BESLUTA_START, ANMALT).allowed


def test_an_act_in_another_step_is_refused_before_anything_else_is_asked() -> None:
    decision = decide(som(Roll.SEKRETERARE), Act.BESLUTA_START, lage(Steg.UPPDRAG))
    assert decision.why is Why.WRONG_STEP
    assert not decision.missing


def test_a_role_that_is_not_named_is_refused_and_told_nothing_of_what_is_missing() -> None:
    decision = decide(som(Roll.LEDAMOT), Act.BESLUTA_START, lage(Steg.BEREDNING))
    assert decision.why is Why.NOT_YOURS
    assert not decision.missing


def test_a_role_held_in_another_delprojekt_does_not_count_here() -> None:
    assert decide(som(Roll.ORDFORANDE, i=D + 1), Act.BORJA_ANALYS, lage(Steg.NULAGE)).why is Why.NOT_YOURS
    assert decide(som(Roll.ORDFORANDE), Act.BORJA_ANALYS, lage(Steg.NULAGE)).allowed


def test_the_portal_itself_may_do_nothing_of_the_method() -> None:
    for steg in Steg:
        assert not offers(SYSTEM, lage(steg))


def test_everybody_who_is_logged_in_may_leave_a_forslag_and_nothing_in_a_started_delprojekt() -> None:
    anyone = Actor(9, "Någon", frozenset())
    assert decide(anyone, Act.SKAPA_FORSLAG, Lage(Steg.PROJEKTFORSLAG)).allowed
    assert not [d.act for steg in Steg for d in offers(anyone, lage(steg))]
    assert decide(anyone, Act.SKAPA_FORSLAG, lage(Steg.NULAGE)).why is Why.WRONG_STEP


def test_all_that_is_missing_is_said_at_once() -> None:
    decision = decide(som(Roll.KANSLI), Act.ANMAL_TILL_LEDNINGSGRUPPEN, lage(Steg.BEREDNING))
    assert decision.why is Why.MISSING
    assert set(decision.missing) >= {
        Krav.KONTAKTPERSON_UTSEDD,
        Krav.EFFEKTER_FINNS,
        Krav.BEHOV_I_TILLRACKLIGT_MANGA,
        Krav.SAMARBETSGRUPPEN_AVSTAMD,
    }


def test_advice_does_not_refuse_but_is_told() -> None:
    decision = decide(som(Roll.ORDFORANDE), Act.BORJA_ANALYS, lage(Steg.NULAGE))
    assert decision.allowed
    assert Krav.NULAGE_SKRIVET in decision.advice


def test_what_only_the_form_can_answer_is_not_asked_while_somebody_only_looks() -> None:
    looking = decide(som(Roll.LEDNINGSGRUPP, region="skane"), Act.LAMNA_STALLNING, with_version(2))
    older = decide(som(Roll.LEDNINGSGRUPP, region="skane"), Act.LAMNA_STALLNING, with_version(2), stance("skane", 1))
    assert looking.allowed
    assert older.missing == (Krav.AKTUELL_VERSION,)


def with_version(version: int) -> Lage:
    return lage(Steg.LEDNINGSGRUPP, beslut=Beslutslage(version=version, attsatser=1))


def stance(region: str, version: int) -> dict[str, object]:
    return {"region": region, "version": version}


def test_a_region_speaks_for_itself_only() -> None:
    skane = som(Roll.LEDNINGSGRUPP, region="skane")
    assert decide(skane, Act.LAMNA_STALLNING, with_version(1), stance("skane", 1)).allowed
    assert decide(skane, Act.LAMNA_STALLNING, with_version(1), stance("halland", 1)).why is Why.NOT_YOURS


def test_a_region_that_does_not_take_part_has_no_stance() -> None:
    three = lage(Steg.LEDNINGSGRUPP, deltar=ALLA - {"halland"}, beslut=Beslutslage(version=1, attsatser=1))
    assert decide(som(Roll.LEDNINGSGRUPP, region="halland"), Act.LAMNA_STALLNING, three).why is Why.NOT_YOURS
    assert regions_for(som(Roll.KANSLI), Act.LAMNA_STALLNING, three) == ALLA - {"halland"}


def test_every_region_says_whether_the_area_matters_also_one_that_has_said_no() -> None:
    three = lage(Steg.BEREDNING, deltar=ALLA - {"halland"})
    assert regions_for(som(Roll.KANSLI), Act.REGISTRERA_BEHOV, three) == ALLA
    assert regions_for(som(Roll.SAMARBETSGRUPP, region="halland"), Act.REGISTRERA_BEHOV, three) == {"halland"}


def test_a_role_for_a_region_without_a_region_speaks_for_all() -> None:
    """Kansliet records on behalf of any region; it holds no region of its own."""
    assert regions_for(som(Roll.KANSLI), Act.LAMNA_STALLNING, lage(Steg.LEDNINGSGRUPP)) == ALLA


def test_somebody_with_two_regions_speaks_for_both() -> None:
    both = Actor(1, "x", frozenset({Mandat(Roll.REGIONKONTAKT, "skane"), Mandat(Roll.REGIONKONTAKT, "halland")}))
    decided = lage(Steg.HUVUDMANSBESLUT, beslut=Beslutslage(mottagare=ALLA))
    asked = regions_for(both, Act.REGISTRERA_HUVUDMANSBESLUT, decided)
    assert asked == {"skane", "halland"}


@pytest.mark.parametrize(
    ("roll", "act", "for_whom"),
    [
        (Roll.KANSLI, Act.BESLUTA_START, "ledningsgruppens"),
        (Roll.SEKRETERARE, Act.BESLUTA_START, ""),
        (Roll.KANSLI, Act.REKOMMENDERA, "nämndens"),
        (Roll.KANSLI, Act.BERED_POLITISKT, "nämndens"),
        (Roll.KANSLI, Act.LAMNA_STALLNING, "regionens"),
        (Roll.SEKRETERARE, Act.LAMNA_STALLNING, "regionens"),
        (Roll.KANSLI, Act.REGISTRERA_HUVUDMANSBESLUT, "regionens"),
        (Roll.KANSLI, Act.LAMNA_REGIONSYNPUNKT, "samarbetsgruppens"),
        (Roll.REGIONKONTAKT, Act.REGISTRERA_HUVUDMANSBESLUT, ""),
        (Roll.KANSLI, Act.BORJA_BEREDNING, ""),
    ],
)
def test_who_does_it_for_somebody_else_says_so(roll: Roll, act: Act, for_whom: str) -> None:
    assert behalf(som(roll), act, lage(Steg.BEREDNING)) == for_whom


def test_pausat_stops_all_but_what_the_rule_lets_through() -> None:
    for act, rule in POLICY.items():
        for steg in rule.where:
            who = som(*rule.who)
            why = decide(who, act, pausad(lage(steg, beslut=Beslutslage(mottagare=ALLA)))).why
            if act is Act.ATERUPPTA or rule.under_paus:
                assert why is not Why.PAUSED, act
            else:
                assert why is Why.PAUSED, act


def test_what_is_not_paused_cannot_be_resumed() -> None:
    assert decide(som(Roll.KANSLI), Act.ATERUPPTA, lage(Steg.NULAGE)).why is Why.PAUSED


def test_require_raises_with_the_decision_and_lets_through_with_the_advice() -> None:
    with pytest.raises(Refused) as caught:
        require(som(Roll.LEDAMOT), Act.BESLUTA_START, ANMALT, {})
    assert caught.value.decision.why is Why.NOT_YOURS
    assert require(som(Roll.SEKRETERARE), Act.BESLUTA_START, ANMALT, {"dag": DAG}).allowed


def test_offers_are_the_acts_of_the_step_that_are_yours_allowed_or_with_what_is_missing() -> None:
    found = {d.act: d for d in offers(som(Roll.KANSLI), lage(Steg.PROJEKTFORSLAG))}
    assert Act.SKICKA_IN_FORSLAG in found
    assert Act.BESLUTA_START not in found
    assert found[Act.BORJA_BEREDNING].why is Why.MISSING


roller = st.sets(st.sampled_from(Roll), max_size=4)


@given(steg=st.sampled_from(Steg), held=roller, act=st.sampled_from(Act))
def test_decide_never_lets_in_a_role_or_a_step_that_the_rule_does_not_name(
    steg: Steg, held: set[Roll], act: Act
) -> None:
    who = som(*held, region="skane") if POLICY[act].scope is Scope.EGEN_REGION else som(*held)
    rule, decision = POLICY[act], decide(who, act, lage(steg))
    if decision.allowed:
        assert steg in rule.where
        assert (held | {Roll.INLOGGAD}) & rule.who
        assert not [k for k in rule.requires if not k.value.indata and not k.ar_uppfyllt(lage(steg), {})]


@given(
    filled=st.sets(st.sampled_from(["titel", "ursprung", "problem", "syfte", "mal", "effekter"])),
    yes=st.sets(st.sampled_from(sorted(ALLA))),
)
def test_more_in_place_never_takes_an_offer_away(filled: set[str], yes: set[str]) -> None:
    """What a förslag must hold only adds up: filling in more never makes less possible in beredning."""
    poor = lage(Steg.BEREDNING, forslag=Forslagslage(frozenset(filled), frozenset(yes), frozenset(yes)))
    full = frozenset({"titel", "ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter", "kriterier"})
    rich = lage(Steg.BEREDNING, forslag=Forslagslage(full, ALLA, ALLA), grupp=Grupplage(kontaktperson=True))
    allowed = {d.act for d in offers(som(Roll.KANSLI), poor) if d.allowed}
    assert allowed <= {d.act for d in offers(som(Roll.KANSLI), rich) if d.allowed}
