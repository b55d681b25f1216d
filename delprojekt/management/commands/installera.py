"""``manage.py installera``: make the database ready; can be repeated at every start."""

import pghistory.models
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections, transaction

from delprojekt import models

OWNER_ALIAS = "owner"
APP_ALIAS = "default"


def log_tables() -> set[str]:
    """Tables that may only grow: the domain's own logs and every event table of the row history."""
    events = {model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)}
    return events | set(models.LOGGTABELLER)


def grant_app_role() -> None:
    """Give the app's login role what it needs and no more (architecture §9): never TRUNCATE, never ownership, and
    only SELECT and INSERT on the logs. Nothing happens where one and the same role owns and uses the database; a
    system check speaks of that."""
    app_role = connections[APP_ALIAS].settings_dict["USER"]
    owner = connections[OWNER_ALIAS]
    if not app_role or app_role == owner.settings_dict["USER"]:
        return
    quote = owner.ops.quote_name
    role = quote(app_role)
    with transaction.atomic(using=OWNER_ALIAS), owner.cursor() as cursor:
        existing = set(owner.introspection.table_names(cursor))
        logs = sorted(log_tables() & existing)
        log_sequences = [row["name"] for table in logs for row in owner.introspection.get_sequences(cursor, table)]
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        for table in logs:
            cursor.execute(f"REVOKE UPDATE, DELETE ON {quote(table)} FROM {role}")
        for sequence in log_sequences:
            cursor.execute(f"REVOKE UPDATE ON SEQUENCE {quote(sequence)} FROM {role}")


def set_search_language() -> None:
    """Swedish as the database's own search configuration, so that a forgotten ``config=`` is not English."""
    owner = connections[OWNER_ALIAS]
    with owner.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = owner.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"ALTER DATABASE {name} SET default_text_search_config = 'pg_catalog.swedish'")


class Command(BaseCommand):
    """Migrate as owner, grant to the app's role, load the reference data as the app."""

    help = "Gör databasen klar: migreringar, rättigheter för appens roll och grunddata. Kan köras om."

    def handle(self, *_args: object, verbosity: int = 1, **_options: object) -> None:
        call_command("migrate", database=OWNER_ALIAS, interactive=False, verbosity=max(verbosity - 1, 0))
        set_search_language()
        grant_app_role()
        call_command("ladda_referensdata", verbosity=max(verbosity - 1, 0))
        if verbosity:
            self.stdout.write("Databasen är klar.")
