"""The editor: what one writes, pastes and inserts is what is stored, shown and read again (issue: Skrivbordet, 2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.models import Delprojekt, Konto
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "[role=textbox]"


@pytest.fixture
def d() -> Delprojekt:
    """A delprojekt whose group writes its nuläge."""
    return world.delprojekt_in(Steg.NULAGE)


@pytest.fixture
def desk(
    d: Delprojekt, contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> Callable[..., Page]:
    """A section open at the chair's."""

    def open_page(nyckel: str = "nulage_ekonomi", html: str | None = None, **options: object) -> Page:
        context = contexts(viewport={"width": 1366, "height": 768}, **options)
        log_in(context, world.person("ordforande").konto)
        page = context.new_page()
        page.goto(f"/rapport/{d.pk}/{nyckel}/")
        if options.get("java_script_enabled", True):
            expect(page.locator("[data-klar]")).to_have_count(1)
        return page

    return open_page


def test_prova(desk: Callable[..., Page]) -> None:
    page = desk()
    listener = Listener()
    listener.attach(page)
    page.reload()
    page.locator(TEXT).click()
    page.keyboard.type("Hej ")
    page.keyboard.press("Control+b")
    page.keyboard.type("fet")
    assert page.locator("textarea[name=text]").input_value() == "<p>Hej <strong>fet</strong></p>"
    assert listener.complaints == []
