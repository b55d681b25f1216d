"""Makes ``bildspel_mall.pptx``, the look of slides, out of pandoc's own: ``python -m
delprojekt.documents.bildspel_stil``.

Kept in the tree as a file, so that the one who knows PowerPoint can open it, change the master and save it again.
"""

import io
import re
import zipfile

from delprojekt.documents.bildspel import STYLE
from delprojekt.documents.pandoc import default_file
from delprojekt.documents.word_style import DEEP, MUTED

_COLOURS = {
    "dk2": DEEP,
    "lt2": "F3F1EC",
    "accent1": DEEP,
    "accent2": "B4552D",
    "accent3": "4B7A51",
    "accent4": MUTED,
    "accent5": "2F7D95",
    "accent6": "8A6D1F",
    "hlink": DEEP,
    "folHlink": MUTED,
}
_TITLE, _BODY = 2600, (2000, 1800, 1600, 1600, 1600)
"""Hundredths of a point: the title, and the text by level."""


def main() -> None:
    """Write the file."""
    STYLE.write_bytes(make_style(default_file("reference.pptx")))


def make_style(default: bytes) -> bytes:
    """Return pandoc's ``default`` reference slides with our colours and sizes; same in, same out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "ppt/theme/theme1.xml":
                content = _theme(content.decode()).encode()
            elif name == "ppt/slideMasters/slideMaster1.xml":
                content = _master(content.decode()).encode()
            elif name == "ppt/slideLayouts/slideLayout1.xml":
                content = content.replace(b'algn="ctr"', b'algn="l"')
            out.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _theme(xml: str) -> str:
    for name, colour in _COLOURS.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', xml)
    return xml


def _master(xml: str) -> str:
    """Return the master with smaller text, to the left, and the title in our colour."""

    def title(found: re.Match[str]) -> str:
        style = re.sub(r'sz="\d+"', f'sz="{_TITLE}" b="1"', found[0]).replace('algn="ctr"', 'algn="l"')
        return style.replace('<a:schemeClr val="tx1"', '<a:schemeClr val="tx2"')

    def body(found: re.Match[str]) -> str:
        style = found[0]
        for level, size in enumerate(_BODY, 1):
            style = re.sub(rf'(<a:lvl{level}pPr .*?<a:defRPr [^>]*?sz=)"\d+"', rf'\1"{size}"', style, flags=re.DOTALL)
        return style

    xml = re.sub(r"<p:titleStyle>.*?</p:titleStyle>", title, xml, flags=re.DOTALL)
    return re.sub(r"<p:bodyStyle>.*?</p:bodyStyle>", body, xml, flags=re.DOTALL)


if __name__ == "__main__":
    main()
