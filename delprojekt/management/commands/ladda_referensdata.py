"""``manage.py ladda_referensdata``: the regions, bodies and template that the portal cannot do without."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from delprojekt.models import Mallversion, Organ, Redogorelse, Sjukvardsregion

FIXTURES = {
    "regioner.json": Sjukvardsregion,
    "organ.json": Organ,
    "mall.json": Mallversion,
    "redogorelse.json": Redogorelse,
}


class Command(BaseCommand):
    """Load each reference fixture into an empty table; what kansliet has changed since is left alone."""

    help = "Laddar grunddata som saknas: regioner, organ, mall och tillgänglighetsredogörelse. Kan köras om."

    def handle(self, *_args: object, verbosity: int = 1, **_options: object) -> None:
        for name, model in FIXTURES.items():
            if not model._default_manager.exists():
                call_command("loaddata", str(settings.BASE_DIR / "fixtures" / name), verbosity=max(verbosity - 1, 0))
