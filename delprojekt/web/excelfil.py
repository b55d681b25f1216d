"""The list as an Excel file."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

from delprojekt.process.klocka import idag

COLUMNS = (
    ("Nummer", 10),
    ("Benämning", 50),
    ("Kallas också", 30),
    ("Steg", 22),
    ("Ligger hos", 40),
    ("I steget sedan", 15),
    ("Senast", 12),
    ("Försenat", 10),
    ("Kontaktperson", 25),
    ("Målsättning", 40),
    ("Chefsamråd", 40),
    ("Startår", 10),
)


def file_name() -> str:
    """Return the name of the file: ``delprojekt_2026-11-22.xlsx``."""
    return f"delprojekt_{idag():%Y-%m-%d}.xlsx"


def write(rows: Iterable[dict[str, Any]]) -> io.BytesIO:
    """Return the rows of the list (``vymodell.file_row``) as a workbook: a frozen heading, dates as dates.

    Text is always text: what begins with = + - or @ is never a formula.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Delprojekt")
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name, _ in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _values(row)])
    found = io.BytesIO()
    save_workbook(book, found)
    found.seek(0)
    return found


def _values(row: dict[str, Any]) -> list[Any]:
    d, last = row["delprojekt"], row["frist"]
    late = "Ja" if last and last < idag() else ""
    listed = [d.beteckning, d.benamning, "; ".join(d.alias), row["ord"], row["hos"], row["sedan"], last, late]
    return [*listed, row["kontakt"], row["mal"], row["chefsamrad"], row["startar"]]


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.value, cell.data_type = _printable(value), "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _printable(text: str) -> str:
    """Return the text without characters that Excel's file format cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")
