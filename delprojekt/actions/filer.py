"""Stored files: written before their row, under a name nobody else has, and looked after by a sweep.

A file is written first and its row is saved in the transaction. A crash in between leaves a file without a row, which
the sweep moves to quarantine; a row without a file can only come from outside the portal, and is an alarm.
"""

import hashlib
import logging
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db.models import FileField, Model
from django.utils import timezone

from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.granska.slag import HUVUD, slag_av
from delprojekt.models import Filkontroll
from delprojekt.models.handling import quarantine

logger = logging.getLogger(__name__)
VILA = timedelta(hours=1)
"""How old a file must be before it is strange that no row knows of it: longer than any request or job takes."""
FULLT = "Portalen kunde inte spara filen, troligen är det fullt där filerna ligger. Inget har ändrats. Ring kansliet."


@dataclass(frozen=True)
class Sparad:
    """A file that has been written."""

    namn: str
    filnamn: str
    storlek: int
    sha256: str


def store_upload(upload: "UploadedFile[bytes]", folder: str, falt: str = "fil") -> Sparad:
    """Write a received file.

    In: the upload, the folder, the field that the person filled in. Out: where it lies and its checksum. Raises
    Ogiltigt, with nothing left behind, when the file cannot be written.
    """
    key = checksum(upload)
    slag = slag_av(upload.read(HUVUD))
    upload.seek(0)
    name = f"{folder}/{uuid.uuid4().hex}{slag.value.andelse if slag else '.bin'}"
    stored = write_whole(default_storage, name, upload, falt)
    return Sparad(stored, clean_name(upload), upload.size or 0, key)


@contextmanager
def as_file(source: "File[bytes]") -> Iterator[Path]:
    """Lend a received or stored file as a path, for programs that open one; it can be read from its start afterwards.

    A large upload lies on disk already and is not copied. Raises OSError when there is no room for a copy.
    """
    if isinstance(source, TemporaryUploadedFile):
        yield Path(source.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="sfbv-fil-") as copy:
        for chunk in source.chunks():
            copy.write(chunk)
        copy.flush()
        source.seek(0)
        yield Path(copy.name)


def checksum(upload: "UploadedFile[bytes]") -> str:
    """Return the sha256 of a file, which can be read from its start afterwards."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def clean_name(upload: "UploadedFile[bytes]") -> str:
    """Return the sender's name of the file, for people to read: without folders and signs that steer."""
    name = str(upload.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in name if sign.isprintable())[-200:]


def write_whole(storage: Storage, name: str, content: Any, falt: str = "fil") -> str:
    """Write a file whole or not at all. Out: its name in the storage. Raises Ogiltigt when there is no room."""
    try:
        return storage.save(name, content)
    except OSError as error:
        logger.exception("Filen %s kunde inte skrivas.", name)
        _remove_half(storage, name)
        raise Ogiltigt(falt, FULLT) from error


def _remove_half(storage: Storage, name: str) -> None:
    """Take away what was written before it failed; the name is ours alone, so it is nobody else's file."""
    try:
        storage.delete(name)
    except OSError:
        logger.exception("Den halva filen %s kunde inte tas bort, svepet tar den.", name)


# the sweep ------------------------------------------------------------------------------------------------------------


def check_files() -> Filkontroll:
    """Compare the stored files with the rows. Out: what was found, which has been saved.

    A file that no row, now or in the history, knows of is moved to quarantine when it is older than an hour. A row
    whose file is gone is told in the log and at ``/halsa/``.
    """
    began = timezone.now()
    stored = set(_walk(default_storage, ""))
    known, named = set(), set()
    for model, field in _file_fields():
        names = set(model._base_manager.exclude(**{field: ""}).values_list(field, flat=True))
        named |= names
        known |= names if not hasattr(model, "pgh_tracked_model") else set()
    strays = [name for name in sorted(stored - named) if _is_old(name)]
    moved = sum(_quarantine(name) for name in strays)
    missing = [name for name in sorted(known - stored) if not default_storage.exists(name)]
    for name in missing:
        logger.error("Filen %s saknas, men portalen har en rad om den. Återställ den från säkerhetskopian.", name)
    return Filkontroll.objects.create(kontrollerad_at=began, filer=len(stored), utan_rad=moved, utan_fil=len(missing))


def _file_fields() -> Iterator[tuple[type[Model], str]]:
    """Yield every field with files in the portal's own storage, the history's copies included."""
    for model in apps.get_app_config("delprojekt").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and field.storage is default_storage:
                yield model, field.name


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}" if folder else name)


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - VILA
    except FileNotFoundError:
        return False


def _quarantine(name: str) -> bool:
    """Move a file that no row knows of; it may be a document that somebody believes has come in."""
    content: IO[bytes]
    with default_storage.open(name) as content:
        kept = quarantine().save(f"utan_rad/{name}", content)
    default_storage.delete(name)
    logger.error("Filen %s har ingen rad i portalen och flyttades till karantän som %s.", name, kept)
    return True
