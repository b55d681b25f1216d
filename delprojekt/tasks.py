"""The background door: each task makes one call into the domain."""

from celery import shared_task

from delprojekt.actions import jobb
from delprojekt.jobs import Job


@shared_task(name=Job.SKICKA_UTSKICK.value)
def skicka_utskick() -> int:
    """Send what lies in the outbox."""
    return jobb.deliver_mail()


@shared_task(name=Job.GOR_DOKUMENT.value)
def gor_dokument(pk: int) -> bool:
    """Make one document."""
    return jobb.make_document(pk)


@shared_task(name=Job.SOPA.value)
def sopa() -> int:
    """Queue again what a lost task left behind."""
    return jobb.sweep()
