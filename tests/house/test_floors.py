"""Rule 1: imports point to lower floors only (architecture.md §1)."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.house.source import APP, imports, name_of, place, python_files, tree

FLOORS = ("process", "jobs", "models", "queries", "documents", "actions", "demo")
DOORS = ("tasks", "management", "demo", "templatetags", "web", "apps")
ALLOWED_IN_PROCESS = ("django.db.models.TextChoices",)
WRITES = frozenset({"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"})


def floor(module: str) -> int | None:
    """The number of the floor that a dotted name belongs to; None when it is not in the house."""
    parts = module.split(".")
    if parts[0] != "delprojekt" or len(parts) == 1:
        return None
    return FLOORS.index(parts[1]) if parts[1] in FLOORS else len(FLOORS)


def room(module: str) -> str:
    """The folder or file right under ``delprojekt``."""
    return ".".join(module.split(".")[:2])


def test_every_module_stands_on_a_known_floor() -> None:
    rooms = {path.relative_to(APP).parts[0].removesuffix(".py") for path in python_files("delprojekt")}
    assert rooms - {"__init__"} == {*FLOORS, *DOORS}


@pytest.mark.parametrize("path", python_files("delprojekt"), ids=name_of)
def test_imports_point_to_lower_floors_only(path: Path) -> None:
    here = name_of(path)
    level = floor(here)
    wrong = []
    for imported in imports(path):
        other = floor(imported)
        if level is None or other is None or room(imported) == room(here):
            continue
        if other >= level:
            wrong.append(imported)
    assert not wrong, f"{here} (floor {level}) imports {wrong}"


def test_nothing_in_delprojekt_imports_the_project() -> None:
    found = [(name_of(p), i) for p in python_files("delprojekt") for i in imports(p) if i.split(".")[0] == "sfbv"]
    assert not found


def test_the_project_only_imports_doors() -> None:
    inside = [(name_of(p), i) for p in python_files("sfbv") for i in imports(p) if i.startswith("delprojekt.")]
    assert not [(who, what) for who, what in inside if room(what).split(".")[1] not in DOORS]


@pytest.mark.parametrize("path", python_files("delprojekt/process"), ids=name_of)
def test_process_has_no_orm_no_http_and_no_settings(path: Path) -> None:
    standard = set(sys.stdlib_module_names)
    foreign = [
        name
        for name in imports(path)
        if name.split(".")[0] not in standard
        and not name.startswith("delprojekt.process.")
        and name not in ALLOWED_IN_PROCESS
    ]
    assert not foreign


def test_only_actions_write() -> None:
    """Forms validate, tasks call, queries read: a ``.save(`` or ``.create(`` outside ``actions/`` is a second door."""
    writers = [p for p in python_files("delprojekt") if p.relative_to(APP).parts[0] not in {"actions", "models"}]
    found = [
        place(path, node)
        for path in writers
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert not found


def test_delprojekt_and_sjukvardsregion_are_locked_in_one_place_so_that_the_order_stands_there() -> None:
    """actions/lock.py: nobody locks them elsewhere, and no change takes the first lock when it has the second."""
    found = []
    for path in python_files("delprojekt/actions"):
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
        if path.name != "lock.py":
            text = [ast.unparse(call.func) for call in calls]
            found += [t for t in text if re.match(r"(Delprojekt|Sjukvardsregion)\b.*select_for_update", t)]
        changes = [node for node in tree(path).body if isinstance(node, ast.FunctionDef) and node.decorator_list]
        changes = [node for node in changes if ast.unparse(node.decorator_list[0]).startswith("change(")]
        found += [f"{path.name}: {node.name}" for node in changes if "lock_root(" in ast.unparse(node)]
    assert not found


def test_the_web_never_touches_objects() -> None:
    found = [
        place(path, node)
        for path in python_files("delprojekt/web")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert not found


def test_every_public_query_takes_the_actor_first() -> None:
    """Except those that build the snapshot the rules ask, and who the actor is."""
    plumbing = {"aktor.py", "besok.py", "grupplage.py", "huvudmansbeslut.py", "lage.py", "lage_beslut.py"}
    plumbing |= {"lage_forslag.py", "losenord.py", "mottagare.py", "rader.py", "rapportlage.py"}
    wrong = []
    for path in python_files("delprojekt/queries"):
        for node in tree(path).body:
            if path.name in plumbing or not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            first = node.args.args[0].arg if node.args.args else ""
            if first != "actor":
                wrong.append(place(path, node))
    assert not wrong
