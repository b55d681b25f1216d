"""docs/bestallningen.md points at things that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/bestallningen.md").read_text()


def test_every_path_it_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|docs|delprojekt|fixtures)/[\w./-]+)`", TEXT))
    assert len(named) > 10
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_function_it_names_stands_in_the_journey() -> None:
    journey = (ROOT / "tests/browser/test_resan.py").read_text()
    assert not [name for name in re.findall(r"\(`(\w+)`\)", TEXT) if f"def {name}(" not in journey]


def test_it_has_a_row_for_each_of_the_eleven_steps() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", TEXT, re.M)
    for step in (
        "förslag",
        "beredning",
        "uppdrag",
        "nuläge",
        "analys",
        "förslag (gruppens)",
        "ledningsgrupp",
        "nämnd",
        "huvudmansbeslut",
        "införande",
        "uppföljning",
    ):
        assert step in rows
