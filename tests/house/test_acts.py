"""Rule 3: every act has a rule, a label, a §, a sentence of the log, and everything it points to exists."""

import re

import pytest

from delprojekt.actions.steg import CHANGE_MODULES
from delprojekt.actions.takt import CHANGES
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, Faktumslag
from delprojekt.process.krav import Krav
from delprojekt.process.policy import POLICY, Scope, moves
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, SLUT, Steg
from tests.house.source import ROOT

KRAV_ID = re.compile(r"^(M\d(\.\d)*(\.\d)?-\d+|[VIP]-\d+|D\d+)$")
ENGLISH = re.compile(r"\b(the|and|is|was|has|been|of|to|by|not|report|step|group|decision)\b", re.IGNORECASE)


@pytest.mark.parametrize("act", list(Act))
def test_every_act_has_a_rule_a_label_and_a_paragraph(act: Act) -> None:
    rule = POLICY[act]
    assert re.fullmatch(r"[A-ZÅÄÖ][\wåäöÅÄÖ ,-]+", str(act.label))
    assert re.fullmatch(r"\d(\.\d){0,2}", rule.section), f"{act.name} points to no §"
    assert rule.who
    assert rule.owner in rule.who, f"{act.name} waits for somebody who may not do it"


@pytest.mark.parametrize("act", list(Act))
def test_the_sentence_of_the_log_is_swedish_and_whole(act: Act) -> None:
    sentence = POLICY[act].event
    assert re.match(r"[A-ZÅÄÖ]", sentence)
    assert sentence.endswith(".")
    assert not ENGLISH.search(sentence)
    assert len(sentence.split()) >= 2


@pytest.mark.parametrize("act", list(Act))
def test_the_word_in_the_address_is_ascii_and_the_name(act: Act) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", act.value)
    assert act.value == act.name.lower().replace("_", "-")


@pytest.mark.parametrize("act", [act for act in Act if POLICY[act].moves])
def test_an_act_that_moves_goes_somewhere_and_says_if_it_starts_over(act: Act) -> None:
    rule = POLICY[act]
    assert rule.where
    assert rule.back != (rule.to is not None)
    assert rule.new_visit == (rule.to in rule.where), f"{act.name} stays in its step without saying so, or the reverse"


@pytest.mark.parametrize("act", list(Act))
def test_an_act_leaves_a_trace_of_its_own(act: Act) -> None:
    """A fact, a change of rows, or a move; ``SKRIV_…`` saves its section and two acts make the delprojekt."""
    rule = POLICY[act]
    assert rule.fact or act in CHANGES or rule.moves or rule.objekt == "avsnitt" or not rule.where


def test_every_change_belongs_to_an_act_and_is_registered_at_import() -> None:
    assert CHANGES.keys() <= set(Act)
    modules = {change.__module__ for change in CHANGES.values()}
    assert modules == {module.__name__ for module in CHANGE_MODULES}


def test_every_fact_is_described_and_registered_by_some_act() -> None:
    assert FAKTA.keys() == set(Faktumslag)
    on_the_new_one = {Faktumslag.FORTSATTNING}  # FORTSATT_SOM_NYTT writes it on what it lets begin (E6)
    assert {rule.fact for rule in POLICY.values() if rule.fact} == set(Faktumslag) - on_the_new_one


def test_every_krav_is_asked_by_some_rule() -> None:
    asked = {krav for rule in POLICY.values() for krav in (*rule.requires, *rule.advises)}
    assert asked == set(Krav)


@pytest.mark.parametrize("krav", list(Krav))
def test_a_krav_names_its_source_and_says_a_swedish_sentence(krav: Krav) -> None:
    assert KRAV_ID.match(krav.krav_id)
    assert re.match(r"[a-zåäö]", krav.mening), "it is read inside a sentence, and as a line of a checklist"
    assert not krav.mening.endswith(".")
    assert not ENGLISH.search(krav.mening)


def asked_in() -> list[tuple[Krav, Act, Steg]]:
    """Every krav that an act mends, with the act that asks for it and a step it asks in."""
    return [
        (krav, act, steg)
        for act, rule in POLICY.items()
        for krav in (*rule.requires, *rule.advises)
        for steg in sorted(rule.where)
        if krav.value.lagas
    ]


_NOT_HERE = "the fact lives in a visit to åtgärdsförslag, so here it is never missing"
NOT_MENDED_HERE: dict[tuple[Krav, Steg], str] = {
    (Krav.HINDER_AVGJORDA, Steg.HUVUDMANSBESLUT): "hinders are told of from införande on, so here there is none",
    (Krav.INFORANDE_RAPPORTERAT, Steg.HUVUDMANSBESLUT): "introduction is reported from införande on; here it warns",
    (Krav.SAMARBETSGRUPPEN_AVSTAMD, Steg.AVVAKTAR): "BESLUTA_AVVAKTA, the only way in, asks for it",
    (Krav.ANMALT_TILL_LEDNINGSGRUPPEN, Steg.AVVAKTAR): "same",
    (Krav.BESLUTSFORSLAG_FINNS, Steg.NAMND): "LAMNA_TILL_NAMNDEN, the only way in, asks for it",
    **{
        (Krav.FORSLAG_INSKICKAT, steg): "a draft is only in the first step, so here it is never missing"
        for steg in POLICY[Act.UTSE_KONTAKTPERSON].where - {Steg.PROJEKTFORSLAG}
    },
    **{(Krav.SLUTRAPPORT_EJ_INLAMNAD, steg): _NOT_HERE for steg in (Steg.UPPDRAG, Steg.NULAGE, Steg.ANALYS)},
}
"""Where what is missing cannot be mended in the step that asks; each with its reason."""


@pytest.mark.parametrize(("krav", "act", "steg"), asked_in(), ids=lambda x: x.name)
def test_what_is_missing_can_be_mended_where_it_is_asked_for(krav: Krav, act: Act, steg: Steg) -> None:
    mend = krav.value.lagas
    assert mend is not None
    if (krav, steg) in NOT_MENDED_HERE:
        return
    assert steg in POLICY[mend].where, f"{act.name} in {steg.name} asks for {krav.name}, which only {mend.name} mends"


def reachable(start: Steg) -> set[Steg]:
    """The steps that can be walked to."""
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for rule in POLICY.values():
            if rule.to and here in rule.where and rule.to not in found:
                found.add(rule.to)
                todo.append(rule.to)
    return found


def test_every_step_can_be_reached_but_the_imported_one() -> None:
    assert reachable(Steg.PROJEKTFORSLAG) == set(Steg) - {Steg.HISTORISKT}


def test_the_main_line_is_walked_by_main_acts() -> None:
    for here, following in zip(HUVUDLINJE, (*HUVUDLINJE[1:], Steg.AVSLUTAT), strict=True):
        targets = [rule.to for rule in POLICY.values() if rule.main and here in rule.where]
        assert following in targets
    assert not [act.name for act, rule in POLICY.items() if rule.main and rule.where & SLUT]


def test_every_ending_has_a_way_back() -> None:
    for ending in SLUT - {Steg.HISTORISKT}:
        assert [b for a, b in moves() if a is ending]
        assert ending in POLICY[Act.ANGRA].where


def test_an_act_of_one_region_belongs_to_roles_that_speak_for_a_region() -> None:
    speaking = {Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.REGIONKONTAKT}
    for act, rule in POLICY.items():
        if rule.scope is Scope.EGEN_REGION:
            assert rule.who & speaking, act.name


def test_every_role_does_or_hears_something() -> None:
    does = frozenset().union(*(rule.who for rule in POLICY.values()))
    hears = frozenset().union(*(rule.tells for rule in POLICY.values()))
    silent: set[Roll] = set()
    assert set(Roll) - does - hears == silent


def test_the_paragraphs_are_headings_of_the_method() -> None:
    """The headings of seed 003, as the glossary quotes them."""
    known = {"4", "4.1", "4.3", "4.5", "5", "5.1", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.2", "5.3", "5.4"}
    known |= {"5.4.1", "5.4.2", "5.4.3", "5.5", "5.6", "5.7", "5.8", "6.1", "6.6"}
    assert {rule.section for rule in POLICY.values()} <= known
    assert (ROOT / "docs" / "begrepp.md").exists()


def test_a_role_that_may_only_in_some_steps_is_one_that_may() -> None:
    for act, rule in POLICY.items():
        for roll, steps in rule.bara:
            assert roll in rule.who, (act, roll)
            assert steps <= rule.where, (act, roll, steps - rule.where)
