"""What the group writes is its arbetsmaterial until it hands it on, also when it is broken off before that."""

import pytest

from delprojekt.models import Delprojekt, Dokumentslag
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg, lamnad
from delprojekt.queries.dokument import may_read_drafts
from delprojekt.queries.sok import find
from tests import world
from tests.walked import Walked
from tests.world import DAG, do

pytestmark = pytest.mark.django_db

LG = {"organ": "ledningsgrupp", "dag": DAG, "text": "Enligt protokollet."}


def broken_off_in(walked: Walked, steg: Steg) -> Delprojekt:
    d = Delprojekt.objects.get(pk=walked[steg])
    do("sekreterare", Act.AVBRYT, d, **LG)
    return world.fresh(d)


@pytest.mark.parametrize(("steg", "reads"), [(Steg.ANALYS, False), (Steg.LEDNINGSGRUPP, True)])
def test_t42_what_was_never_handed_in_is_not_read_as_a_slutrapport(walked: Walked, steg: Steg, reads: bool) -> None:
    """T42: ledningsgruppen reads the report that it had on its table, not the group's unfinished text."""
    d = broken_off_in(walked, steg)
    who = world.actor("ledningsgrupp.skane")
    tab = walked.client("ledningsgrupp.skane").get(f"/delprojekt/{d.pk}/visa/rapport/")
    assert tab.status_code == (200 if reads else 404)
    assert may_read_drafts(who, d, Dokumentslag.SLUTRAPPORT) == reads
    hits = find(who, "nulage").texter
    assert any(hit.delprojekt == d for hit in hits) == reads
    assert walked.client("kansli").get(f"/delprojekt/{d.pk}/visa/rapport/").status_code == 200


def test_t42_a_report_that_was_sent_back_before_the_end_is_arbetsmaterial_again() -> None:
    to_lg = [Steg.ANALYS, Steg.ATGARDSFORSLAG, Steg.LEDNINGSGRUPP]
    assert lamnad(to_lg)
    assert lamnad([*to_lg, Steg.AVBRUTET])
    assert not lamnad([*to_lg, Steg.ATGARDSFORSLAG, Steg.AVBRUTET])
    assert lamnad([Steg.HISTORISKT])
