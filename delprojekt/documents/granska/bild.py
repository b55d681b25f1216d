"""Scanned pictures: PNG, JPEG and TIFF. The size is read from the header before anything is unpacked."""

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from delprojekt.documents.granska.utslag import MAX_PIXLAR, MAX_SIDOR, Avvisad, Filfel

FORMAT = ("PNG", "JPEG", "TIFF")
LAS_HELA = 40_000_000
"""Pictures up to this many pixels are read to their end, so that half a picture is found out."""


def granska_bild(path: Path) -> None:
    """Look at a picture. Raises Avvisad when it is too large, has too many pages or is damaged."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit, the same for all
    try:
        with Image.open(path, formats=FORMAT) as picture:
            _sidor(picture)
            picture.seek(0)
            if _pixlar(picture) * len(picture.getbands()) <= LAS_HELA:
                picture.load()
    except Avvisad:
        raise
    except MemoryError as error:
        raise Avvisad(Filfel.FOR_STOR_UPPACKAD) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise Avvisad(Filfel.SKADAD) from error


def _sidor(picture: Image.Image) -> None:
    pages = getattr(picture, "n_frames", 1)
    if pages > MAX_SIDOR:
        raise Avvisad(Filfel.FOR_MANGA_SIDOR)
    for page in range(pages):
        if page:
            picture.seek(page)
        if _pixlar(picture) > MAX_PIXLAR:
            raise Avvisad(Filfel.FOR_STOR_UPPACKAD)


def _pixlar(picture: Image.Image) -> int:
    return picture.width * picture.height
