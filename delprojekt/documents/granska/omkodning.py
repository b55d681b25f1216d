"""The process that copies a picture: ``python -m delprojekt.documents.granska.omkodning <path>``.

Prints one line of JSON, and after it the copy: PNG, or JPEG of what was JPEG. The copy is made of the dots alone, so
where it was taken, thumbnails and whatever else the file held stay in the original. Limited as ``barn`` is.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from delprojekt.documents.granska.barn import begransa
from delprojekt.documents.granska.bild import FORMAT
from delprojekt.documents.granska.slag import Filslag, ett_slag
from delprojekt.documents.granska.utslag import MAX_BILDPUNKTER, Avvisad, Filfel

STORST = 2400
"""The longest side of a copy: 300 dots an inch over the width of a page."""
SVAR_MB = 24
_BILDER = frozenset({Filslag.PNG, Filslag.JPEG, Filslag.TIFF})


def omkoda_har(path: Path) -> tuple[dict[str, str | int], bytes]:
    """Return what to say of the picture and the copy; ``{"fel": …}`` and nothing when there is none."""
    try:
        return _copy(path)
    except Avvisad as error:
        return {"fel": error.fel.name}, b""
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}, b""
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):
        return {"fel": Filfel.SKADAD.name}, b""


def _copy(path: Path) -> tuple[dict[str, str | int], bytes]:
    slag = ett_slag(path)
    if slag not in _BILDER:
        raise Avvisad(Filfel.FEL_SLAG)
    Image.MAX_IMAGE_PIXELS = None  # our own limit
    with Image.open(path, formats=FORMAT) as opened:
        if opened.width * opened.height > MAX_BILDPUNKTER:
            raise Avvisad(Filfel.FOR_STOR_UPPACKAD)
        opened.draft("RGB", (STORST, STORST))
        opened.thumbnail((STORST, STORST))
        picture = _on_white(ImageOps.exif_transpose(opened))
    made = Filslag.JPEG if slag is Filslag.JPEG else Filslag.PNG
    out = BytesIO()
    encode = picture.save  # no row is saved: it is what Pillow calls writing the dots in a format
    encode(out, made.name, **({"quality": 88} if made is Filslag.JPEG else {"optimize": True}))
    return {"slag": made.name, "bredd": picture.width, "hojd": picture.height}, out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the dots as plain colours; what is see-through lies on white, as on paper. No palette, no metadata."""
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


if __name__ == "__main__":
    begransa(file_mb=SVAR_MB)
    said, copy = omkoda_har(Path(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + copy)
