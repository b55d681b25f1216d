"""The editor: what one writes, pastes and inserts is what is stored, shown and read again (issue: Skrivbordet, 2)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.models import Delprojekt, Konto
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "[role=textbox]"
CLIPBOARDS = Path(__file__).with_name("urklipp")
"""What each program lays on the clipboard, in the shapes that are documented; the words are invented."""


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


def stored(page: Page) -> str:
    """Return what the textarea holds, which is what is sent."""
    return page.locator("textarea[name=text]").input_value()


def show(page: Page, html: str) -> None:
    """Let somebody else's script put a text in the editor."""
    page.locator("textarea[name=text]").evaluate(
        "(area, html) => { area.value = html; area.dispatchEvent(new CustomEvent('sfbv:innehall', {bubbles: true})); }",
        html,
    )


COPY = """html => document.addEventListener("copy", event => {
    event.preventDefault(); event.clipboardData.setData("text/html", html); event.clipboardData.setData("text/plain", "x");
}, {once: true, capture: true})"""


def paste(page: Page, html: str) -> str:
    """Copy HTML as another program does and paste it with the keyboard in an empty text. Return what became of it."""
    show(page, "")
    page.locator(TEXT).focus()
    page.evaluate(COPY, html)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    return re.sub(r' id="(tabell|figur)-[a-z0-9]+"', "", stored(page))


WORD_365 = (
    "<h3>Nuläge i regionerna</h3><p>Besöken <strong>ökar</strong> med <em>fyra</em> procent<small>Se"
    ' <a href="https://www.exempel.se/statistik">statistiken</a>, <em>utgåva 2</em>.</small> om året, räknat på'
    " H<sub>2</sub>O.</p><h4>Kompetens</h4><ul><li>läkare<ul><li>specialister<ul><li>på heltid</li></ul></li></ul></li>"
    "<li>sjuksköterskor</li></ul><p>Så här gör vi:</p><ol><li>räkna<ol><li>per klinik</li></ol></li><li>jämföra</li></ol>"
    '<table><caption>Besök per region</caption><thead><tr><th scope="col">Region</th><th scope="col">Antal</th></tr>'
    "</thead><tbody><tr><td>Skåne</td><td>1&nbsp;480</td></tr><tr><td>Halland</td><td>402</td></tr></tbody><tfoot>"
    '<tr><td colspan="2">Regionernas system, 2025</td></tr></tfoot></table>'
)
PASTED = {
    "word_365": WORD_365,
    "word_2010": "<h3>Slutsatser</h3><h4>Om vården</h4><p>Vi föreslår tre saker:</p>"
    '<ol start="3"><li>tredje</li><li>fjärde</li></ol><table><thead><tr><th colspan="2" scope="colgroup">Rubrik</th></tr>'
    '</thead><tbody><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>',
    "word_mac": "<h3>Bakgrund</h3><h4>Varför nu?</h4><p>Läs mer på"
    ' <a href="https://www.exempel.se/">webbplatsen</a>.</p><ul><li><strong>fet</strong> punkt<ul><li>under den</li></ul>'
    "</li></ul><p>Ett citat.</p>",
    "word_webben": "<h3>Analys</h3><p><strong>Fet</strong> och vanlig.</p><ul><li>ett<ul><li>under ett</li></ul></li>"
    "<li>två</li></ul><p>Sedan:</p><ol><li>först</li><li>sist</li></ol>",
    "libreoffice": "<h3>Rubrik ett</h3><p>En mening<small>Noten.</small>.</p>"
    "<ul><li>punkt<ul><li>underpunkt</li></ul></li></ul>",
    "google": "<h3>Rubrik</h3><p><strong>Fet</strong> text<small>Noten.</small></p>"
    "<ul><li>ett<ul><li>under</li></ul></li><li>två</li></ul>",
}


def test_pasting_keeps_what_is_text_and_drops_every_look(desk: Callable[..., Page]) -> None:
    """Headings, real lists, tables with header row and footnotes, as each program writes them on the clipboard."""
    page = desk(permissions=["clipboard-read", "clipboard-write"])
    found = {name: paste(page, (CLIPBOARDS / f"{name}.html").read_text()) for name in PASTED}
    assert found == PASTED
