"""Every hard rule of the method is proven, and the list of requirements is true."""

import re

import pytest

from delprojekt.management.commands.visa_krav import as_markdown, mentions
from delprojekt.process.krav import Krav
from delprojekt.process.krav_lista import UTAN_REGEL
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.krav import catalogue
from tests.house.source import ROOT

BEYOND_THE_METHOD = ("V-11", "V-12", "P-14")
HARD = [r.id for r in catalogue(SYSTEM) if (r.id.startswith("M") and "H" in r.styrka) or r.id in BEYOND_THE_METHOD]


def test_the_list_in_docs_is_made_of_the_code_as_it_is() -> None:
    assert (ROOT / "docs" / "krav.md").read_text(encoding="utf-8").rstrip() == as_markdown().rstrip(), (
        "python manage.py visa_krav > docs/krav.md"
    )


@pytest.mark.parametrize("krav_id", HARD)
def test_every_hard_rule_is_named_by_a_test(krav_id: str) -> None:
    assert re.sub(r"[.\-]", "_", krav_id.lower()) in mentions(ROOT / "tests")


def test_every_guideline_of_the_method_warns_at_its_place() -> None:
    """Every R row of seed 003 is asked by some rule; how a text reads is measured, and said where."""
    guidelines = [r for r in catalogue(SYSTEM) if r.id.startswith("M") and "R" in r.styrka]
    assert len(guidelines) == 53
    assert {r.id for r in guidelines if not r.regler} == UTAN_REGEL.keys()


def test_a_place_that_both_blocks_and_warns_is_said_to_block() -> None:
    row = next(line for line in as_markdown().splitlines() if line.startswith("| M5.1.1-1 "))
    assert "**Anmäl till ledningsgruppen**" in row


def test_every_rule_names_a_requirement_of_the_sources() -> None:
    known = {r.id for r in catalogue(SYSTEM)} | {"D7", "D8"}
    assert sorted({one for k in Krav for one in (k.krav_id, *k.value.aven)} - known) == []
