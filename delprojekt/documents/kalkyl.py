"""Tables as Excel and CSV. Text is text: what a person wrote is never run as a formula (quality.md §1 row 22)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

Cell = str | int | date | datetime | None
_FORMEL = re.compile(r"^\s*[=+\-@\t\r|%]")
MAX_BREDD = 60


def to_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet. Every text is stored as text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    listed = [list(row) for row in rows]
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads):
        longest = max([len(head), *(len(str(row[number] or "")) for row in listed)])
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(longest + 2, MAX_BREDD)
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in listed:
        sheet.append([_cell(sheet, value) for value in row])
    if listed:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(listed) + 1}"
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if text:
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file as Swedish Excel opens it: semicolons, UTF-8 with its mark, no cell that it would run."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([_word(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _word(value: Cell) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and _FORMEL.match(text) else text
