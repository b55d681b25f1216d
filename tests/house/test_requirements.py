"""Rule 11: requirements and locks name no registry, no local path, no find-links; every direct pin has its reason."""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

DIRECT = ("requirements.txt", "requirements-lokal.txt", "requirements-dev.txt")
LOCKS = ("requirements.lock", "requirements-lokal.lock", "requirements-dev.lock")
REGISTRY = re.compile(
    r"--?(index-url|extra-index-url|find-links|trusted-host|no-index|i|f)\b|https?://|file:|\bgit\+|@\s*\S+:|"
    r"(^|\s)(/|\./|\.\./|~/)",
    re.MULTILINE | re.IGNORECASE,
)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s\\;]+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    """Name (in its normal form) and version of everything that is pinned."""
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PIN.findall(path.read_text())}


def statements(path: Path) -> list[str]:
    """The lines that say something, without comments."""
    rows = (row.strip() for row in path.read_text().splitlines())
    return [row for row in rows if row and not row.startswith("#")]


@pytest.mark.parametrize("name", [*DIRECT, *LOCKS, "pyproject.toml"])
def test_no_file_names_a_registry_or_a_place(name: str) -> None:
    assert not REGISTRY.search((ROOT / name).read_text())


def test_the_check_itself_sees_a_registry_and_a_path() -> None:
    for bad in ("--index-url https://x/simple", "-f /wheels", "paket @ file:///x.whl", "-e ./paket", "-i http://x"):
        assert REGISTRY.search(bad)


@pytest.mark.parametrize("name", DIRECT)
def test_every_direct_requirement_is_pinned_and_says_why(name: str) -> None:
    for row in statements(ROOT / name):
        if row.startswith("-r "):
            assert row.split()[1] in {*DIRECT, *LOCKS}
            continue
        assert PIN.match(row), f"{name}: {row} is not pinned"
        assert re.search(r"#\s*\S+", row), f"{name}: {row} gives no reason"


@pytest.mark.parametrize("name", LOCKS)
def test_everything_in_a_lock_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(packages) > 5
    for package in packages:
        assert PIN.match(package), package[:80]
        assert "--hash=sha256:" in package, package[:80]


@pytest.mark.parametrize(("direct", "lock"), list(zip(DIRECT, LOCKS, strict=True)))
def test_a_lock_holds_what_was_asked_for(direct: str, lock: str) -> None:
    wanted, locked = pins(ROOT / direct), pins(ROOT / lock)
    assert wanted
    assert {name: locked.get(name) for name in wanted} == wanted


def test_what_production_runs_is_the_same_everywhere() -> None:
    production, local, tests = (pins(ROOT / lock) for lock in LOCKS)
    assert production.items() <= local.items() <= tests.items()
