"""The app. In demo mode its clock stands on the demo's day, in every process that loads it."""

from django.apps import AppConfig
from django.conf import settings

from delprojekt.demo import DEMODAG
from delprojekt.process import klocka


class DelprojektConfig(AppConfig):
    """The one app of the portal."""

    name = "delprojekt"
    verbose_name = "Delprojekt"

    def ready(self) -> None:
        """Stop the clock, in the demo only."""
        if settings.DEMO:
            klocka.stall(DEMODAG)
