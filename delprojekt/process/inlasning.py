"""A list of delprojekt in the shape of the public one (number, title, documents with dates): how it is read.

One line per document; several lines with the same number are one delprojekt. Bytes go in, rows and what is wrong with
which line come out. Nothing is guessed: what cannot be read is explained by its line.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from delprojekt.process.datum import parse_day, parse_partial, skriv
from delprojekt.process.efterhand import Uppgift, kinds_by_step
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.sokord import same_name
from delprojekt.process.steg import BESLUTAT, FORE_START, Steg

MEST_RADER = 300
MEST_BYTE = 2_000_000
MEST_TECKEN = 200
KOLUMNER = ("nummer", "benamning", "dokument", "datum", "andra namn", "steg")
MASTE = KOLUMNER[:4]
RUBRIKER = ("Nummer", "Benämning", "Dokument", "Datum", "Andra namn", "Steg")
NAMNDBESLUT = "nämndbeslut"

DOKUMENT: dict[str, tuple[Faktumslag, Organslag | None] | None] = {
    "startbeslut": (Faktumslag.STARTBESLUT, Organslag.LEDNINGSGRUPP),
    "uppdrag": (Faktumslag.UPPDRAG_FASTSTALLT, Organslag.LEDNINGSGRUPP),
    "slutrapport": (Faktumslag.SLUTRAPPORT_INLAMNAD, None),
    NAMNDBESLUT: None,
    "uppföljning": (Faktumslag.UPPFOLJNINGSRAPPORT_KLAR, None),
}
"""The documents that a line can be about, and the fact that each shows; nämndens decision is a row of its own."""

_SAMMA = {"protokollsutdrag": NAMNDBESLUT, "srvn": NAMNDBESLUT, "beslut i nämnden": NAMNDBESLUT}
_SAMMA |= {"rapport": "slutrapport", "uppföljningsrapport": "uppföljning", "start": "startbeslut"}
INGEN_BENAMNING = "Benämningen saknas. Skriv vad delprojektet heter."
_NUMMER = re.compile(r"(\d{1,5})(?:\s*:\s*([A-ZÅÄÖa-zåäö0-9]{1,5}))?")


class Olaslig(Exception):
    """The file is not such a list; the sentence says what to do."""


@dataclass(frozen=True)
class Radfel:
    """What is wrong with a line, and what to do."""

    rad: int
    text: str


@dataclass(frozen=True)
class Dokumentrad:
    """One document of a delprojekt: what it is, and its day as far as it is known."""

    rad: int
    dokument: str
    dag: date
    datum_text: str = ""

    @property
    def slag(self) -> Faktumslag | None:
        """Return the fact that the document shows; None for nämndens decision."""
        known = DOKUMENT[self.dokument]
        return known[0] if known else None

    @property
    def i_ord(self) -> str:
        """Return it as it is read: ``Slutrapport 18 juni 2019``."""
        return f"{self.dokument.capitalize()} {self.datum_text or skriv(self.dag)}"

    def uppgift(self) -> Uppgift | None:
        """Return the fact as it is told afterwards; None for nämndens decision."""
        known = DOKUMENT[self.dokument]
        return Uppgift(known[0], self.dag, self.datum_text, organ=known[1]) if known else None


@dataclass
class Post:
    """One delprojekt of the list. ``steg_skrivet``: the list says the step; else it is Historiskt."""

    rad: int
    nummer: int | None
    delnummer: str
    benamning: str
    steg: Steg = Steg.HISTORISKT
    steg_skrivet: bool = False
    alias: list[str] = field(default_factory=list)
    dokument: list[Dokumentrad] = field(default_factory=list)

    @property
    def namn(self) -> tuple[str, ...]:
        """Return the title and the other names."""
        return (self.benamning, *self.alias)

    @property
    def beteckning(self) -> str:
        """Return the number as it is written: ``40`` or ``26:II``; empty when it is not known."""
        return "" if self.nummer is None else f"{self.nummer}{f':{self.delnummer}' if self.delnummer else ''}"


@dataclass
class Lista:
    """What a file held."""

    poster: list[Post] = field(default_factory=list)
    fel: list[Radfel] = field(default_factory=list)


def read_list(data: bytes, today: date) -> Lista:
    """Return the delprojekt of a list and what is wrong with which line. Raises Olaslig when it is no such list."""
    rows = _rows(_text(data))
    _, head = next(rows, (0, []))
    columns = _columns(head)
    found, seen = Lista(), 0
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        seen += 1
        if seen > MEST_RADER:
            raise Olaslig(f"Listan har fler än {MEST_RADER} rader. Dela den i flera filer och läs in en i taget.")
        if extra := [cell.strip() for cell in cells[len(head) :] if cell.strip()]:
            said = (
                f"Raden har fler kolumner än rubrikerna: ”{extra[0]}”. Sätt citattecken runt en text med skiljetecken."
            )
            found.fel.append(Radfel(number, said))
            continue
        _add(found, number, {name: _clean(cells, at) for name, at in columns.items()}, today)
    if not seen:
        raise Olaslig("Listan har rubriker men inga rader. Skriv en rad för varje dokument.")
    return found


def _text(data: bytes) -> str:
    if not data.strip():
        raise Olaslig("Filen är tom.")
    if len(data) > MEST_BYTE:
        raise Olaslig("Filen är större än 2 MB. Dela listan i flera filer.")
    if data.startswith(b"PK\x03\x04"):
        raise Olaslig("Filen är en Excelbok. Välj Spara som och CSV UTF-8 i Excel, och läs in den filen.")
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return unicodedata.normalize("NFC", text)
    raise Olaslig("Filen är inte text. Spara listan som CSV och läs in den filen.")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return each row with the number of its first line in the file."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Olaslig(f"Rad {line} går inte att läsa. Se efter om ett citattecken saknas.") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(str.maketrans("åäö", "aao")).split())


def _columns(head: Sequence[str]) -> dict[str, int]:
    words = [_plain(word) for word in head]
    missing = [RUBRIKER[KOLUMNER.index(name)] for name in MASTE if name not in words]
    if missing:
        raise Olaslig(f"Första raden ska ha rubrikerna {', '.join(RUBRIKER[:4])}. Här saknas {', '.join(missing)}.")
    return {name: words.index(name) for name in KOLUMNER if name in words}


def _clean(cells: Sequence[str], at: int) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def _add(found: Lista, number: int, row: dict[str, str], today: date) -> None:
    """Add a line to its delprojekt, or say what is wrong with it."""
    try:
        post, alias = _post(found, number, row), _alias(row)
        document = _document(number, row, post, today)
    except ValueError as error:
        found.fel.append(Radfel(number, str(error)))
        return
    if post.rad == number:
        found.poster.append(post)
    for name in alias:
        if same_name(name) not in map(same_name, post.namn):
            post.alias.append(name)
    if document:
        post.dokument.append(document)


def _alias(row: dict[str, str]) -> list[str]:
    """Return the other names of a line. Raises ValueError when one is too long."""
    names = [name for part in row.get("andra namn", "").split("|") if (name := part.strip())]
    if any(len(name) > MEST_TECKEN for name in names):
        raise ValueError(f"Ett av de andra namnen är längre än {MEST_TECKEN} tecken. Korta det.")
    return names


def _post(found: Lista, number: int, row: dict[str, str]) -> Post:
    """Return the delprojekt of a line, a new one when the list has not named it. Raises ValueError with what is wrong.

    Two lines are about the same when they have the same number and part or, where one of them has no number, a name in
    common; then they must say the same.
    """
    nummer, part = _number(row["nummer"])
    title = row["benamning"]
    if len(title) > MEST_TECKEN:
        raise ValueError(f"Benämningen är längre än {MEST_TECKEN} tecken. Korta den.")
    new = Post(number, nummer, part, title, _step(row.get("steg", ""), nummer), bool(row.get("steg")))
    if not title and nummer is None:
        raise ValueError(INGEN_BENAMNING)
    same = _same(found, new, {same_name(name) for name in (title, *_alias(row)) if name})
    if same is None and not title:
        raise ValueError(INGEN_BENAMNING)
    if same:
        _agree(same, new)
    return same or new


def _same(found: Lista, new: Post, names: set[str]) -> Post | None:
    numbered = (p for p in found.poster if new.nummer and (p.nummer, p.delnummer) == (new.nummer, new.delnummer))
    named = (
        p for p in found.poster if not (new.nummer and p.nummer) and names.intersection(same_name(n) for n in p.namn)
    )
    return next(numbered, None) or next(named, None)


def _agree(post: Post, new: Post) -> None:
    """Raise ValueError when a line says something else of a delprojekt than the line that named it first."""
    there = f"”{post.benamning}” på rad {post.rad}"
    if (post.nummer, post.delnummer) != (new.nummer, new.delnummer):
        said = f"har nummer {post.beteckning}" if post.nummer else "har inget nummer"
        raise ValueError(f"{there} är samma delprojekt och {said}. Skriv samma nummer på båda raderna.")
    if new.benamning and same_name(post.benamning) != same_name(new.benamning):
        raise ValueError(
            f"Nummer {post.beteckning} heter {there}. Rätta nummer eller namn."
            if post.nummer
            else f"{there} är samma delprojekt. Skriv samma benämning på båda raderna."
        )
    if new.steg_skrivet and post.steg is not new.steg:
        raise ValueError(f"Steget är ett annat än på rad {post.rad}. Skriv samma på båda raderna.")


def _number(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    known = _NUMMER.fullmatch(text)
    if known is None or not int(known[1]):
        raise ValueError(f"Numret ”{text}” går inte att läsa. Skriv 40 eller 26:II, eller lämna tomt om det är okänt.")
    return int(known[1]), (known[2] or "").upper()


def _step(text: str, nummer: int | None) -> Steg:
    if not text:
        return Steg.HISTORISKT
    steg = next((s for s in Steg if _plain(text) in {_plain(s.label), s.value}), None)
    if steg is None:
        raise ValueError(f"Steget ”{text}” finns inte. Skriv till exempel Införande, eller lämna tomt för Historiskt.")
    if nummer and steg in FORE_START:
        raise ValueError(f"Ett delprojekt i steget {steg.label} har inget nummer än. Ta bort numret.")
    return steg


def _document(number: int, row: dict[str, str], post: Post, today: date) -> Dokumentrad | None:
    """Return the document of a line; None when the line only names the delprojekt. Raises ValueError."""
    word, when = row["dokument"].casefold(), row["datum"]
    if not word and not when:
        return None
    word = _SAMMA.get(word, word)
    if word not in DOKUMENT:
        known = ", ".join(name.capitalize() for name in DOKUMENT)
        raise ValueError(f"Dokumentet ”{row['dokument']}” känns inte igen. Skriv ett av: {known}.")
    document = _dated(number, word, when, today)
    if not belongs(document.slag, post.steg):
        raise ValueError(f"{word.capitalize()} hör inte till steget {post.steg.label}. Rätta steget eller dokumentet.")
    for other in post.dokument:
        if other.dokument == word:
            raise ValueError(f"{word.capitalize()} står redan på rad {other.rad}. Ta bort en av raderna.")
    return document


def belongs(slag: Faktumslag | None, steg: Steg) -> bool:
    """Tell whether a document (None: nämndens decision) can be told of a delprojekt in a step."""
    if slag is None:
        return steg in BESLUTAT
    return any(slag in kinds for kinds in kinds_by_step(steg).values())


def _dated(number: int, word: str, when: str, today: date) -> Dokumentrad:
    day = parse_day(when)
    last = day or parse_partial(when)
    if last is None:
        said = f"Datumet ”{when}” går inte att läsa" if when else "Datum saknas"
        raise ValueError(f"{said}. Skriv 2019-10-03, 3 oktober 2019, våren 2019 eller 2019.")
    if (day and day > today) or last.year > today.year:
        raise ValueError(f"{when} har inte varit än. Rätta datumet.")
    return Dokumentrad(number, word, min(last, today), "" if day else when)
