"""The Celery application: tasks are found in ``delprojekt.tasks``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sfbv.settings")

app = Celery("sfbv")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
