"""The demo, built once for all tests about it, in a transaction that is taken back when they are done."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from delprojekt.demo import DEMODAG
from delprojekt.models import Delprojekt
from delprojekt.process import klocka


@pytest.fixture(scope="package")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """What the command said when it built the demo; the clock stands on the demo's day."""
    files, said = tmp_path_factory.mktemp("media"), StringIO()
    with django_db_blocker.unblock(), override_settings(DEMO=True, MEDIA_ROOT=files), transaction.atomic():
        call_command("bygg_demo", stdout=said)
        with klocka.vid(DEMODAG):
            yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def forty(demo: str) -> Delprojekt:
    """Delprojekt 40."""
    return Delprojekt.objects.select_related("sjukvardsregion", "forslag").get(nummer=40)
