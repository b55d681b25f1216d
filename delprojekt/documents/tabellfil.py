"""A file with a table, as text: Excel is read in a limited process of its own, CSV here."""

from pathlib import Path

from delprojekt.documents.granska.forald import read_answer, run_limited
from delprojekt.documents.granska.utslag import MB, Filfel
from delprojekt.documents.tabelldata import Olasbar, decode

MAX_MB = 10
FEL_SLAG = "Filen är inte en tabell. Välj en Excelbok (.xlsx) eller en CSV-fil, eller klistra in cellerna i rutan."
FOR_STOR = "Filen är för stor för att läsas. Kopiera de celler som ska vara med och klistra in dem i rutan."
SKADAD = "Filen är skadad eller skyddad och går inte att läsa. Öppna den i Excel och klistra in cellerna i rutan."
TOM = "Det finns inget i filen. Kontrollera att du valde rätt fil och försök igen."
UTAN_VARDE = "Öppna boken i Excel, spara den och välj den igen, eller klistra in cellerna i rutan."
_FEL = {
    Filfel.FEL_SLAG: FEL_SLAG,
    Filfel.FOR_STOR_UPPACKAD: FOR_STOR,
    Filfel.TOG_FOR_LANG_TID: FOR_STOR,
}
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_file(path: Path) -> str:
    """Return the cells of a file, parted by tabs (Excel) or as they are (CSV). Raises Olasbar with a sentence."""
    size = path.stat().st_size
    if not size:
        raise Olasbar(TOM)
    if size > MAX_MB * MB:
        raise Olasbar(FOR_STOR)
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLD_EXCEL:
        raise Olasbar("Filen är en äldre Excelbok (.xls) eller skyddad. Spara den som .xlsx och försök igen.")
    text = _excel(path) if head.startswith(b"PK") else decode(path.read_bytes())
    if not text.strip():
        raise Olasbar(TOM)
    return text


def _excel(path: Path) -> str:
    done = run_limited("kalkylblad", path)
    head, _, text = done.said.partition(b"\n")
    told = read_answer(head, done)
    if "fel" in told:
        raise Olasbar(_FEL.get(Filfel[told["fel"]], SKADAD))
    if many := told.get("utan_varde"):
        raise Olasbar(f"{'En cell' if many == 1 else f'{many} celler'} har en formel utan värde. {UTAN_VARDE}")
    return text.decode()
