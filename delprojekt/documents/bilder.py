"""The portal's own pictures for the renderers, and which pictures a text may show."""

import contextlib
import logging
import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from delprojekt.documents.granska.slag import TYPER
from delprojekt.documents.media import Media, MediaFetcher
from delprojekt.documents.ritning import known_by, known_in
from delprojekt.models import Bild, Diagrambild

ADRESS = "/media/bild/"
_PICTURE = re.compile(r'<img [^>]*?src="([^"]*)"[^>]*>')
_DESCRIPTION = re.compile(r' alt="([^"]*)"')
logger = logging.getLogger(__name__)


def media_of(delprojekt_pk: int) -> MediaFetcher:
    """Return what gives a renderer the pictures of one delprojekt; another's are as absent as those that never were.

    In the place of one that is absent stands a picture that says so: a report that is fixed cannot be changed, and must
    not be without its file because of one picture.
    """

    def fetch(path: str) -> Media:
        if drawn := _diagram(path):
            return drawn
        found = Bild.objects.filter(namn=path.removeprefix(ADRESS), omgang__delprojekt=delprojekt_pk).first()
        if found is not None and path.startswith(ADRESS):
            with contextlib.suppress(FileNotFoundError), found.visning.open("rb") as file:
                return Media(file.read(), TYPER[f".{found.namn.rpartition('.')[2]}"])
        logger.error("Bilden %s finns inte.", path)
        return Media(_absent(), "image/png")

    return fetch


def _diagram(path: str) -> Media | None:
    """Return a diagram that has been drawn, as SVG or PNG."""
    known = known_by(path)
    found = Diagrambild.objects.filter(sha256=known).first() if known else None
    if found is None:
        return None
    return Media(bytes(found.png), "image/png") if path.endswith(".png") else Media(found.svg.encode(), "image/svg+xml")


def diagrams(text: str) -> Callable[[str], str]:
    """Return what gives a page the SVG of a diagram by its address; empty when there is none.

    In: what is to be shown, as it is stored or as the JSON of its tree: all its diagrams come in one query, or none.
    """

    @cache
    def known() -> dict[str, str]:
        wanted = known_in(text)
        return dict(Diagrambild.objects.filter(sha256__in=wanted).values_list("sha256", "svg"))

    return lambda path: known().get(known_by(path), "")


def only_own(html: str, delprojekt_pk: int) -> str:
    """Return sanitised HTML in which each picture is one that has been put in a text of this delprojekt.

    Another stands as words, with its description, so that the writer sees that it did not come along. One query, when
    there are pictures.
    """
    asked = set(_PICTURE.findall(html))
    names = [source.removeprefix(ADRESS) for source in asked if source.startswith(ADRESS)]
    known = Bild.objects.filter(namn__in=names, omgang__delprojekt=delprojekt_pk).values_list("namn", flat=True)
    ours = {ADRESS + name for name in known} if names else set()
    return _PICTURE.sub(lambda img: img[0] if img[1] in ours else _in_words(img[0]), html) if asked - ours else html


def _in_words(img: str) -> str:
    said = _DESCRIPTION.search(img)
    return f"[Bilden kom inte med{': ' + said[1] if said and said[1] else ''}]"


@cache
def _absent() -> bytes:
    """Return a grey picture with the words "Bilden saknas"."""
    picture = Image.new("RGB", (900, 300), "#e8e6e1")
    ImageDraw.Draw(picture).text(
        (450, 150), "Bilden saknas", fill="#333333", anchor="mm", font=ImageFont.load_default(56)
    )
    out = BytesIO()
    encode = picture.save  # no row is saved: it is what Pillow calls writing the dots in a format
    encode(out, "PNG")
    return out.getvalue()
