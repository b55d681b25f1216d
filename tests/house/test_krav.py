"""Every hard rule of the method is proven, and the list of requirements is true."""

import re

import pytest

from delprojekt.management.commands.visa_krav import as_markdown, mentions
from delprojekt.process.krav import Krav
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


def test_every_rule_names_a_requirement_of_the_sources() -> None:
    known = {r.id for r in catalogue(SYSTEM)} | {"D7", "D8"}
    assert sorted({k.krav_id for k in Krav} - known) == []
