"""What a browser test does in the editor."""

from playwright.sync_api import Page, expect

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import Delprojekt
from tests import world

TEXT = "[role=textbox]"


def saved(d: Delprojekt, html: str) -> None:
    """Let the chair have saved a text in the section."""
    row = d.omgangar.get().avsnitt.filter(nyckel="nulage_ekonomi").first()
    save_section(world.actor("ordforande"), d, "nulage_ekonomi", html, row.version if row else 0)


def save(page: Page) -> None:
    """Press Spara, and wait until the server has the text."""
    with page.expect_response("**/spara/"):
        page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("[data-sparat]")).to_contain_text("Sparat ")


def stored(page: Page) -> str:
    """Return what the textarea holds, which is what is sent."""
    return page.locator("textarea[name=text]").input_value()


def show(page: Page, html: str) -> None:
    """Let somebody else's script put a text in the editor."""
    page.locator("textarea[name=text]").evaluate(
        "(area, html) => { area.value = html; area.dispatchEvent(new CustomEvent('sfbv:innehall', {bubbles: true})); }",
        html,
    )


def tool(page: Page, name: str) -> None:
    """Press a button of the toolbar with the keyboard: Alt+F10, then arrows."""
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Home")
    for _ in range(30):
        words = page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
        if words.strip() == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(name)
