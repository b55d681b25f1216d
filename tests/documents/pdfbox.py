"""Reads a PDF for the tests, with the PDFBox that lies in the same jar as veraPDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jpype

from tests.documents.java import in_java, java


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF."""

    body: bytes
    description: str
    relationship: str


def text(pdf: bytes) -> str:
    """Return all text that is drawn, page after page, hyphens at line ends taken away."""
    return in_java(_text, pdf)


def _text(pdf: bytes) -> str:
    with _open(pdf) as document:
        return str(java("org.apache.pdfbox.text.PDFTextStripper")().getText(document)).replace("-\n", "")


def attachments(pdf: bytes) -> dict[str, Attachment]:
    """Return the files inside by name."""
    return in_java(_attachments, pdf)


def _attachments(pdf: bytes) -> dict[str, Attachment]:
    with _open(pdf) as document:
        names = document.getDocumentCatalog().getNames()
        files = names.getEmbeddedFiles() if names else None
        return {str(name): _attachment(files.getNames().get(name)) for name in files.getNames()} if files else {}


def catalog(pdf: bytes) -> dict[str, str]:
    """Return language, title and author."""
    return in_java(_catalog, pdf)


def _catalog(pdf: bytes) -> dict[str, str]:
    with _open(pdf) as document:
        about = document.getDocumentInformation()
        language = document.getDocumentCatalog().getLanguage()
        return {"language": str(language), "title": str(about.getTitle()), "author": str(about.getAuthor())}


def fonts(pdf: bytes) -> set[str]:
    """Return the names of the fonts that are used, without the tag of the subset."""
    return in_java(_fonts, pdf)


def _fonts(pdf: bytes) -> set[str]:
    with _open(pdf) as document:
        resources = [page.getResources() for page in document.getPages()]
        return {
            str(item.getFont(name).getName()).partition("+")[2] for item in resources for name in item.getFontNames()
        }


def bookmarks(pdf: bytes) -> list[str]:
    """Return the titles of the outermost bookmarks."""
    return in_java(_bookmarks, pdf)


def _bookmarks(pdf: bytes) -> list[str]:
    with _open(pdf) as document:
        outline = document.getDocumentCatalog().getDocumentOutline()
        return [str(item.getTitle()) for item in outline.children()] if outline else []


def _attachment(spec: Any) -> Attachment:
    relationship = spec.getCOSObject().getNameAsString("AFRelationship")
    body = bytes(spec.getEmbeddedFile().toByteArray())
    return Attachment(body, str(spec.getFileDescription()), str(relationship))


@contextmanager
def _open(pdf: bytes) -> Iterator[Any]:
    document = java("org.apache.pdfbox.Loader").loadPDF(jpype.JArray(jpype.JByte)(pdf))
    try:
        yield document
    finally:
        document.close()
