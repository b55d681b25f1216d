"""Stored files in folders of the test's own."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from delprojekt.models import Delprojekt, Rekommendation
from tests.world import DAG, PDF


def decision_form(d: Delprojekt, region: str, **changes: Any) -> dict[str, Any]:
    """Return what a region fills in when it sends its decision."""
    asked = Rekommendation.objects.filter(namndbeslut__delprojekt=d, namndbeslut__aterkallat_at=None)
    return {
        "nyckel": str(uuid.uuid4()),
        "region": region,
        "niva": "politisk",
        "organ_namn": "Regionstyrelsen",
        "dag": DAG.isoformat(),
        "paragraf": "214",
        **{f"utfall_{rek.pk}": "bifall" for rek in asked},
        "fil": SimpleUploadedFile("utdrag.pdf", PDF),
        **changes,
    }


def own_storage(settings: Any, folder: Path) -> tuple[Path, Path]:
    """Give the portal empty folders for its files and for its quarantine. Out: both."""
    media, quarantine = folder / "media", folder / "karantan"
    settings.MEDIA_ROOT = media
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "karantan": {**backend, "OPTIONS": {"location": quarantine}}}
    return media, quarantine


def files(folder: Path) -> list[str]:
    """Return every file under a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def put(name: str, data: bytes = b"fil") -> str:
    """Store a file as if a crash had left it without a row."""
    return default_storage.save(name, ContentFile(data))


def full_after(chunks: int) -> Callable[..., Any]:
    """Return what an upload's ``chunks`` becomes when the disk is full after so many pieces."""

    def pieces(_self: Any, chunk_size: int | None = None) -> Any:
        for _ in range(chunks):
            yield b"x" * 1000
        raise OSError(28, "No space left on device")

    return pieces
