"""A table from Excel and its diagram, by keyboard alone: made, put in the text, read (issue: Skrivbordet, 6)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.models import Avsnitt, Datatabell, Konto
from delprojekt.process.steg import Steg
from tests import world
from tests.actions.test_datatabell import VANTETID
from tests.browser.kontroller import Listener, axe_violations, axe_violations_everywhere, scrolls_sideways
from tests.browser.redigerare import TEXT, save, tool
from tests.browser.test_word import tab_to

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR = ".redigerare[data-klar]"


def enter(page: Page, button: str) -> None:
    """Go to a button with Tab, and press it."""
    tab_to(page, f"button[name={button}]")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def make(page: Page) -> Datatabell:
    """Paste the cells, say what they are, look at them and save; nothing is put in the text."""
    tab_to(page, "[name=klistrat]")
    page.keyboard.insert_text(VANTETID)
    enter(page, "las")
    tab_to(page, "[name=rubrik]")
    page.keyboard.type("Väntetid i dagar")
    tab_to(page, "#id_infoga")
    page.keyboard.press("Space")  # it is put where it is wanted, not last
    enter(page, "visa")
    expect(page.get_by_role("img", name="Väntetid i dagar")).to_be_visible()
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    enter(page, "spara")
    return Datatabell.objects.get()


def put_in_text(page: Page) -> str:
    """Write a line, and put the table after it with the toolbar. Return what is stored."""
    page.wait_for_selector(EDITOR)
    page.locator(TEXT).focus()
    page.keyboard.type("Före.")
    tool(page, "Siffror")
    tab_to(page, "dialog[open] button[value=save]")
    page.keyboard.press("Enter")
    expect(page.locator(".texttabell img")).to_have_js_property("complete", value=True)
    assert axe_violations(page) == []
    save(page)
    return Avsnitt.objects.get(nyckel="nulage_ekonomi").html


def read_in_document(page: Page, row: Datatabell) -> None:
    """Look at the diagram in the report, hear what it shows, and fold out its figures."""
    shown = page.get_by_role("img", name="Väntetid i dagar")
    expect(shown).to_be_visible()
    assert shown.locator("desc").text_content() == row.alt
    folded = page.get_by_role("cell", name="1 032,5")
    expect(folded).to_be_hidden()
    page.get_by_text("Siffrorna bakom diagrammet").first.focus()
    page.keyboard.press("Enter")
    expect(folded).to_be_visible()
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)


def test_a_table_and_its_diagram_are_made_placed_and_read_by_keyboard(
    contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> None:
    d = world.delprojekt_in(Steg.NULAGE)
    heard = Listener()
    context = contexts(viewport={"width": 1366, "height": 768})
    log_in(context, world.person("ordforande").konto)
    page = context.new_page()
    heard.attach(page)
    page.goto(f"/rapport/{d.pk}/nulage_ekonomi/tabell/")
    row = make(page)
    html = put_in_text(page)
    assert html == f'<p>Före.</p><table id="{row.plats}"><caption>Väntetid i dagar</caption></table>'
    page.goto(f"/delprojekt/{d.pk}/dokument/slutrapport/")
    read_in_document(page, row)
    assert heard.complaints == []
    page.goto("about:blank")
