"""The tree as a Word file, for those who comment in Word. The record is the PDF; this is a copy to work with."""

import base64
from collections.abc import Mapping
from pathlib import Path

from delprojekt.documents.errors import OtillatenResurs, WordFel
from delprojekt.documents.fit import ImageSource
from delprojekt.documents.html import render_for_word
from delprojekt.documents.media import MediaFetcher, fetch_own, no_media
from delprojekt.documents.pandoc import PandocFel, run_pandoc
from delprojekt.documents.ritning import as_png
from delprojekt.documents.tree import Document

TIMEOUT_SECONDS = 60
STYLE = Path(__file__).with_name("word_mall.docx")
"""The look: styles, header and footer. Made by ``word_style``."""
FILTER = Path(__file__).with_name("word.lua")
FRONT = Path(__file__).with_name("framsida.lua")
"""What the front page says comes before the table of contents, in every Word file."""


def render_word(document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the Word file (.docx) of a document, pictures laid into it.

    Raises:
        WordFel: pandoc failed or took too long; the sentence can be shown to the user.
        OtillatenResurs: the text shows a picture that is not the portal's own.
    """
    html = render_for_word(document, image_source=embedder(media_fetcher))
    front = {
        "title": document.title,
        "subtitle": f"{document.slag.label} · {document.number_line}",
        "abstract-title": document.status_line,
    }
    options = docx_options(front, depth=2, look=FILTER)
    try:
        return run_pandoc(options, html.encode(), seconds=TIMEOUT_SECONDS, made=document.date)
    except PandocFel as error:
        raise WordFel("Word-filen kunde inte skapas. Försök igen, eller hämta PDF i stället.") from error


def docx_options(front: Mapping[str, str], *, depth: int, look: Path) -> list[str]:
    """Return pandoc's options for a Word file that begins with a front page and its contents.

    In: what the front page says (title, subtitle, abstract-title), how many levels the contents have, and the filter
    that turns our marks into Word's own.
    """
    metadata = {"lang": "sv-SE", "toc-title": "Innehåll", **front}
    return [
        "--from=html",
        "--to=docx",
        "--output=-",
        "--toc",
        f"--toc-depth={depth}",
        f"--reference-doc={STYLE}",
        f"--lua-filter={look}",
        f"--lua-filter={FRONT}",
        *(f"--metadata={name}:{value}" for name, value in metadata.items()),
    ]


def embedder(media_fetcher: MediaFetcher) -> ImageSource:
    """Return what turns the address of a picture into the picture itself, as ``data:``; a diagram becomes PNG."""

    def embed(source: str) -> str:
        if source.startswith("data:"):
            return source
        try:
            media = fetch_own(as_png(source), media_fetcher)
        except LookupError as error:
            raise OtillatenResurs({source}) from error
        return f"data:{media.content_type};base64,{base64.b64encode(media.body).decode()}"

    return embed
