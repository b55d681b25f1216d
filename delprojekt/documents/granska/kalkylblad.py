"""The process that reads an Excel file: ``python -m delprojekt.documents.granska.kalkylblad <path>``.

Prints one line of JSON, and after it the cells of the first visible sheet that has any, as they would be copied: parted
by tabs, numbers with a comma. Limited as ``barn`` is.
"""

import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from delprojekt.documents.granska.barn import begransa
from delprojekt.documents.granska.office import granska_arkiv
from delprojekt.documents.granska.utslag import Avvisad, Filfel

MEST_RADER = 20_000
MEST_KOLUMNER = 200
_DECIMALER = 6
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_WORDS = re.compile(r'"[^"]*"|\\.')


def las_har(path: Path) -> tuple[dict[str, Any], str]:
    """Return what to say of the file, and its cells; ``{"fel": …}`` and nothing when it cannot be read.

    ``utan_varde``: so many cells have a formula and no value, which only Excel can work out.
    """
    try:
        granska_arkiv(path)
        lost, cells = _cells(path)
        return {"slag": "XLSX", "utan_varde": lost}, cells
    except Avvisad as error:
        return {"fel": error.fel.name}, ""
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}, ""
    except Exception:  # noqa: BLE001 - a damaged book makes the reader raise anything; it says no more here than that
        return {"fel": Filfel.SKADAD.name}, ""


def _cells(path: Path) -> tuple[int, str]:
    book = _open(path, data_only=True)
    formulas = _open(path, data_only=False).worksheets if _has_formulas(path) else []
    for at, sheet in enumerate(book.worksheets):
        if sheet.sheet_state != "visible":
            continue
        if lost := _without_value(sheet, formulas[at]) if formulas else 0:
            return lost, ""
        if rows := list(_rows(sheet)):
            width = max(at + 1 for row in rows for at, cell in enumerate(row) if cell)
            out = io.StringIO()
            csv.writer(out, delimiter="\t", lineterminator="\n").writerows(row[:width] for row in rows)
            return 0, out.getvalue()
    return 0, ""


def _open(path: Path, *, data_only: bool) -> Any:
    return openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=data_only)  # by its content, not its name


def _has_formulas(path: Path) -> bool:
    """Tell whether any sheet has a formula: only then is the book read once more for them."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _without_value(values: Any, formulas: Any) -> int:
    """Return how many formulas have no value: a book that was not saved by Excel has none. An empty text is one."""
    limits = {"max_col": MEST_KOLUMNER, "max_row": MEST_RADER}
    return sum(
        asked.data_type == "f" and said.value is None and said.data_type == "n"
        for asked_row, said_row in zip(formulas.iter_rows(**limits), values.iter_rows(**limits), strict=False)
        for asked, said in zip(asked_row, said_row, strict=False)
    )


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows that say something; no more of an endless sheet than is needed to tell that it is too long."""
    for row in sheet.iter_rows(max_col=MEST_KOLUMNER, max_row=MEST_RADER):
        cells = [_word(cell) for cell in row]
        if any(cells):
            yield cells


def _word(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        shown = str(getattr(cell, "number_format", "") or "")
        share = "%" in _WORDS.sub("", shown)  # a sign within quotes is only a word: nothing is multiplied by it
        number = round(Decimal(str(value)) * (100 if share else 1), _DECIMALER).normalize()
        return f"{number:f}".replace(".", ",") + (" %" if "%" in shown else "")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    return " ".join(str(value).split())


if __name__ == "__main__":
    begransa(file_mb=8)
    said, text = las_har(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(said) + "\n" + text)
