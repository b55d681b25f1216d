"""The project: how the portal runs, never what it means."""

from sfbv.celery import app as celery_app

__all__ = ["celery_app"]
