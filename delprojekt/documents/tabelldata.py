"""Reading a table that somebody has copied in Excel or saved as CSV, and guessing what its columns hold.

Numbers are read as Swedes write them ("1 234,5", "12 %"); what cannot be read is said with the row and the column.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from delprojekt.documents.text import printable
from delprojekt.documents.tree import NO_ANSWER
from delprojekt.process.datatabell import MEST_KOLUMNER, MEST_RADER, Data, Kolumn, Kolumnslag
from delprojekt.process.tal import skriv_jamnt, skriv_tal

MEST_TECKEN = 500
MEST_DECIMALER = 3
_NUMBER = re.compile(r"([-−–]?)(\d[\d\s]*)(?:[.,](\d{1,15}))?\s*([^\d\s.,;:/–-][^\d]{0,19})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED_UNIT = re.compile(r"(.+?)\s*[(\[]([^()\[\]]{1,20})[)\]]")
_MISSING = frozenset({"", "-", "–", "—", "−", ".", "..", "…", "na", "n/a", "saknas", "uppgift saknas"})


class Olasbar(ValueError):
    """A table that cannot be read. Its text is a Swedish sentence that says what to do."""


def read_cells(text: str) -> list[list[str]]:
    """Return the cells of a pasted table or a CSV file, without empty rows and columns, all rows equally long.

    Raises Olasbar when there is no table, or more of it than a report has room for.
    """
    text = printable(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((sign for sign in "\t;," if sign in first), "\t")
    found: list[dict[int, str]] = []  # only the cells that say something: a text may be all tabs
    many = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            said = {at: words for at, cell in enumerate(row) if cell and (words := " ".join(cell.split()))}
            many += bool(said)
            if said and many <= MEST_RADER + 1:
                found.append(said)
    except csv.Error as error:
        raise Olasbar("Tabellen går inte att läsa. Se efter om ett citattecken saknas.") from error
    used = sorted({at for said in found for at in said})
    _check(found, many, len(used))
    return [[said.get(at, "") for at in used] for said in found]


def _check(found: Sequence[Mapping[int, str]], many: int, width: int) -> None:
    """Refuse what is no table for a report, before it is filled out. In: its rows, how many there were, its columns."""
    if not many:
        raise Olasbar("Det finns ingen tabell. Kopiera cellerna i Excel, rubrikraden också, och klistra in dem.")
    if many < 2:
        raise Olasbar("Det finns bara en rad. Ta med rubrikraden och minst en rad med uppgifter.")
    if width < 2:
        raise Olasbar("Det finns bara en kolumn. Kopiera minst två kolumner i Excel och klistra in dem.")
    if many - 1 > MEST_RADER:
        said = f"Tabellen har {skriv_tal(many - 1)} rader och högst {skriv_tal(MEST_RADER)} får plats i en rapport."
        raise Olasbar(f"{said} Summera den i Excel, eller ta med de rader som läsaren behöver.")
    if width > MEST_KOLUMNER:
        said = f"Tabellen har {width} kolumner och högst {MEST_KOLUMNER} får plats på en sida."
        raise Olasbar(f"{said} Ta bort dem som läsaren inte behöver.")
    for number, row in enumerate(found, 1):
        if any(len(cell) > MEST_TECKEN for cell in row.values()):
            raise Olasbar(f"Rad {number} har en cell med fler än {MEST_TECKEN} tecken. Skriv långa texter i avsnittet.")


def decode(data: bytes) -> str:
    """Return the text of a CSV file, in whatever of the usual encodings. Raises Olasbar."""
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return unicodedata.normalize("NFC", text)
    raise Olasbar("Filen är inte en tabell. Spara den som Excel (.xlsx) eller CSV och försök igen.")


def guess_columns(rows: Sequence[Sequence[str]]) -> list[Kolumn]:
    """Return what each column seems to hold. In: the cells, the headings first."""
    heads, *body = rows
    found = []
    for at, head in enumerate(heads):
        name = head or f"Kolumn {at + 1}"
        found.append(_guess(name, [row[at] for row in body], is_first=at == 0))
    return found


def _guess(name: str, cells: Sequence[str], *, is_first: bool) -> Kolumn:
    said = [cell for cell in cells if cell.casefold() not in _MISSING]
    if said and all(_YEAR.fullmatch(cell) for cell in said):
        return Kolumn(name, Kolumnslag.AR)
    read = [_read(cell) for cell in said]
    units = {one[1] for one in read if one}
    if is_first or not said or not all(read) or len(units) > 1:
        return Kolumn(name)
    decimals = max(-int(one[0].as_tuple().exponent) for one in read if one)
    unit = units.pop()
    named = _NAMED_UNIT.fullmatch(name)
    if named and unit in {"", named[2]}:
        name, unit = named[1], named[2]
    return Kolumn(name, Kolumnslag.TAL, unit, min(decimals, 1 if decimals > MEST_DECIMALER else 2))


def _read(cell: str) -> tuple[Decimal, str] | None:
    """Return a number and its unit; None when it is not a number."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    sign, whole, decimals, unit = found.groups()
    digits = re.sub(r"\s", "", whole)
    if len(digits) > 15:
        return None
    return Decimal(f"{'-' if sign else ''}{digits}.{decimals}" if decimals else f"{'-' if sign else ''}{digits}"), (
        unit or ""
    ).strip()


def to_data(rows: Sequence[Sequence[str]], columns: Sequence[Kolumn]) -> Data:
    """Return the table with its columns as they have been chosen. In: the cells, the headings first.

    Raises Olasbar with row and column when something in a column of numbers or years is none.
    """
    body = [
        tuple(_cell(cell, column, number) for cell, column in zip(row, columns, strict=True))
        for number, row in enumerate(rows[1:], 2)
    ]
    return Data(tuple(columns), tuple(body))


def _cell(cell: str, column: Kolumn, number: int) -> str:
    if column.slag is Kolumnslag.TEXT:
        return cell
    if cell.casefold() in _MISSING:
        return ""
    where = f"Rad {number}, kolumnen ”{column.namn}”: ”{cell}” är inget"
    if column.slag is Kolumnslag.AR:
        if not _YEAR.fullmatch(cell):
            raise Olasbar(f"{where} årtal. Rätta det, eller låt kolumnen vara text.")
        return cell
    read = _read(cell)
    if read is None:
        raise Olasbar(f"{where} tal. Rätta det, eller låt kolumnen vara text.")
    return f"{read[0]:f}"


def in_words(cell: str, column: Kolumn) -> str:
    """Return a cell as a reader sees it: ``1 234,5`` with no-break spaces; a dash where there is nothing."""
    if not cell:
        return NO_ANSWER
    return skriv_jamnt(Decimal(cell), column.decimaler) if column.slag is Kolumnslag.TAL else cell


def to_text(data: Data) -> str:
    """Return a table as it would be copied in Excel: what the form shows, and reads again."""
    heads = [one.namn for one in data.kolumner]
    body = [
        [
            cell.replace(".", ",") if one.slag is Kolumnslag.TAL else cell
            for cell, one in zip(row, data.kolumner, strict=True)
        ]
        for row in data.rader
    ]
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([heads, *body])
    return out.getvalue()
