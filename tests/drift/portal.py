"""A whole portal in a folder of its own, started as ``make run`` starts it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from sfbv.lokal.processer import start_time

ENDS_WITH = "Allt sparas till nästa gång."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(ask: Callable[[], Any], patience: float = 30.0) -> Any:
    """The first true answer; an AssertionError when none comes."""
    deadline = time.monotonic() + patience
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"väntade förgäves i {patience} s"
        time.sleep(0.1)
    return answer


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Some code in a process of its own, with an environment of its own."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"DJANGO_SETTINGS_MODULE": "sfbv.settings", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=keep | own | environment, capture_output=True, text=True, check=False
    )


class Portal:
    """The supervisor and what it minds, without demo data, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.words = ""

    @property
    def environment(self) -> dict[str, str]:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
        own = {"SFBV_LOKAL": str(self.folder), "PORT": str(self.port), "SFBV_LAGE": "demo", "DEMODATA": "0"}
        return keep | own | {"PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the portal's own, to its end."""
        command = [sys.executable, *words]
        return subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start(self) -> None:
        """Start and wait for the greeting."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sfbv.lokal.start"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.words = ""
        for line in self.process.stdout:
            self.words += line
            if ENDS_WITH in line:
                return
        raise AssertionError(f"portalen startade inte:\n{self.words}")

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status code and answer of ``/halsa/``; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/halsa/", timeout=5) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def is_well(self) -> bool:
        return self.health()[0] == 200

    def children(self) -> dict[str, tuple[int, int]]:
        """Name of each service with pid and birth, as the supervisor has noted them."""
        rows = json.loads((self.folder / "processer.json").read_text())
        return {name: (pid, born) for name, pid, born in rows}

    def kill(self, name: str) -> None:
        os.kill(self.children()[name][0], signal.SIGKILL)

    def is_replaced(self, name: str, before: tuple[int, int]) -> bool:
        now = self.children().get(name)
        return now is not None and now != before and start_time(now[0]) == now[1]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> str:
        """Tell the supervisor to stop; what it said meanwhile."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=60)[0]

    def clean_up(self) -> None:
        with contextlib.suppress(Exception):
            self.stop()
        self.run("-m", "sfbv.lokal.start", "--stoppa")


@contextlib.contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    portal = Portal(folder)
    try:
        portal.start()
        yield portal
    finally:
        portal.clean_up()
