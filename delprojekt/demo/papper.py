"""Small PDF files for what regions hand in: a real protokollsutdrag comes from outside, so the portal's own
template is not used for it."""

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

_LINE = 18


def make_paper(name: str, title: str, lines: Sequence[str]) -> SimpleUploadedFile:
    """Return an uploaded one-page PDF. In: the file's name, the heading, and the lines below it."""
    return SimpleUploadedFile(name, _pdf(title, lines), content_type="application/pdf")


def _pdf(title: str, lines: Sequence[str]) -> bytes:
    text = [b"BT /F1 16 Tf 70 760 Td", _shown(title), b"/F1 11 Tf 0 -34 Td"]
    for line in lines:
        text += [_shown(line), f"0 -{_LINE} Td".encode()]
    content = b"\n".join([*text, b"ET"])
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Lang (sv-SE) >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Title " + _string(title) + b" >>",
        ]
    )


def _shown(text: str) -> bytes:
    return _string(text) + b" Tj"


def _string(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _file(objects: Sequence[bytes]) -> bytes:
    """Number the objects and write the table that says where each of them begins."""
    data, starts = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % start for start in starts)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % table)
