"""What the background jobs do. Each is idempotent: a broker may lose a task, or give it twice."""

import hashlib
import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from delprojekt.documents.errors import DokumentFel
from delprojekt.documents.pdf import render_pdf
from delprojekt.documents.tree import from_data
from delprojekt.documents.word import render_word
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Dokumentjobb, Format, Handelse, Jobblage, Utskick

logger = logging.getLogger(__name__)

MAX_FORSOK = 3
FASTNAT = timedelta(minutes=2)
"""A job that says it is under way for longer than this has lost its worker."""


def deliver_mail() -> int:
    """Send what lies in the outbox. Out: how many mails were sent.

    Each row is locked while it is sent and marked in the same transaction, so that two workers never send it twice;
    a row another worker holds is skipped.
    """
    sent = 0
    for pk in list(Utskick.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True)[:200]):
        sent += _deliver(pk)
    return sent


def _deliver(pk: int) -> int:
    with transaction.atomic():
        row = Utskick.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, sent_at=None).first()
        if row is None:
            return 0
        text = row.text.replace("\n/", f"\n{settings.PORTAL_ADRESS}/")
        try:
            EmailMessage(row.amne, text, settings.DEFAULT_FROM_EMAIL, [row.adress]).send()
        except OSError as error:
            Utskick.objects.filter(pk=pk).update(fel=str(error)[:500])
            logger.warning("Mejl %s kunde inte sändas: %s", pk, error)
            return 0
        Utskick.objects.filter(pk=pk).update(sent_at=timezone.now(), fel="")
        return 1


def close_outbox() -> int:
    """Mark what lies in the outbox as sent when its event happened: the mail of a story told afterwards, which nobody
    is to be sent. Out: how many."""
    happened = Subquery(Handelse.objects.filter(pk=OuterRef("handelse")).values("hande_at")[:1])
    return Utskick.objects.filter(sent_at=None).update(created_at=happened, sent_at=happened)


def make_document(pk: int) -> bool:
    """Make the file of a job. Out: whether this call made it.

    The row is claimed first and the file is written in the same transaction that marks it done: a worker that is
    killed leaves the row to the sweep, and exactly one file is registered in the end.
    """
    if not _claim(pk):
        return False
    job = Dokumentjobb.objects.get(pk=pk)
    try:
        data = _render(job)
    except DokumentFel as error:
        Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.FEL, fel=str(error), steg_text="")
        return False
    return _store(pk, data)


def _claim(pk: int) -> bool:
    now = timezone.now()
    stuck = Q(lage=Jobblage.PAGAR, klar_at=None, created_at__lt=now)
    with transaction.atomic():
        row = Dokumentjobb.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
        if row is None or row.lage in {Jobblage.KLART, Jobblage.FEL}:
            return False
        if row.forsok >= MAX_FORSOK:
            Dokumentjobb.objects.filter(stuck, pk=pk).update(
                lage=Jobblage.FEL, fel="Filen kunde inte göras. Försök igen."
            )
            return False
        Dokumentjobb.objects.filter(pk=pk).update(lage=Jobblage.PAGAR, forsok=row.forsok + 1, steg_text="Sätter texten")
    return True


def _render(job: Dokumentjobb) -> bytes:
    document = from_data(job.trad)
    return render_word(document) if job.format == Format.WORD else render_pdf(document)


def _store(pk: int, data: bytes) -> bool:
    with transaction.atomic():
        row = Dokumentjobb.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.lage == Jobblage.KLART:
            return False
        digest = hashlib.sha256(data).hexdigest()
        row.fil.save(f"{row.slag}-{row.pk}-{digest[:12]}.{row.format}", ContentFile(data), save=False)
        row.lage, row.sha256, row.steg_text, row.fel, row.klar_at = Jobblage.KLART, digest, "", "", timezone.now()
        row.save(update_fields=["fil", "lage", "sha256", "steg_text", "fel", "klar_at"])
    return True


def sweep() -> int:
    """Find what a lost task left behind: unsent mail and unfinished documents. Out: how many were queued again."""
    long_ago = timezone.now() - FASTNAT
    found = 0
    for pk in Dokumentjobb.objects.filter(lage=Jobblage.VANTAR).values_list("pk", flat=True)[:100]:
        found += enqueue(Job.GOR_DOKUMENT, pk)
    for pk in Dokumentjobb.objects.filter(lage=Jobblage.PAGAR, created_at__lt=long_ago).values_list("pk", flat=True)[
        :100
    ]:
        found += enqueue(Job.GOR_DOKUMENT, pk)
    if Utskick.objects.filter(sent_at=None).exists():
        found += enqueue(Job.SKICKA_UTSKICK)
    return found
