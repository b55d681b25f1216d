"""Rule 8: no file over 400 lines, no function over 40, no view over 25. Rule 9: tests walk, they never set the step."""

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, name_of, place, python_files, tree

FILE, FUNCTION, VIEW = 400, 40, 25
OWN = ("delprojekt", "sfbv", "tests", "templates", "static")
SUFFIXES = {".py", ".html", ".css", ".js", ".mjs", ".txt", ".md"}
NOT_OURS = {"vendor", "migrations", "fonts", "__pycache__"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def own_files() -> list[Path]:
    found = [path for folder in OWN for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts))


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def lines(node: Function) -> int:
    """The lines of a function, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_over_400_lines() -> None:
    long = {place(path): count for path in own_files() if (count := len(path.read_text().splitlines())) > FILE}
    assert not long


def test_no_function_is_over_40_lines() -> None:
    files = python_files("delprojekt", "sfbv", "tests")
    assert not {place(p, f): lines(f) for p in files for f in functions(p) if lines(f) > FUNCTION}


def test_no_view_is_over_25_lines() -> None:
    views = python_files("delprojekt/web/views")
    assert not {place(p, f): lines(f) for p in views for f in functions(p) if lines(f) > VIEW}


TRIES_AND_IS_REFUSED = "test_log.py"
"""The one file that writes the step by hand: to show that the database refuses it."""


@pytest.mark.parametrize("path", [p for p in python_files("tests") if p.name != TRIES_AND_IS_REFUSED], ids=name_of)
def test_tests_reach_a_state_by_walking_there(path: Path) -> None:
    """No test writes the step itself: neither ``d.steg = …`` nor ``update(steg=…)`` nor ``Delprojekt(steg=…)``."""
    set_by_hand = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            set_by_hand += [node for t in targets if isinstance(t, ast.Attribute) and t.attr == "steg"]
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"update", "create", "bulk_create", "Delprojekt"}:
                set_by_hand += [node for k in node.keywords if k.arg == "steg"]
    assert not [place(path, node) for node in set_by_hand]
