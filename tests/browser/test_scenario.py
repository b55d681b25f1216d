"""The acceptance scenario of delprojekt 40, row by row, by clicking. A row walks the rows before it first.

It is one of the long tests: some 150 acts by 25 people take a minute and a half of two processors' time.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import modify_settings, override_settings
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from delprojekt.demo import DEMODAG
from delprojekt.management.commands.installera import OWNER_ALIAS
from delprojekt.process import klocka
from tests.browser.scenariot import beslut, forslag, rapport, regioner, uppdrag, uppfoljning
from tests.browser.scenariot.resenar import Scenarioresenar
from tests.databas import close_all
from tests.walked import app_in
from tests.world import everybody

pytestmark = pytest.mark.lang
SUFFIX = "scenariot"
RADER = forslag.RADER | uppdrag.RADER | rapport.RADER | beslut.RADER | regioner.RADER | uppfoljning.RADER


class Scenariot:
    """The walk that the tests share: each row is walked once, in order."""

    def __init__(self, resa: Scenarioresenar) -> None:
        self.resa = resa
        self.walked = 0
        self.stopped = False

    def walk_to(self, rad: int) -> None:
        """Walk the rows up to and with one. Where a row failed nothing goes on."""
        while self.walked < rad:
            assert not self.stopped, f"Row {self.walked + 1} failed."
            self.stopped = True
            RADER[self.walked + 1](self.resa)
            self.walked, self.stopped = self.walked + 1, False


@pytest.fixture(scope="module")
def scenariot(
    browser: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scenariot]:
    """The cast in front of the portal, in a database of its own that the tests share."""
    creation = connections[OWNER_ALIAS].creation
    with django_db_blocker.unblock(), ExitStack() as stack:
        close_all()
        creation.clone_test_db(suffix=SUFFIX, verbosity=0)
        stack.callback(creation.destroy_test_db, suffix=SUFFIX, verbosity=0)
        stack.callback(close_all)
        stack.enter_context(app_in(str(creation.get_test_db_clone_settings(SUFFIX)["NAME"])))
        stack.enter_context(override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")))
        stack.callback(klocka.stall, DEMODAG)
        everybody()
        stack.enter_context(modify_settings(ALLOWED_HOSTS={"append": "localhost"}))
        server = LiveServer("localhost")
        stack.callback(server.stop)
        contexts = _contexts(stack, browser, server.url)
        yield Scenariot(Scenarioresenar(contexts, server.url, tmp_path_factory.mktemp("papper")))


def _contexts(stack: ExitStack, browser: Browser, address: str) -> Callable[..., BrowserContext]:
    """Return how a context is opened; it is closed with the stack."""

    def new_context(**options: object) -> BrowserContext:
        known = {"base_url": address, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
        context = browser.new_context(**(known | options))
        context.set_default_timeout(10_000)
        stack.callback(context.close)
        return context

    return new_context


@pytest.mark.parametrize("rad", RADER)
def test_each_row_of_the_scenario_gives_what_its_last_column_says(scenariot: Scenariot, rad: int) -> None:
    """domain/scenario.md 7.1: what happens and is asserted stands in ``scenariot/``, one function a row."""
    scenariot.walk_to(rad)
