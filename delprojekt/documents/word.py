"""The tree as a Word file, for those who comment in Word. The record is the PDF; this is a copy to work with."""

import base64
from pathlib import Path

from delprojekt.documents.errors import OtillatenResurs, WordFel
from delprojekt.documents.fit import ImageSource
from delprojekt.documents.html import render_for_word
from delprojekt.documents.media import MediaFetcher, fetch_own, no_media
from delprojekt.documents.pandoc import PandocFel, run_pandoc
from delprojekt.documents.tree import Document

TIMEOUT_SECONDS = 60
STYLE = Path(__file__).with_name("word_mall.docx")
"""The look: styles, header and footer. Made by ``word_style``."""
FILTER = Path(__file__).with_name("word.lua")


def render_word(document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the Word file (.docx) of a document, pictures laid into it.

    Raises:
        WordFel: pandoc failed or took too long; the sentence can be shown to the user.
        OtillatenResurs: the text shows a picture that is not the portal's own.
    """
    html = render_for_word(document, image_source=embedder(media_fetcher))
    try:
        return run_pandoc(_options(document), html.encode(), seconds=TIMEOUT_SECONDS, made=document.date)
    except PandocFel as error:
        raise WordFel("Word-filen kunde inte skapas. Försök igen, eller hämta PDF i stället.") from error


def _options(document: Document) -> list[str]:
    """Return pandoc's options."""
    metadata = {
        "lang": "sv-SE",
        "title": document.title,
        "subtitle": f"{document.slag.label} · {document.number_line}",
        "toc-title": "Innehåll",
        "abstract-title": document.status_line,
    }
    return [
        "--from=html",
        "--to=docx",
        "--output=-",
        "--toc",
        "--toc-depth=2",
        f"--reference-doc={STYLE}",
        f"--lua-filter={FILTER}",
        *(f"--metadata={name}:{value}" for name, value in metadata.items()),
    ]


def embedder(media_fetcher: MediaFetcher) -> ImageSource:
    """Return what turns the address of a picture into the picture itself, as ``data:``."""

    def embed(source: str) -> str:
        if source.startswith("data:"):
            return source
        try:
            media = fetch_own(source, media_fetcher)
        except LookupError as error:
            raise OtillatenResurs({source}) from error
        return f"data:{media.content_type};base64,{base64.b64encode(media.body).decode()}"

    return embed
