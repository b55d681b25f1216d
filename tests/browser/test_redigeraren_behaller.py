"""The editor keeps what it has no field for, and leaves who is in the middle of something alone (Skrivbordet, 2)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.redigerare import TEXT, saved, show, stored, tool

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def d() -> Delprojekt:
    """A delprojekt whose group writes its nuläge."""
    return world.delprojekt_in(Steg.NULAGE)


def test_a_picture_is_pasted_and_asked_about(desk: Callable[..., Page], tmp_path: Path) -> None:
    page = desk()
    photo = tmp_path / "karta.png"
    Image.new("RGB", (40, 20), "teal").save(photo)
    page.locator(TEXT).evaluate(
        """(text, bytes) => {
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([new Uint8Array(bytes)], "image.png", {type: "image/png"}));
            text.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        list(photo.read_bytes()),
    )
    dialog = page.get_by_role("dialog", name="Bild")
    expect(dialog.get_by_text("Bilden som du klistrade in")).to_be_visible()
    expect(dialog.get_by_label("Bildfil")).to_be_hidden()
    dialog.get_by_label("Beskrivning").fill("Karta med tolv sjukhus")
    dialog.get_by_role("button", name="Infoga bilden").click()
    expect(page.locator(".textbild img")).to_have_js_property("naturalWidth", 40)
    tool(page, "Bild")
    expect(dialog.get_by_label("Bildfil")).to_be_visible()


NOTE = '<p>Ett<small>Se <em>utgåva 2</em> på <a href="https://www.exempel.se">sidan</a>.</small></p>'


def test_what_somebody_else_saves_waits_until_the_dialog_is_closed(desk: Callable[..., Page], d: Delprojekt) -> None:
    """A footnote is changed, and keeps its italics and its link; above it, a colleague has put in a paragraph."""
    saved(d, f"{NOTE}<p>Två.</p>")
    page = desk()
    page.locator(".fotnotstecken").dblclick()
    dialog = page.get_by_role("dialog", name="Fotnot")
    saved(d, f"<p>Ett nytt stycke ovanför, av någon annan.</p>{NOTE}<p>Två.</p>")
    with page.expect_response("**/spara/"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)  # what comes in would have been there
    assert "någon annan" not in stored(page)
    dialog.get_by_label("fotnoten").fill("Se utgåva 3 på sidan, i juni.")
    dialog.get_by_role("button", name="Spara fotnoten").click()
    expect(page.locator(TEXT)).to_contain_text("Ett nytt stycke ovanför")
    expect(page.locator("[data-sparat]")).to_contain_text("Sparat ")
    changed = NOTE.replace("utgåva 2", "utgåva 3").replace("</a>.", "</a>, i juni.")
    expected = f"<p>Ett nytt stycke ovanför, av någon annan.</p>{changed}<p>Två.</p>"
    assert d.omgangar.get().avsnitt.get(nyckel="nulage_ekonomi").html == expected


HELD = (
    '<table id="tabell-a1"><caption>Besök <em>per</em> region<small>Utom Skåne.</small></caption><tbody><tr><td>A</td>'
    "<td>1</td></tr></tbody><tfoot><tr><td>Summa</td><td>100</td></tr></tfoot></table>"
    '<p>Ord<small>Se <a href="#kap-nulage">avsnittet</a>.</small></p>'
    '<figure><img src="/media/a.png" alt=""><img src="/media/b.png" alt="">'
    "<figcaption>Bild <sub>ett</sub></figcaption></figure>"
)


def test_what_has_no_place_of_its_own_in_the_editor_is_still_there_after_a_change(desk: Callable[..., Page]) -> None:
    page = desk()
    show(page, HELD)
    page.get_by_label("Tabellrubrik").fill("Besök per region 2025")
    assert stored(page) == (
        '<table id="tabell-a1"><caption>Besök <em>per</em> region 2025<small>Utom Skåne.</small></caption><tbody><tr>'
        "<td>A</td><td>1</td></tr><tr><td>Summa</td><td>100</td></tr></tbody></table>"
        '<p>Ord<small>Se <a href="#kap-nulage">avsnittet</a>.</small></p>'
        '<figure><img src="/media/a.png" alt=""><figcaption>Bild <sub>ett</sub></figcaption></figure>'
        '<figure><img src="/media/b.png" alt=""></figure>'
    )


@pytest.mark.parametrize("way", ["opened", "pasted"])
def test_a_table_with_rows_keeps_them_though_it_is_called_as_a_mark_is(desk: Callable[..., Page], way: str) -> None:
    """It is copied where a datatabell is shown, or stands in a text from before: the editor throws nothing away."""
    page = desk()
    table = (
        '<table id="tabell-data99"><caption>Väntan</caption><tbody><tr><td>Skåne</td><td>71</td></tr></tbody></table>'
    )
    if way == "opened":
        show(page, f"<p>Före.</p>{table}")
    else:
        page.locator(TEXT).evaluate(
            """(text, html) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/html", html);
                text.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
            }""",
            table,
        )
    page.locator(TEXT).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Nytt. ")
    assert "<td>71</td>" in stored(page).replace("<p>", "").replace("</p>", "")
    assert "tabell-data99" not in stored(page)
