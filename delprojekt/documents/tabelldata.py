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
from delprojekt.process.datatabell import MEST_KOLUMNER, MEST_RADER, Data, Kolumn, Kolumnslag, tal_i
from delprojekt.process.tal import skriv_jamnt, skriv_tal

MEST_TECKEN = 500
MEST_DECIMALER = 8
_SKRIVNA = 3
"""Decimals that somebody has written; more of them come out of a calculation, and are rounded by what they say."""
_NUMBER = re.compile(r"([-−–]?)(\d{1,15}|\d{1,3}(?:\s\d{3}){1,4})(?:[.,](\d{1,15}))?\s*([^\d\s.,;:/–-][^\d]{0,19})?")
_CODE = re.compile(r"0\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED_UNIT = re.compile(r"(.+?)\s*[(\[]([^()\[\]]{1,20})[)\]]")
_ABOUT_YEARS = re.compile(r"(?:\b|budget|verksamhets|kalender|födelse)år(?:tal|et)?\b", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "−"})
_MISSING = _NOTHING | {".", "..", "…", "na", "n/a", "saknas", "uppgift saknas"}
_MONTH = re.compile(
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?",
    re.IGNORECASE,
)


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
    may_be_years = is_first or _ABOUT_YEARS.search(name)
    if said and may_be_years and all(_YEAR.fullmatch(cell) for cell in said):
        return Kolumn(name, Kolumnslag.AR)
    read = [_read(cell) for cell in said]
    units = {one[1] for one in read if one}
    if is_first or not said or not all(read) or len(units) > 1:
        return Kolumn(name)
    unit = units.pop()
    named = _NAMED_UNIT.fullmatch(name)
    if named and unit in {"", named[2]}:
        name, unit = named[1], named[2]
    return Kolumn(name, Kolumnslag.TAL, unit, _decimals([one[0] for one in read if one]))


def _decimals(numbers: Sequence[Decimal]) -> int:
    """Return how many decimals numbers are written with: as many as they have, or of those that come out of a
    calculation so many that the smallest says something. None becomes zero that is not."""
    most = max(_has_decimals(one) for one in numbers)
    if most <= _SKRIVNA:
        return most
    needed = max((1 - one.adjusted() for one in numbers if 0 < abs(one) < 1), default=1)
    return min(max(needed, 1), most, MEST_DECIMALER)


def _has_decimals(number: Decimal) -> int:
    return max(-int(number.as_tuple().exponent), 0)


def rounded(data: Data) -> list[str]:
    """Return the headings of the columns whose numbers have more decimals than are shown."""
    found = []
    for at in data.tal:
        column = data.kolumner[at]
        numbers = filter(None, (tal_i(row[at]) for row in data.rader))
        if any(_has_decimals(one) > column.decimaler for one in numbers):
            found.append(column.namn)
    return found


def _read(cell: str) -> tuple[Decimal, str] | None:
    """Return a number and its unit; None when it is not a number: a code (``0180``), a date, two numbers in one."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    sign, whole, decimals, unit = found.groups()
    if _CODE.match(whole) or (unit and _MONTH.fullmatch(unit.split()[0])):
        return None
    digits = re.sub(r"\s", "", whole) + (f".{decimals}" if decimals else "")
    return Decimal(f"{'-' if sign else ''}{digits}"), (unit or "").strip()


def to_data(rows: Sequence[Sequence[str]], columns: Sequence[Kolumn]) -> Data:
    """Return the table with its columns as they have been chosen. In: the cells, the headings first.

    Raises Olasbar with row and column when something in a column of numbers or years is none.
    """
    units = [_units(rows[1:], at) for at in range(len(columns))]
    body = [
        tuple(_cell(cell, one, may_stand, number) for cell, one, may_stand in zip(row, columns, units, strict=True))
        for number, row in enumerate(rows[1:], 2)
    ]
    return Data(tuple(columns), tuple(body))


def _units(body: Sequence[Sequence[str]], at: int) -> frozenset[str]:
    """Return the units of a column that may stand in its cells: one that all have is what the column is in, whatever
    somebody calls it."""
    read = {found[1] for row in body if (found := _read(row[at])) is not None}
    return frozenset(read | {""} if len(read) == 1 else {""})


def _cell(cell: str, column: Kolumn, units: frozenset[str], number: int) -> str:
    if column.slag is Kolumnslag.TEXT:
        return cell
    if cell.casefold() in _MISSING:
        return "" if cell in _NOTHING else cell
    where = f"Rad {number}, kolumnen ”{column.namn}”: ”{cell}”"
    if column.slag is Kolumnslag.AR:
        if not _YEAR.fullmatch(cell):
            raise Olasbar(f"{where} är inget årtal. Rätta det, eller låt kolumnen vara text.")
        return cell
    read = _read(cell)
    if read is None:
        raise Olasbar(f"{where} är inget tal. Rätta det, eller låt kolumnen vara text.")
    if read[1] not in units | {column.enhet}:
        said = f"Kolumnen är i {column.enhet}" if column.enhet else "Kolumnen har ingen enhet"
        raise Olasbar(f"{where} är i ”{read[1]}”. {said}. Räkna om talet, eller låt kolumnen vara text.")
    return f"{read[0]:f}"


def in_words(cell: str, column: Kolumn) -> str:
    """Return a cell as a reader sees it: ``1 234,5`` with no-break spaces; a dash where there is nothing."""
    if not cell:
        return NO_ANSWER
    number = tal_i(cell) if column.slag is Kolumnslag.TAL else None
    return cell if number is None else skriv_jamnt(number, column.decimaler)


def to_text(data: Data) -> str:
    """Return a table as it would be copied in Excel: what the form shows, and reads again."""
    heads = [one.namn for one in data.kolumner]
    body = [
        [
            cell.replace(".", ",") if one.slag is Kolumnslag.TAL and tal_i(cell) is not None else cell
            for cell, one in zip(row, data.kolumner, strict=True)
        ]
        for row in data.rader
    ]
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([heads, *body])
    return out.getvalue()
