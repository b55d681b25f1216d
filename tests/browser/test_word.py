"""Taking a Word file in, by keyboard alone (issue: Skrivbordet, 8)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.models import Avsnitt, Delprojekt, Konto
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import axe_violations, scrolls_sideways
from tests.web.test_word import foreign

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "<h1>Nuläge</h1><h2>Ekonomi</h2><p>Kostar 5 kr.</p><h1>Bilaga om något annat</h1><p>Stycke i bilagan.</p>"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(80):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}.")


def test_a_word_file_is_laid_in_sections_and_taken_in_by_keyboard(
    contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None], tmp_path: Path
) -> None:
    d: Delprojekt = world.delprojekt_in(Steg.NULAGE)
    context = contexts(viewport={"width": 1366, "height": 768})
    log_in(context, world.person("ordforande").konto)
    page = context.new_page()
    page.goto(f"/rapport/{d.pk}/word/")
    assert axe_violations(page) == []
    path = tmp_path / "egen.docx"
    path.write_bytes(foreign(BODY))
    page.set_input_files("[name=fil]", path)
    page.locator("[name=fil]").focus()
    tab_to(page, "form[action$='lamna-in/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert axe_violations(page) == []
    tab_to(page, "[name=del_1]")
    expect(page.locator("[name=del_1]")).to_have_value("nulage_ekonomi")
    tab_to(page, "[name=del_2]")
    page.keyboard.press("8")  # the section whose number begins so
    expect(page.locator("[name=del_2]")).to_have_value("analys")
    tab_to(page, "main form button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    tab_to(page, "#ta-analys")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Taget in ur Word: 7.6 Ekonomi.")).to_be_visible()
    texts = dict(Avsnitt.objects.filter(omgang__delprojekt=d).values_list("nyckel", "html"))
    assert texts["nulage_ekonomi"] == "<p>Kostar 5 kr.</p>"
    assert "analys" not in texts
    page.goto("about:blank")
