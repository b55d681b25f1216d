"""Looking at a file from the portal's side: start the limited process, read its verdict, and kill it if it is slow."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from delprojekt.documents.granska.slag import Filslag
from delprojekt.documents.granska.utslag import SEKUNDER, Filfel

logger = logging.getLogger(__name__)
ROT = Path(__file__).resolve().parents[3]
_MILJO = ("PATH", "LD_LIBRARY_PATH", "LANG")


@dataclass(frozen=True)
class Utslag:
    """What the look at a file came to: its kind if it is taken, the reason if not, and what it cost."""

    slag: Filslag | None
    fel: Filfel | None
    sekunder: float
    minne_mb: float


@dataclass(frozen=True)
class Bildkopia:
    """A clean copy of a picture: made anew from its dots, without anything else that the file held."""

    data: bytes
    slag: Filslag
    bredd: int
    hojd: int


def granska(path: Path) -> Utslag:
    """Look inside a file, in a process of its own with a fresh folder. Out: the verdict; a bad file never raises."""
    done = _run("barn", path)
    slag, fel = _read(done.said[:1000], done.seconds, done.code)
    return Utslag(slag, fel, done.seconds, done.memory_mb)


def omkoda(path: Path) -> Bildkopia | Filfel:
    """Make a clean copy of a picture in the same kind of process. Out: the copy, or why there is none."""
    done = _run("omkodning", path)
    head, _, data = done.said.partition(b"\n")
    _, fel = _read(head, done.seconds, done.code)
    if fel is not None:
        return fel
    told = json.loads(head)
    return Bildkopia(data, Filslag[told["slag"]], int(told["bredd"]), int(told["hojd"]))


@dataclass(frozen=True)
class _Done:
    """What a limited process said, and what it cost."""

    said: bytes
    seconds: float
    code: int
    memory_mb: float


def _run(module: str, path: Path) -> _Done:
    """Start one of our own modules on a file, and kill it if it is slow."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sfbv-granska-") as folder, tempfile.TemporaryFile(dir=folder) as answer:
        process = subprocess.Popen(  # noqa: S603  (our own module, one path)
            [sys.executable, "-m", f"delprojekt.documents.granska.{module}", str(path.resolve())],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        watch = threading.Timer(SEKUNDER, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        said = answer.read()
    return _Done(said, time.monotonic() - began, process.returncode, usage.ru_maxrss / 1024)


def _environment(folder: str) -> dict[str, str]:
    """Return what the process may know: where programs lie, and nothing of the portal's secrets."""
    kept = {name: os.environ[name] for name in _MILJO if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROT), "TMPDIR": folder, "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1"}


def _read(said: bytes, took: float, code: int) -> tuple[Filslag | None, Filfel | None]:
    try:
        verdict = json.loads(said) if code == 0 else {}
    except ValueError:
        verdict = {}
    if "slag" in verdict:
        return Filslag[verdict["slag"]], None
    if "fel" in verdict:
        return None, Filfel[verdict["fel"]]
    logger.warning("Granskningen av en fil dog med kod %s efter %.1f s.", code, took)
    slow = took >= SEKUNDER or code in {-9, -24}
    return None, Filfel.TOG_FOR_LANG_TID if slow else Filfel.KUNDE_INTE_GRANSKAS
