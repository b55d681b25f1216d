"""The tree is plain data: the same in, the same out, the same fingerprint in every process."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from delprojekt.documents.tree import Chapter, Document, Table, fingerprint, from_data, from_json, to_data, to_json
from delprojekt.models import Dokumentslag
from tests.documents import samples

BOTH = pytest.mark.parametrize("document", [samples.uppdrag(), samples.slutrapport()], ids=["uppdrag", "slutrapport"])


@BOTH
def test_a_tree_comes_back_from_its_json(document: Document) -> None:
    assert from_json(to_json(document)) == document
    assert fingerprint(from_json(to_json(document))) == fingerprint(document)


@BOTH
def test_a_tree_comes_back_from_a_column_that_forgets_the_order_of_keys(document: Document) -> None:
    column = json.loads(json.dumps(to_data(document)), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert to_json(from_data(column)) == to_json(document)


def test_the_json_is_the_same_in_another_process() -> None:
    code = "import django; django.setup(); "
    code += "from tests.documents import samples; from delprojekt.documents.tree import fingerprint as f; "
    run = [sys.executable, "-c", f"{code}print(f(samples.slutrapport()))"]
    prints = {subprocess.run(run, capture_output=True, check=True, text=True).stdout.strip() for _ in range(2)}
    assert prints == {fingerprint(samples.slutrapport())}


def test_every_change_changes_the_fingerprint() -> None:
    document = samples.uppdrag()
    changes = {"title": "Annan", "version": "1.1", "is_draft": True, "date": date(2026, 1, 1), "regions": ("Skåne",)}
    prints = {fingerprint(replace(document, **{name: value})) for name, value in changes.items()}
    assert len(prints | {fingerprint(document)}) == len(changes) + 1


def test_swedish_letters_stand_as_they_are_in_the_json() -> None:
    assert "Södra regionvårdsnämndens kansli" in to_json(samples.uppdrag())


@pytest.mark.parametrize(
    "text", ["[]", "{}", "null", '{"format":"sfbv-dokument","format_version":1}', '{"format":"annat"}', "inte json"]
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Not |Expecting"):
        from_json(text)


def test_json_of_a_later_version_is_refused() -> None:
    data = to_data(samples.uppdrag()) | {"format_version": 2}
    with pytest.raises(ValueError, match="version 1"):
        from_data(data)


def test_an_unknown_block_is_refused() -> None:
    text = to_json(samples.uppdrag()).replace('"block":"facts"', '"block":"video"')
    with pytest.raises(ValueError, match="Not a whole document"):
        from_json(text)


def test_a_table_has_a_caption_and_rows_of_one_width() -> None:
    with pytest.raises(ValueError, match="caption"):
        Table(" ", ("a",), ())
    with pytest.raises(ValueError, match="wide"):
        Table("Möten", ("a", "b"), (("1",),))


def test_the_key_of_a_chapter_is_an_anchor_and_stands_once() -> None:
    with pytest.raises(ValueError, match="same key"):
        samples.uppdrag(chapters=(Chapter("a", "1", "A"), Chapter("b", "2", "B", (), (Chapter("a", "2.1", "A"),))))
    with pytest.raises(ValueError, match="keys"):
        samples.uppdrag(chapters=(Chapter("Nuläge 1", "1", "A"),))


def test_the_number_line_names_the_part_and_bears_with_no_number() -> None:
    assert samples.uppdrag(number="26", part="II").number_line == "Delprojekt 26:II"
    assert samples.uppdrag(number=None).number_line == "Delprojekt"


def test_a_drafts_title_says_that_it_is_one() -> None:
    assert samples.uppdrag(is_draft=True).full_title == "Uppdrag – Delprojekt 40 Kliniska distansmöten (arbetsmaterial)"


def test_the_kinds_are_those_of_the_models() -> None:
    from delprojekt.documents.tree import Slag

    assert [(slag.value, slag.label) for slag in Slag] == Dokumentslag.choices
