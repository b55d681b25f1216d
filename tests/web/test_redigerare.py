"""What the editor's scripts know of the allow-list is what the allow-list says."""

import re
from pathlib import Path

from delprojekt.documents import text

SCRIPTS = Path(__file__).parents[2] / "static" / "js" / "editor"


def said(script: str, name: str) -> str:
    """Return what a constant of a script is."""
    found = re.search(rf"^(?:export )?const {name} = (.+);$", (SCRIPTS / f"{script}.js").read_text(), re.MULTILINE)
    assert found, name
    return found[1].replace(r"\/", "/")


def test_the_editor_has_the_same_patterns_as_the_allow_list() -> None:
    assert said("html", "SAFE_LINK") == f"/^{text.LINK.pattern}/i"
    assert said("html", "REFERENCE") == f"/^(?:{text.REFERENCE.pattern})$/"
    assert said("figures", "OWN") == f"/^(?:{text.OWN_MEDIA.pattern}|{text.DATA_IMAGE.pattern})$/"


def test_the_editor_writes_no_other_tags_and_levels_than_the_allow_list() -> None:
    tags = set(re.findall(r'"([a-z]+)"', said("html", "INLINE") + said("html", "IN_LINES")))
    assert tags >= {"strong", "em", "sub", "sup", "a", "small", "dfn"}
    assert tags <= text.TAGS
    levels = sorted(int(tag[1]) for tag in text.TAGS if re.fullmatch("h[1-6]", tag))
    assert said("nodes", "LEVELS") == str(levels)
