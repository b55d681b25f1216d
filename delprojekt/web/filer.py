"""How a stored file leaves the portal: as a download that no browser shows or runs."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import quote

from csp.constants import HEADER
from django.core.files.base import File
from django.http import FileResponse, HttpResponse

from delprojekt.documents.granska.slag import TYPER

Response = TypeVar("Response", HttpResponse, FileResponse)
OKAND = "application/octet-stream"


def attachment(file: File, name: str, content_type: str = "") -> FileResponse:
    """Return a stored file as a download.

    In: the open file, the name to save it under, and its type when the portal made it; a received file is served as
    the kind that the portal found it to be. The caller has asked whether the person may have it.
    """
    found = content_type or TYPER.get(PurePosixPath(file.name or "").suffix, OKAND)
    return _closed(FileResponse(file, content_type=found), name)


def download(data: bytes, name: str, content_type: str) -> HttpResponse:
    """Return what was made just now as a download."""
    return _closed(HttpResponse(data, content_type=content_type), name)


def shown(response: Response) -> Response:
    """Return a picture that a page shows: as itself only, kept for an hour by the one who may see it."""
    return _harmless(response, "private, max-age=3600")


def _closed(response: Response, name: str) -> Response:
    response["Content-Disposition"] = disposition(name)
    return _harmless(response, "private, no-store")


def _harmless(response: Response, cache: str) -> Response:
    response["X-Content-Type-Options"] = "nosniff"
    response[HEADER] = "default-src 'none'; sandbox"
    response["Cache-Control"] = cache
    return response


def disposition(name: str) -> str:
    """Return the header with an ASCII name for old programs and the whole name for the others (RFC 6266, RFC 5987)."""
    whole = re.sub(r"[\x00-\x1f\x7f/\\]", "_", name) or "fil"
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ \-]", "_", plain).strip() or "fil"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
