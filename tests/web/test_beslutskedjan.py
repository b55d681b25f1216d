"""What the pages of decisions, introduction and follow-up keep and show."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delprojekt.models import Beslutshandling, Delprojekt, Projektforslag
from delprojekt.process.steg import Steg
from tests import uppfoljt
from tests.walked import Walked
from tests.world import PDF, decide_in

pytestmark = pytest.mark.django_db


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def answer(d: Delprojekt, **changes: str) -> dict[str, object]:
    """A region's decision as a browser sends it."""
    outcome = {f"utfall_{rek.pk}": "bifall" for rek in d.namndbeslut.get().rekommendationer.all()}
    said = {"region": "skane", "niva": "tjansteperson", "organ_namn": "Direktören", "grund": "Delegation 4.2"}
    file = SimpleUploadedFile("beslut.pdf", PDF)
    return {"nyckel": str(uuid4()), **said, "dag": "2026-03-09", **outcome, "fil": file, **changes}


def test_e2_the_warning_keeps_the_form_open_and_says_that_the_file_is_chosen_again(walked: Walked) -> None:
    """A hidden form would send the decision without its paper."""
    d = at(walked, Steg.HUVUDMANSBESLUT)
    Projektforslag.objects.filter(delprojekt=d).update(omfordelning=True)
    client, url = walked.client("region.skane"), f"/delprojekt/{d.pk}/gor/registrera-huvudmansbeslut/"

    warned = client.post(url, answer(d))
    page = warned.content.decode()
    client.post(url, answer(d, motivering="Verkställer styrelsens beslut."))

    assert warned.status_code == 422
    assert "Välj den igen" in page
    assert "<div hidden>" not in page
    assert 'value="Direktören"' in page
    assert "kommunallagen 6 kap. 38 §" in page
    assert Beslutshandling.objects.get(namndbeslut__delprojekt=d, region__slug="skane").fil


def page(client: Client, d: Delprojekt, tab: str) -> str:
    return client.get(f"/delprojekt/{d.pk}/visa/{tab}/").content.decode()


def test_5_6_the_tab_tells_decided_from_proved_and_offers_the_region_to_send_its_paper(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    told = decide_in(d, "skane", file=False)
    mine = f"/delprojekt/{d.pk}/gor/skicka-handling/{told.pk}/"

    shown = page(walked.client("region.skane"), d, "regioner")

    assert "utdrag saknas" in shown
    assert "med handling" in shown
    assert mine in shown
    assert mine not in page(walked.client("region.halland"), d, "regioner")
    assert "Region Skåne" in walked.client("kansli").get("/beslut-utan-handling/").content.decode()


def test_5_8_only_the_one_who_is_asked_and_kansliet_are_offered_to_answer(walked: Walked) -> None:
    d = at(walked, Steg.INFORANDE)
    asked = uppfoljt.ask(d, "ledamot")
    url = f"/delprojekt/{d.pk}/gor/besvara-forfragan/{asked.pk}/"

    assert url in page(walked.client("ledamot"), d, "uppfoljning")
    assert url in page(walked.client("kansli"), d, "uppfoljning")
    assert url not in page(walked.client("ordforande"), d, "uppfoljning")


def test_5_8_the_tab_shows_share_of_answers_values_and_the_three_bodies(walked: Walked) -> None:
    shown = page(walked.client("samarbetsgrupp.skane"), at(walked, Steg.UPPFOLJNING), "uppfoljning")

    for words in ("78 av 120 svarade (65 %)", "512", "5 sidor", "Samarbetsgruppen", "Redovisad", "Går inte att bedöma"):
        assert words in shown, words
