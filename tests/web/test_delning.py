"""What is handed in is said to be shared, before and after: conventions.md §6.2."""

import pytest

from delprojekt.models import AllmanHandling, Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import decide_in, new_forslag, submit

pytestmark = pytest.mark.django_db
SAGS = "blir en allmän handling hos Södra regionvårdsnämnden och delas med"


def test_whoever_sends_in_a_forslag_is_told_and_the_log_says_with_whom_it_was_shared() -> None:
    d = new_forslag()
    page = window("medarbetare").get(f"/delprojekt/{d.pk}/gor/skicka-in-forslag/", follow=True).content.decode()
    assert f"Förslaget {SAGS} kansliet, samarbetsgruppen och ledningsgruppen" in page
    submit(d)
    event = Handelse.objects.get(delprojekt=d, act=Act.SKICKA_IN_FORSLAG)
    assert event.delas_med == "kansliet, samarbetsgruppen och ledningsgruppen"
    history = window("kansli").get(f"/delprojekt/{d.pk}/").content.decode()
    assert "Delas med kansliet, samarbetsgruppen och ledningsgruppen." in history


def test_whoever_hands_in_a_regions_answer_is_told_and_the_register_says_so(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])
    url = f"/delprojekt/{d.pk}/gor/registrera-huvudmansbeslut/"
    assert f"Beslutet {SAGS}" in walked.client("region.skane").get(url).content.decode()
    row = AllmanHandling.objects.get(beslutshandling=decide_in(d, "skane"))
    page = walked.client("kansli").get(f"/handlingar/{row.pk}/").content.decode()
    assert "<dt>Delas med</dt>" in page
    rest = walked.client("kansli").get(f"/delprojekt/{walked[Steg.NULAGE]}/gor/pausa/").content.decode()
    assert SAGS not in rest
