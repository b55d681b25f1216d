"""``manage.py bygg_demo``: fill an empty demo with invented people and delprojekt."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from delprojekt.demo.bygg import build
from delprojekt.demo.konton import KONTON, LOSENORD
from delprojekt.models import Delprojekt


class Command(BaseCommand):
    """Build the demo, in demo mode only and only where there are no delprojekt."""

    help = "Bygger demons påhittade personer och delprojekt. Bara i demoläge, och bara i en tom portal."

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Demon kan bara byggas i demoläge (SFBV_LAGE=demo). Inget är ändrat.")
        if Delprojekt.objects.exists():
            self.stdout.write("Det finns redan delprojekt. Inget är ändrat.")
            return
        build()
        count = Delprojekt.objects.count()
        self.stdout.write(f"Demon är byggd: {count} delprojekt och {len(KONTON)} konton (lösenord: {LOSENORD}).")
