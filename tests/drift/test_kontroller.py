"""The system checks of the database say so when it is too old or the app may do too much."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from sfbv import checks

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def found(*databases: str) -> set[str]:
    return {message.id for message in run_checks(databases=list(databases)) if message.id.startswith("sfbv.")}


def test_this_database_is_new_enough_and_its_app_role_small_enough():
    assert found("default", "owner") == set()


def test_an_older_postgresql_is_an_error_that_stops_the_migrations(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", 990000)
    assert found("default") == {"sfbv.E001"}
    with pytest.raises(SystemCheckError, match="kräver PostgreSQL"):
        call_command("migrate", database="owner", verbosity=0, skip_checks=False)


def test_an_app_that_logs_in_as_owner_is_warned_about(monkeypatch):
    monkeypatch.setattr(checks, "APP_ALIAS", "owner")
    assert found("owner") == {"sfbv.W001"}


def test_nothing_is_asked_of_a_database_that_nobody_asked_about(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", 990000)
    assert found() == set()
