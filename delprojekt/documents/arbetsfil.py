"""Sections as a Word file to go on editing: what comes back is found again by its marks (``marken.py``).

Nothing is numbered and no reference is filled in: the text stands in the file as it stands in the portal, so that what
nobody has touched in Word comes back as it was.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from delprojekt.documents.errors import WordFel
from delprojekt.documents.marken import Marke
from delprojekt.documents.media import MediaFetcher
from delprojekt.documents.pandoc import PandocFel, run_pandoc
from delprojekt.documents.text import sanitise
from delprojekt.documents.tradar import Wordkommentar, commented
from delprojekt.documents.word import TIMEOUT_SECONDS, docx_options, embedder
from delprojekt.process.datum import skriv

FILTER = Path(__file__).with_name("arbetsfil.lua")
RAD = "Skriv i avsnitten men låt kapitelrubrikerna stå kvar. Lämna sedan in filen på skrivbordet under Word."
RAD += " Då visas vad som skiljer, avsnitt för avsnitt, innan något ändras i portalen."
_SOURCE = re.compile(r"<tfoot>(.*?)</tfoot>(.*?)</table>", re.DOTALL)
_TAGS = re.compile(r"</?(?:tr|td|th|p)\b[^>]*>")
_IMAGE = re.compile(r'<img src="([^"]*)"')
_HEADED = re.compile(
    r'<w:tblStyle w:val="Radrubriker" ?/>(.*?<w:tblLook [^>]*?)w:firstColumn="0"([^>]*?)w:val="00([02])0"', re.DOTALL
)

_WHOLE_PICTURE = re.compile(r'(<pic:cNvPr )descr="data:[^"]*"')
"""Pandoc writes the address of a picture beside it, which here is the picture once more."""


@dataclass(frozen=True)
class Avsnittsdel:
    """A section in the file: its mark and key, its heading and level (1 or 2), its text as it is stored."""

    marke: Marke
    nyckel: str
    niva: int
    rubrik: str
    html: str = ""
    kommentarer: tuple[Wordkommentar, ...] = ()


@dataclass(frozen=True)
class Framsida:
    """What the first page says: the delprojekt, which document it is, and the day it was taken out."""

    titel: str
    undertitel: str
    dag: date


def render_arbetsfil(front: Framsida, delar: Sequence[Avsnittsdel], media_fetcher: MediaFetcher) -> bytes:
    """Return the file (.docx): the house's look, contents, real footnotes, repeated header rows, captions, alt texts.

    Raises WordFel when it could not be made, OtillatenResurs when a text shows a picture that is not the portal's own.
    """
    picture = embedder(media_fetcher)
    body = "".join(_section(part) for part in delar)
    body = _IMAGE.sub(lambda found: f'<img src="{escape(picture(found[1]))}"', body)
    html = f'<div id="framsida"><p>{escape(RAD)}</p></div>{body}'
    said = {
        "title": front.titel,
        "subtitle": front.undertitel,
        "abstract-title": f"Arbetsfil, hämtad ur portalen {skriv(front.dag)}",
    }
    options = docx_options(said, depth=3, look=FILTER)
    try:
        made = run_pandoc(options, html.encode(), seconds=TIMEOUT_SECONDS, made=front.dag)
    except PandocFel as error:
        raise WordFel("Word-filen kunde inte skapas. Försök igen, eller hämta färre avsnitt åt gången.") from error
    return _finish(made)


def _section(part: Avsnittsdel) -> str:
    tag = f"h{part.niva}"
    heading = f'<{tag} id="kap-{part.nyckel}" data-marke="{part.marke.namn}">{escape(part.rubrik)}</{tag}>'
    text = commented(sanitise(part.html), part.kommentarer)
    html = _SOURCE.sub(lambda found: f"{found[2]}</table>{_source(found[1])}", text)
    html = html.replace("<small>", '<span class="fotnot">').replace("</small>", "</span>")
    html = html.replace("<dfn", '<span class="fackord"').replace("</dfn>", "</span>")
    return heading + html


def _source(cells: str) -> str:
    words = " ".join(_TAGS.sub(" ", cells).split())
    return f'<div custom-style="Kalla"><p>Källa: {words}</p></div>'


def _finish(docx: bytes) -> bytes:
    """Let Word know which tables have the headers of their rows in the first column: pandoc does not tell it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                content = _WHOLE_PICTURE.sub(r'\1descr=""', _HEADED.sub(_headed, content.decode())).encode()
            out.writestr(item, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _headed(found: re.Match[str]) -> str:
    value = {"0": "0080", "2": "00A0"}[found[3]]
    return f'<w:tblStyle w:val="Table" />{found[1]}w:firstColumn="1"{found[2]}w:val="{value}"'
