"""The tree as a Word file, for those who comment in Word. The record is the PDF; this is a copy to work with."""

import base64
import os
import subprocess
from datetime import UTC, datetime, time
from pathlib import Path

from delprojekt.documents.errors import OtillatenResurs, WordFel
from delprojekt.documents.fit import ImageSource
from delprojekt.documents.html import render_for_word
from delprojekt.documents.media import MediaFetcher, fetch_own, no_media
from delprojekt.documents.tree import Document

TIMEOUT_SECONDS = 60
MAX_MEMORY = "512M"
STYLE = Path(__file__).with_name("word_mall.docx")
"""The look: styles, header and footer. Made by ``word_style``."""
FILTER = Path(__file__).with_name("word.lua")


def render_word(document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the Word file (.docx) of a document, pictures laid into it.

    Raises:
        WordFel: pandoc failed or took too long; the sentence can be shown to the user.
        OtillatenResurs: the text shows a picture that is not the portal's own.
    """
    import pypandoc

    html = render_for_word(document, image_source=_embedder(media_fetcher))
    made = datetime.combine(document.date, time(12), UTC)
    try:
        done = subprocess.run(  # noqa: S603 - every word of the command is our own; the text goes in as data
            [pypandoc.get_pandoc_path(), *_options(document), "+RTS", f"-M{MAX_MEMORY}", "-RTS"],
            input=html.encode(),
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(made.timestamp()))},
            timeout=TIMEOUT_SECONDS,
            check=True,
            capture_output=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise WordFel("Word-filen kunde inte skapas. Försök igen, eller hämta PDF i stället.") from error
    return done.stdout


def _options(document: Document) -> list[str]:
    """Return pandoc's options. ``--sandbox``: it reads nothing but what is named here, and nothing from the net."""
    metadata = {
        "lang": "sv-SE",
        "title": document.title,
        "subtitle": f"{document.slag.label} · {document.number_line}",
        "toc-title": "Innehåll",
        "abstract-title": document.status_line,
    }
    return [
        "--sandbox",
        "--from=html",
        "--to=docx",
        "--output=-",
        "--toc",
        "--toc-depth=2",
        f"--reference-doc={STYLE}",
        f"--lua-filter={FILTER}",
        *(f"--metadata={name}:{value}" for name, value in metadata.items()),
    ]


def _embedder(media_fetcher: MediaFetcher) -> ImageSource:
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
