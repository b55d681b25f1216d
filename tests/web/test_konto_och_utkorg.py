"""The pages of one's own account, and the demo's outbox."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from delprojekt.process.steg import Steg
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
    shown = client.get("/utkorg/").content.decode()
    assert "Utkorg" in shown
    assert Steg.HUVUDMANSBESLUT in walked.pk
    assert "Nämnden godkände slutrapporten" in shown
