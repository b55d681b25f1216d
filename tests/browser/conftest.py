"""A real browser against a real server: Debian's Chromium, the live server of pytest-django, real PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from delprojekt.models import Delprojekt, Konto, Person
from tests import world
from tests.browser.kontroller import Listener

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def static_files() -> Iterator[None]:
    """Let a browser keep the portal's files for an hour, as it does in production: each page asked for all of them."""
    serve = StaticFilesHandler.serve

    def to_be_kept(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(handler, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", to_be_kept)
        yield


@pytest.fixture(scope="session")
def browser(static_files: None) -> Iterator[Browser]:
    """Chromium, started once."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium saknas. Installera paketet chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def contexts(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts on the live server and closes them after the test."""
    opened = []

    def new_context(**options: object) -> BrowserContext:
        settings_ = {"base_url": live_server.url, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
        context = browser.new_context(**(settings_ | options))
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield new_context
    for context in opened:
        context.close()


@pytest.fixture
def page(contexts: Callable[..., BrowserContext]) -> Page:
    """A page as a visitor has it, with the security policy in force."""
    return contexts(viewport={"width": 1366, "height": 768}).new_page()


@pytest.fixture
def axe_page(contexts: Callable[..., BrowserContext]) -> Page:
    """A page that axe may be put into (the security policy would stop it)."""
    return contexts(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()


@pytest.fixture
def listener(page: Page) -> Listener:
    """Hears the complaints of ``page``."""
    hears = Listener()
    hears.attach(page)
    return hears


@pytest.fixture
def log_in(live_server: LiveServer) -> Callable[[BrowserContext, Konto], None]:
    """Gives a browser context the session of an account, without the login page."""

    def give_session(context: BrowserContext, konto: Konto) -> None:
        client = Client()
        client.force_login(konto)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return give_session


@pytest.fixture
def konto(transactional_db: None) -> Konto:
    """An account with no role."""
    person = Person.objects.create(fornamn="Maja", efternamn="Ek", epost="maja.ek@exempel.se")
    return Konto.objects.create_user("maja.ek@exempel.se", "hemlig-och-lang", person=person)


@pytest.fixture
def desk(
    d: Delprojekt, contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> Iterator[Callable[..., Page]]:
    """A section open at the chair's. It is closed before the database is emptied: an open desk asks the server now and
    then."""
    opened: list[BrowserContext] = []

    def open_page(nyckel: str = "nulage_ekonomi", html: str | None = None, **options: object) -> Page:
        context = contexts(viewport={"width": 1366, "height": 768}, **options)
        opened.append(context)
        log_in(context, world.person("ordforande").konto)
        page = context.new_page()
        page.goto(f"/rapport/{d.pk}/{nyckel}/")
        if options.get("java_script_enabled", True):
            expect(page.locator("[data-klar]")).to_have_count(1)
        return page

    yield open_page
    for context in opened:
        context.route("**/spara/", lambda route: route.abort())
        for page in context.pages:
            page.wait_for_timeout(500)  # what is under way arrives
            page.close()
