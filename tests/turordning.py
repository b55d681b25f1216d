"""In which order the processes of a run take the files, so that none of them waits for another."""

from typing import Any

import pytest

from tests.house.source import ROOT

WALKS_FIRST = "tests/house/test_matris.py"
"""The longest of the files that need the walked database."""
TOGETHER = "tests/demo/"
"""Files that one process takes: the demo that they are about is then built once."""


def _kind(item: pytest.Item) -> int:
    """0 for what has no database, 1 for what empties it (a browser's, the long ones), 2 for what rolls it back."""
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    if (marker and marker.kwargs.get("transaction")) or {"live_server", "transactional_db"} & set(fixtures):
        return 1
    return 2 if marker or "db" in fixtures else 0


def _turn(kinds: set[int]) -> int:
    """First what waits for nothing, then the long files of a browser, last the many small ones, which even out."""
    return 1 if 1 in kinds else max(kinds)


class Turordning:
    """The plugin: one process begins to walk; the others take files that need no database, and then no walked one."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the files in order; within a file nothing changes."""
        kinds: dict[str, set[int]] = {}
        walked: set[str] = set()
        for item in items:
            kinds.setdefault(self._file(item), set()).add(_kind(item))
            if "walked" in getattr(item, "fixturenames", ()):
                walked.add(self._file(item))
        files = sorted(kinds, key=lambda file: (file != WALKS_FIRST, _turn(kinds[file]), file in walked))
        place = {file: number for number, file in enumerate(files)}
        items.sort(key=lambda item: place[self._file(item)])

    @staticmethod
    def _file(item: pytest.Item) -> str:
        return item.path.relative_to(ROOT).as_posix()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """File by file, but for those that share what takes long to make."""
        from xdist.scheduler.loadfile import LoadFileScheduling

        class ByFile(LoadFileScheduling):
            def _split_scope(self, nodeid: str) -> str:
                return TOGETHER if nodeid.startswith(TOGETHER) else super()._split_scope(nodeid)

        return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None
