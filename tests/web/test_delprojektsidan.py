"""The page of a delprojekt and of its acts: what can be done, what is late, and what a step back takes back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from delprojekt.models import Delprojekt, Vantar
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.steg import Steg
from tests.inflyttat import moved_in
from tests.walked import Walked
from tests.web.test_krock import opened, save, window
from tests.world import delprojekt_in

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """The text of a page, as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\xa0", " ").split())


def test_m5_8_2_a_parameter_is_added_from_the_overview_and_from_the_tab(walked: Walked) -> None:
    """M5.8-2: the group sees on its first page that the parameters are still to be written."""
    writing = delprojekt_in(Steg.ATGARDSFORSLAG).pk
    for pk, who in ((walked[Steg.UPPDRAG], "kansli"), (walked[Steg.NULAGE], "ordforande"), (writing, "ordforande")):
        page = walked.client(who).get(f"/delprojekt/{pk}/").content.decode()
        assert f'href="/delprojekt/{pk}/gor/lagg-till-parameter/"' in page
    handed_in = walked.client("ordforande").get(f"/delprojekt/{walked[Steg.ATGARDSFORSLAG]}/").content.decode()
    assert "/gor/lagg-till-parameter/" not in handed_in
    reader = walked.client("medarbetare").get(f"/delprojekt/{walked[Steg.NULAGE]}/")
    assert "lagg-till-parameter" not in reader.content.decode()


@pytest.mark.parametrize(("steg", "lands"), [(Steg.UPPDRAG, ""), (Steg.NULAGE, "visa/rapport/")])
def test_one_goes_on_where_the_parameters_are_also_before_the_group_writes(
    walked: Walked, steg: Steg, lands: str
) -> None:
    pk = walked[steg]
    client, url = window("kansli"), f"/delprojekt/{pk}/gor/lagg-till-parameter/"
    answer = client.post(url, {**opened(client, url), "namn": "Väntetid"}, follow=True)
    assert answer.redirect_chain == [(f"/delprojekt/{pk}/{lands}", 302)]
    assert answer.status_code == 200


def test_that_what_was_typed_is_kept_is_said_only_when_something_was_sent(walked: Walked) -> None:
    url = f"/delprojekt/{walked[Steg.INFORANDE]}/gor/registrera-behov/"
    client = walked.client("kansli")
    looked, sent = client.get(url), client.post(url, {"nyckel": str(uuid4()), "sagt_av": "Chefläkaren"})
    assert (looked.status_code, sent.status_code) == (409, 409)
    assert "Det du skrev är kvar" not in looked.content.decode()
    assert "Det du skrev är kvar" in sent.content.decode()
    assert "Chefläkaren" in sent.content.decode()


def test_a_step_back_names_the_step_that_it_takes_back_and_where_one_lands(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])
    name = "Ångra ”Godkänn slutrapporten och rekommendera”, tillbaka till Nämnd"
    client, url = window("kansli"), f"/delprojekt/{d.pk}/gor/angra/"
    assert name in words(client.get(f"/delprojekt/{d.pk}/").content.decode())
    assert name in words(client.get(url).content.decode())
    review = client.post(url, {**opened(client, url), "text": "Fel paragraf.", "granska": "1"})
    assert name in words(review.content.decode())
    assert save(client, url, {**opened(client, url), "text": "Fel paragraf."}).status_code == 302
    again = words(client.get(f"/delprojekt/{d.pk}/").content.decode())
    assert "tillbaka till Ledningsgrupp" in again
    assert name not in again, "what is taken back is not taken back twice"


def test_of_the_time_before_the_portal_the_step_is_named(db: None) -> None:
    d = moved_in(Steg.NAMND)
    page = words(window("kansli").get(f"/delprojekt/{d.pk}/gor/angra/").content.decode())
    assert "Ångra steget Nämnd, tillbaka till Ledningsgrupp" in page


def test_what_is_late_is_said_on_the_page_itself_with_day_and_whom_it_waits_for(walked: Walked) -> None:
    """E10: a day that has passed is said, and blocks nothing."""
    pk = walked[Steg.HUVUDMANSBESLUT]
    Vantar.objects.filter(delprojekt=pk, region__slug="skane").update(frist_date=idag() - timedelta(days=9))
    Vantar.objects.filter(delprojekt=pk).exclude(region__slug="skane").update(frist_date=idag())
    late = skriv(idag() - timedelta(days=9))
    for who, where in (("kansli", f"/delprojekt/{pk}/"), ("region.skane", f"/delprojekt/{pk}/visa/regioner/")):
        page = walked.client(who).get(where).content.decode()
        said = re.search(r"<ul><li>(.*?)</li></ul>\s*<p>Arbetet kan fortsätta ändå", page, re.DOTALL)
        assert said, who
        assert "Region Skåne" in said[1]
        assert late in words(said[1])
        assert "Halland" not in said[1]
        assert 'href="/delprojekt/' in said[1]
    act = Vantar.objects.filter(delprojekt=pk, region__slug="skane").values_list("act", flat=True)[0]
    assert walked.client("region.skane").get(f"/delprojekt/{pk}/gor/{act}/").status_code == 200


def test_what_is_late_is_not_said_of_what_is_not(walked: Walked) -> None:
    page = walked.client("kansli").get(f"/delprojekt/{walked[Steg.NULAGE]}/").content.decode()
    assert "Arbetet kan fortsätta ändå" not in page
