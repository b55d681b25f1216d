"""The pages of one's own account, and the demo's outbox."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from delprojekt.models import Utskick
from delprojekt.process.steg import Steg
from delprojekt.web.exempel import DELAR
from tests.walked import Walked
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_password_is_changed_by_somebody_who_knows_the_old_one(walked: Walked) -> None:
    client = walked.client("medarbetare")
    page = client.get("/konto/password/change/", follow=True)
    assert "Nuvarande lösenord" in page.content.decode()
    fields = {"oldpassword": PASSWORD, "password1": "en ny lång mening", "password2": "en ny lång mening"}
    answer = client.post("/konto/password/change/", fields, follow=True)
    assert answer.status_code == 200
    assert Client().login(email="medarbetare@exempel.se", password="en ny lång mening")
    assert not Client().login(email="medarbetare@exempel.se", password=PASSWORD)


def test_logging_out_asks_first_and_ends_the_session(walked: Walked) -> None:
    client = walked.client("medarbetare")
    assert client.get("/konto/logout/").status_code == 200
    client.post("/konto/logout/")
    assert client.get("/").status_code == 302


def test_a_sensitive_page_asks_for_the_password_again(walked: Walked) -> None:
    client = walked.client("medarbetare")
    page = client.get("/konto/reauthenticate/")
    assert page.status_code == 200
    assert 'type="password"' in page.content.decode()


def test_the_outbox_shows_the_mail_in_demo_mode_only(walked: Walked, settings: Settings) -> None:
    client = walked.client("kansli")
    assert client.get("/utkorg/").status_code == 404
    settings.DEMO = True
    shown = client.get("/utkorg/?q=nämnden+godkände").content.decode()
    assert "Utkorg" in shown
    assert Steg.HUVUDMANSBESLUT in walked.pk
    assert "Nämnden godkände slutrapporten" in shown


def test_the_outbox_is_read_25_at_a_time_and_its_filter_can_be_shared(walked: Walked, settings: Settings) -> None:
    settings.DEMO = True
    client, total = walked.client("kansli"), Utskick.objects.count()
    first = client.get("/utkorg/")
    page = first.content.decode()
    assert (page.count('<details class="mejl">'), f"{total} mejl" in page, total > 50) == (25, True, True)
    second = client.get("/utkorg/?sida=2").content.decode()
    assert second != page
    lind = client.get("/utkorg/", {"q": "lind godkände"})
    rows = [mail["rad"] for mail in lind.context["utskick"]]
    assert rows
    assert {str(row.person) for row in rows} == {"Karin Lind"}
    assert all("godkände" in row.amne.lower() for row in rows)
    Utskick.objects.filter(pk=rows[0].pk).update(sent_at=None)
    waits = client.get("/utkorg/?lage=vantar&q=lind").context["utskick"]
    assert rows[0] in [mail["rad"] for mail in waits]
    assert "Inget mejl matchar" in client.get("/utkorg/?q=finnsinte").content.decode()
    assert "?q=e&amp;sida=2" in client.get("/utkorg/?q=e").content.decode()


def test_the_gallery_leads_to_each_of_its_parts_and_folds_them_on_a_phone(client: Client) -> None:
    page = client.get("/galleri/").content.decode()
    parts = re.findall(r'<section class="avsnitt" id="(\w+)"><h2>(.*?)</h2>', page)
    assert dict(parts) == DELAR
    for key, name in parts:
        assert f'<a href="#{key}">{name}</a>' in page
    assert page.count('<details class="vik"') >= len(parts)
