"""The process that draws a diagram: ``python -m delprojekt.documents.granska.ritning <path>``.

In: a file with the diagram as Vega-Lite. Prints one line of JSON, after it the SVG and then the PNG. The drawer carries
V8, which needs a larger address space than it uses, so its memory is watched from outside (``forald.run_limited``); it
reads nothing but the file and the house's own fonts, and nothing from the net.
"""

import json
import re
import resource
import sys
import tempfile
from pathlib import Path

from delprojekt.documents.granska.utslag import MB, SEKUNDER

RITARE = "vega-lite 5.20"
"""Part of what a drawing is known by: another version may draw otherwise."""
MINNE_MB = 400
"""The most memory that drawing may take; an ordinary diagram takes a fourth."""
TATHET = 2
"""Dots of the PNG for each of the SVG: 220 an inch over the width of a page."""
_TYPSNITT = Path(__file__).resolve().parents[3] / "static/fonts/dokument"
TYPSNITT = "Source Sans 3 Dokument"
"""What the document's style sheet calls the house's font."""
_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def rita(description: dict[str, object]) -> tuple[str, bytes]:
    """Return a diagram as SVG and PNG. Raises ValueError when it cannot be drawn."""
    import vl_convert

    with tempfile.TemporaryDirectory() as folder:
        _unpack_fonts(Path(folder))
        vl_convert.register_font_directory(folder)
        svg = vl_convert.vegalite_to_svg(
            description, vl_version=RITARE.split()[1], format_locale="sv-SE", allowed_base_urls=[]
        )
        return _ARIA.sub("", svg), vl_convert.svg_to_png(svg, scale=TATHET)


def _unpack_fonts(folder: Path) -> None:
    """Write the house's fonts as the drawer reads them: without compression, known by the document's name for them."""
    from fontTools.ttLib import TTFont

    for style in ("Regular", "Bold"):
        font = TTFont(_TYPSNITT / f"SourceSans3-{style}.ttf.woff2")
        font.flavor, font["name"].names = None, []
        for number, words in ((1, TYPSNITT), (2, style), (4, f"{TYPSNITT} {style}"), (6, f"SourceSans3-{style}")):
            font["name"].setName(words, number, 3, 1, 0x409)
        write = font.save  # no row is saved: it is what the library calls writing a font
        write(folder / f"{style}.ttf")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SEKUNDER, SEKUNDER))
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 * MB, 16 * MB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit()
    drawn, dots = rita(json.loads(Path(sys.argv[1]).read_bytes()))
    head = json.dumps({"slag": "SVG", "svg": len(drawn.encode())})
    sys.stdout.buffer.write(head.encode() + b"\n" + drawn.encode() + dots)
