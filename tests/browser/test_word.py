"""Taking a Word file in by keyboard alone, and the PDF beside the text (issue: Skrivbordet, 8)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.actions import forhandsvisning
from delprojekt.models import Avsnitt, Delprojekt, Forhandsvisning, Konto
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


def test_the_pdf_beside_the_text_comes_when_it_is_made_and_again_after_a_save(
    contexts: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, Konto], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forhandsvisning, "render_pdf", lambda *_, **__: world.PDF)
    d = world.delprojekt_in(Steg.NULAGE)
    context = contexts(viewport={"width": 1366, "height": 768})
    log_in(context, world.person("ordforande").konto)
    page = context.new_page()
    page.goto(f"/rapport/{d.pk}/nulage_ekonomi/")
    text, frame = page.locator("[data-pdf-text]"), page.locator(".pdfruta iframe")
    page.get_by_text("Så blir det i PDF").click()
    expect(text).to_have_text("PDF:en görs …")
    expect(frame).to_be_hidden()
    forhandsvisning.make_preview(Forhandsvisning.objects.get().pk)
    expect(text).to_contain_text("1 sida, som texten stod")
    expect(frame).to_be_visible()
    first = frame.get_attribute("src")
    assert axe_violations(page) == []
    page.locator("[role=textbox]").fill("Något nytt.")
    with page.expect_response("**/pdf/bestall/"):
        pass
    forhandsvisning.make_preview(Forhandsvisning.objects.get().pk)
    expect(frame).not_to_have_attribute("src", first or "")
    context.route("**/spara/", lambda route: route.abort())
    page.goto("about:blank")
