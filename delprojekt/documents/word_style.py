"""Makes ``word_mall.docx``, the look of Word files, out of pandoc's own: ``python -m delprojekt.documents.word_style``.

Kept in the tree as a file, so that the one who knows Word can open it, change a style and save it again.
"""

import io
import re
import zipfile

from delprojekt.documents.pandoc import default_file
from delprojekt.documents.word import STYLE

FONT = "Calibri"
DEEP, MUTED, LINE = "0F4C5C", "4E6268", "C6D5D8"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."

# style: (half points, colour, bold, twentieths of a point before and after)
_TEXT_STYLES: dict[str, tuple[int, str, bool, int, int]] = {
    "Title": (64, DEEP, True, 1200, 60),
    "Subtitle": (28, MUTED, False, 0, 480),
    "AbstractTitle": (26, DEEP, True, 240, 120),
    "TOCHeading": (36, DEEP, False, 480, 120),
    "Heading1": (36, DEEP, False, 480, 120),
    "Heading2": (27, DEEP, True, 320, 80),
    "Heading3": (23, DEEP, True, 240, 60),
    "Heading4": (22, "16262B", True, 200, 40),
    "Heading5": (22, "16262B", True, 200, 40),
    "TableCaption": (20, "16262B", True, 200, 80),
    "ImageCaption": (20, MUTED, False, 60, 200),
}
_ADDED = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Kalla"><w:name w:val="Kalla"/>'
    '<w:basedOn w:val="BodyText"/><w:pPr><w:spacing w:before="60" w:after="200"/></w:pPr>'
    f'<w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Fackord"><w:name w:val="Fackord"/>'
    f'<w:rPr><w:u w:val="dotted" w:color="{MUTED}"/></w:rPr></w:style>'
)
"""The source under a table, and a fackord whose explanation is shown as a tip."""
_FOOTER = "Södra sjukvårdsregionen · Samarbete för bättre vård"


def main() -> None:
    """Write the file."""
    STYLE.write_bytes(make_style(default_file("reference.docx")))


def make_style(default: bytes) -> bytes:
    """Return pandoc's ``default`` reference document with our styles and footer; same in, same out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        parts = {name: source.read(name) for name in source.namelist()}
        parts["word/styles.xml"] = _styles(parts["word/styles.xml"].decode()).encode()
        parts["word/footer1.xml"] = _footer().encode()
        _add(
            parts,
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/word/footer1.xml" ContentType="{_PART}footer+xml"/>',
        )
        _add(
            parts,
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rIdFooter" Type="{_R}/footer" Target="footer1.xml"/>',
        )
        _add(parts, "word/document.xml", "</w:body>", _section())
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _add(parts: dict[str, bytes], name: str, before: str, xml: str) -> None:
    """Put ``xml`` in front of the closing tag ``before`` of a part."""
    text = parts[name].decode()
    if "<w:sectPr" in xml:
        text = re.sub(r"<w:sectPr.*?</w:sectPr>", "", text, flags=re.DOTALL)
    parts[name] = text.replace(before, xml + before).encode()


def _styles(xml: str) -> str:
    """Return the styles with our fonts, colours and distances."""
    xml = re.sub(
        r"<w:rFonts [^>]*/>", f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>', xml
    )
    xml = re.sub(r"<w:lang [^>]*/>", '<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/>', xml)
    for style, values in _TEXT_STYLES.items():
        xml = _restyle(xml, style, *values)
    return _table_style(xml).replace("</w:styles>", f"{_ADDED}</w:styles>")


def _restyle(xml: str, style: str, size: int, colour: str, bold: bool, before: int, after: int) -> str:
    def change(match: re.Match[str]) -> str:
        body = re.sub(r"<w:pPr>.*?</w:pPr>|<w:rPr>.*?</w:rPr>|<w:pPr ?/>|<w:rPr ?/>", "", match[2], flags=re.DOTALL)
        level = re.fullmatch(r"Heading([1-9])", style)
        outline = f'<w:outlineLvl w:val="{int(level[1]) - 1}"/>' if level else ""
        weight = "<w:b/>" if bold else ""
        return (
            f"{match[1]}{body}<w:pPr><w:keepNext/><w:keepLines/>"
            f'<w:spacing w:before="{before}" w:after="{after}"/><w:jc w:val="left"/>{outline}</w:pPr>'
            f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{weight}'
            f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    pattern = rf'(<w:style\b[^>]*w:styleId="{style}"[^>]*>)(.*?)</w:style>'
    return re.sub(pattern, change, xml, count=1, flags=re.DOTALL)


def _table_style(xml: str) -> str:
    def border(side: str, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'

    lines = border("top", DEEP) + border("bottom", DEEP) + border("insideH", LINE)
    table = (
        f'<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="120" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{DEEP}"/></w:rPr>'
        f"<w:tcPr><w:tcBorders>{border('bottom', DEEP)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )

    def change(match: re.Match[str]) -> str:
        return match[1] + re.sub(r"<w:tblPr>.*", "", match[2], flags=re.DOTALL) + table

    pattern = r'(<w:style\b[^>]*w:styleId="Table"[^>]*>)(.*?)</w:style>'
    return re.sub(pattern, change, xml, count=1, flags=re.DOTALL)


def _footer() -> str:
    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}"><w:r>{small}<w:t>1</w:t></w:r></w:fldSimple>'

    small = f'<w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="17"/></w:rPr>'

    def run(text: str) -> str:
        return f'<w:r>{small}<w:t xml:space="preserve">{text}</w:t></w:r>'

    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:tabs>'
        f'<w:tab w:val="right" w:pos="9060"/></w:tabs></w:pPr>{run(_FOOTER)}<w:r><w:tab/></w:r>'
        f"{run('Sida ')}{field('PAGE')}{run(' av ')}{field('NUMPAGES')}</w:p></w:ftr>"
    )


def _section() -> str:
    """Return the page: A4, margins of 2.5 cm, our footer."""
    return (
        f'<w:sectPr><w:footerReference xmlns:r="{_R}" w:type="default" r:id="rIdFooter"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" '
        'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )


if __name__ == "__main__":
    main()
