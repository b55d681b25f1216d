"""``make bench`` fills a database with a hundred thousand rows: it must be the one that it has made itself."""

from sfbv.lokal.stor import FOLDER
from tests.drift.portal import python

ASKED = """
import sys
from sfbv.lokal import stor
assert "sfbv.settings" not in sys.modules, "the settings were read before the measurement had said where it runs"
stor.prepare()
import django
django.setup()
from django.conf import settings
print(settings.LOKAL)
"""


def test_the_measurement_has_its_own_database_and_starts() -> None:
    said = python(ASKED)
    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == [str(FOLDER)]
