"""Every hard rule of the method is proven, and the list of requirements is true."""

import re

import pytest

from delprojekt.management.commands.visa_krav import as_markdown, mentions
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.krav_lista import HALLS_AV, UTAN_REGEL
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


def test_every_hard_rule_shows_its_rule_or_what_keeps_it_instead() -> None:
    bare = [r.id for r in catalogue(SYSTEM) if "H" in r.styrka and not r.regler and not r.utan_regel]
    assert bare == []
    assert HALLS_AV.keys() & {r.id for r in catalogue(SYSTEM) if r.regler} == set(), "a rule needs no other words"


def test_m1_2_and_m1_3_are_kept_by_the_steps_themselves() -> None:
    rules = {r.id: [rule.act for rule in r.regler] for r in catalogue(SYSTEM)}
    assert rules["M1-2"] == rules["M5.1.1-2"] == [str(Act.BESLUTA_START.label)]
    in_order = (Act.BORJA_ANALYS, Act.BORJA_ATGARDSFORSLAG, Act.LAMNA_TILL_LEDNINGSGRUPPEN, Act.LAMNA_TILL_NAMNDEN)
    assert rules["M1-3"] == [str(act.label) for act in (*in_order, Act.REKOMMENDERA)]


def test_the_page_has_the_tests_that_the_list_in_docs_has() -> None:
    found = mentions(ROOT / "tests")
    for row in catalogue(SYSTEM):
        assert list(row.prov) == found.get(re.sub(r"[.\-]", "_", row.id.lower()), []), row.id


def test_a_place_that_both_blocks_and_warns_is_said_to_block() -> None:
    row = next(line for line in as_markdown().splitlines() if line.startswith("| M5.1.1-1 "))
    assert "**Anmäl till ledningsgruppen**" in row


def test_every_rule_names_a_requirement_of_the_sources() -> None:
    known = {r.id for r in catalogue(SYSTEM)} | {"D7", "D8"}
    assert sorted({one for k in Krav for one in (k.krav_id, *k.value.aven)} - known) == []
