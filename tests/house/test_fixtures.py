"""The reference data load, hang together, and hold what the rules need."""

import json

import pytest
from django.core.management import call_command

from delprojekt.models import Mallavsnitt, Mallstatus, Mallversion, Organ, Region, Sjukvardsregion
from delprojekt.process.fakta import FAKTA
from delprojekt.process.mall import (
    ANALYS_PREFIX,
    NULAGE_PREFIX,
    PATIENTPERSPEKTIV,
    SLUTRAPPORTENS_DELAR,
    UPPDRAGETS_DELAR,
    UPPFOLJNING_PREFIX,
    analys_till,
)
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
FIXTURES = sorted((ROOT / "fixtures").glob("*.json"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_has_natural_keys_and_real_letters(path: object) -> None:
    rows = json.loads(path.read_text())  # type: ignore[attr-defined]
    assert rows
    assert not [row for row in rows if "pk" in row]
    assert "\\u00" not in path.read_text()  # type: ignore[attr-defined]


def test_every_fixture_loads_and_loads_again() -> None:
    for path in FIXTURES:
        call_command("loaddata", str(path), verbosity=0)
    before = (Region.objects.count(), Organ.objects.count(), Mallavsnitt.objects.count())
    call_command("ladda_referensdata", verbosity=0)
    for path in FIXTURES:
        call_command("loaddata", str(path), verbosity=0)
    assert before == (Region.objects.count(), Organ.objects.count(), Mallavsnitt.objects.count())


def test_there_is_one_valid_template_with_every_fixed_part() -> None:
    template = Mallversion.objects.get(status=Mallstatus.GALLANDE)
    keys = set(template.avsnitt.values_list("nyckel", flat=True))
    assert keys >= UPPDRAGETS_DELAR.keys()
    assert PATIENTPERSPEKTIV in keys
    chapters = {key.split("_", 1)[0] for key in keys}
    assert chapters >= SLUTRAPPORTENS_DELAR.keys()
    assert any(key.startswith(UPPFOLJNING_PREFIX) for key in keys)


def test_every_part_of_nulaget_has_its_analysis() -> None:
    keys = set(Mallavsnitt.objects.filter(innehall="text").values_list("nyckel", flat=True))
    nulage = {key for key in keys if key.startswith(NULAGE_PREFIX)}
    assert nulage
    assert {analys_till(key) for key in nulage} <= keys
    assert {key for key in keys if key.startswith(ANALYS_PREFIX)}


def test_every_body_that_a_fact_asks_for_exists() -> None:
    asked = {organ.value for spec in FAKTA.values() for organ in spec.organ}
    assert asked <= set(Organ.objects.values_list("slug", flat=True))


def test_the_regions_belong_to_one_sjukvardsregion_with_a_formula() -> None:
    root = Sjukvardsregion.objects.get()
    assert root.beslutsformel.endswith("rekommenderar regionerna att")
    assert Region.objects.filter(sjukvardsregion=root).count() >= root.min_regioner
