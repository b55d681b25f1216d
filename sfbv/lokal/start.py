"""``make run``: the whole portal on one machine, embedded servers included, minded by one supervisor.

Start order: PostgreSQL, the queue, the database's tables and data, the worker, the web. Stop order: web, worker,
queue, PostgreSQL. ``DATABASE_URL`` and ``BROKER_URL`` put servers of one's own in place of the embedded ones.
"""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from delprojekt.demo.konton import KONTON, LOSENORD
from sfbv.lokal import valkey
from sfbv.lokal.adresser import database_folder, queue_folder
from sfbv.lokal.postgres import EmbeddedPostgres
from sfbv.lokal.processer import in_folder, start_time, stop_process
from sfbv.lokal.tillsyn import Child, Service, Supervisor

HOST = "127.0.0.1"
NAME = "localhost"
"""What it is called to people: a browser takes no passkey for an address of figures."""


def say(text: str) -> None:
    """A line to the one who started us, at once also when nobody reads from a terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Portal:
    """The services of one checkout and how they hang together."""

    def __init__(self, port: int) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfbv.settings")
        from django.conf import settings

        self.settings = settings
        self.port = port
        self.folder: Path = settings.LOKAL
        self.folder.mkdir(parents=True, exist_ok=True)
        self.supervisor = Supervisor(self.folder, say)
        self.address = f"http://{HOST}:{port}"

    # -- the services --------------------------------------------------------------------------------------------------

    def _python(self, name: str, *words: str, patience: float = 15.0) -> Service:
        """A Python program of the portal's own environment, in the project's folder."""
        command = [sys.executable, *words]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        return Service(name, lambda: command, environment, self.settings.BASE_DIR, patience=patience)

    def _start_postgres(self) -> None:
        server = EmbeddedPostgres(database_folder(self.folder))
        service = Service(
            "postgres",
            server.command,
            server.environment(),
            Path("/"),
            identity=server.identity,
            stop_signal=signal.SIGINT,  # PostgreSQL's "fast": cuts clients off, keeps all that is committed
            patience=60.0,
            before=server.prepare,
            after=server.clean_up,
        )
        self.supervisor.wait_for(self.supervisor.add(service), server.is_up, patience=120.0)
        server.make_ready()

    def _start_queue(self) -> None:
        folder = queue_folder(self.folder)
        valkey.prepare(folder)
        after = partial(valkey.clean_up, folder)
        service = Service("valkey", lambda: valkey.command(folder), os.environ, folder, after=after)
        self.supervisor.wait_for(self.supervisor.add(service), lambda: valkey.is_up(folder))

    def _start_worker(self) -> Child:
        beat = self.folder / "beat"
        beat.mkdir(exist_ok=True)
        words = ["-m", "celery", "-A", "sfbv", "worker", "-B", "-c", "1", "-s", str(beat / "schema")]
        words += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        return self.supervisor.add(self._python("worker", *words))

    def _start_web(self) -> Child:
        words = ["-m", "gunicorn", "sfbv.wsgi:application", "--bind", f"{HOST}:{self.port}", "--no-control-socket"]
        words += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "10"]
        return self.supervisor.add(self._python("webb", *words))

    def _prepare_data(self) -> None:
        for name, *words in self._steps():
            self.supervisor.run(name, self._python(name, "manage.py", *words))

    def _steps(self) -> list[Sequence[str]]:
        """Log name and words of each management command before the start; the demo only fills an empty database."""
        steps: list[Sequence[str]] = [
            ("installera", "installera"),
            ("statiska-filer", "collectstatic", "--noinput", "-v", "0"),
        ]
        if self.settings.DEMODATA:
            steps += [("demo", "bygg_demo"), ("kanda-delprojekt", "ladda_delprojekt")]
        return steps

    # -- the run -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Everything in order. Raises RuntimeError when something will not start, KeyboardInterrupt when told to
        stop."""
        self.stop_left_behind()
        self._refuse_taken_port()
        if self.settings.INBYGGD_DATABAS:
            say("Startar PostgreSQL …")
            self._start_postgres()
        if self.settings.INBYGGD_KO:
            say("Startar kön …")
            self._start_queue()
        say("Gör databasen klar …")
        self._prepare_data()
        say("Startar portalen …")
        self._start_worker()
        self.supervisor.wait_for(self._start_web(), self._answers)

    def stop_left_behind(self) -> None:
        """What a supervisor that was killed left running. The two servers are found by their folders even when its
        notes are lost: two writers in one folder would spoil it."""
        self.supervisor.stop_orphans()
        if self.settings.INBYGGD_KO:
            for pid in list(in_folder(queue_folder(self.folder).resolve())):
                stop_process(pid, start_time(pid))
        if self.settings.INBYGGD_DATABAS:
            EmbeddedPostgres(database_folder(self.folder)).stop()

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self.port))
            except OSError as error:
                text = f"Port {self.port} är upptagen. Välj en annan, till exempel: make run PORT={self.port + 1}"
                raise RuntimeError(text) from error

    def _answers(self) -> bool:
        """True when the web answers at all; what it says of the rest is for the one who watches /halsa/."""
        try:
            with urllib.request.urlopen(f"{self.address}/halsa/", timeout=2):  # noqa: S310  (our own address)
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def greeting(self) -> str:
        """What the one who started us wants to know."""
        lines = ["", f"Portalen är igång: http://{NAME}:{self.port}/", f"Loggar: {self.supervisor.logs}"]
        if self.settings.PDF_AV:
            lines.append("PDF är avstängt: Pango saknas och kunde inte hämtas. Se docs/drift.md.")
        if self.settings.DEMODATA:
            lines += demo_accounts()
        return "\n".join([*lines, "", "Ctrl-C stoppar portalen. Allt sparas till nästa gång."])


def demo_accounts() -> list[str]:
    """What to log in with, one line for each invented person."""
    width = max(len(konto.epost) for konto in KONTON)
    lines = [f"  {konto.epost:<{width}}  {konto.roll}" for konto in KONTON]
    return ["", f"Demokonton (lösenord: {LOSENORD}):", *lines]


def only_one(folder: Path) -> TextIO:
    """A lock that lives as long as we do. Raises RuntimeError when another supervisor holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "korning.las").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        raise RuntimeError(
            f"Portalen körs redan här (process {lock.read().strip()}). Stoppa den med: make stop"
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def stop_running(folder: Path) -> None:
    """Ask the supervisor of this folder to stop, if there is one, and wait until it has."""
    try:
        only_one(folder).close()
        return
    except RuntimeError:
        pid = int((folder / "korning.las").read_text())
    born = start_time(pid)
    os.kill(pid, signal.SIGTERM)
    while start_time(pid) == born:
        time.sleep(0.1)


def run() -> None:
    """Run the portal until told to stop. Raises RuntimeError when something will not start."""
    portal = Portal(int(os.environ.get("PORT") or "8000"))
    for what in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(what, portal.supervisor.ask_to_stop)
    with only_one(portal.folder), contextlib.suppress(KeyboardInterrupt):
        try:
            portal.start()
            say(portal.greeting())
            portal.supervisor.mind_until_stopped()
        finally:
            portal.supervisor.stop_all()


def main() -> int:
    """``--stoppa`` stops a portal, also one whose supervisor was killed; otherwise it is run. 0: well, 1: something
    failed."""
    try:
        if "--stoppa" in sys.argv[1:]:
            portal = Portal(0)
            stop_running(portal.folder)
            portal.stop_left_behind()
        else:
            run()
    except RuntimeError as error:
        say(str(error))
        return 1
    say("Portalen är stoppad. Allt är sparat.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
