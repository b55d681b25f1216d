"""``/halsa/``: what it says when something is away, to anybody, quickly. (That all is well: see test_portalen.)"""

import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from delprojekt.models import Filkontroll, Person, Utskick
from sfbv import halsa, prob

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything_well(monkeypatch):
    monkeypatch.setattr(halsa, "broker_answers", lambda: True)
    monkeypatch.setattr(halsa, "worker_answers", lambda: True)


def ask(client):
    response = client.get("/halsa/")
    return response.status_code, json.loads(response.content)


def outbox_row(age: timedelta) -> None:
    person = Person.objects.create(fornamn="Åsa", efternamn="Exempel")
    row = Utskick.objects.create(person=person, adress="asa@exempel.se", amne="Hej", text="Hej")
    Utskick.objects.filter(pk=row.pk).update(created_at=timezone.now() - age)


def test_all_well_is_200_without_login(client, everything_well):
    code, answer = ask(client)
    assert code == 200
    assert answer["status"] == "ok"
    assert set(answer) == {"status", "databas", "broker", "worker", "disk", "filer", "ko_alder", "disk_ledigt_mb"}


def test_without_a_broker_it_is_503_and_says_which_part_is_away(client):
    code, answer = ask(client)
    assert code == 503
    assert (answer["databas"], answer["broker"], answer["worker"]) == ("ok", "fel", "fel")


def test_a_broker_that_does_not_answer_is_found_away_within_a_second(client, settings):
    settings.BROKER_URL = "redis://192.0.2.1:6379/0"  # an address that nobody has
    begun = time.monotonic()
    assert ask(client)[1]["broker"] == "fel"
    assert time.monotonic() - begun < 2


def test_a_database_that_is_away_is_503_and_no_error_page(client, everything_well, monkeypatch):
    parameters = {"host": "/finns/inte", "dbname": "x", "user": "x"}
    monkeypatch.setattr(halsa.connection, "get_connection_params", lambda: parameters)
    code, answer = ask(client)
    assert (code, answer["databas"], answer["ko_alder"]) == (503, "fel", None)


def test_mail_that_has_waited_is_told_in_seconds(client, everything_well):
    outbox_row(timedelta(minutes=2))
    code, answer = ask(client)
    assert code == 200
    assert 119 < answer["ko_alder"] < 130


def test_mail_that_has_waited_too_long_is_503(client, everything_well):
    outbox_row(timedelta(hours=1))
    assert ask(client)[0] == 503


def test_a_full_disk_is_503(client, everything_well, monkeypatch):
    monkeypatch.setattr(halsa, "free_disk_mb", lambda: 10)
    code, answer = ask(client)
    assert (code, answer["disk"]) == (503, "fel")


def test_a_file_that_is_gone_is_503(client, everything_well):
    Filkontroll.objects.create(kontrollerad_at=timezone.now(), filer=3, utan_rad=0, utan_fil=1)
    code, answer = ask(client)
    assert (code, answer["filer"]) == (503, "fel")
    Filkontroll.objects.create(kontrollerad_at=timezone.now(), filer=3, utan_rad=1, utan_fil=0)
    assert ask(client)[1]["filer"] == "ok"


def test_the_answer_may_not_be_kept_by_anybody(client, everything_well):
    assert "no-store" in client.get("/halsa/").headers["Cache-Control"]


def test_the_probe_of_the_container_minds_the_web_and_its_database_only(live_server):
    port = live_server.url.rpartition(":")[2]
    assert prob.web_is_well(port, "localhost")  # without a broker: 503, but the web is well
    assert not prob.web_is_well(port, "ett-annat-namn.exempel.se")
    assert not prob.web_is_well("1", "localhost")
