"""The PDF beside the text at the desk: one at a time for each document, and the newest text wins."""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from delprojekt.actions.filer import write_whole
from delprojekt.actions.jobb import holding
from delprojekt.actions.lock import FORHANDSLAS
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.bilder import media_of
from delprojekt.documents.build import build
from delprojekt.documents.errors import DokumentFel
from delprojekt.documents.pdf import count_pages, render_pdf
from delprojekt.documents.tree import fingerprint
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Delprojekt, Dokumentslag, Forhandsvisning
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor

logger = logging.getLogger(__name__)
GICK_INTE = "PDF:en gick inte att göra. Texten är sparad. Försök igen om en stund."
MEST_OM = 5
"""So many times in a row a preview is made anew because somebody has asked again meanwhile; then the sweep goes on."""


def order_preview(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> Forhandsvisning:
    """Ask for the PDF of a document as it is written now. Out: the row to follow.

    The view has made sure that the actor may read the document.
    """
    with transaction.atomic():
        row, _ = Forhandsvisning.objects.update_or_create(
            delprojekt=delprojekt, slag=slag, defaults={"bestalld_at": timezone.now(), "fel": ""}
        )
        transaction.on_commit(lambda: enqueue(Job.GOR_FORHANDSVISNING, row.pk), robust=True)
    return row


def make_preview(pk: int) -> bool:
    """Make the preview that has been asked for, and again if it is asked for meanwhile. Out: whether one was made.

    Another worker that makes it finds the newest wish itself, so this one just ends.
    """
    made = False
    for _ in range(MEST_OM):
        with holding(pk, FORHANDSLAS) as ours:
            row = Forhandsvisning.objects.select_related("delprojekt").get(pk=pk)
            if not ours or row.klar:
                return made
            made = _try(row) or made
    return made


def _try(row: Forhandsvisning) -> bool:
    """Make it once; whatever goes wrong is told, so that it is not tried for ever."""
    began = timezone.now()
    try:
        return _make(row)
    except Exception:
        logger.exception("Förhandsvisningen %s kunde inte göras", row.pk)
        Forhandsvisning.objects.filter(pk=row.pk).update(gjord_at=began, fel=GICK_INTE)
        return False


def _make(row: Forhandsvisning) -> bool:
    """Make it once. The file that it replaces goes: a preview is no record."""
    began, old = timezone.now(), row.fil.name
    tree = build(row.delprojekt, row.slag, now=nu())
    row.gjord_at, row.fel = began, ""
    if row.fingeravtryck == fingerprint(tree) and old:
        row.save(update_fields=["gjord_at", "fel"])
        return False
    try:
        data = render_pdf(tree, media_fetcher=media_of(row.delprojekt_id))
        name = f"forhandsvisning/{row.pk}-{began:%Y%m%d%H%M%S%f}.pdf"
        row.fil.name = write_whole(default_storage, name, ContentFile(data))
        row.sidor, row.fingeravtryck = count_pages(data), fingerprint(tree)
    except (DokumentFel, Ogiltigt) as error:
        row.fel = str(error)
        row.save(update_fields=["gjord_at", "fel"])
        return False
    row.save(update_fields=["gjord_at", "fel", "fil", "sidor", "fingeravtryck"])
    if old:
        default_storage.delete(old)
    return True
