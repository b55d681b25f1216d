"""The test database: an embedded server for each checkout, tables owned by the owner role, tests run as the app role.

``DATABASE_URL`` and ``DATABASE_OWNER_URL`` in the environment put another server in its place.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pgtrigger
import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.migrations.state import ProjectState
from pghistory.models import Context
from psycopg2 import errors, sql

from delprojekt.management.commands.installera import APP_ALIAS, OWNER_ALIAS
from sfbv.lokal.postgres import SUPERUSER, EmbeddedPostgres, PostgresError

FOLDER = settings.LOKAL / "test"
PREFIX = "test_sfbv_"


@contextlib.contextmanager
def running_server() -> Iterator[None]:
    """The checkout's own server for as long as somebody tests: the first one starts it, the last one stops it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "anvands").open("w") as users:
        first = _try_lock(users)
        server = _started(first=first)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            if _try_lock(users):
                server.stop()


def _try_lock(file: object) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def _started(*, first: bool) -> EmbeddedPostgres:
    """The running server; a broken cluster (its data never reach the disk) is simply made anew when nobody else uses
    it."""
    server = EmbeddedPostgres(FOLDER / "databas", fast=True)
    try:
        server.start(patience=60 if not first else 10)
    except PostgresError:
        if not first:
            raise
        server.stop()
        shutil.rmtree(server.data)
        server.start()
    if first:
        _drop_left_overs(server)
    return server


def _drop_left_overs(server: EmbeddedPostgres) -> None:
    """Databases of test runs that were killed, and finished ones made of something that no longer is."""
    with contextlib.closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^(test|mall)_sfbv_'")
        names = {name for (name,) in cursor.fetchall()} - {template_name()}
    for name in names:
        drop_database(server, name)


def create_database(verbosity: int) -> str:
    """A new database such as ``installera`` makes the real one, used through the app role.

    Returns the name that ``destroy_database`` wants."""
    name = f"{PREFIX}{os.getpid()}"
    owner = connections[OWNER_ALIAS]
    original = owner.settings_dict["NAME"]
    owner.settings_dict["TEST"]["NAME"] = name
    connections[APP_ALIAS].settings_dict["NAME"] = name
    with one_at_a_time("databas"):
        if not copy_database(template_name(), name):
            make_tables(name, verbosity)
            close_all()
            if settings.INBYGGD_DATABAS:
                _run([REMEMBER], user=SUPERUSER)
            copy_database(name, template_name())
    owner.settings_dict["NAME"] = name
    flush_as_owner()
    return original


def make_tables(name: str, verbosity: int) -> None:
    """Tables and triggers straight from the models, in a twentieth of the time of the migrations: those draw the models
    anew at each step. That both come to the same is asked of a database that the migrations have made
    (tests/drift/test_portalen.py)."""
    owner = connections[OWNER_ALIAS]
    owner.creation._create_test_db(verbosity, autoclobber=True)  # all of create_test_db but the migrations
    owner.close()
    owner.settings_dict["NAME"] = name
    functions = import_module("sfbv.migrations.0001_svenska").Migration("0001_svenska", "sfbv")  # no model has them
    with owner.schema_editor() as editor:
        functions.apply(ProjectState(), editor)
        for model in (model for model in apps.get_models() if model._meta.can_migrate(owner)):
            editor.create_model(model)
    Context.install_pgh_attach_context_func(using=OWNER_ALIAS)
    pgtrigger.install(database=OWNER_ALIAS)  # also those of the tables between two models
    call_command("migrate", database=OWNER_ALIAS, fake=True, verbosity=0)
    call_command("installera", verbosity=0)


@contextlib.contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Let one process of the run make something while the others wait, to take a copy."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{what}.las").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def close_all() -> None:
    """No connection of ours may be left in a database that is to be copied or dropped."""
    for alias in (OWNER_ALIAS, APP_ALIAS):
        connections[alias].close()


def template_name() -> str:
    """The finished database is kept under a name that says what it was made of: the next run with the same models,
    reference data and packages takes a copy. The closed sets and the triggers of the models stand in ``process``."""
    fingerprint = hashlib.sha256()
    ours = ("process", "models", "migrations", "management")
    folders = ("sfbv/migrations", "fixtures", *(f"delprojekt/{name}" for name in ours))
    files = [path for folder in folders for path in (settings.BASE_DIR / folder).rglob("*") if path.is_file()]
    for path in sorted([*files, settings.BASE_DIR / "requirements-dev.lock", Path(__file__)]):
        if path.suffix != ".pyc":
            fingerprint.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return f"mall_sfbv_{fingerprint.hexdigest()[:16]}"


def copy_database(source: str, target: str) -> bool:
    """A copy of a whole database, in our own embedded server only. False when there is no source, it is in use, or
    somebody has made the copy already, be it in the same instant (the server then says that the name is not unique)."""
    if not settings.INBYGGD_DATABAS:
        return False
    names = [sql.Identifier(word) for word in (target, source, connections[OWNER_ALIAS].settings_dict["USER"])]
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY").format(*names)
    server = EmbeddedPostgres(FOLDER / "databas", fast=True)
    try:
        with contextlib.closing(server.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
    except (errors.InvalidCatalogName, errors.ObjectInUse, errors.DuplicateDatabase, errors.UniqueViolation):
        return False
    return True


def destroy_database(original: str, verbosity: int) -> None:
    """Throw the test database away, also when a thread of some test has left a connection in it."""
    close_all()
    owner = connections[OWNER_ALIAS]
    if settings.INBYGGD_DATABAS:
        drop_database(EmbeddedPostgres(FOLDER / "databas", fast=True), owner.settings_dict["NAME"])
        owner.settings_dict["NAME"] = original
    else:
        owner.creation.destroy_test_db(original, verbosity=verbosity)


def drop_database(server: EmbeddedPostgres, name: str) -> None:
    """Drop a database whoever is in it."""
    with contextlib.closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


REMEMBER = """
CREATE SCHEMA fran_start;
DO $$
DECLARE one text;
BEGIN
    FOR one IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 LOOP
        EXECUTE format('CREATE TABLE fran_start.%I AS TABLE public.%I', one, one);
    END LOOP;
END $$
"""
BRING_BACK = """
DO $$
DECLARE
    one text;
    used text[] := ARRAY(SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY relname);
BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY used LOOP
        EXECUTE format('LOCK TABLE public.%I IN EXCLUSIVE MODE', one);
    END LOOP;
    FOREACH one IN ARRAY used LOOP
        EXECUTE format('DELETE FROM public.%I', one);
    END LOOP;
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'fran_start'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM fran_start.%I', one, one);
    END LOOP;
END $$
"""
"""The tables that have been used, emptied past all triggers, and what stood in them from the start put back. Whoever
still writes is waited for. TRUNCATE makes each of some hundred tables and its indexes anew, used or not."""


def _run(statements: list[str], **other: str) -> None:
    """Run statements in the test database as the owner, or as somebody else."""
    parameters = connections[OWNER_ALIAS].get_connection_params() | other
    with contextlib.closing(psycopg2.connect(**parameters)) as connection, connection:
        for statement in statements:
            connection.cursor().execute(statement)


def flush_as_owner() -> None:
    """Let the flush after a transactional test be made by somebody who may (the app may not TRUNCATE), and bring the
    reference data back. Set on the class: a test in a browser has connections of its own, which Django makes anew."""

    def execute_sql_flush(operations: DatabaseOperations, statements: list[str]) -> None:
        operations.connection.close()
        flush = (lambda: _run([BRING_BACK], user=SUPERUSER)) if settings.INBYGGD_DATABAS else (lambda: _run(statements))
        for _ in range(5):  # what a closed window had asked for may still be under way, and hold what is emptied
            with contextlib.suppress(errors.DeadlockDetected):
                flush()
                break
        else:
            flush()
        if not settings.INBYGGD_DATABAS:
            call_command("ladda_referensdata", verbosity=0)

    DatabaseOperations.execute_sql_flush = execute_sql_flush
