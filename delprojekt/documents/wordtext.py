"""Reading a Word file: looked at, read by pandoc and cut in parts, each step in a limited process of its own."""

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from delprojekt.documents.granska.forald import Svar, granska, read_answer, run_limited
from delprojekt.documents.granska.slag import HUVUD, Filslag, slag_av
from delprojekt.documents.granska.utslag import MAX_BILD_MB, MB, Filfel
from delprojekt.documents.pandoc import PandocFel, run_pandoc

SEKUNDER = 40
"""The longest that pandoc may read; 300 pages take a few seconds."""
MEST_HTML = 8 * MB
MEST_DELAR = 400
"""So many headings can be placed on one page; a report has a tenth of that."""
FOR_LANG = "Texten i filen är längre än ungefär 2 000 sidor och går inte att läsa in. Dela filen och lämna in delarna."
INGEN_WORD = "Filen är inte ett Word-dokument (.docx). Öppna den i Word, spara den som Word-dokument och försök igen."
FOR_MANGA = f"Filen har fler än {MEST_DELAR} rubriker på de två översta nivåerna. Gör några av dem till underrubriker."
SKADAD = "Filen är skadad och går inte att läsa. Öppna den i Word, spara den med ett nytt namn och lämna in den igen."
FOR_STOR = "Filen är för stor för att läsas in. Dela den i flera filer och lämna in dem var för sig."
_FEL = {
    Filfel.FEL_SLAG: INGEN_WORD,
    Filfel.SKADAD: SKADAD,
    Filfel.FOR_STOR_UPPACKAD: FOR_STOR,
    Filfel.TOG_FOR_LANG_TID: FOR_STOR,
    Filfel.LOSENORD: Filfel.LOSENORD.value,
    Filfel.MAKRON: "Dokumentet innehåller makron. Spara det som Word-dokument (.docx) utan makron och försök igen.",
    Filfel.INBADDAT: (
        "Dokumentet innehåller inbäddade objekt från ett annat program. Gör om dem till bilder eller tabeller i Word"
        " och lämna in filen igen."
    ),
    Filfel.GAMMALT_ELLER_LAST: (
        "Filen är ett äldre Word-dokument eller skyddad med lösenord. Spara den som .docx utan lösenord."
    ),
}
INGEN_TEXT = "Det finns ingen text i filen. Kontrollera att du valde rätt fil och försök igen."
_OLASLIG = "Filen gick inte att läsa. Öppna den i Word, spara den med ett nytt namn och lämna in den igen."


class Olaslig(ValueError):
    """A Word file that cannot be read. Its text is a Swedish sentence that says what to do."""


@dataclass(frozen=True)
class Worddel:
    """A part of a file: its heading (empty before the first one) and level, its bookmark if it is one of ours, its
    text."""

    niva: int
    rubrik: str
    marke: str
    html: str


@dataclass(frozen=True)
class Wordtext:
    """What a Word file holds. ``bilder`` are the names of its pictures; ``varningar`` what could not be taken along."""

    delar: tuple[Worddel, ...]
    bilder: tuple[str, ...]
    varningar: tuple[str, ...]


def read_word(path: Path) -> Wordtext:
    """Return what a Word file holds, changes that were tracked in it accepted, comments left out.

    Raises Olaslig when it is not a Word file, holds what may not come in, or is too large to be read.
    """
    with path.open("rb") as file:
        kind = slag_av(file.read(HUVUD))
    if kind not in {Filslag.DOCX, None}:
        raise Olaslig(INGEN_WORD)
    verdict = granska(path)
    if verdict.fel:
        raise Olaslig(_FEL.get(verdict.fel, _OLASLIG))
    if verdict.slag is not Filslag.DOCX:
        raise Olaslig(INGEN_WORD)
    left, ordered = _step("wordordning", path)
    options = ["--from=docx", "--to=json", "--track-changes=accept", "--output=-"]
    try:
        tree = run_pandoc(options, ordered, seconds=SEKUNDER)
    except PandocFel as error:
        raise Olaslig(FOR_STOR if error.for_stort else _OLASLIG) from error
    with tempfile.NamedTemporaryFile(prefix="sfbv-word-") as file:
        file.write(tree)
        file.flush()
        said, _ = _step("wordlasning", Path(file.name))
    if not said["delar"]:
        raise Olaslig(INGEN_TEXT)
    if len(said["delar"]) > MEST_DELAR:
        raise Olaslig(FOR_MANGA)
    if sum(len(part["html"]) for part in said["delar"]) > MEST_HTML:
        raise Olaslig(FOR_LANG)
    warnings = (*left["varningar"], *said["varningar"])
    return Wordtext(tuple(Worddel(**part) for part in said["delar"]), tuple(said["bilder"]), warnings)


def _step(module: str, path: Path) -> tuple[dict[str, Any], bytes]:
    done: Svar = run_limited(module, path)
    head, _, rest = done.said.partition(b"\n")
    said = read_answer(head, done)
    if "fel" in said:
        raise Olaslig(_FEL.get(Filfel[said["fel"]], _OLASLIG))
    return said, rest


def read_picture(fil: Path | IO[bytes], namn: str) -> bytes:
    """Return a picture of a Word file as it lies there. Raises LookupError when there is none of that name, or when it
    is larger than a picture may be."""
    try:
        with zipfile.ZipFile(fil) as archive:
            if archive.getinfo(f"word/media/{namn}").file_size > MAX_BILD_MB * MB:
                raise LookupError(namn)
            return archive.read(f"word/media/{namn}")
    except (KeyError, zipfile.BadZipFile, RuntimeError, OSError) as error:
        raise LookupError(namn) from error


def to_data(text: Wordtext) -> dict[str, Any]:
    """Return the text as a JSON column holds it."""
    return {"delar": [vars(part) for part in text.delar], "varningar": list(text.varningar)}
