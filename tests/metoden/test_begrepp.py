"""The glossary (docs/begrepp.md) names things that exist, and the words it warns of are not used."""

import re
from pathlib import Path

import pytest

from delprojekt import models
from delprojekt.process import act, fakta, grupp, historik, krav, lage, policy, roller, steg

GLOSSARY = Path(__file__).parents[2] / "docs" / "begrepp.md"
HOMES = (models, act, fakta, grupp, historik, krav, lage, policy, roller, steg)


def rows() -> list[list[str]]:
    """Return the cells of every row that has a term, a meaning, a source and a name in the code."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text().splitlines()
        if "|" in line
    ]
    return [cells for cells in found if len(cells) == 4 and cells[0] != "Term" and not cells[0].startswith("---")]


def names() -> list[str]:
    """Return every name in the last column, once."""
    found = {name for cells in rows() for name in re.findall(r"`([^`]+)`", cells[3])}
    return sorted(found - set(fakta.Organslag.values))


def exists(name: str) -> bool:
    """Tell whether a name of the glossary leads to something in the code."""
    head, _, rest = name.partition(".")
    home = next((module for module in HOMES if hasattr(module, head)), None)
    if home is None:
        return False
    thing = getattr(home, head)
    if not rest:
        return True
    fields = {f.name for f in thing._meta.get_fields()} if hasattr(thing, "_meta") else set()
    return rest in fields or hasattr(thing, rest) or rest in getattr(thing, "__dataclass_fields__", {})


@pytest.mark.parametrize("name", names())
def test_every_name_in_the_glossary_exists_in_the_code(name: str) -> None:
    assert exists(name), f"{name} står i begreppslistan men finns inte i koden"


@pytest.mark.parametrize("name", ["Forslag", "Delprojekt.fas", "Act.REMITTERA", "Roll.CHEF"])
def test_a_name_that_does_not_exist_is_found_out(name: str) -> None:
    assert not exists(name)


def test_a_term_stands_in_the_glossary_once() -> None:
    terms = [cells[0] for cells in rows()]

    assert len(terms) > 80
    assert not [term for term in terms if terms.count(term) > 1]
