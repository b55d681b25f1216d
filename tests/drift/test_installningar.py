"""The settings, read in a process of their own as each kind of place reads them."""

import json

import pytest
from celery.schedules import crontab

from tests.drift.portal import python

DRIFT = {
    "SFBV_LAGE": "drift",
    "SECRET_KEY": "en-lång-hemlighet-bara-för-provet-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portalen.exempel.se",
    "PORTAL_ADRESS": "https://portalen.exempel.se",
    "DATABASE_URL": "postgres://sfbv_app:l%C3%B6sen@databas.exempel.se:5433/sfbv?sslmode=require",
    "DATABASE_OWNER_URL": "postgres://sfbv_agare:x@databas.exempel.se/sfbv",
    "BROKER_URL": "redis://ko.exempel.se:6379/0",
    "EMAIL_URL": "smtp+tls://namn:ord@post.exempel.se:587",
    "DEFAULT_FROM_EMAIL": "portalen@exempel.se",
}


def read(*names: str, **environment: str) -> dict[str, object]:
    """The named settings as JSON would have them."""
    code = "import json; from django.conf import settings as s; "
    code += f"print(json.dumps({{name: getattr(s, name) for name in {names!r}}}))"
    result = python(code, **environment)
    assert result.returncode == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def test_djangos_own_check_of_a_deployment_has_nothing_to_say():
    code = "from django.core.management import execute_from_command_line as run; "
    code += "run(['manage.py', 'check', '--deploy', '--fail-level=INFO'])"
    result = python(code, **DRIFT)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_cookies_in_operation_are_bound_to_the_host_and_to_https():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    found = read(*names, "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", **DRIFT)
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BROKER_URL", "EMAIL_URL"])
def test_operation_does_not_start_without_what_it_needs(name):
    result = python("from django.conf import settings; settings.DEBUG", **{k: v for k, v in DRIFT.items() if k != name})
    assert result.returncode != 0
    assert name in result.stderr


def test_the_two_database_logins_and_the_mail_come_from_their_addresses():
    found = read("DATABASES", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_USER", **DRIFT)
    app, owner = found["DATABASES"]["default"], found["DATABASES"]["owner"]
    assert (app["USER"], app["PASSWORD"], app["HOST"], app["PORT"]) == (
        "sfbv_app",
        "lösen",
        "databas.exempel.se",
        "5433",
    )
    assert app["OPTIONS"]["sslmode"] == "require"
    assert owner["USER"] == "sfbv_agare"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("post.exempel.se", 587, True)


def test_the_cache_lies_on_the_brokers_server_under_another_number():
    assert read("CACHES", **DRIFT)["CACHES"]["default"]["LOCATION"] == "redis://ko.exempel.se:6379/1"
    embedded = read("CACHES", "BROKER_URL", SFBV_LOKAL="/nagonstans/.lokal")
    assert embedded["BROKER_URL"].startswith("redis+socket:///")
    assert embedded["CACHES"]["default"]["LOCATION"].endswith("valkey.sock?db=1")


def test_servers_of_ones_own_take_the_place_of_the_embedded_ones():
    names = ("INBYGGD_DATABAS", "INBYGGD_KO")
    assert read(*names) == {"INBYGGD_DATABAS": True, "INBYGGD_KO": True}
    own = {"DATABASE_URL": DRIFT["DATABASE_URL"], "BROKER_URL": DRIFT["BROKER_URL"]}
    assert read(*names, **own) == {"INBYGGD_DATABAS": False, "INBYGGD_KO": False}


def test_another_database_than_postgresql_is_refused_in_plain_words():
    result = python("from django.conf import settings; settings.DEBUG", **(DRIFT | {"DATABASE_URL": "sqlite:///x"}))
    assert "bara PostgreSQL" in result.stderr


def min_gap(clock):
    """Return the seconds between the two nearest hours of the day at which a crontab turns."""
    hours = sorted(clock.hour)
    return 3600 * min(after - before for before, after in zip(hours, [*hours[1:], hours[0] + 24], strict=True))


def test_the_clock_runs_known_jobs_that_expire_before_their_next_turn():
    from delprojekt.jobs import Job
    from sfbv.celery import app

    assert app.conf.beat_schedule
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in set(Job)
        turn = entry["schedule"]
        at_most = min_gap(turn) if isinstance(turn, crontab) else turn
        assert entry["options"]["expires"] <= at_most


@pytest.mark.parametrize(("text", "read_as"), [("2026-11-22", "2026-11-22"), ("20261122", "2026-11-22")])
def test_a_date_that_cannot_be_misread_is_read(text, read_as):
    from django.forms import DateField

    assert DateField().clean(text).isoformat() == read_as


@pytest.mark.parametrize("text", ["10/11/26", "11/10/2026", "22-11-2026"])
def test_a_date_that_can_be_misread_is_refused(text):
    from django.core.exceptions import ValidationError
    from django.forms import DateField

    with pytest.raises(ValidationError):
        DateField().clean(text)
