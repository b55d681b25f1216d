"""``/halsa/``: is the portal well? Open to all, so it says how things are and nothing about why."""

import contextlib
import logging
import shutil
import time
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from delprojekt.tasks import missing_files, oldest_unsent
from sfbv.adresser import cache_location
from sfbv.celery import app as celery_app

logger = logging.getLogger(__name__)

LEAST_FREE_MB = 200
LONGEST_QUEUE_SECONDS = 15 * 60
ANSWER_KEPT = {True: 5.0, False: 1.0}  # seconds: many may ask at once, the worker is asked once

_worker_answer: tuple[float, bool] = (0.0, False)


def database_answers() -> bool:
    """True when the app's role can ask the database something within a second, on a connection of its own."""
    parameters = connection.get_connection_params() | {"connect_timeout": 1, "options": "-c statement_timeout=1000"}
    try:
        with contextlib.closing(psycopg2.connect(**parameters)) as asking, asking.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except psycopg2.Error:
        logger.warning("Hälsokontrollen når inte databasen.", exc_info=True)
        return False


def broker_answers() -> bool:
    """True when the broker's server answers within half a second."""
    if not settings.BROKER_URL:
        return False
    location = cache_location(settings.BROKER_URL, number=0)
    client = redis.Redis.from_url(location, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def worker_answers() -> bool:
    """True when at least one worker answers; a fresh answer is used again, a "no" for a shorter while."""
    global _worker_answer
    asked, answer = _worker_answer
    if time.monotonic() - asked >= ANSWER_KEPT[answer]:
        try:
            answer = bool(celery_app.control.ping(timeout=0.8, limit=1))
        except (OSError, OperationalError, redis.RedisError):  # the connection that was kept has broken
            answer = False
        _worker_answer = (time.monotonic(), answer)
    return answer


def queue_age() -> float | None:
    """Seconds that the oldest unsent message has waited; 0.0 when nothing waits, None when it cannot be asked."""
    try:
        oldest = oldest_unsent()
    except DatabaseError:
        return None
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def no_file_is_missing() -> bool:
    """True when the latest sweep found every file that the portal has a row about."""
    try:
        return missing_files() == 0
    except DatabaseError:
        return False


def free_disk_mb() -> int:
    """Free megabytes where the files are kept."""
    place = settings.MEDIA_ROOT
    while not place.exists():
        place = place.parent
    return int(shutil.disk_usage(place).free // 1024**2)


def report() -> dict[str, Any]:
    """Everything ``/halsa/`` tells; ``status`` is "ok" only when all parts are."""
    database = database_answers()
    broker = broker_answers()
    age = queue_age() if database else None
    free = free_disk_mb()
    parts = {
        "databas": database,
        "broker": broker,
        "worker": broker and worker_answers(),
        "disk": free >= LEAST_FREE_MB,
        "filer": database and no_file_is_missing(),
    }
    well = all(parts.values()) and (age or 0.0) <= LONGEST_QUEUE_SECONDS
    words = {name: "ok" if good else "fel" for name, good in parts.items()}
    return {"status": "ok" if well else "fel", **words, "ko_alder": age, "disk_ledigt_mb": free}


@login_not_required
@never_cache
@require_safe
def halsa(_request: HttpRequest) -> JsonResponse:
    """200 when all is well, otherwise 503, with the same JSON."""
    answer = report()
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)
