"""The small scripts: each makes something easier, and nothing needs them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from delprojekt.models import Konto

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls")]


def test_login_works_without_scripts(contexts: Callable[..., BrowserContext], konto: Konto) -> None:
    page = contexts(java_script_enabled=False).new_page()
    page.goto("/konto/login/?next=/hjalp/")
    page.get_by_label("E-post").fill("maja.ek@exempel.se")
    page.get_by_label("Lösenord").fill("hemlig-och-lang")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(f"{page.url.split('/hjalp')[0]}/hjalp/")
    expect(page.get_by_text("Maja Ek").first).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_address(page: Page, konto: Konto) -> None:
    page.goto("/konto/login/")
    page.get_by_label("E-post").fill("maja.ek@exempel.se")
    page.get_by_label("Lösenord").fill("fel-losenord")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-post")).to_have_value("maja.ek@exempel.se")
    assert page.title().startswith("Fel: ")


def test_the_account_menu_closes_on_escape_and_logs_out(
    contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None], konto: Konto
) -> None:
    context = contexts()
    log_in(context, konto)
    page = context.new_page()
    page.goto("/hjalp/")
    menu = page.locator("details[data-meny]")
    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/konto/login/")
    page.goto("/konto/password/change/")
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


def test_the_chosen_look_is_kept(page: Page) -> None:
    page.goto("/hjalp/")
    page.get_by_role("button", name="Mörkt").click()
    page.goto("/personuppgifter/")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    expect(page.get_by_role("button", name="Mörkt")).to_have_attribute("aria-pressed", "true")


def test_two_quick_clicks_are_one_post(page: Page) -> None:
    posts: list[str] = []

    def count_posts(route: Route) -> None:
        if route.request.method == "POST":
            posts.append(route.request.url)
            route.fulfill(status=204)
        else:
            route.continue_()

    page.goto("/konto/password/reset/")
    page.get_by_label("E-post").fill("maja.ek@exempel.se")
    page.route("**/konto/password/reset/", count_posts)
    button = page.get_by_role("button", name="Skicka länken")
    for _ in range(2):
        button.evaluate("button => button.click()")
        page.wait_for_timeout(300)
    assert button.get_attribute("aria-busy") == "true"
    assert len(posts) == 1


def test_text_that_was_not_sent_is_offered_back(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/galleri/")
    title = page.locator("#id_titel")
    title.fill("Kliniska distansmöten")
    page.wait_for_timeout(1000)
    page.reload()
    expect(title).to_have_value("")
    page.get_by_role("button", name="Hämta tillbaka texten").click()
    expect(title).to_have_value("Kliniska distansmöten")


def test_leaving_with_unsaved_text_is_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/galleri/")
    page.locator("#id_titel").press_sequentially("Hej")
    page.goto("/hjalp/")
    assert asked == ["beforeunload"]


def test_a_job_shows_its_progress_and_then_its_result(page: Page) -> None:
    answers = [
        {"text": "Sätter sidorna, 4 av 18.", "procent": 22, "ton": "pagar"},
        {"text": "Klar. 18 sidor.", "procent": 100, "ton": "klar", "url": "/hjalp/", "lanktext": "Öppna slutrapporten"},
    ]
    page.route("**/prov/jobb/", lambda route: route.fulfill(json=answers.pop(0) if len(answers) > 1 else answers[0]))
    page.route("**/galleri/", _with_job)
    page.goto("/galleri/")
    box = page.locator("[data-job-status]")
    expect(box.locator("[data-job-text]")).to_have_text("Klar. 18 sidor.")
    expect(box.get_by_role("link", name="Öppna slutrapporten")).to_be_visible()
    expect(box.locator("progress")).to_have_count(0)


def _with_job(route: Route) -> None:
    """Let the first waiting job of the gallery have an address to ask."""
    answer = route.fetch()
    body = answer.text().replace('<div class="framsteg"', '<div class="framsteg" data-job-status="/prov/jobb/"', 1)
    route.fulfill(response=answer, body=body)


def test_show_and_hide_says_what_it_does(page: Page) -> None:
    page.goto("/galleri/")
    text = page.locator("#exempel-dold")
    expect(text).to_be_hidden()
    button = page.locator("button[data-visa=exempel-dold]")
    button.click()
    expect(text).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_text("Dölj vägledningen")


def test_what_can_be_hidden_is_shown_without_scripts(contexts: Callable[..., BrowserContext]) -> None:
    page = contexts(java_script_enabled=False).new_page()
    page.goto("/galleri/")
    expect(page.locator("#exempel-dold")).to_be_visible()
