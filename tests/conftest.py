"""What all tests stand on."""

import gc
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from delprojekt.demo import DEMODAG
from delprojekt.process import klocka
from tests.databas import create_database, destroy_database, running_server
from tests.rendered import Collector
from tests.turordning import Turordning
from tests.walked import walked, walked_database

__all__ = ["walked", "walked_database"]


def pytest_configure(config: pytest.Config) -> None:
    """Let the portal's clock stand on the demo's day: a test must not fail because time has passed."""
    klocka.stall(DEMODAG)
    gc.set_threshold(50_000, 20, 50)  # Python else looks through all that it holds for rubbish every 700th object
    config.pluginmanager.register(Collector())
    config.pluginmanager.register(Turordning())


def pytest_collection_finish() -> None:
    """Do not look for rubbish among the thousands of tests again and again: they stay for as long as the run."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A real PostgreSQL with the tables of the models, used through the app's role."""
    verbosity = max(request.config.option.verbose - 1, 0)
    with running_server():
        with django_db_blocker.unblock():
            original = create_database(verbosity)
        yield
        with django_db_blocker.unblock():
            destroy_database(original, verbosity)
