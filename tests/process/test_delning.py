"""Who hands something in is told what becomes of it: conventions.md §6.2 (TF 2 kap.)."""

import pytest

from delprojekt.process.act import Act
from delprojekt.process.delning import ALLA, LAMNAS, delas_med, upplysning
from delprojekt.process.handling import Handlingstyp
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg


def test_what_comes_in_to_the_register_is_said_to_whoever_hands_it_in() -> None:
    """Every act that registers something that came in from outside the kansli tells so beforehand."""
    comes_in = {act for act, rule in POLICY.items() if rule.handling and rule.handling.typ is Handlingstyp.INKOMMEN}
    assert comes_in <= set(LAMNAS)


@pytest.mark.parametrize("act", sorted(LAMNAS))
def test_the_sentence_names_the_authority_and_who_reads_it(act: Act) -> None:
    for steg in POLICY[act].where:
        said = upplysning(act, steg)
        assert "blir en allmän handling hos Södra regionvårdsnämnden och delas med" in said, steg
        assert ALLA in said or "andra regioner" in said, steg


def test_who_reads_it_is_what_the_table_of_visibility_says() -> None:
    readers = "kansliet, samarbetsgruppen och ledningsgruppen"
    assert delas_med(Act.SKICKA_IN_FORSLAG, Steg.PROJEKTFORSLAG) == readers
    assert delas_med(Act.REGISTRERA_HUVUDMANSBESLUT, Steg.HUVUDMANSBESLUT) == ALLA
    assert "samarbetsgruppen" not in delas_med(Act.NOMINERA, Steg.UPPDRAG), "only the region's own (M4.2)"


def test_what_hands_in_nothing_says_nothing() -> None:
    assert upplysning(Act.PAUSA, Steg.NULAGE) == ""
    assert delas_med(Act.PAUSA, Steg.NULAGE) == ""
    assert Roll.KANSLI in POLICY[Act.PAUSA].who
