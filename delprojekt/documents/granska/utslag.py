"""The verdict on a file, and every reason to turn one away: what is wrong and what to do about it."""

from enum import Enum

MB = 1024 * 1024
MINNE_MB = 512
"""The most memory that looking at a file may take."""
SEKUNDER = 20
"""The longest that looking at a file may take."""
MAX_BILD_MB = 20
MAX_SIDOR = 500
MAX_PIXLAR = 150_000_000
"""One picture: an A3 page scanned at 600 dpi has 70 million."""

MAX_BILDPUNKTER = 60_000_000
"""A picture for a text: what a telephone takes fits, a scanned poster does not."""


class Filfel(Enum):
    """Why a file is turned away. The value is the sentence that the one who sends it reads."""

    TOM = "Filen är tom. Kontrollera att du valde rätt fil och att den går att öppna, och skicka den igen."
    FOR_STOR = "Filen är större än {mb} MB. Skicka bara protokollsutdraget, eller spara om filen med mindre bilder."
    FEL_SLAG = (
        "Filen är inte en PDF, ett Word- eller OpenDocument-dokument eller en bild (PNG, JPEG, TIFF)."
        " Spara om den som PDF och skicka den igen."
    )
    SKADAD = "Filen är skadad och går inte att läsa. Öppna originalet, spara om det som PDF och skicka det igen."
    TVETYDIG = (
        "Filen går att läsa som två olika slags filer och kan därför inte tas emot."
        " Öppna den, skriv ut den till PDF och skicka den nya filen."
    )
    LOSENORD = "Filen är skyddad med lösenord. Ta bort lösenordet, spara om filen och skicka den igen."
    SKRIPT = (
        "PDF-filen innehåller skript (JavaScript)."
        " Öppna den, skriv ut den till PDF så att skripten försvinner, och skicka den nya filen."
    )
    STARTAR_PROGRAM = (
        "PDF-filen försöker starta ett program. Öppna originalet, skriv ut det till PDF och skicka den nya filen."
    )
    XFA = (
        "PDF-filen är ett dynamiskt formulär (XFA), som inte går att läsa överallt."
        " Skriv ut formuläret till PDF och skicka den nya filen."
    )
    MULTIMEDIA = "PDF-filen innehåller film, ljud eller annat spelbart. Skriv ut den till PDF och skicka den nya filen."
    PROGRAM_I_FILEN = "Filen innehåller ett program. Ta bort bilagan ur filen, spara om den och skicka den igen."
    FOR_MANGA_SIDOR = f"Filen har fler än {MAX_SIDOR} sidor. Skicka bara de sidor som gäller ärendet."
    FOR_STOR_UPPACKAD = (
        "Filen blir för stor när den packas upp. Skriv ut den till PDF med mindre bilder och skicka den nya filen."
    )
    MAKRON = "Dokumentet innehåller makron. Spara det som PDF och skicka PDF-filen."
    INBADDAT = "Dokumentet innehåller inbäddade objekt från ett annat program. Spara det som PDF och skicka PDF-filen."
    GAMMALT_ELLER_LAST = (
        "Filen är ett äldre Office-dokument eller skyddad med lösenord. Spara den som PDF och skicka PDF-filen."
    )
    TOG_FOR_LANG_TID = (
        "Filen är så invecklad att den inte hann granskas. Skriv ut den till PDF och skicka den nya filen."
    )
    KUNDE_INTE_GRANSKAS = (
        "Filen gick inte att granska. Skriv ut den till PDF och skicka den nya filen. Hjälper inte det, ring kansliet."
    )


class Avvisad(Exception):
    """A file that is turned away. ``fel`` says why."""

    def __init__(self, fel: Filfel) -> None:
        self.fel = fel
        super().__init__(fel.name)
