"""kill -9 in the middle of an upload: file and row together or not at all (quality.md §1 row 10)."""

import contextlib
import os
import signal
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from delprojekt.actions import filer
from delprojekt.actions.filer import check_files
from delprojekt.actions.takt import IngetAndrat
from delprojekt.models import AllmanHandling, Beslutshandling, Delprojekt
from delprojekt.process.steg import Steg
from tests.actions.lagring import files, own_storage
from tests.world import decide_in, delprojekt_in, everybody

ROUNDS = 60
"""How many moments at most a worker is killed at, from the first query to after the commit."""


def known() -> set[str]:
    return set(Beslutshandling.objects.exclude(fil="").values_list("fil", flat=True))


def killed_at(moment: int, d: Delprojekt) -> bool:
    """Let a worker of its own register a decision and die by kill -9 at the n-th moment. Out: whether it died.

    Every statement to the database and every piece of the file is a moment.
    """
    child = os.fork()
    if child == 0:
        try:
            _register_and_die(moment, d)
        except BaseException:  # noqa: BLE001  (whatever it was, this process must not go on as a test)
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the worker failed by itself"
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _register_and_die(moment: int, d: Delprojekt) -> None:
    left = [moment]

    def tick() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Any, *args: Any) -> Any:
        tick()
        return execute(*args)

    def pieces(self: SimpleUploadedFile, chunk_size: int | None = None) -> Iterator[bytes]:
        self.seek(0)
        while piece := self.read(200):
            tick()
            yield piece

    for alias in connections:
        connections[alias].connection = None  # the parent's socket is not ours to use or close
    SimpleUploadedFile.chunks = pieces  # type: ignore[method-assign]
    with connections["default"].execute_wrapper(statement), contextlib.suppress(IngetAndrat):
        decide_in(d, "skane")  # nothing to do, when the one before was killed after its commit
        tick()


@pytest.mark.django_db(transaction=True)
def test_q10_kill_9_at_any_moment_leaves_both_file_and_row_or_neither(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media, quarantine = own_storage(settings, tmp_path)
    monkeypatch.setattr(filer, "VILA", timedelta(0))
    everybody()
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    connections.close_all()
    strays, done, moment = 0, 0, 0
    for moment in range(ROUNDS):
        died = killed_at(moment, d)
        strays += bool(set(files(media)) - known())
        found = check_files()
        assert found.utan_fil == 0, f"a row without its file, killed at moment {moment}"
        assert set(files(media)) == known()
        done += not died
        if not died:
            break
    assert moment >= 20, "the worker was hardly killed at all"
    assert done == 1
    assert strays >= 2, "no moment lay between the file and its row: the test has not seen what it looks for"
    assert len(files(quarantine)) >= strays
    row = Beslutshandling.objects.latest("pk")
    assert AllmanHandling.objects.get(beslutshandling=row).sha256 == row.sha256
