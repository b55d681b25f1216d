"""Two people at the writing desk, at once, without contact, and logged out: nothing that is typed is lost."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Route, expect

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import Avsnitt, Delprojekt, Konto
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways
from tests.world import actor, delprojekt_in, do, person

pytestmark = pytest.mark.django_db(transaction=True)
SECTION, OTHER = "nulage_ekonomi", "nulage_kompetens"
Window = Callable[..., Page]


@pytest.fixture
def d() -> Iterator[Delprojekt]:
    """In nuläge, with a section of two paragraphs."""
    made = delprojekt_in(Steg.NULAGE)
    do("ordforande", Act.UTSE_SKRIBENTER, made, skribenter={"nulage": person("ledamot").pk})
    save_section(actor("ordforande"), made, SECTION, "<p>Ett.</p><p>Två.</p>", 0)
    yield made
    cache.clear()


@pytest.fixture
def window(
    d: Delprojekt,
    contexts: Callable[..., BrowserContext],
    log_in: Callable[[BrowserContext, Konto], None],
) -> Window:
    """Opens a section in somebody's own browser, without the editor: what is tried is the desk around the text."""

    def open_section(who: str, section: str = SECTION, **options: object) -> Page:
        context = contexts(viewport={"width": 1366, "height": 900}, **options)
        context.route("**/js/editor/main*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        log_in(context, person(who).konto)
        page = context.new_page()
        page.goto(f"/rapport/{d.pk}/{section}/", wait_until="load")
        return page

    return open_section


def text_of(d: Delprojekt, section: str = SECTION) -> str:
    return Avsnitt.objects.get(omgang__delprojekt=d, nyckel=section).html


def area(page: Page) -> Locator:
    return page.locator("textarea[name=text]")


def write(page: Page, text: str) -> None:
    area(page).fill(text)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-sparat]")).to_contain_text("Sparat ")


def test_two_write_in_different_sections_and_in_the_same_one(d: Delprojekt, window: Window) -> None:
    hers, his = window("ordforande"), window("ledamot", OTHER)
    heard = Listener()
    heard.attach(hers)
    write(his, "Han skriver här.")
    with hers.expect_response("**/spara/"):
        write(hers, "Ett, hennes.\n\nTvå.")
    for page in (hers, his):
        is_saved(page)
    assert (text_of(d), text_of(d, OTHER)) == ("<p>Ett, hennes.</p><p>Två.</p>", "<p>Han skriver här.</p>")
    with his.expect_navigation():
        his.locator(f"[data-nyckel={SECTION}] a").click()
    expect(his.get_by_text("Karin Lind skriver här nu")).to_be_visible()
    hers.route("**/spara/", lambda route: (hers.wait_for_timeout(300), route.continue_()))
    write(his, "Ett, hennes.\n\nTvå, hans.")
    is_saved(his)
    write(hers, "Ett, hennes igen.\n\nTvå.")
    expect(hers.get_by_text("Någon annan ändrade avsnittet samtidigt.")).to_be_visible()
    expect(area(hers)).to_have_value("Ett, hennes igen.\n\nTvå, hans.")
    assert text_of(d) == "<p>Ett, hennes igen.</p><p>Två, hans.</p>"
    assert heard.complaints == []


def test_the_same_paragraph_shows_both_texts_and_is_chosen(d: Delprojekt, window: Window) -> None:
    hers, his = window("ordforande"), window("ledamot", bypass_csp=True)
    with hers.expect_response("**/spara/"):
        write(hers, "Ett, hennes.\n\nTvå.")
    write(his, "Ett, hans.\n\nTvå.")
    box = his.get_by_role("region", name="Ni har ändrat samma stycke")
    expect(box).to_contain_text("Karin Lind sparade")
    expect(his.get_by_text("Inte sparat. Välj text först.")).to_be_visible()
    expect(area(his)).to_be_focused()  # who is writing is not moved from the text
    his.get_by_role("alert").get_by_role("link", name="Till valet").click()
    expect(box.get_by_role("heading", name="Ni har ändrat samma stycke")).to_be_focused()
    assert axe_violations_everywhere(his) == []
    assert not scrolls_sideways(his)
    his.set_viewport_size({"width": 1366, "height": 900})
    write(his, "Ett, hans och mer.\n\nTvå.")
    his.get_by_role("button", name="Ta med båda").click()
    expect(box).to_have_count(0)
    expect(area(his)).to_have_value("Ett, hennes.\n\nEtt, hans och mer.\n\nTvå.")
    is_saved(his)
    assert text_of(d) == "<p>Ett, hennes.</p><p>Ett, hans och mer.</p><p>Två.</p>"


def test_what_is_written_without_contact_is_sent_when_it_is_back_also_after_a_reload(
    d: Delprojekt, window: Window
) -> None:
    page = window("ordforande")
    page.context.set_offline(True)
    write(page, "Ett.\n\nTvå, utan nät.")
    expect(page.get_by_text("Ingen kontakt med portalen. Det du")).to_be_visible()
    save_section(actor("ledamot"), d, SECTION, "<p>Ett, hennes.</p><p>Två.</p>", 1)
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    expect(page.get_by_text("Ingen kontakt med portalen.")).to_have_count(0)
    is_saved(page)
    assert text_of(d) == "<p>Ett, hennes.</p><p>Två, utan nät.</p>"
    page.route("**/spara/", lambda route: route.fulfill(body="<p>Gästnätet: logga in.</p>"))  # not the portal's answer
    write(page, "Ett, hennes.\n\nTvå, och sedan stängde jag.")
    expect(page.get_by_text("Ingen kontakt med portalen. Det du")).to_be_visible()
    page.unroute("**/spara/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url, wait_until="load")
    expect(area(page)).to_have_value("Ett, hennes.\n\nTvå, och sedan stängde jag.")
    is_saved(page)
    assert text_of(d) == "<p>Ett, hennes.</p><p>Två, och sedan stängde jag.</p>"


def test_who_is_logged_out_while_writing_keeps_the_text_through_the_login(d: Delprojekt, window: Window) -> None:
    page = window("ordforande")
    Session.objects.all().delete()
    write(page, "Ett.\n\nTvå, utloggad.")
    expect(page.get_by_role("alert").filter(has_text="Du är utloggad.")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    login = opened.value
    login.get_by_label("E-post").fill("ordforande@exempel.se")
    login.get_by_label("Lösenord").fill("demo")
    with login.expect_navigation():
        login.get_by_role("button", name="Logga in", exact=True).click()
    is_saved(page)
    assert text_of(d) == "<p>Ett.</p><p>Två, utloggad.</p>"
    login.evaluate("dispatchEvent(new Event('online'))")
    expect(area(login)).to_have_value("Ett.\n\nTvå, utloggad.")
    expect(page.get_by_text("Du är utloggad.")).to_have_count(0)
    with page.expect_response("**/spara/"):
        write(page, "Ett.\n\nTvå, inloggad igen.")
    assert text_of(d) == "<p>Ett.</p><p>Två, inloggad igen.</p>"


def test_a_text_is_never_saved_in_the_name_of_who_has_logged_in_since(
    d: Delprojekt, window: Window, log_in: Callable[[BrowserContext, Konto], None]
) -> None:
    page = window("ordforande")
    Session.objects.all().delete()
    write(page, "Ett.\n\nTvå, ordförandens.")
    expect(page.get_by_text("Du är utloggad. Det du har skrivit")).to_be_visible()
    log_in(page.context, person("ledamot").konto)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Någon annan är inloggad i webbläsaren nu.")).to_be_visible()
    expect(page.locator("[data-sparat]")).to_have_text("Inte sparat. Du är utloggad.")
    assert text_of(d) == "<p>Ett.</p><p>Två.</p>"


def test_leaving_before_choosing_is_asked_about_and_the_text_is_there_again(d: Delprojekt, window: Window) -> None:
    """Back in the browser fills the fields again by itself: that is not taken for a saved text."""
    page = window("ordforande")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    save_section(actor("ledamot"), d, SECTION, "<p>Ett, hennes.</p><p>Två.</p>", 1)
    write(page, "Ett, mitt.\n\nTvå.")
    choice = page.get_by_role("region", name="Ni har ändrat samma stycke")
    expect(choice).to_be_visible()
    page.goto("/hjalp/")
    page.go_back(wait_until="load")
    assert asked == ["beforeunload"]
    expect(area(page)).to_have_value("Ett, mitt.\n\nTvå.")
    choice.get_by_role("button", name="Spara min text").click()
    is_saved(page)
    assert text_of(d) == "<p>Ett, mitt.</p><p>Två.</p>"


def test_a_long_text_is_saved_also_when_somebody_else_s_change_came_while_it_was_written(
    d: Delprojekt, window: Window
) -> None:
    """The text and what it was written from are together more than a browser sends for a page that is gone."""
    rest = [f"Stycke {number}: {'åäö ' * 100}".strip() for number in range(100)]
    save_section(actor("ledamot"), d, SECTION, "".join(f"<p>{words}</p>" for words in ("Ett.", "Två.", *rest)), 1)
    page = window("ordforande")
    save_section(actor("ledamot"), d, SECTION, "".join(f"<p>{words}</p>" for words in ("Ett.", "Två!", *rest)), 2)

    sent: list[Route] = []

    def write_on(route: Route) -> None:
        sent.append(route)
        if len(sent) == 1:
            write(page, "\n\n".join(["Ett, ett och ett halvt.", "Två.", *rest]))
        route.continue_()

    page.route("**/spara/", write_on)
    write(page, "\n\n".join(["Ett, ett", "Två.", *rest]))
    expect(area(page)).to_have_value("\n\n".join(["Ett, ett och ett halvt.", "Två!", *rest]))
    is_saved(page)
    assert text_of(d).startswith("<p>Ett, ett och ett halvt.</p><p>Två!</p>")


def test_logging_out_asks_about_own_text_that_is_not_saved_and_leaves_others_alone(
    d: Delprojekt, window: Window
) -> None:
    page = window("ordforande")
    answers = [False, True]
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    page.on("dialog", answer)
    page.evaluate("localStorage.setItem('utkast:bord:0:1:/x/:a', JSON.stringify({at: 1, text: 'Någon annans.'}))")
    page.route("**/spara/", lambda route: route.abort())
    write(page, "Ett.\n\nTvå, utan nät.")
    expect(page.get_by_text("Ingen kontakt med portalen.").first).to_be_visible()
    page.locator(".kontomeny summary").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(area(page)).to_have_value("Ett.\n\nTvå, utan nät.")
    with page.expect_navigation():
        page.get_by_role("button", name="Logga ut").click()
    left = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('utkast:'))")
    assert left == ["utkast:bord:0:1:/x/:a"]
    assert ["7.6 Ekonomi" in words for words in asked] == [True, True]


def test_the_desk_is_clean_and_the_help_can_be_hidden_and_stays_so(d: Delprojekt, window: Window) -> None:
    page = window("ordforande", bypass_csp=True)
    help_ = page.get_by_role("complementary", name="Stöd")
    page.get_by_role("button", name="Dölj stödet").click()
    expect(help_).to_be_hidden()
    page.goto(page.url, wait_until="load")
    expect(help_).to_be_hidden()
    page.get_by_role("button", name="Visa stödet").click()
    expect(help_).to_be_visible()
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 360, "height": 740})
    parts = page.get_by_role("navigation", name="Delar av sidan")
    parts.get_by_role("link", name="Stöd").click()
    expect(help_).to_be_visible()
    expect(area(page)).to_be_hidden()
    parts.get_by_role("link", name="Text").click()
    write(page, "Ett.\n\nTvå, på telefonen.")
    is_saved(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Klarmarkera avsnittet").click()
    expect(page.locator("main")).to_contain_text("1 av 20 avsnitt klarmarkerade")
    write(page, "Ett.\n\nTvå, igen.")
    expect(page.get_by_text("Avsnittet är inte klarmarkerat längre.")).to_be_visible()
    expect(page.get_by_role("button", name="Klarmarkera avsnittet")).to_be_visible()
    expect(page.locator("main")).to_contain_text("0 av 20 avsnitt klarmarkerade")
    for path in ("", "startpaket/?namnd=2027-06-03", f"{SECTION}/versioner/"):
        page.goto(f"/rapport/{d.pk}/{path}")
        assert axe_violations_everywhere(page) == [], path
        assert not scrolls_sideways(page), path


def test_the_desk_works_without_scripts(d: Delprojekt, window: Window) -> None:
    page = window("ordforande", java_script_enabled=False)
    write(page, "Ett.\n\nTvå, utan skript.")
    with page.expect_navigation():
        page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").first).to_contain_text("är sparat")
    expect(page.get_by_role("complementary", name="Stöd")).to_be_visible()
    assert text_of(d) == "<p>Ett.</p><p>Två, utan skript.</p>"
