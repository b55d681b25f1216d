"""The Celery application: tasks are found in ``delprojekt.tasks``, and the clock's jobs stand here, in code."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfbv.settings")

app = Celery("sfbv")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What a lost task left behind, mail and documents, is queued again, and stored files are compared with their rows. A
# turn that has not begun before the next one is dropped: a worker that was away for an hour has one sweep to do, not a
# hundred.
EVERY_SECONDS = {"delprojekt.sopa": 30.0, "delprojekt.kontrollera_filer": 1800.0}
app.conf.beat_schedule = {
    job: {"task": job, "schedule": seconds, "options": {"expires": seconds}} for job, seconds in EVERY_SECONDS.items()
}
