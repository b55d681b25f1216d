"""Comments by keyboard: words are chosen and commented on, answered beside the editor, and a change is taken in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import Avsnitt, Delprojekt, Kommentar, Konto
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.browser.kontroller import Listener, axe_violations, axe_violations_everywhere, scrolls_sideways
from tests.browser.redigerare import TEXT, stored
from tests.world import actor, delprojekt_in, do, person

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "nulage_ekonomi"
HTML = "<p>Det finns tre kliniker i regionen.</p><p>Två.</p>"
SELECT = """([place, words]) => {
    const walk = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const at = walk.currentNode.data.indexOf(words);
        if (at >= 0) return getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
    }
}"""


@pytest.fixture
def d() -> Delprojekt:
    made = delprojekt_in(Steg.NULAGE)
    save_section(actor("ordforande"), made, KEY, HTML, 0)
    return made


@pytest.fixture
def window(
    d: Delprojekt, contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> Callable[..., Page]:
    def open_page(who: str, path: str = "", width: int = 1366) -> Page:
        context = contexts(viewport={"width": width, "height": 900}, bypass_csp=True)
        log_in(context, person(who).konto)
        page = context.new_page()
        page.goto(f"/rapport/{d.pk}/{KEY}/{path}", wait_until="load")
        return page

    return open_page


def comment_by_keyboard(page: Page, place: str, words: str, says: str) -> None:
    """Choose words, press the shortcut, and write."""
    page.evaluate(SELECT, [place, words])
    page.keyboard.press("Control+Alt+m")
    expect(page.get_by_label("Din kommentar")).to_be_focused()
    expect(page.get_by_label("Ord som det gäller")).to_have_value(words)
    page.keyboard.type(says)


def test_words_are_commented_on_while_they_are_read(window: Callable[..., Page]) -> None:
    hers = window("ledamot", "granska/")
    comment_by_keyboard(hers, "[data-lastext]", "tre kliniker", "Är det inte fyra?")
    with hers.expect_navigation():
        hers.get_by_role("button", name="Skicka kommentaren").press("Enter")
    expect(hers.locator("mark.kommentarsmark")).to_have_text("tre kliniker")
    hers.locator("mark.kommentarsmark").press("Space")
    expect(hers.locator(".kommentar")).to_be_focused()
    assert axe_violations_everywhere(hers) == []
    assert not scrolls_sideways(hers)


def test_words_are_commented_on_and_answered_by_who_writes_and_the_text_is_untouched(
    d: Delprojekt, window: Callable[..., Page]
) -> None:
    said = {"avsnitt": KEY, "citat": "tre kliniker", "text": "Är det inte fyra?"}
    do("ledamot", Act.KOMMENTERA, d, **said)
    heard, chair = Listener(), window("ordforande")
    heard.attach(chair)
    mark = chair.locator(f"{TEXT} .kommentarsmark")
    expect(mark).to_have_text("tre kliniker")
    chair.locator(TEXT).press("Control+Home")
    with chair.expect_response("**/spara/"):
        chair.keyboard.type("Enligt registret: ")
    expect(mark).to_have_text("tre kliniker")
    chair.get_by_role("link", name="”tre kliniker”").press("Enter")
    assert chair.evaluate("getSelection().toString()") == "tre kliniker"
    for key in ("ArrowLeft", "ArrowRight", "Control+Alt+m"):
        chair.keyboard.press(key)
    expect(chair.locator(".kommentar")).to_be_focused()
    chair.locator(".kommentar__svara > summary").press("Enter")
    chair.get_by_label("Ditt svar").fill("Nej, tre.")
    chair.locator(".kommentar__svara").get_by_role("button", name="Svara", exact=True).press("Enter")
    expect(chair.get_by_text("Nej, tre.")).to_be_visible()
    comment_by_keyboard(chair, TEXT, "Två", "Vilka två?")
    chair.get_by_role("button", name="Skicka kommentaren").press("Enter")
    expect(mark).to_have_count(2)
    assert axe_violations(chair) == []
    assert stored(chair) == HTML.replace("Det", "Enligt registret: Det")
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html == stored(chair)
    assert heard.complaints == []


def test_what_cannot_be_sent_stays_with_what_is_wrong(window: Callable[..., Page]) -> None:
    chair = window("ordforande")
    chair.locator("[data-ny] > summary").press("Enter")
    chair.get_by_label("Din kommentar").fill("@Ingen Alls")
    chair.get_by_role("button", name="Skicka kommentaren").press("Enter")
    expect(chair.get_by_text("Ingen som läser utkastet heter Ingen")).to_be_visible()
    expect(chair.get_by_label("Din kommentar")).to_have_value("@Ingen Alls")


def test_what_is_written_in_one_thread_stays_when_another_is_seen_to(
    d: Delprojekt, window: Callable[..., Page]
) -> None:
    for words in ("Ett.", "Två."):
        do("ledamot", Act.KOMMENTERA, d, avsnitt=KEY, text=words)
    chair = window("ordforande")
    first, second = chair.locator(".kommentarer > .kommentar").all()
    for thread in (first, second):
        thread.locator(".kommentar__svara > summary").press("Enter")
    first.get_by_label("Ditt svar").fill("Halvskrivet")
    second.get_by_role("button", name="Markera som klar").press("Enter")
    expect(chair.get_by_text("Avslutade (1)")).to_be_visible()
    expect(first.get_by_label("Ditt svar")).to_be_visible()
    expect(first.get_by_label("Ditt svar")).to_have_value("Halvskrivet")
    expect(chair.locator("#kommentarer h2 [data-antal]")).to_have_text("1")


def test_a_change_is_proposed_in_the_text_and_taken_in_at_the_desk(d: Delprojekt, window: Callable[..., Page]) -> None:
    hers = window("ledamot", "granska/", width=360)
    hers.evaluate(SELECT, ["[data-lastext]", "Två"])
    with hers.expect_navigation():
        hers.get_by_role("button", name="Föreslå ändring i stycket").press("Enter")
    hers.get_by_label("Så borde det stå").fill("Två av dem är små.")
    assert axe_violations(hers) == []
    assert not scrolls_sideways(hers)
    with hers.expect_navigation():
        hers.get_by_role("button", name="Lämna förslaget").press("Enter")
    chair = window("ordforande", width=360)
    with_tab = chair.get_by_role("link", name="Kommentarer (1)")
    with_tab.press("Enter")
    expect(chair.locator(TEXT)).to_be_hidden()
    expect(chair.locator(".kommentar ins")).to_contain_text("av dem är små")
    assert axe_violations(chair) == []
    assert not scrolls_sideways(chair)
    with chair.expect_navigation():
        chair.get_by_role("button", name="Godta").press("Enter")
    expect(chair.get_by_text("En föreslagen ändring i avsnittet")).to_be_visible()
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html == HTML.replace("Två.", "Två av dem är små.")
    assert Kommentar.objects.get().utfall == "godtagen"
