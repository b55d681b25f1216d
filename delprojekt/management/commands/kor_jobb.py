"""``manage.py kor_jobb``: run one background job here and now, without a queue."""

import inspect
from argparse import ArgumentParser

from celery import current_app
from django.core.management.base import BaseCommand, CommandError

from delprojekt.jobs import Job


def arguments(job: Job) -> int:
    """Return how many keys a job needs."""
    return len(inspect.signature(current_app.tasks[job.value].run).parameters)


class Command(BaseCommand):
    """Run the task that a job names, in this process: for the one who runs the portal when the queue stands still."""

    help = "Kör ett bakgrundsjobb här och nu, utan kö, till exempel sopa eller gor_dokument <nyckel>."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the job's name and the keys of the rows it is about."""
        parser.add_argument("jobb", choices=[job.name.lower() for job in Job])
        parser.add_argument("nyckel", nargs="*", type=int, help="radens nyckel, för jobb som gäller en rad")

    def handle(self, *_args: object, jobb: str, nyckel: list[int], **_options: object) -> None:
        """Run it and print what it answers. Raises CommandError when a key is missing or too many are given."""
        job = Job[jobb.upper()]
        wanted = arguments(job)
        if len(nyckel) != wanted:
            raise CommandError(f"{jobb} vill ha {wanted} nyckel/nycklar, fick {len(nyckel)}.")
        self.stdout.write(f"{jobb}: {current_app.tasks[job.value].run(*nyckel)}")
