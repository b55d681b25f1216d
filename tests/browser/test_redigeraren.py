"""The editor: what one writes, pastes and inserts is what is stored, shown and read again (issue: Skrivbordet, 2)."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Dialog, Page, expect

from delprojekt.documents.build import build
from delprojekt.documents.word import render_word
from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import Listener, axe_violations, axe_violations_everywhere, scrolls_sideways
from tests.browser.redigerare import TEXT, save, saved, show, stored, tool
from tests.documents.hostile import FIRE

pytestmark = pytest.mark.django_db(transaction=True)
CLIPBOARDS = Path(__file__).with_name("urklipp")
"""What each program lays on the clipboard, in the shapes that are documented; the words are invented."""


@pytest.fixture
def d() -> Delprojekt:
    """A delprojekt whose group writes its nuläge."""
    return world.delprojekt_in(Steg.NULAGE)


COPY = """html => document.addEventListener("copy", event => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", "x");
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
    "<li>sjuksköterskor</li></ul><p>Så här gör vi:</p><ol><li>räkna<ol><li>per klinik</li></ol></li><li>jämföra</li>"
    "</ol>"
    '<table><caption>Besök per region</caption><thead><tr><th scope="col">Region</th><th scope="col">Antal</th></tr>'
    "</thead><tbody><tr><td>Skåne</td><td>1&nbsp;480</td></tr><tr><td>Halland</td><td>402</td></tr></tbody><tfoot>"
    '<tr><td colspan="2">Regionernas system, 2025</td></tr></tfoot></table>'
)
PASTED = {
    "word_365": WORD_365,
    "word_2010": "<h3>Slutsatser</h3><h4>Om vården</h4>"
    "<p>En <strong>fet</strong> och <em>kursiv</em> text, inte fet.</p><p>Vi föreslår tre saker:</p>"
    '<ol start="3"><li>tredje</li><li>fjärde</li></ol><table><thead><tr><th colspan="2" scope="colgroup">Rubrik</th>'
    '</tr></thead><tbody><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>',
    "word_mac": "<h3>Bakgrund</h3><h4>Varför nu?</h4><p>Läs mer på"
    ' <a href="https://www.exempel.se/">webbplatsen</a>.</p><ul><li><strong>fet</strong> punkt<ul><li>under den</li>'
    "</ul></li></ul><p>Ett citat.</p>",
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


def test_what_is_too_large_to_paste_is_told_and_the_text_stands(desk: Callable[..., Page]) -> None:
    page = desk(permissions=["clipboard-read", "clipboard-write"])
    show(page, "<p>Det som stod här.</p>")
    page.locator(TEXT).focus()
    page.evaluate(COPY, "<p>" + "ord " * 1_300_000 + "</p>")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(page.locator(".redigerare__besked")).to_contain_text("för stort (5,2 MB). Klistra in en del i taget.")
    assert page.locator(TEXT).inner_text().strip() == "Det som stod här."
    assert paste(page, '<p>Text<img src="file:///C:/Temp/bild.png">.</p>') == "<p>Text.</p>"
    expect(page.locator(".redigerare__besked")).to_contain_text("En bild följde inte med.")
    another = '<figure><img src="/media/bild/annat.png"></figure><p>Ur en annan rapport.</p>'
    assert paste(page, another) == "<p>Ur en annan rapport.</p>"


WRITTEN = (
    '<h3>Kostnader</h3><p>Se <a href="#kap-nulage">avsnittet</a>. <strong>Fet</strong> text<small>Noten, se'
    ' <a href="https://www.exempel.se/">https://www.exempel.se/</a></small> om <dfn title="vård utan natt">dagvård'
    '</dfn> och 1&nbsp;036 <a href="https://www.exempel.se">länkar</a>.</p><ul><li>punkt<ul><li>underpunkt</li></ul></li></ul>'
    '<table id="X"><caption>Besök</caption><thead><tr><th scope="col">Region</th><th scope="col"></th></tr></thead>'
    '<tbody><tr><th scope="row">Halland</th><td></td></tr></tbody><tfoot><tr><td colspan="2">Egen</td></tr></tfoot>'
    "</table>"
)


def fill(page: Page, *values: str) -> None:
    """Fill the fields of the open dialog one after the other with the keyboard, and send it."""
    expect(page.locator("dialog[open]")).to_have_count(1)
    for value in values:
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


def write_by_keyboard(page: Page) -> None:
    """Write a text with all that the editor can, without a mouse."""
    keys = page.keyboard
    page.locator(TEXT).focus()
    for press in ("Control+Shift+Digit1", *"Kostnader", "Enter", *"Se "):
        keys.press(press)
    tool(page, "Hänvisning")
    expect(page.locator("dialog[open]")).to_have_count(1)
    keys.type("Avsnitt: 7 N")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    keys.type(". ")
    keys.press("Control+b")
    keys.type("Fet")
    keys.press("Control+b")
    keys.type(" text")
    keys.press("Control+Alt+f")
    fill(page, "Noten, se https://www.exempel.se/")
    keys.type(" om ")
    tool(page, "Fackord")
    fill(page, "dagvård", "vård utan natt")
    keys.type(" och 1")
    keys.press("Control+Shift+Space")
    keys.type("036 ")
    keys.press("Control+k")
    fill(page, "www.exempel.se", "länkar")
    keys.type(".")
    write_list_and_table(page)


def write_list_and_table(page: Page) -> None:
    """Go on with a list in two levels and a table with caption and source."""
    keys = page.keyboard
    for press in ("Enter", *"- punkt", "Enter", "Tab", *"underpunkt", "Enter", "Enter", "Enter"):
        keys.press(press)
    tool(page, "Tabell")
    fill(page, "2", "2")
    for press in (*"Region", "Tab", "Tab", *"Halland"):
        keys.press(press)
    page.get_by_role("toolbar", name="Tabellverktyg").get_by_role("button", name="Rubrikkolumn").focus()
    keys.press("Enter")
    page.get_by_role("toolbar", name="Tabellverktyg").get_by_role("button", name="Rubrik och källa").focus()
    keys.press("Enter")
    keys.type("Besök")
    page.get_by_label("Källa").focus()
    keys.type("Egen")


def test_a_text_is_written_by_keyboard_alone_saved_and_read_again(desk: Callable[..., Page], d: Delprojekt) -> None:
    page = desk()
    listener = Listener()
    listener.attach(page)
    write_by_keyboard(page)
    assert re.sub(r'id="tabell-[a-z0-9]+"', 'id="X"', stored(page)) == WRITTEN
    page.keyboard.press("Escape")
    for press in ("Escape", "Tab"):  # out of the table, past its source
        page.keyboard.press(press)
    assert not page.evaluate("document.activeElement.matches('[role=textbox]')")
    before = stored(page)
    save(page)
    assert d.omgangar.get().avsnitt.get(nyckel="nulage_ekonomi").html == before
    page.goto(page.url)
    expect(page.locator("[data-klar]")).to_have_count(1)
    assert stored(page) == before
    page.goto(f"/delprojekt/{d.pk}/dokument/slutrapport/")
    expect(page.locator("article.dokument")).to_contain_text("Se avsnitt 7. Fet text1 om dagvård")
    expect(page.locator(".fotnoter li")).to_contain_text("Noten, se https://www.exempel.se/")
    expect(page.locator(".fakta", has_text="vård utan natt").first).to_be_visible()
    assert listener.complaints == []


def test_the_editor_in_use_is_accessible_and_fits_a_phone(desk: Callable[..., Page]) -> None:
    page = desk(bypass_csp=True)
    show(page, WRITTEN.replace("X", "tabell-a1"))
    page.locator("td").first.click()
    page.keyboard.press("Control+h")
    page.get_by_label("Sök", exact=True).fill("e")
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    for name in ("Länk", "Fotnot", "Bild", "Fackord", "Hänvisning", "Kortkommandon"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(400)  # the dialog has come to rest
        assert axe_violations(page) == [], name
        page.keyboard.press("Escape")


def test_find_and_replace_can_be_undone(desk: Callable[..., Page]) -> None:
    page = desk()
    show(page, "<p>Vård i Lund. Vård i Växjö, inte <em>vård</em>.</p><p>Sist</p>")
    page.locator(TEXT).focus()
    page.keyboard.press("Control+h")
    page.keyboard.type("vård")
    expect(page.get_by_text("Träff 1 av 3.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Träff 2 av 3.")).to_be_visible()
    page.get_by_label("Ersätt med").fill("Omsorg")
    page.get_by_role("button", name="Ersätt alla").click()
    expect(page.get_by_text("3 ställen är ersatta.")).to_be_visible()
    assert stored(page) == "<p>Omsorg i Lund. Omsorg i Växjö, inte <em>Omsorg</em>.</p><p>Sist</p>"
    page.keyboard.press("Escape")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("Control+z")
    assert stored(page) == "<p>Vård i Lund. Vård i Växjö, inte <em>vård</em>.</p><p>Sist</p>"


def test_somebody_else_s_text_leaves_the_cursor_and_no_key_takes_it_away(desk: Callable[..., Page]) -> None:
    page = desk()
    show(page, "<p>Vård i Lund.</p><p>Sist</p>")
    page.locator(TEXT).focus()
    page.keyboard.press("Control+a")
    show(page, "<p>Omsorg i Växjö.</p><p>Sist</p>")
    page.keyboard.type("!")
    assert page.locator(TEXT).inner_text().replace("!", "").split() == ["Omsorg", "i", "Växjö.", "Sist"]
    page.keyboard.press("Control+End")
    page.keyboard.type("?")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile(r"\?</p>$"))
    show(page, "<p>En annan mening.</p><p>Sist?</p>")
    page.keyboard.type("!")
    assert stored(page) == "<p>En annan mening.</p><p>Sist?!</p>"


def test_without_scripts_plain_text_is_written_and_richer_text_is_not_lost(
    desk: Callable[..., Page], d: Delprojekt
) -> None:
    saved(d, "<p>Ett stycke.</p><ul><li>punkt</li></ul>")
    page = desk(java_script_enabled=False)
    field = page.get_by_label("Text")
    expect(field).to_have_value("Ett stycke.\n\n- punkt")
    field.fill("Ett stycke.\n\n### Rubrik\n\n1 < 2 & 3 > 2")
    page.get_by_role("button", name="Spara", exact=True).click()
    section = d.omgangar.get().avsnitt.get(nyckel="nulage_ekonomi")
    assert section.html == "<p>Ett stycke.</p><h3>Rubrik</h3><p>1 &lt; 2 &amp; 3 &gt; 2</p>"
    rich = "<p>Text<small>Not</small></p>"
    saved(d, rich)
    page.goto(page.url)
    expect(field).to_have_value(rich)
    expect(page.get_by_text("Utan skript ändrar du det i HTML.")).to_be_visible()
    page.get_by_role("button", name="Spara", exact=True).click()
    assert d.omgangar.get().avsnitt.get(nyckel="nulage_ekonomi").html == rich


def test_a_picture_is_put_in_with_its_text_and_a_bad_one_is_told(
    desk: Callable[..., Page], d: Delprojekt, tmp_path: Path
) -> None:
    page = desk()
    drawing, photo = tmp_path / "ritning.svg", tmp_path / "karta.png"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    Image.new("RGB", (400, 200), "teal").save(photo)
    page.locator(TEXT).focus()
    tool(page, "Bild")
    dialog = page.get_by_role("dialog", name="Bild")
    dialog.get_by_label("Bildfil").set_input_files(drawing)
    dialog.get_by_role("button", name="Infoga bilden").click()
    expect(dialog.get_by_role("alert").filter(has_text="(inte SVG)")).to_be_visible()
    dialog.get_by_label("Bildfil").set_input_files(photo)
    dialog.get_by_label("Bildtext").fill("Deltagande sjukhus")
    dialog.get_by_label("Beskrivning").fill("Karta med tolv sjukhus")
    dialog.get_by_role("button", name="Infoga bilden").click()
    expect(page.locator(".textbild img")).to_have_js_property("naturalWidth", 400)
    page.keyboard.type("Efter bilden.")  # and not in its place
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("</figure><p>Efter bilden.</p>$"))
    save(page)
    page.goto(f"/delprojekt/{d.pk}/dokument/slutrapport/")
    expect(page.get_by_role("img", name="Karta med tolv sjukhus")).to_have_js_property("naturalWidth", 400)
    expect(page.locator("figcaption")).to_have_text("Figur 1. Deltagande sjukhus")


def read_back(docx: bytes) -> str:
    """Return a Word file as HTML."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--from=docx", "--to=html"]
    return subprocess.run(command, input=docx, capture_output=True, check=True).stdout.decode()


def fired(page: Page) -> list[str]:
    """Return what hostile text gets done in the page: each shows a dialog, or asks another place for something."""
    done: list[str] = []

    def hear(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # the desk's own: the text is not saved
            done.append(dialog.message)
        dialog.accept()

    page.on("dialog", hear)
    page.on("request", lambda request: done.append(request.url) if "exempel.se" in request.url else None)
    return done


EVENTS = """() => document.querySelectorAll('main *').forEach(
    one => ['click', 'mouseover', 'focus'].forEach(name => one.dispatchEvent(new Event(name))))"""


def test_hostile_text_does_nothing_on_any_page_nor_in_word(desk: Callable[..., Page], d: Delprojekt) -> None:
    """Every payload through save, page and document, with the security policy off: the allow-list alone must hold."""
    hostile = "".join(f"<p>{number}</p>{html}" for number, html in enumerate(FIRE))
    page = desk(bypass_csp=True, permissions=["clipboard-read", "clipboard-write"])
    done = fired(page)
    paste(page, hostile)
    show(page, hostile)
    page.wait_for_timeout(300)
    assert done == [], "in the editor"
    saved(d, hostile)
    for address in (page.url, f"/delprojekt/{d.pk}/dokument/slutrapport/"):
        page.goto(address)
        page.evaluate(EVENTS)
        page.wait_for_timeout(200)
        assert done == [], address
    tree = build(d, "slutrapport", now=timezone.now())
    page.set_content(read_back(render_word(tree)))
    page.wait_for_timeout(200)
    assert done == [], "in Word, read back"
    page.set_content(hostile)
    page.wait_for_timeout(500)
    assert done, "the raw texts fire, so the page would have heard them"
