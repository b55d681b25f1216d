"""Floor 1: the names of background jobs, and how one is put in the queue."""

import logging
from enum import StrEnum

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Job(StrEnum):
    """Every background job by its task name."""

    SKICKA_UTSKICK = "delprojekt.skicka_utskick"
    GOR_DOKUMENT = "delprojekt.gor_dokument"
    GOR_FORHANDSVISNING = "delprojekt.gor_forhandsvisning"
    SOPA = "delprojekt.sopa"
    KONTROLLERA_FILER = "delprojekt.kontrollera_filer"
    PAMINN = "delprojekt.paminn"
    GLESA_VERSIONER = "delprojekt.glesa_versioner"


def enqueue(job: Job, *args: int) -> bool:
    """Put a job in the queue. Out: whether the broker took it.

    A broker that is down only delays: the truth is the row in the database, and the sweep finds it again.
    """
    try:
        current_app.send_task(job.value, args=args, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("Kön svarar inte, %s görs av svepet: %s", job.value, error)
        return False
    return True
