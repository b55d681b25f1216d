"""``manage.py visa_krav``: requirement → rule → test, as the Markdown of ``docs/krav.md``. Needs no database."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from delprojekt.process.roller import SYSTEM
from delprojekt.queries.krav import Kravrad, catalogue

STYRKA = {"H": "ska", "R": "bör", "F": "faktum", "H/R": "ska/bör"}
HEAD = """# Krav, regler och prov

Gjord av `python manage.py visa_krav > docs/krav.md`; ett prov ser till att den stämmer. Källans ord står i
`fixtures/krav.csv` och på sidan `/process/krav/`. *Regel*: det som någon gör och vars regel frågar efter kravet
(fetstil stoppar, annars råd), eller det som håller kravet i stället för en regel. *Prov*: de provfiler som nämner det.
"""


def mentions(folder: Path) -> dict[str, list[str]]:
    """Return, by requirement id in lower case with underscores, the test files that name it.

    The test of this list names some to look for; that proves nothing, so it is left out.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(set(folder.rglob("test_*.py")) - {folder / "house" / "test_krav.py"}):
        text = path.read_text(encoding="utf-8").lower()
        ids = {re.sub(r"[.\-]", "_", word) for word in re.findall(r"\b[mvpix]\d*(?:\.\d+)*-\d+\b", text)}
        ids |= {word.strip("_") for word in re.findall(r"(?<![a-z])m\d(?:_\d+)+|(?<![a-z])[vpi]_\d+", text)}
        for one in ids:
            found.setdefault(one, []).append(str(path.relative_to(folder.parent)))
    return found


def _line(row: Kravrad, tests: dict[str, list[str]]) -> str:
    acts = {r.act: any(other.sparrar for other in row.regler if other.act == r.act) for r in row.regler}
    rules = ", ".join(f"**{act}**" if blocks else act for act, blocks in acts.items()) or row.utan_regel
    files = ", ".join(f"`{name}`" for name in tests.get(re.sub(r"[.\-]", "_", row.id.lower()), ()))
    return f"| {row.id} | {STYRKA[row.styrka]} | {rules or '–'} | {files or '–'} |"


def as_markdown() -> str:
    """Return the whole table; what has neither rule nor test belongs to later work and is listed last."""
    tests = mentions(settings.BASE_DIR / "tests")
    rows = catalogue(SYSTEM)
    later = [r for r in rows if not r.regler and re.sub(r"[.\-]", "_", r.id.lower()) not in tests]
    lines = [HEAD, "| Krav | Styrka | Regel | Prov |", "|---|---|---|---|"]
    lines += [_line(row, tests) for row in rows if row not in later]
    lines += ["", "## Senare", "", "Krav som ännu varken har regel eller prov:", ""]
    lines += [f"- {row.id} ({STYRKA[row.styrka]}): {row.citat}" for row in later]
    return "\n".join(lines)


class Command(BaseCommand):
    """Print docs/krav.md."""

    help = "Skriver ut vilka regler och prov som håller varje krav (docs/krav.md)."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write(as_markdown())
