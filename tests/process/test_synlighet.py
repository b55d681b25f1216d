"""Who sees what: noun × role × step."""

import pytest

from delprojekt.process.act import Act
from delprojekt.process.roller import Actor, Mandat, Roll
from delprojekt.process.steg import FORE_START, HUVUDLINJE, Steg
from delprojekt.process.synlighet import SYNLIGHET, Niva, Noun, niva, ser, synliga_steg, tysta_acts
from tests.process.snapshots import D, som

ANYONE = Actor(1, "Någon", frozenset())


@pytest.mark.parametrize("steg", sorted(FORE_START))
def test_before_start_a_forslag_is_the_writers_the_kanslis_and_ledningsgruppens(steg: Steg) -> None:
    see = {roll for roll in Roll if ser(som(roll), Noun.DELPROJEKT, D, steg)}
    assert see == {
        Roll.FORSLAGSSTALLARE,
        Roll.KANSLI,
        Roll.KONTAKTPERSON,
        Roll.DIREKTOR,
        Roll.SAMARBETSGRUPP,
        Roll.LEDNINGSGRUPP,
        Roll.SEKRETERARE,
    }


def test_what_has_started_is_known_to_everybody_by_its_heading() -> None:
    started = set(Steg) - FORE_START
    assert {steg for steg in Steg if niva(Noun.DELPROJEKT, ANYONE.roller(), steg) >= Niva.RUBRIK} == started
    assert synliga_steg(ANYONE.roller()) == started


def test_the_report_is_the_groups_until_it_is_handed_on() -> None:
    for steg in HUVUDLINJE[2:6]:
        see = {roll for roll in Roll if ser(som(roll), Noun.ARBETSMATERIAL, D, steg)}
        assert Roll.LEDAMOT in see
        assert not see & {Roll.LEDNINGSGRUPP, Roll.SEKRETERARE, Roll.STYRGRUPP, Roll.REGIONKONTAKT, Roll.INLOGGAD}


def test_who_answers_for_the_whole_report_sees_what_a_member_does_but_for_a_patients_name() -> None:
    for noun in Noun:
        for steg in Steg:
            whole, member = (niva(noun, frozenset({r}), steg) for r in (Roll.HELHETSANSVARIG, Roll.LEDAMOT))
            assert whole == (Niva.INGET if noun is Noun.PATIENTNAMN else member), (noun, steg)


def test_politicians_see_the_report_when_it_reaches_them_and_not_before() -> None:
    assert not ser(som(Roll.STYRGRUPP), Noun.SLUTRAPPORT, D, Steg.LEDNINGSGRUPP)
    assert ser(som(Roll.STYRGRUPP), Noun.SLUTRAPPORT, D, Steg.NAMND)


def test_everybody_reads_the_report_that_namnden_has_approved() -> None:
    assert not ser(ANYONE, Noun.SLUTRAPPORT, D, Steg.NAMND)
    for steg in (Steg.HUVUDMANSBESLUT, Steg.INFORANDE, Steg.UPPFOLJNING, Steg.AVSLUTAT):
        assert ser(ANYONE, Noun.SLUTRAPPORT, D, steg)
        assert not ser(ANYONE, Noun.ARBETSMATERIAL, D, steg)


def test_a_report_that_was_not_recommended_is_not_everybodys() -> None:
    assert not ser(ANYONE, Noun.SLUTRAPPORT, D, Steg.EJ_REKOMMENDERAT)


def test_nominations_are_not_for_the_group_or_for_everybody() -> None:
    for steg in HUVUDLINJE[2:]:
        see = {roll for roll in Roll if ser(som(roll), Noun.NOMINERINGAR, D, steg)}
        assert not see & {Roll.LEDAMOT, Roll.REGIONKONTAKT, Roll.INLOGGAD, Roll.PATIENTFORETRADARE, Roll.STYRGRUPP}


def test_a_role_in_another_delprojekt_shows_nothing_more_here() -> None:
    elsewhere = Actor(1, "Karin", frozenset({Mandat(Roll.ORDFORANDE, None, D + 1)}))
    for noun in Noun:
        for steg in Steg:
            assert ser(elsewhere, noun, D, steg) == ser(ANYONE, noun, D, steg)


def test_nobody_who_is_not_logged_in_sees_anything() -> None:
    stranger = Actor(None, "", frozenset())
    assert not [(n, s) for n in Noun for s in Steg if niva(n, stranger.roller(D), s) > Niva.INGET]


def test_every_noun_is_shown_to_somebody_and_no_row_is_empty() -> None:
    assert {noun for noun, *_ in SYNLIGHET} == set(Noun)
    assert all(who and where and level > Niva.INGET for _, who, where, level in SYNLIGHET)


@pytest.mark.parametrize("act", [Act.UTSE_ORDFORANDE, Act.UTSE_ARBETSGRUPP, Act.UTSE_FLER, Act.ENTLEDIGA])
def test_who_may_not_know_who_is_in_the_group_does_not_hear_of_it(act: Act) -> None:
    for roll in Roll:
        for steg in Steg:
            knows = ser(som(roll), Noun.ARBETSGRUPP, D, steg)
            assert (act not in tysta_acts(som(roll), D, steg)) == knows, (roll, steg)
    assert act in tysta_acts(som(Roll.STYRGRUPP), D, Steg.UPPDRAG)
    assert act not in tysta_acts(som(Roll.STYRGRUPP), D, Steg.NULAGE)
