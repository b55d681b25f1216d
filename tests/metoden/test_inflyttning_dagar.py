"""The days of what is moved in: none lies ahead, and they follow each other or somebody has said that they do not."""

from datetime import date

import pytest
from django.test import Client

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from tests import world
from tests.metoden.test_inflyttning import NAMNDBESLUT, inlagt, mover

pytestmark = pytest.mark.django_db


def test_v_22_a_day_ahead_is_refused_and_days_in_another_order_are_asked_about() -> None:
    """V-22: what has happened has a day behind it; days that do not follow each other warn, and one goes on."""
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    url, typed = "/inflyttning/nytt/?steg=inforande", {"benamning": "Axelkirurgi", "regioner": ["skane"]}
    ahead = client.post(url, {**typed, "namnd_nar": "2030-02-03", "beslut_skane_nar": "2030-03-03"})
    assert {"namnd_nar", "beslut_skane_nar"} <= set(ahead.context["form"].errors)
    with pytest.raises(Ogiltigt, match="inte varit än"):
        inlagt(Steg.INFORANDE, namndbeslut={**NAMNDBESLUT, "dag": date(2030, 2, 3), "rekommendationer": []})

    turned = {**typed, "startbeslut_nar": "HT 2020", "namnd_nar": "2019-02-03"}
    asked = client.post(url, turned)
    assert asked.status_code == 422
    assert "”Nämndens beslut” är före ”Startbeslut”" in asked.content.decode()
    assert not Delprojekt.objects.exists()
    assert client.post(url, {**turned, "ordningen": "on"}).status_code == 302
    follows = {**typed, "startbeslut_nar": "2019", "namnd_nar": "2019-02-03"}
    assert client.post(url, follows).status_code == 302, "of a year alone nothing is known"
