"""What the background jobs do. Each is idempotent: a broker may lose a task, or give it twice."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from delprojekt.actions.filer import write_whole
from delprojekt.actions.lock import JOBBLAS
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.bilder import media_of
from delprojekt.documents.bildspel import render_bildspel
from delprojekt.documents.errors import DokumentFel
from delprojekt.documents.pdf import count_pages, render_pdf
from delprojekt.documents.tree import from_data
from delprojekt.documents.word import render_word
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Dokumentjobb, Forhandsvisning, Format, Handelse, Jobblage, Paminnelse, Utskick
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.utkorg import due_mail, whole_text

logger = logging.getLogger(__name__)

MAX_FORSOK = 3


def deliver_mail() -> int:
    """Send what lies in the outbox. Out: how many mails were sent.

    Each row is locked while it is sent and marked in the same transaction, so that two workers never send it twice;
    a row another worker holds is skipped. What cannot be sent is tried later and later, and holds up no other.
    """
    sent = 0
    for pk in list(due_mail(SYSTEM).order_by("pk").values_list("pk", flat=True)[:50]):
        sent += _deliver(pk)
    return sent


def _deliver(pk: int) -> int:
    with transaction.atomic():
        row = Utskick.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, sent_at=None).first()
        if row is None:
            return 0
        try:
            EmailMessage(row.amne, whole_text(SYSTEM, row), settings.DEFAULT_FROM_EMAIL, [row.adress]).send()
        except (OSError, ValueError) as error:  # the server is away, or will not take the address or a header
            wait = timedelta(minutes=2**row.forsok)
            Utskick.objects.filter(pk=pk).update(
                fel=str(error)[:500], forsok=row.forsok + 1, nasta_forsok_at=timezone.now() + wait
            )
            logger.warning("Mejl %s kunde inte sändas: %s", pk, error)
            return 0
        Utskick.objects.filter(pk=pk).update(sent_at=timezone.now(), fel="")
        return 1


def close_outbox() -> int:
    """Mark what lies in the outbox as sent when its event happened: the mail of a story told afterwards, which nobody
    is to be sent. Out: how many."""
    event = Subquery(Handelse.objects.filter(pk=OuterRef("handelse")).values("hande_at")[:1])
    reminder = Subquery(Paminnelse.objects.filter(utskick=OuterRef("pk")).values("skickad_at")[:1])
    happened = Coalesce(event, reminder, "created_at")
    return Utskick.objects.filter(sent_at=None).update(created_at=happened, sent_at=happened)


def make_document(pk: int) -> bool:
    """Make the file of a job. Out: whether this call made it.

    One worker at a time holds the job, by a lock of the database session: when a worker is killed the lock is gone
    at once, and whoever is given the job next makes it. The file is registered in the transaction that marks it
    done, so exactly one is registered in the end.
    """
    with holding(pk) as ours:
        if not ours or not _claim(pk):
            return False
        try:
            data = _render(Dokumentjobb.objects.get(pk=pk))
        except DokumentFel as error:
            Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.FEL, fel=str(error), steg_text="")
            return False
        try:
            return _store(pk, data)
        except Ogiltigt as error:  # no room for the file
            Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.FEL, fel=str(error), steg_text="")
            return False


@contextmanager
def holding(pk: int, kind: int = JOBBLAS) -> Iterator[bool]:
    """Hold a job while it is done. Gives whether it is ours: one worker at a time has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, pk])
        ours = bool(cursor.fetchone()[0])
        try:
            yield ours
        finally:
            if ours:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, pk])


def _claim(pk: int) -> bool:
    row = Dokumentjobb.objects.filter(pk=pk).exclude(lage__in=[Jobblage.KLART, Jobblage.FEL]).first()
    if row is None:
        return False
    if row.forsok >= MAX_FORSOK:
        Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.FEL, fel="Filen kunde inte göras. Försök igen.")
        return False
    Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.PAGAR, forsok=row.forsok + 1, steg_text="Sätter texten")
    return True


def _render(job: Dokumentjobb) -> bytes:
    document = from_data(job.trad)
    render = {Format.WORD: render_word, Format.BILDSPEL: render_bildspel}.get(Format(job.format), render_pdf)
    return render(document, media_fetcher=media_of(job.delprojekt_id))


def _store(pk: int, data: bytes) -> bool:
    with transaction.atomic():
        row = Dokumentjobb.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.lage == Jobblage.KLART:
            return False
        digest = hashlib.sha256(data).hexdigest()
        name = f"dokument/{timezone.now():%Y}/{row.slag}-{row.pk}-{digest[:12]}.{row.format}"
        row.fil.name = write_whole(default_storage, name, ContentFile(data))
        row.sidor = count_pages(data) if row.format == Format.PDF else None
        row.lage, row.sha256, row.steg_text, row.fel, row.klar_at = Jobblage.KLART, digest, "", "", timezone.now()
        row.save(update_fields=["fil", "lage", "sha256", "sidor", "steg_text", "fel", "klar_at"])
    return True


LANGST_VANTAN = timedelta(minutes=5)
"""A preview that has not been made by then is not tried again before somebody asks for it."""


def sweep() -> int:
    """Find what a lost task left behind: unsent mail and unfinished documents. Out: how many were queued again.

    A document that another worker is making is queued too; that task finds the lock taken and ends.
    """
    unfinished = Dokumentjobb.objects.filter(lage__in=[Jobblage.VANTAR, Jobblage.PAGAR]).order_by("pk")
    found = sum(enqueue(Job.GOR_DOKUMENT, pk) for pk in unfinished.values_list("pk", flat=True)[:100])
    asked = Forhandsvisning.objects.exclude(gjord_at__gte=F("bestalld_at")).filter(
        bestalld_at__gte=timezone.now() - LANGST_VANTAN
    )
    found += sum(enqueue(Job.GOR_FORHANDSVISNING, pk) for pk in asked.values_list("pk", flat=True)[:20])
    if due_mail(SYSTEM).exists():
        found += enqueue(Job.SKICKA_UTSKICK)
    return found
