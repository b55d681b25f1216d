"""Inför ledningsgruppen: how the numbers are counted, and how much a long agenda shows at first."""

import pytest

from delprojekt.models import Delprojekt
from delprojekt.process.steg import FOLJS, PAGAR, RAKNADE, RAPPORTERAT, STARTAT, Steg
from delprojekt.templatetags import komponenter
from tests.walked import Walked

pytestmark = pytest.mark.django_db


def test_m1_4_the_page_says_how_each_number_is_counted_in_the_words_that_stand_beside_the_counting(
    walked: Walked,
) -> None:
    page = walked.client("kansli").get("/infor-ledningsgruppen/").content.decode()
    for counted in RAKNADE:
        assert f"<strong>{counted.namn}</strong>: {counted.mening}" in page


@pytest.mark.parametrize(
    ("steg", "pausat", "counted"),
    [
        (Steg.BEREDNING, False, ()),
        (Steg.AVSLAG, False, ()),
        (Steg.NULAGE, False, (STARTAT, PAGAR)),
        (Steg.NULAGE, True, (STARTAT,)),
        (Steg.NAMND, False, (STARTAT, PAGAR)),
        (Steg.HUVUDMANSBESLUT, False, (STARTAT, RAPPORTERAT, FOLJS)),
        (Steg.AVSLUTAT, False, (STARTAT, RAPPORTERAT)),
        (Steg.AVBRUTET, False, (STARTAT,)),
    ],
)
def test_m1_4_a_delprojekt_is_counted_where_it_has_come(steg: Steg, pausat: bool, counted: tuple[object, ...]) -> None:
    assert tuple(one for one in RAKNADE if (steg, pausat) in one) == counted


def test_a_long_list_of_paused_shows_the_first_and_leads_to_the_rest(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused = Delprojekt.objects.filter(pausat=True).count()
    monkeypatch.setattr(komponenter, "VISAS", 0)
    client = walked.client("kansli")
    part = client.get("/infor-ledningsgruppen/").content.decode().split('id="pausade"')[1]
    assert f"De 0 första av {paused} visas." in part
    assert f"/delprojekt/{walked.pausat}/" not in part
    every = client.get("/infor-ledningsgruppen/?alla=pausade").content.decode().split('id="pausade"')[1]
    assert f"/delprojekt/{walked.pausat}/" in every
