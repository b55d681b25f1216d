"""Sentences of §5.8: the follow-up and how its round closes."""

from datetime import date

import pytest

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import uppfoljt
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, saknas
from tests.world import fresh

ORGAN = ("samarbetsgrupp", "ledningsgrupp", "namnd")


# M5.8-3 «uppföljning bör göras inom 12 månader efter slutrapportens godkännande i nämnden»
def test_5_8_the_follow_up_is_due_twelve_months_after_namndens_approval(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning

    due = POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT].frist(build_lage(dp))

    assert (dp.namndbeslut.get().arende.mote.date, due) == (date(2026, 3, 2), date(2027, 3, 2))


# M5.8-4 «Vanligen är det den tidigare ordföranden som tillfrågas»
def test_5_8_no_follow_up_without_somebody_who_makes_it(i_inforande: Delprojekt) -> None:
    dp = i_inforande

    assert saknas("kansli", Act.BORJA_UPPFOLJNING, dp) == {"M5.8-4"}

    asked = uppfoljt.ask(dp)
    assert saknas("kansli", Act.BORJA_UPPFOLJNING, dp) == {"M5.8-4"}

    gor("ordforande", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="ja")
    gor("kansli", Act.BORJA_UPPFOLJNING, dp)


# M5.8-11 «redovisas för samarbetsgruppen, ledningsgruppen och nämnden»
@pytest.mark.parametrize("act", [Act.AVSLUTA, Act.BESLUTA_YTTERLIGARE_UPPFOLJNING])
@pytest.mark.parametrize("absent", ORGAN)
def test_5_8_the_round_does_not_close_before_all_three_bodies_have_been_told(
    klar_uppfoljning: Delprojekt, act: Act, absent: str
) -> None:
    dp = h.redovisa(klar_uppfoljning, *(organ for organ in ORGAN if organ != absent))

    assert saknas("kansli", act, dp, **h.lg_mote()) == {"M5.8-11"}

    gor("kansli", act, h.redovisa(dp, absent), **h.lg_mote())


def test_5_8_telling_the_same_body_three_times_is_not_telling_three_bodies(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, "namnd", "namnd", "namnd")

    assert saknas("kansli", Act.AVSLUTA, dp, **h.lg_mote()) == {"M5.8-11"}


def test_5_8_a_report_that_is_not_handed_in_can_not_be_told_of(
    i_uppfoljning: Delprojekt, klar_uppfoljning: Delprojekt
) -> None:
    dp = i_uppfoljning
    told = {**h.mote("samarbetsgrupp"), "val": "muntlig"}

    assert saknas("kansli", Act.REDOVISA_UPPFOLJNING, dp, **told) == {"M5.8-7"}

    h.redovisa(klar_uppfoljning, "samarbetsgrupp")


# M5.8-12 «Utifrån uppnådda resultat kan det bli aktuellt med ytterligare uppföljning»
def test_5_8_a_new_round_needs_its_own_report_told_in_all_three_bodies(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, *ORGAN)
    gor("sekreterare", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.lg_mote())
    assert fresh(dp).steg == Steg.UPPFOLJNING

    assert saknas("kansli", Act.AVSLUTA, dp, **h.lg_mote()) == {"M5.8-7", "M5.8-11"}


def test_5_8_a_follow_up_report_without_a_word_is_not_handed_in(i_uppfoljning: Delprojekt) -> None:
    assert saknas("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, i_uppfoljning) == {"M5.8-7"}
