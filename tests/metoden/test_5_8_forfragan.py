"""Sentences of §5.8: somebody who is asked to make the follow-up is waited for by name (M5.8-4)."""

from datetime import date

import pytest

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Uppfoljningsforfragan, Vantar
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import helper
from delprojekt.process.roller import Roll
from delprojekt.queries.delprojekt import pending_for, read_page
from delprojekt.queries.lage import build_lage
from delprojekt.web.vymodell import waits_with
from tests import uppfoljt
from tests.documents.tradet import hold
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import actor, fresh

SVARA = Act.BESVARA_FORFRAGAN


def waits_for(who: str) -> list[Vantar]:
    return [row for row in pending_for(actor(who)) if row.act == SVARA]


def lies_with(dp: Delprojekt) -> str:
    return waits_with(row for row in read_page(actor("kansli"), fresh(dp)).vantar if row.act == SVARA)


def test_5_8_who_is_asked_has_it_on_the_start_page_with_the_last_day(i_inforande: Delprojekt) -> None:
    """M5.8-4."""
    dp = i_inforande
    ledamot = h.world.person("ledamot")
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=ledamot.pk, dag=h.DAG, svara_senast=date(2026, 3, 16))

    (row,) = waits_for("ledamot")
    assert (row.delprojekt_id, row.frist_date, row.person) == (dp.pk, date(2026, 3, 16), ledamot)
    assert not waits_for("ordforande"), "nobody else is asked"
    assert not waits_for("kansli"), "kansliet waits; it has nothing to do"
    assert lies_with(dp) == "den som är tillfrågad"
    assert helper(Krav.FORFRAGAN_BESVARAD, build_lage(fresh(dp))) == "den som är tillfrågad"

    gor("ledamot", SVARA, dp, objekt=Uppfoljningsforfragan.objects.get(person=ledamot).pk, svar="ja")
    assert not waits_for("ledamot")


def test_5_8_somebody_outside_the_group_is_waited_for_too(i_inforande: Delprojekt) -> None:
    """M5.8-4, M5.8-6."""
    dp = i_inforande
    uppfoljt.ask(dp, "utomstaende")

    assert [row.person for row in waits_for("utomstaende")] == [h.world.person("utomstaende")]
    assert not waits_for("kansli")


def test_5_8_a_patient_representative_who_is_asked_is_not_named(i_inforande: Delprojekt) -> None:
    """M5.8-4, conventions.md §6.4."""
    dp = i_inforande
    hidden = hold(dp, Roll.PATIENTFORETRADARE, "Hemlig", "Person")
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=hidden.pk)

    assert Vantar.objects.get(delprojekt=dp, act=SVARA).person == hidden
    assert "Hemlig" not in lies_with(dp)


def test_5_8_the_last_day_to_answer_is_not_before_the_question(i_inforande: Delprojekt) -> None:
    """M5.8-4."""
    with pytest.raises(Ogiltigt, match="Sista dagen"):
        gor(
            "kansli",
            Act.TILLFRAGA_UPPFOLJARE,
            i_inforande,
            person=h.world.person("ledamot").pk,
            dag=date(2026, 3, 2),
            svara_senast=date(2026, 3, 1),
        )
