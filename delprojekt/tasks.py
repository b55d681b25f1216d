"""The background door: each task makes one call into the domain."""

from datetime import datetime

from celery import shared_task

from delprojekt.actions import avsnitt, filer, forhandsvisning, jobb, paminnelse
from delprojekt.jobs import Job
from delprojekt.process.roller import SYSTEM
from delprojekt.queries import handling, utkorg


@shared_task(name=Job.SKICKA_UTSKICK.value)
def skicka_utskick() -> int:
    """Send what lies in the outbox."""
    return jobb.deliver_mail()


@shared_task(name=Job.GOR_DOKUMENT.value)
def gor_dokument(pk: int) -> bool:
    """Make one document."""
    return jobb.make_document(pk)


@shared_task(name=Job.GOR_FORHANDSVISNING.value)
def gor_forhandsvisning(pk: int) -> bool:
    """Make the PDF beside the text."""
    return forhandsvisning.make_preview(pk)


@shared_task(name=Job.SOPA.value)
def sopa() -> int:
    """Queue again what a lost task left behind."""
    return jobb.sweep()


@shared_task(name=Job.KONTROLLERA_FILER.value)
def kontrollera_filer() -> str:
    """Compare the stored files with the rows."""
    return str(filer.check_files())


@shared_task(name=Job.GLESA_VERSIONER.value)
def glesa_versioner() -> int:
    """Thin the versions that were saved while somebody wrote."""
    return avsnitt.thin_versions()


def missing_files() -> int:
    """Return how many files the latest sweep missed; the health probe asks."""
    check = handling.latest_check(SYSTEM)
    return check.utan_fil if check else 0


@shared_task(name=Job.PAMINN.value)
def paminn() -> int:
    """Remind everybody of what is due today."""
    return paminnelse.remind()


def oldest_unsent() -> datetime | None:
    """Return since when the oldest mail lies in the outbox, None when none does; the health probe asks."""
    return utkorg.oldest_unsent(SYSTEM)
