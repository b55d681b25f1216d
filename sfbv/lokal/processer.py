"""Facts about processes, read from ``/proc``: who is alive, who is only a zombie, who works in a folder."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def _stat_fields(pid: int) -> list[str]:
    """The fields of ``/proc/<pid>/stat`` after the name; empty when the process is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []


def start_time(pid: int) -> int:
    """When the process was born, in ticks since boot: pid and birth together name a process. 0: not alive (a zombie
    is not)."""
    fields = _stat_fields(pid)
    return int(fields[19]) if fields and fields[0] not in "ZX" else 0


def is_alive(pid: int) -> bool:
    """True when the process runs; a zombie that nobody has reaped counts as dead."""
    return start_time(pid) > 0


def in_session(leader: int) -> Iterator[int]:
    """Live processes of the session that ``leader`` once made; the leader itself may be gone."""
    for entry in PROC.glob("[0-9]*"):
        fields = _stat_fields(int(entry.name))
        if fields and fields[0] not in "ZX" and int(fields[3]) == leader:
            yield int(entry.name)


def in_folder(folder: Path) -> Iterator[int]:
    """Live processes that have ``folder`` as their working directory (as far as we may see them)."""
    for entry in PROC.glob("[0-9]*"):
        try:
            cwd = (entry / "cwd").readlink()
        except OSError:
            continue
        if cwd == folder and is_alive(int(entry.name)):
            yield int(entry.name)


def stop_process(pid: int, born: int, patience: float = 10.0, how: signal.Signals = signal.SIGTERM) -> None:
    """Stop one process, only if it still is the one born then: politely first, by force after ``patience`` seconds."""
    for what in (how, signal.SIGKILL):
        if start_time(pid) != born:
            return
        os.kill(pid, what)
        deadline = time.monotonic() + patience
        while start_time(pid) == born and time.monotonic() < deadline:
            time.sleep(0.05)
