"""The tests use the database as the portal does: through a role that owns nothing."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from delprojekt.management.commands.installera import log_tables

pytestmark = pytest.mark.django_db


def role_may(right: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
        return bool(cursor.fetchone()[0])


def test_the_tests_run_as_the_app_role_which_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user <> tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert {row[0] for row in cursor.fetchall()} == {True}


def test_the_app_role_may_write_but_never_truncate_its_tables():
    for table in connection.introspection.table_names():
        assert role_may("SELECT", table)
        assert not role_may("TRUNCATE", table)
        assert not role_may("TRIGGER", table)
    assert role_may("UPDATE", "delprojekt_konto")
    assert not role_may("INSERT", "django_migrations")


def test_the_logs_can_only_grow():
    assert log_tables()
    for table in log_tables():
        assert role_may("INSERT", table)
        assert not role_may("UPDATE", table)
        assert not role_may("DELETE", table)


def test_a_truncate_by_the_app_is_refused_by_the_database():
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE delprojekt_konto CASCADE")


def test_the_database_reads_swedish():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsvector('Väntetiderna') @@ to_tsquery('väntetid')")
        assert cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_flush_after_a_transactional_test_is_made_by_the_owner():
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM delprojekt_konto")
        assert cursor.fetchone()[0] == 0


def test_the_system_checks_find_nothing_to_say_of_the_test_database():
    assert [message for message in run_checks(databases=["default"]) if message.id.startswith("sfbv.")] == []
