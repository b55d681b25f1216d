"""Drawing a diagram in a limited process of its own, and putting it in a page."""

import json
import re
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from delprojekt.documents.granska.forald import run_limited
from delprojekt.documents.granska.ritning import MINNE_MB
from delprojekt.documents.granska.utslag import SEKUNDER

ADRESS = "/media/diagram/"
"""A diagram in a text: ``/media/diagram/<sha256>.svg``; ``.png`` is the same for Word."""
GICK_INTE = "Diagrammet gick inte att rita. Tabellen visas i stället, och inget i den är ändrat."
_ritar = BoundedSemaphore(2)
"""So many diagrams are drawn at once by this process: each takes a processor, and MINNE_MB at most."""
_NAME = re.compile(rf"{ADRESS}([0-9a-f]{{64}})\.(?:svg|png)")
_ROOT = re.compile(r"<svg [^>]*?(width=\"[\d.]+\" height=\"[\d.]+\" viewBox=\"[\d. ]+\")[^>]*>")


class Ritfel(RuntimeError):
    """A diagram that could not be drawn."""


@dataclass(frozen=True)
class Teckning:
    """A diagram as it is drawn."""

    svg: str
    png: bytes


def draw(description: dict[str, Any]) -> Teckning:
    """Return a diagram drawn. In: Vega-Lite. Raises Ritfel, also when it took too long or too much memory."""
    if not _ritar.acquire(timeout=SEKUNDER):
        raise Ritfel("Andra diagram ritas redan.")
    try:
        return _draw(description)
    finally:
        _ritar.release()


def _draw(description: dict[str, Any]) -> Teckning:
    with tempfile.NamedTemporaryFile(prefix="sfbv-diagram-") as file:
        file.write(json.dumps(description).encode())
        file.flush()
        done = run_limited("ritning", Path(file.name), memory_mb=MINNE_MB)
    head, _, rest = done.said.partition(b"\n")
    if done.code:
        raise Ritfel(f"Ritningen dog med kod {done.code} efter {done.seconds:.1f} s.")
    size = int(json.loads(head)["svg"])
    return Teckning(rest[:size].decode(), rest[size:])


def address(sha256: str) -> str:
    """Return the address of a diagram in a text."""
    return f"{ADRESS}{sha256}.svg"


def known_by(path: str) -> str:
    """Return which diagram an address leads to; empty when it leads to none."""
    found = _NAME.fullmatch(path)
    return found[1] if found else ""


def known_in(text: str) -> set[str]:
    """Return the diagrams that a text shows."""
    return {found[1] for found in _NAME.finditer(text)}


def as_png(path: str) -> str:
    """Return the address of the same diagram as PNG, for Word; other addresses as they are."""
    return path.replace(".svg", ".png") if known_by(path) else path


def inline(svg: str, anchor: str, title: str, description: str) -> str:
    """Return a drawn diagram as a part of a page: an image with a Swedish name and description, without any style.

    In: plain words; ``anchor`` is what no other diagram of the page is called.
    """
    named = f'<title id="{anchor}-namn">{escape(title)}</title><desc id="{anchor}-text">{escape(description)}</desc>'
    root = r'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" \1 role="img"'
    root += f' aria-labelledby="{anchor}-namn" aria-describedby="{anchor}-text">'
    return _ROOT.sub(lambda found: found.expand(root) + named, svg, count=1)
