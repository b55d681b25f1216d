"""The house's own source, read once: files, syntax trees, imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "delprojekt"
TEMPLATES = ROOT / "templates"


def python_files(*folders: str) -> list[Path]:
    """The Python files of some folders of the checkout, migrations left out: nobody writes them by hand."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(), filename=str(path))


def name_of(path: Path) -> str:
    """The dotted name of a module, ``delprojekt.process.krav``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The dotted names of everything a file imports, also inside functions: ``django.db.models.TextChoices``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path, node)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where it is, as an editor wants it: ``delprojekt/jobs.py:12``."""
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return f"{path.relative_to(ROOT)}{line}"
