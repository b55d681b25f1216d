"""The process that reads an Excel file: ``python -m delprojekt.documents.granska.kalkylblad <path>``.

Prints one line of JSON, and after it the cells of the first sheet that has any, as they would be copied: parted by
tabs, numbers with a comma. Limited as ``barn`` is.
"""

import csv
import datetime as dt
import io
import json
import sys
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


def las_har(path: Path) -> tuple[dict[str, str], str]:
    """Return what to say of the file, and its cells; ``{"fel": …}`` and nothing when it cannot be read."""
    try:
        granska_arkiv(path)
        return {"slag": "XLSX"}, _cells(path)
    except Avvisad as error:
        return {"fel": error.fel.name}, ""
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}, ""
    except Exception:  # noqa: BLE001 - a damaged book makes the reader raise anything; it says no more here than that
        return {"fel": Filfel.SKADAD.name}, ""


def _cells(path: Path) -> str:
    book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True)  # by its content, not its name
    for sheet in book.worksheets:
        if rows := list(_rows(sheet)):
            width = max(at + 1 for row in rows for at, cell in enumerate(row) if cell)
            out = io.StringIO()
            csv.writer(out, delimiter="\t", lineterminator="\n").writerows(row[:width] for row in rows)
            return out.getvalue()
    return ""


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
        share = "%" in str(getattr(cell, "number_format", "") or "")
        number = round(Decimal(str(value)) * (100 if share else 1), _DECIMALER).normalize()
        return f"{number:f}".replace(".", ",") + (" %" if share else "")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    return " ".join(str(value).split())


if __name__ == "__main__":
    begransa(file_mb=8)
    said, text = las_har(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(said) + "\n" + text)
