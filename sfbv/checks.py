"""System checks of the database: the right version, and an app role that cannot touch the log's history."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

OLDEST_POSTGRES = 180000
APP_ALIAS = "default"


@register(Tags.database)
def postgres_is_new_enough(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Error sfbv.E001 for each asked database that is older than PostgreSQL 18."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        with connection.cursor():
            version = connection.connection.server_version
        if version < OLDEST_POSTGRES:
            text = f"PostgreSQL {version // 10000} är för gammal: portalen kräver PostgreSQL 18 eller senare ({alias})."
            found.append(Error(text, id="sfbv.E001"))
    return found


@register(Tags.database)
def app_role_owns_nothing(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Warning sfbv.W001 when the app logs in as superuser or as owner of its tables: then nothing protects the log."""
    if APP_ALIAS not in (databases or []):
        return []
    with connections[APP_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT r.rolsuper, EXISTS (SELECT 1 FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relowner = r.oid)"
            " FROM pg_roles r WHERE r.rolname = current_user"
        )
        superuser, owns_tables = cursor.fetchone()
    if not (superuser or owns_tables):
        return []
    hint = "Ange en roll utan egna tabeller i DATABASE_URL, ägaren i DATABASE_OWNER_URL; kör manage.py installera."
    return [
        Warning(
            "Appens databasroll äger tabeller eller är superuser: då skyddas inte loggen.", hint=hint, id="sfbv.W001"
        )
    ]
