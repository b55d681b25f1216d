"""The vendored files are what VENDOR.md says they are."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
ROW = re.compile(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)


def test_each_vendored_file_has_the_sum_it_came_with() -> None:
    rows = ROW.findall((STATIC / "vendor" / "VENDOR.md").read_text())
    assert len(rows) == 5
    for name, expected in rows:
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == expected, name


def test_no_vendored_file_asks_for_a_source_map() -> None:
    for file in STATIC.rglob("*.css"):
        assert "sourceMappingURL" not in file.read_text(), file
