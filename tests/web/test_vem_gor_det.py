"""What a body decides its secretary registers: the portal says who, and to a member what is theirs (rule 4)."""

import pytest

from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import decide, explain
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import actor, delprojekt_in, fresh, prepare

pytestmark = pytest.mark.django_db
NI = "Ni tar ställning på mötet; sekreteraren registrerar."


def test_a_member_of_ledningsgruppen_reads_that_they_decide_at_the_meeting_and_the_secretary_registers() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    url = d.get_absolute_url()
    member, reader = (window(who).get(url).content.decode() for who in ("ledningsgrupp.skane", "samarbetsgrupp.skane"))
    assert NI in member
    assert "Det ordnar ledningsgruppen" not in member + reader
    assert NI not in reader

    lage = build_lage(fresh(d))
    refusal = explain(decide(actor("samarbetsgrupp.skane"), Act.BESLUTA_START, lage), lage)
    assert "Det gör sekreteraren för ledningsgruppen." in refusal


def test_what_is_missing_names_the_secretary_to_others_and_the_meeting_to_members(walked: Walked) -> None:
    url = f"/delprojekt/{delprojekt_in(Steg.UPPDRAG).pk}/"
    assert "Det ordnar sekreteraren för ledningsgruppen." in window("kommunikator").get(url).content.decode()
    assert NI in window("ledningsgrupp.skane").get(url).content.decode()
    stance = walked.client("ledningsgrupp.skane").get(f"/delprojekt/{walked[Steg.LEDNINGSGRUPP]}/").content.decode()
    assert NI not in stance.partition("checklista")[0], "her own stance she takes in the portal"
