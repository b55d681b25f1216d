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
    """What the look at a file came to: its kind if it is taken, the reason if not, and what it cost.

    ``minne_mb`` is what the process itself says: what ``wait4`` says of a young child holds its parent's memory too.
    None when it died before it could tell.
    """

    slag: Filslag | None
    fel: Filfel | None
    sekunder: float
    minne_mb: float | None


def granska(path: Path) -> Utslag:
    """Look inside a file, in a process of its own with a fresh folder. Out: the verdict; a bad file never raises."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sfbv-granska-") as folder, tempfile.TemporaryFile(dir=folder) as answer:
        process = subprocess.Popen(  # noqa: S603  (our own module, one path)
            [sys.executable, "-m", "delprojekt.documents.granska.barn", str(path.resolve())],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        watch = threading.Timer(SEKUNDER, process.kill)
        watch.start()
        process.wait()
        watch.cancel()
        answer.seek(0)
        said = answer.read(1000)
    took = time.monotonic() - began
    return _read(said, took, process.returncode)


def _environment(folder: str) -> dict[str, str]:
    """Return what the process may know: where programs lie, and nothing of the portal's secrets."""
    kept = {name: os.environ[name] for name in _MILJO if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROT), "TMPDIR": folder, "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1"}


def _read(said: bytes, took: float, code: int) -> Utslag:
    try:
        verdict = json.loads(said) if code == 0 else {}
    except ValueError:
        verdict = {}
    if "slag" in verdict:
        return Utslag(Filslag[verdict["slag"]], None, took, verdict["minne_mb"])
    if "fel" in verdict:
        return Utslag(None, Filfel[verdict["fel"]], took, verdict["minne_mb"])
    logger.warning("Granskningen av en fil dog med kod %s efter %.1f s.", code, took)
    slow = took >= SEKUNDER or code in {-9, -24}
    return Utslag(None, Filfel.TOG_FOR_LANG_TID if slow else Filfel.KUNDE_INTE_GRANSKAS, took, None)
