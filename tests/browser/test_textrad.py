"""The advice beside the text in a browser: it follows what is written, and a click leads to the place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways
from tests.browser.redigerare import TEXT, save, saved

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Mötet " + "som hölls i går " * 9 + "blev bra."
NOTED = LONG.replace("blev bra", "blev <strong>bra</strong><small>Se noten.</small>")
HTML = (
    f"<p>Kort. {NOTED} Slut.</p><p>KVAR är inte en förkortning av KVA.</p>"
    "<table><caption>Besök</caption><tbody><tr><th>A</th><td>1</td></tr></tbody></table>"
)


@pytest.fixture
def d() -> Delprojekt:
    """A delprojekt whose group writes its nuläge."""
    made = world.delprojekt_in(Steg.NULAGE)
    saved(made, HTML)
    return made


def chosen(page: Page) -> str:
    return str(page.evaluate("getSelection().toString()")).strip()


def test_a_piece_of_advice_leads_to_its_place_and_goes_when_it_is_followed(
    desk: Callable[..., Page], d: Delprojekt
) -> None:
    page = desk(bypass_csp=True)
    heard = Listener()
    heard.attach(page)
    panel = page.locator("[data-textrad]")
    panel.locator("summary").first.click()
    expect(panel.get_by_role("link")).to_have_count(4)
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    panel.get_by_role("link", name="ord i en mening").click()
    expect(page.locator(TEXT)).to_be_focused()
    assert chosen(page) == LONG
    panel.get_by_role("link", name="KVA är inte").click()
    assert chosen(page) == "KVA"
    page.keyboard.type("klassifikationen")
    save(page)
    expect(panel.get_by_role("link")).to_have_count(3)
    panel.get_by_role("link", name="Tabellen ”Besök” saknar källa.").click()
    assert page.evaluate("getSelection().anchorNode.parentElement.closest('table') !== null")
    with page.expect_navigation():
        page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name="Slutrapport").click()
    page.set_viewport_size({"width": 360, "height": 740})
    with page.expect_navigation():
        page.get_by_role("link", name="ord i en mening").click()
    expect(page.locator(TEXT)).to_be_focused()
    assert chosen(page) == LONG
    assert heard.complaints == []
