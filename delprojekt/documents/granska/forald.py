"""Looking at a file from the portal's side: start the limited process, read its verdict, and kill it if it is slow."""

import contextlib
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from delprojekt.documents.granska.slag import Filslag
from delprojekt.documents.granska.utslag import SEKUNDER, Filfel

logger = logging.getLogger(__name__)
ROT = Path(__file__).resolve().parents[3]
_MILJO = ("PATH", "LD_LIBRARY_PATH", "LANG")


@dataclass(frozen=True)
class Utslag:
    """What the look at a file came to: its kind if it is taken, the reason if not, and what it cost.

    ``minne_mb`` is what the process itself says: what ``wait4`` says of a young child holds its parent's memory too.
    None when it died before it could tell.
    """

    slag: Filslag | None
    fel: Filfel | None
    sekunder: float
    minne_mb: float | None


@dataclass(frozen=True)
class Bildkopia:
    """A clean copy of a picture: made anew from its dots, without anything else that the file held."""

    data: bytes
    slag: Filslag
    bredd: int
    hojd: int


def granska(path: Path) -> Utslag:
    """Look inside a file, in a process of its own with a fresh folder. Out: the verdict; a bad file never raises."""
    done = run_limited("barn", path)
    verdict = read_answer(done.said[:1000], done)
    slag, fel = verdict.get("slag"), verdict.get("fel")
    return Utslag(Filslag[slag] if slag else None, Filfel[fel] if fel else None, done.seconds, verdict.get("minne_mb"))


def omkoda(path: Path) -> Bildkopia | Filfel:
    """Make a clean copy of a picture in the same kind of process. Out: the copy, or why there is none."""
    done = run_limited("omkodning", path)
    head, _, data = done.said.partition(b"\n")
    told = read_answer(head, done)
    if "fel" in told:
        return Filfel[told["fel"]]
    return Bildkopia(data, Filslag[told["slag"]], int(told["bredd"]), int(told["hojd"]))


@dataclass(frozen=True)
class Svar:
    """What a limited process said, and what it cost."""

    said: bytes
    seconds: float
    code: int


def run_limited(module: str, path: Path, *, memory_mb: int = 0) -> Svar:
    """Start one of our own modules on a file, and kill it if it is slow. Out: what it said.

    ``memory_mb``: the most memory it may hold, watched from here, for one that cannot limit its own address space.
    """
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
        if memory_mb:
            threading.Thread(target=_watch_memory, args=(process, memory_mb), daemon=True).start()
        process.wait()
        watch.cancel()
        answer.seek(0)
        said = answer.read()
    return Svar(said, time.monotonic() - began, process.returncode)


def _watch_memory(process: "subprocess.Popen[bytes]", memory_mb: int) -> None:
    """Kill a process that holds too much memory, as the kernel counts it, until it has ended."""
    pages = memory_mb * 1024 * 1024 // resource.getpagesize()
    with contextlib.suppress(OSError, ValueError, IndexError):  # it has ended
        while process.poll() is None:
            if int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) > pages:
                process.kill()
            time.sleep(0.02)


def _environment(folder: str) -> dict[str, str]:
    """Return what the process may know: where programs lie, and nothing of the portal's secrets."""
    kept = {name: os.environ[name] for name in _MILJO if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROT), "TMPDIR": folder, "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1"}


def read_answer(said: bytes, done: Svar) -> dict[str, Any]:
    """Return what the process told in JSON; of one that died, why it has nothing to tell."""
    try:
        told = json.loads(said) if done.code == 0 else {}
    except ValueError:
        told = {}
    if "slag" in told or "fel" in told:
        return dict(told)
    logger.warning("Granskningen av en fil dog med kod %s efter %.1f s.", done.code, done.seconds)
    slow = done.seconds >= SEKUNDER or done.code in {-9, -24}
    return {"fel": (Filfel.TOG_FOR_LANG_TID if slow else Filfel.KUNDE_INTE_GRANSKAS).name}
