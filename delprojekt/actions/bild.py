"""Putting a picture in a section: the original is kept, a clean copy is shown."""

import uuid
from collections.abc import Mapping

import pghistory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from delprojekt.actions.avsnitt import open_section
from delprojekt.actions.filer import as_file, store_upload, write_whole
from delprojekt.actions.lock import lock
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.granska.forald import Bildkopia, omkoda
from delprojekt.documents.granska.utslag import MAX_BILD_MB, MAX_BILDPUNKTER, MB, Filfel
from delprojekt.models import Bild, Delprojekt
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor

_FEL: Mapping[Filfel, str] = {
    Filfel.TOM: "Filen är tom. Kontrollera att du valde rätt fil och försök igen.",
    Filfel.FOR_STOR: f"Filen är större än {MAX_BILD_MB} MB. Spara bilden mindre och försök igen.",
    Filfel.FEL_SLAG: (
        "Filen är inte en bild som går att lägga in. Spara den som PNG eller JPEG (inte SVG) och försök igen."
    ),
    Filfel.FOR_STOR_UPPACKAD: (
        f"Bilden har fler än {MAX_BILDPUNKTER // 1_000_000} miljoner bildpunkter."
        " Minska den, till exempel till 4 000 bildpunkter på bredden, och försök igen."
    ),
}
_ANNAT_FEL = "Bilden gick inte att läsa. Öppna den, spara om den som PNG eller JPEG och försök igen."


def add_picture(actor: Actor, delprojekt: Delprojekt, nyckel: str, upload: "UploadedFile[bytes]") -> Bild:
    """Put a picture in a section that the actor writes.

    In: who, where, the section's key, the file. Out: the row; its address is ``/media/bild/<namn>``. Raises Ogiltigt
    (field ``fil``) with a sentence when the file is no good, Refused, Mallavsnitt.DoesNotExist.
    """
    with transaction.atomic():
        open_section(actor, lock(delprojekt.pk), nyckel)  # nobody else's file is looked at
    copy = _copy(upload)
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        section = open_section(actor, lock(delprojekt.pk), nyckel)
        original = store_upload(upload, "bild/original")
        name = f"{uuid.uuid4().hex}{copy.slag.value.andelse}"
        shown = write_whole(default_storage, f"bild/visning/{name}", ContentFile(copy.data))
        return Bild.objects.create(
            omgang_id=section.omgang_id,
            nyckel=nyckel,
            namn=name,
            original=original.namn,
            visning=shown,
            filnamn=original.filnamn,
            sha256=original.sha256,
            bredd=copy.bredd,
            hojd=copy.hojd,
            inlagd_at=nu(),
            inlagd_av_id=actor.person,
        )


def _copy(upload: "UploadedFile[bytes]") -> Bildkopia:
    """Return the clean copy. Raises Ogiltigt."""
    size = upload.size or 0
    if not size or size > MAX_BILD_MB * MB:
        raise Ogiltigt("fil", _FEL[Filfel.FOR_STOR if size else Filfel.TOM])
    with as_file(upload) as path:
        made = omkoda(path)
    if isinstance(made, Filfel):
        raise Ogiltigt("fil", _FEL.get(made, _ANNAT_FEL))
    return made
