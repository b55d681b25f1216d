"""The Celery application: tasks are found in ``delprojekt.tasks``, and the clock's jobs stand here, in code."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfbv.settings")

app = Celery("sfbv")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What a lost task left behind, mail and documents, is queued again, and stored files are compared with their rows. A
# turn that has not begun before the next one is dropped: a worker that was away for an hour has one sweep to do, not a
# hundred.
EVERY_SECONDS = {"delprojekt.sopa": 30.0, "delprojekt.kontrollera_filer": 1800.0}
# Reminders go out in the morning. The job sends each once, so it tries again at noon if the morning was missed.
REMINDERS = {
    "task": "delprojekt.paminn",
    "schedule": crontab(hour="7,12", minute=0),
    "options": {"expires": 3600.0},
}
# What was saved while somebody wrote is thinned at night.
THINNING = {
    "task": "delprojekt.glesa_versioner",
    "schedule": crontab(hour=3, minute=30),
    "options": {"expires": 3600.0},
}
# Set and never read here: to read it would read the settings, before ``make bench`` has said which database is its own.
app.conf.beat_schedule = {"delprojekt.paminn": REMINDERS, "delprojekt.glesa_versioner": THINNING} | {
    job: {"task": job, "schedule": seconds, "options": {"expires": seconds}} for job, seconds in EVERY_SECONDS.items()
}
