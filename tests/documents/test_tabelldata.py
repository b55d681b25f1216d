"""What somebody copies in Excel is read as they meant it; what cannot be read is said, with the place."""

import tracemalloc
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from delprojekt.documents.tabelldata import (
    Olasbar,
    decode,
    guess_columns,
    in_words,
    read_cells,
    rounded,
    to_data,
    to_text,
)
from delprojekt.documents.tabellfil import read_file
from delprojekt.process.datatabell import MEST_RADER, Data, Kolumn, Kolumnslag
from tests.documents.filkorpus import zip_bomb

NBSP = "\xa0"
KLISTRAT = (
    f"År\tVäntan (dagar)\tAndel\tKommentar\n2023\t1{NBSP}234,5\t12 %\tca 5\n2024\t−3\t9,25 %\t\n2025\t..\t–\tsaknas\n\n"
)


def read(text: str) -> Data:
    cells = read_cells(text)
    return to_data(cells, guess_columns(cells))


def test_swedish_numbers_units_and_years_are_known() -> None:
    data = read(KLISTRAT)
    assert data.kolumner == (
        Kolumn("År", Kolumnslag.AR),
        Kolumn("Väntan", Kolumnslag.TAL, "dagar", 1),
        Kolumn("Andel", Kolumnslag.TAL, "%", 2),
        Kolumn("Kommentar"),
    )
    assert data.rader[0] == ("2023", "1234.5", "12", "ca 5")
    shown = [[in_words(cell, one) for cell, one in zip(row, data.kolumner, strict=True)] for row in data.rader]
    assert shown == [
        ["2023", f"1{NBSP}234,5", "12,00", "ca 5"],
        ["2024", "−3,0", "9,25", "–"],
        ["2025", "..", "–", "saknas"],
    ]
    assert [one.rubrik for one in data.kolumner][1:3] == ["Väntan, dagar", "Andel, %"]


def test_what_is_shown_again_in_the_form_reads_as_the_same_data() -> None:
    data = read(KLISTRAT)
    again = to_data(read_cells(to_text(data)), data.kolumner)
    assert again == data


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "ingen tabell"),
        ("Region\tAntal", "bara en rad"),
        ("Region\nSkåne", "bara en kolumn"),
        ("a\tb\n" + "x\t1\n" * 5000, rf"5{NBSP}000 rader och högst {MEST_RADER} får plats"),
        ("\t".join("abcdefghijklmnopqrstuvxyz") + "\n" + "\t".join("1" * 25), "25 kolumner"),
        ('a\tb\n"x\t' + "y" * 700, "fler än 500 tecken"),
    ],
)
def test_what_is_no_table_for_a_report_is_said_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(Olasbar, match=words):
        read_cells(text)


def test_a_small_text_never_takes_much_memory() -> None:
    """3 000 tabs and 3 000 rows are 12 kB, and were filled out to nine million cells."""
    text = "a" + "\t" * 3000 + "b\n" + "x\ty\n" * 3000
    tracemalloc.start()
    try:
        with pytest.raises(Olasbar, match=rf"3{NBSP}000 rader"):
            read_cells(text)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_word_in_a_column_of_numbers_is_said_with_its_row_and_column() -> None:
    cells = read_cells("Region\tAntal\nSkåne\t12\nHalland\tmånga\n")
    with pytest.raises(Olasbar, match="Rad 3, kolumnen ”Antal”: ”många” är inget tal"):
        to_data(cells, [Kolumn("Region"), Kolumn("Antal", Kolumnslag.TAL)])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["0180", "1280"], Kolumn("X")),
        (["12 maj", "13 maj"], Kolumn("X")),
        (["12 dec.", "3 jan."], Kolumn("X")),
        (["2019 2020", "2020 2021"], Kolumn("X")),
        (["1950", "2012"], Kolumn("X", Kolumnslag.TAL)),
        (["0,0004", "0,03"], Kolumn("X", Kolumnslag.TAL, "", 4)),
        (["0,125", "2"], Kolumn("X", Kolumnslag.TAL, "", 3)),
        (["33,333333", "12,5"], Kolumn("X", Kolumnslag.TAL, "", 1)),
        (["1 234 567", "3 mars"], Kolumn("X")),
        (["1 234 567", "3 dagar"], Kolumn("X")),
    ],
    ids=str,
)
def test_the_guess_makes_no_number_of_what_is_none_and_none_of_a_small_one(cells: list[str], column: Kolumn) -> None:
    assert guess_columns([["Region", "X"], *(["Skåne", cell] for cell in cells)])[1] == column


def test_what_a_number_is_measured_in_is_never_thrown_away() -> None:
    tkr = [Kolumn("Region"), Kolumn("Kostnad", Kolumnslag.TAL, "tkr")]
    with pytest.raises(Olasbar, match=r"Rad 3, kolumnen ”Kostnad”: ”3 mkr” är i ”mkr”\. Kolumnen är i tkr"):
        to_data([["Region", "Kostnad"], ["Skåne", "12 tkr"], ["Halland", "3 mkr"]], tkr)
    with pytest.raises(Olasbar, match="Kolumnen har ingen enhet"):
        to_data([["A", "B"], ["x", "12*"], ["y", "5"]], [Kolumn("A"), Kolumn("B", Kolumnslag.TAL)])
    renamed = [Kolumn("Region"), Kolumn("Andel", Kolumnslag.TAL, "procent")]
    assert to_data([["Region", "Andel"], ["Skåne", "12 %"], ["Halland", "5 %"]], renamed).rader[0] == ("Skåne", "12")


def test_that_numbers_are_rounded_is_told() -> None:
    data = read("Region\tAndel\tAntal\nSkåne\t33,333333\t12,5\n")
    assert rounded(data) == ["Andel"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_in_the_encodings_of_excel(encoding: str) -> None:
    data = read(decode("Region;Vårdtid\nSkåne;4,5\nBlekinge;3\n".encode(encoding)))
    assert data.rader == (("Skåne", "4.5"), ("Blekinge", "3"))
    assert data.kolumner[1].namn == "Vårdtid"


def test_a_book_is_read_as_it_is_shown_in_excel(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([])
    sheet = book.create_sheet("Data")
    for row in (["Region", "Andel", "Antal", None], ["Skåne", 0.125, 1234.5, None], [], ["Halland", 1 / 3, 7, None]):
        sheet.append(row)
    for cell in ("B2", "B4"):
        sheet[cell].number_format = "0.0%"
    path = tmp_path / "upload"  # a file is known by what it holds
    book.save(path)
    assert read_file(path) == "Region\tAndel\tAntal\nSkåne\t12,5 %\t1234,5\nHalland\t33,333333 %\t7\n"
    assert read(read_file(path)).kolumner[1] == Kolumn("Andel", Kolumnslag.TAL, "%", 1)


def test_what_excel_shows_is_what_is_read_and_a_hidden_sheet_is_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Hemligt", "Uppgift"])
    book.active.append(["a", 1])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Data")
    for row in (["Region", "Andel"], ["Skåne", 25.5], ["Halland", 0.25]):
        sheet.append(row)
    sheet["B2"].number_format, sheet["B3"].number_format = '0.0" %"', "0 %"
    path = tmp_path / "bok.xlsx"
    book.save(path)
    assert read_file(path) == "Region\tAndel\nSkåne\t25,5 %\nHalland\t25 %\n"


def test_a_formula_that_nobody_has_worked_out_is_told(tmp_path: Path) -> None:
    """A book that another program has made has formulas and no values: the cells would be empty without a word."""
    book = openpyxl.Workbook()
    for row in (["Region", "Antal"], ["Skåne", "=1+2"], ["Halland", 4]):
        book.active.append(row)
    path = tmp_path / "bok.xlsx"
    book.save(path)
    with pytest.raises(Olasbar, match="En cell har en formel utan värde"):
        read_file(path)


def _book(rows: int) -> bytes:
    out = BytesIO()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(rows):
        sheet.append([f"rad {number}", number])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "inget i filen"),
        (b"\xd0\xcf\x11\xe0gammal", "äldre Excelbok"),
        (b"PK\x03\x04trasig", "skadad"),
        (zip_bomb(), "för stor"),
        (b"\x00\x01\x02\x03", "inte en tabell"),
    ],
    ids=["empty", "old", "damaged", "bomb", "binary"],
)
def test_a_file_that_is_no_table_is_said_in_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "fil"
    path.write_bytes(data)
    with pytest.raises(Olasbar, match=words):
        read_file(path)


def test_a_book_of_5000_rows_is_read_and_said_to_be_too_long(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    path.write_bytes(_book(5001))
    with pytest.raises(Olasbar, match=rf"5{NBSP}000 rader"):
        read_cells(read_file(path))
