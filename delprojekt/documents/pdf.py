"""The tree as PDF/A-3a with PDF/UA-1: the record (ADR 0005).

WeasyPrint is only imported inside functions: a server without Pango still starts, and says that PDF is off.
"""

from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from delprojekt.documents.conform import finish
from delprojekt.documents.errors import OtillatenResurs, PdfAv
from delprojekt.documents.html import render_page
from delprojekt.documents.media import MediaFetcher, fetch_own, no_media
from delprojekt.documents.tree import Document, to_json

HOME = "http://portalen.invalid"
"""Addresses in a document are read as if it lay here; ``.invalid`` exists nowhere (RFC 6761)."""
ATTACHMENT = "dokument.json"
_STYLESHEET = "css/dokument.css"
_FONT_PATH = "/static/fonts/dokument/"


def render_pdf(document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the PDF of a document, with the canonical JSON of its tree attached.

    The same tree gives the same bytes with the same versions of WeasyPrint, Pango and fonts: all dates in the file
    are the document's own.

    Raises:
        PdfAv: PDF is off here; the sentence can be shown to the user.
        OtillatenResurs: the text points at something that is not the portal's own.
    """
    return write_pdf(render_page(document, stylesheet=False), document, media_fetcher=media_fetcher)


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF of the portal's own has."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def write_pdf(html: str, document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the PDF of a finished page; ``document`` gives dates and the attachment. Raises as ``render_pdf``."""
    weasyprint = _weasyprint()
    from weasyprint.urls import URLFetchingError

    fetcher = _make_fetcher(media_fetcher)
    try:
        pdf = _write(weasyprint, html, document, fetcher)
    except URLFetchingError as error:
        raise OtillatenResurs(fetcher.refused) from error
    if fetcher.refused:
        raise OtillatenResurs(fetcher.refused)
    return pdf


def _write(weasyprint: Any, html: str, document: Document, fetcher: Any) -> bytes:
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    css = weasyprint.CSS(
        string=_static(_STYLESHEET).decode(),
        base_url=f"{HOME}/static/{_STYLESHEET}",
        url_fetcher=fetcher,
        font_config=fonts,
    )
    page = weasyprint.HTML(string=html, base_url=f"{HOME}/", url_fetcher=fetcher)
    rendered = page.render(stylesheets=[css], font_config=fonts, presentational_hints=True)
    made = datetime.combine(document.date, time(12), UTC)
    rendered.metadata = _metadata(rendered.metadata, made)
    attachment = weasyprint.Attachment(
        string=to_json(document),
        name=ATTACHMENT,
        description="Dokumentets innehåll i maskinläsbar form (JSON)",
        relationship="Data",
        created=made,
        modified=made,
    )
    target = BytesIO()
    rendered.write_pdf(target, finisher=finish, pdf_variant="pdf/a-3a", pdf_tags=True, attachments=[attachment])
    return target.getvalue()


def _weasyprint() -> Any:
    if getattr(settings, "PDF_AV", False):
        raise PdfAv("PDF är avstängt på den här servern. Texten finns kvar och kan läsas som förhandsvisning.")
    try:
        import weasyprint
    except OSError as error:  # Pango is missing
        raise PdfAv("PDF kan inte skapas här: programbiblioteket Pango saknas på servern.") from error
    return weasyprint


def _make_fetcher(media_fetcher: MediaFetcher) -> Any:
    """Return WeasyPrint's only way out: ``data:``, the house's own fonts, the portal's own pictures. Nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: set[str] = set()

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            try:
                return self._fetch(url)
            except Exception:
                self.refused.add(url)
                raise

        def _fetch(self, url: str) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url)
            path = url.removeprefix(HOME) if url.startswith(f"{HOME}/") else ""
            if path.startswith(_FONT_PATH):
                return URLFetcherResponse(url, _font(path.removeprefix("/static/")), {"Content-Type": "font/ttf"})
            media = fetch_own(path, media_fetcher)
            return URLFetcherResponse(url, media.body, {"Content-Type": media.content_type})

    return Fetcher()


@cache
def _static(path: str) -> bytes:
    """Return one of the house's own static files; ``find`` refuses paths that lead out of them."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"The house's own file {path} is missing.")
    return Path(found).read_bytes()


@cache
def _font(path: str) -> bytes:
    """Return a font as TrueType: unpacking WOFF2 takes longer than a short document, so it is done once."""
    from fontTools.ttLib.woff2 import decompress

    unpacked = BytesIO()
    decompress(BytesIO(_static(path)), unpacked)
    return unpacked.getvalue()


_PDFUA = b"""<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def _metadata(metadata: Any, made: datetime) -> Any:
    """Return the page's metadata dated ``made``, without attachments of its own, with PDF/UA-1 in the same packet."""
    from weasyprint.document import DocumentMetadata

    class RecordMetadata(DocumentMetadata):  # type: ignore[misc]
        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
            return rdf.replace(b"</rdf:RDF>", _PDFUA)

    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    return RecordMetadata(
        title=metadata.title,
        authors=metadata.authors,
        description=metadata.description,
        lang=metadata.lang,
        created=stamp,
        modified=stamp,
    )
