"""Every refusal is a Swedish sentence that names what is missing and who can help."""

import re

import pytest

from delprojekt.process.act import Act
from delprojekt.process.grupp import Kompetens
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Beslutslage, Grupplage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Decision, Refused, Why, decide, explain, helper, sentence
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.house.test_acts import ENGLISH
from tests.process.snapshots import lage, pausad, som


def refusals() -> list[tuple[Act, Steg, Decision, str]]:
    """Every refusal that can be met: each act in each step, by nobody in particular, by its roles, and when paused."""
    found = []
    for act, rule in POLICY.items():
        for steg in Steg:
            for who in (som(Roll.ADJUNGERAD), som(*rule.who)):
                for situation in (lage(steg, kan_angra=False), pausad(lage(steg))):
                    decision = decide(who, act, situation, {})
                    if not decision.allowed:
                        found.append((act, steg, decision, explain(decision, situation)))
    return found


def test_every_refusal_is_a_whole_swedish_sentence() -> None:
    seen = refusals()
    assert {decision.why for _, _, decision, _ in seen} == set(Why)
    for act, steg, _, text in seen:
        assert re.match(r"[A-ZÅÄÖ]", text), (act, steg, text)
        assert text.endswith("."), (act, steg, text)
        assert not ENGLISH.search(text), (act, steg, text)
        assert "_" not in text, (act, steg, text)


def test_a_refusal_for_what_is_missing_names_all_of_it_and_who_can_help() -> None:
    for act, steg, decision, text in refusals():
        if decision.why is not Why.MISSING:
            continue
        there = lage(steg)
        for krav in decision.missing:
            assert krav.mening in text, (act, steg)
            if krav.value.lagas:
                assert helper(krav, there) in text, (act, steg)


def test_somebody_who_may_not_is_told_who_may() -> None:
    for act, steg, decision, text in refusals():
        if decision.why is Why.NOT_YOURS:
            assert POLICY[act].owner_in(steg).hos in text


def test_what_cannot_be_mended_by_an_act_says_what_it_is_all_the_same() -> None:
    for krav in Krav:
        if krav.value.lagas is None:
            assert helper(krav, lage(Steg.UPPDRAG)) == ""


@pytest.mark.parametrize(
    ("text", "act", "situation"),
    [
        (
            "; alla deltagande regioner har tagit ställning (Region Blekinge, Region Halland, Region Skåne)",
            Act.LAMNA_TILL_NAMNDEN,
            lage(Steg.LEDNINGSGRUPP, beslut=Beslutslage(version=1, stallningar={"kronoberg": "enig"})),
        ),
        (
            "alla kompetenser som ska finnas är täckta (Internmedicin)",
            Act.UTSE_ARBETSGRUPP,
            lage(Steg.UPPDRAG, grupp=Grupplage(kompetenser=(Kompetens(1, "Internmedicin", ska=True),))),
        ),
        ("0 av minst 3 regioner har sagt ja", Act.ANMAL_TILL_LEDNINGSGRUPPEN, lage(Steg.BEREDNING)),
        ("Det går inte i steget Nuläge.", Act.BESLUTA_START, lage(Steg.NULAGE)),
        ("Delprojektet är pausat. Kansliet kan återuppta det.", Act.BORJA_ANALYS, pausad(lage(Steg.NULAGE))),
        ("Delprojektet är inte pausat.", Act.ATERUPPTA, lage(Steg.NULAGE)),
    ],
)
def test_a_refusal_says_exactly_what(text: str, act: Act, situation: object) -> None:
    who = som(Roll.SEKRETERARE, Roll.KANSLI, Roll.ORDFORANDE)
    assert text in explain(decide(who, act, situation), situation)  # type: ignore[arg-type]


def test_the_refusal_itself_carries_the_sentence() -> None:
    situation = lage(Steg.NULAGE)
    decision = decide(som(Roll.LEDAMOT), Act.BESLUTA_START, situation)
    assert str(Refused(decision, situation)) == explain(decision, situation)


def test_an_allowed_act_has_nothing_to_explain() -> None:
    situation = lage(Steg.NULAGE)
    assert explain(decide(som(Roll.ORDFORANDE), Act.BORJA_ANALYS, situation), situation) == ""


def test_a_sentence_names_regions_as_they_are_called() -> None:
    assert sentence(Krav.ALLA_REGIONERS_SYNPUNKT, lage(Steg.ATGARDSFORSLAG)).endswith(
        "(Region Blekinge, Region Halland, Region Kronoberg, Region Skåne)"
    )


@pytest.mark.parametrize("roll", list(Roll))
def test_whom_a_task_lies_with_is_said_as_after_ligger_hos(roll: Roll) -> None:
    assert re.match(r"[a-zåäö]", roll.hos)
    assert not ENGLISH.search(roll.hos)
