"""The day when the follow-up is due, from nämnden's decision until its report is handed in (M5.8-3, V-1)."""

from datetime import date

import pytest
from django.test import Client

from delprojekt.models import Delprojekt, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import world
from tests.world import delprojekt_in, do, fresh, report_follow_up

pytestmark = pytest.mark.django_db


def days(d: Delprojekt) -> set[date | None]:
    return set(Vantar.objects.filter(delprojekt=d).values_list("frist_date", flat=True))


def test_5_8_the_day_lives_on_until_the_report_is_handed_in_and_pauses_move_it_everywhere() -> None:
    """M5.8-3, V-1: the deadline is waited for, late and shown in Uppföljning too, with the time of the pauses."""
    d = delprojekt_in(Steg.UPPFOLJNING)
    assert days(d) == {date(2027, 3, 2)}
    with klocka.vid(date(2026, 12, 1)):
        do("sekreterare", Act.PAUSA, d, organ="ledningsgrupp", dag=date(2026, 12, 1), text="Vi väntar.")
    with klocka.vid(date(2026, 12, 11)):
        do("sekreterare", Act.ATERUPPTA, d, dag=date(2026, 12, 11))
    assert days(d) == {date(2027, 3, 12)}
    client = Client()
    client.force_login(world.person("kansli").konto)
    page = client.get(f"/delprojekt/{d.pk}/visa/uppfoljning/").content.decode()
    assert 'Klar senast <time datetime="2027-03-12">' in page
    assert 'Pauser har flyttat fristen från <time datetime="2027-03-02">' in page
    for day, met in ((date(2027, 3, 12), True), (date(2027, 3, 13), False)):
        with klocka.vid(day):
            assert Krav.INOM_FRISTEN.ar_uppfyllt(build_lage(fresh(d)), {}) is met
    with klocka.vid(date(2027, 3, 13)):
        assert "Fristen har passerat" in client.get(f"/delprojekt/{d.pk}/visa/uppfoljning/").content.decode()
        assert f"/delprojekt/{d.pk}/" in client.get("/delprojekt/?forsenat=on").content.decode()
    report_follow_up(d)
    assert days(d) == {None}
