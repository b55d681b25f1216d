"""Pandoc, the program that reads and writes Word and PowerPoint: limited in memory, time and what it may open."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from resource import RLIMIT_CPU, RLIMIT_FSIZE, prlimit

MAX_MEMORY = "512M"
MB = 1024 * 1024
SANDBOX = ("--sandbox",)
"""Pandoc reads nothing but what its options name, and nothing from the net."""


_HEAP_EXHAUSTED = 251


class PandocFel(Exception):
    """Pandoc failed. ``for_stort``: it took too long, or would have needed too much memory."""

    def __init__(self, words: str, *, for_stort: bool = False) -> None:
        super().__init__(words)
        self.for_stort = for_stort


def run_pandoc(
    options: Sequence[str], data: bytes, *, seconds: float, made: date | None = None, answer_mb: int = 256
) -> bytes:
    """Return what pandoc makes of ``data``.

    In: its options, the longest time, the day that the file says it was made, the longest answer. Raises PandocFel.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), *SANDBOX, *options, "+RTS", f"-M{MAX_MEMORY}", "-RTS"]
    try:
        with tempfile.TemporaryFile() as answer:
            process = subprocess.Popen(  # noqa: S603 - every word of the command is our own; the text goes in as data
                command, env=_environment(made), stdin=subprocess.PIPE, stdout=answer, stderr=subprocess.DEVNULL
            )
            _limit(process.pid, seconds, answer_mb)
            try:
                process.communicate(data, timeout=seconds)
            finally:
                process.kill()
                process.wait()
            if process.returncode:
                raise PandocFel(f"pandoc: {process.returncode}", for_stort=process.returncode == _HEAP_EXHAUSTED)
            answer.seek(0)
            return answer.read()
    except (subprocess.SubprocessError, OSError) as error:
        raise PandocFel(str(error), for_stort=isinstance(error, subprocess.TimeoutExpired)) from error


def default_file(name: str) -> bytes:
    """Return one of the files that pandoc comes with, such as ``reference.docx``."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), f"--print-default-data-file={name}"]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - our own pandoc and words


def _environment(made: date | None) -> Mapping[str, str]:
    if made is None:
        return os.environ
    stamp = datetime.combine(made, time(12), UTC)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(stamp.timestamp()))}


def _limit(pid: int, seconds: float, answer_mb: int) -> None:
    """Limit a process that has just begun; one that has ended already needs no limit."""
    try:
        prlimit(pid, RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        prlimit(pid, RLIMIT_FSIZE, (answer_mb * MB, answer_mb * MB))
    except ProcessLookupError:
        return
