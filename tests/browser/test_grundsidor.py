"""The pages everybody can reach: readable for all, on every screen, within the security policy."""

import pytest
from playwright.sync_api import Page

from tests.browser.kontroller import Listener, axe_violations, axe_violations_everywhere, scrolls_sideways

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls")]

FAULTY = "/prov/trasig/"
OPEN_PAGES = [
    "/galleri/",
    "/hjalp/",
    "/personuppgifter/",
    "/tillganglighetsredogorelse/",
    "/konto/login/",
    "/konto/password/reset/",
    "/konto/signup/",
    "/konto/inactive/",
    *(f"/prov/fel/{kod}/" for kod in ("400", "403", "403_csrf", "404", "413", "429", "500", "503")),
]


def test_axe_finds_nothing_at_either_width_in_light_or_dark(axe_page: Page) -> None:
    found = {}
    for path in OPEN_PAGES:
        axe_page.goto(path)
        found[path] = axe_violations_everywhere(axe_page)
    assert found == {path: [] for path in OPEN_PAGES}


def test_axe_finds_the_faults_of_a_page_made_to_fail(axe_page: Page) -> None:
    axe_page.goto(FAULTY)
    found = " ".join(axe_violations(axe_page))
    assert all(rule in found for rule in ("color-contrast", "document-title", "html-has-lang", "image-alt", "label"))


def test_no_page_scrolls_sideways_or_breaks_the_policy(page: Page, listener: Listener) -> None:
    wide = []
    for path in OPEN_PAGES:
        page.goto(path, wait_until="networkidle")
        if scrolls_sideways(page):
            wide.append(path)
    assert wide == []
    assert listener.complaints == []


def test_the_checks_see_sideways_scrolling_and_a_broken_policy(page: Page, listener: Listener) -> None:
    page.goto(FAULTY)
    assert scrolls_sideways(page)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in listener.complaints)


def test_every_page_is_swedish_and_has_a_title_of_its_own(page: Page) -> None:
    titles = set()
    for path in OPEN_PAGES:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "sv"
        titles.add(page.title())
    assert len(titles) == len(OPEN_PAGES)
    assert all(title.endswith(" – SFBV-portalen") for title in titles)


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/hjalp/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_focus_is_visible_on_everything_that_can_take_it(page: Page) -> None:
    page.goto("/galleri/")
    stops = page.locator("a[href], button:not([hidden]), input:not([type=hidden]), select, textarea, summary").count()
    seen: set[str] = set()
    for _ in range(stops):
        page.keyboard.press("Tab")
        ring, name = page.evaluate(
            """() => {
                const here = document.activeElement;
                const shows = (item) => {
                    const style = getComputedStyle(item);
                    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                };
                return [shows(here) || shows(here.parentElement), here.outerHTML.slice(0, 120)];
            }"""
        )
        if not name.startswith("<body"):  # the walk begins in the middle, so it passes the browser's own frame once
            assert ring, name
            seen.add(name)
    assert len(seen) > 30


def test_print_leaves_out_the_menu_and_keeps_the_text(page: Page) -> None:
    page.goto("/tillganglighetsredogorelse/")
    page.emulate_media(media="print")
    assert not page.locator(".sidhuvud").is_visible()
    assert not page.locator(".sidfot").is_visible()
    assert page.locator("h1").is_visible()
