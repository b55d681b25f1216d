"""The passkey in a real browser, under the strict policy: made, used as second factor, used alone, taken away."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def with_key(page: Page, live_server: object) -> Page:
    """A page in a browser that has a key of its own."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def log_in(page: Page, who: str) -> None:
    page.goto("/konto/login/")
    page.get_by_label("E-post").fill(f"{who}@exempel.se")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def make_key(page: Page) -> None:
    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_label("Namn på nyckeln").fill("Jobbdatorn")
    page.get_by_label("Logga in med bara nyckeln").check()
    page.get_by_role("button", name="Skapa nyckeln").click()
    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()


def log_out(page: Page) -> None:
    page.goto("/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()


def test_a_key_is_made_and_logs_in_alone_and_after_a_password(with_key: Page, listener: Listener) -> None:
    person("ledamot")
    log_in(with_key, "ledamot")
    make_key(with_key)
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
    log_out(with_key)
    with_key.get_by_role("button", name="Logga in med nyckel").click()
    expect(with_key.get_by_role("heading", name="Hej Petra Wikström")).to_be_visible()
    log_out(with_key)
    log_in(with_key, "ledamot")
    expect(with_key.get_by_role("heading", name="Visa att det är du")).to_be_visible()
    with_key.get_by_role("button", name="Använd nyckeln").click()
    expect(with_key.get_by_role("heading", name="Hej Petra Wikström")).to_be_visible()
    with_key.goto("/konto/2fa/webauthn/reauthenticate/")
    with_key.get_by_role("button", name="Använd nyckeln").click()
    expect(with_key.get_by_role("heading", name="Hej Petra Wikström")).to_be_visible()
    assert listener.complaints == []


def test_a_key_that_is_refused_says_so_in_words(page: Page) -> None:
    page.goto("/konto/login/")
    page.context.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('nej'))")
    page.reload()
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("alert")).to_contain_text("Nyckeln kunde inte användas")


def test_a_key_is_not_offered_on_an_address_of_figures_and_the_page_says_where(page: Page) -> None:
    """A browser takes no key there (WebAuthn): the portal is opened by its name."""
    page.goto("/konto/login/")
    named = page.url
    page.goto(named.replace("localhost", "127.0.0.1"))
    expect(page.get_by_role("alert")).to_contain_text(f"på den här datorn {named.removesuffix('/konto/login/')}.")
    expect(page.get_by_role("button", name="Logga in med nyckel")).to_be_hidden()


PAGES = [
    "/konto/",
    "/konto/2fa/",
    "/konto/2fa/webauthn/",
    "/konto/sessions/",
    "/konto/mina-uppgifter/",
    "/personer/",
    "/personer/ny/",
    "/personer/{}/",
    "/personer/{}/gor/ge-roll/",
    "/personer/{}/gor/utse-ersattare/",
    "/installningar/",
    "/tillganglighetsredogorelse/andra/",
]


def test_the_pages_have_no_axe_violations_and_never_scroll_sideways(
    contexts: Callable[..., BrowserContext], log_in: Callable[..., None]
) -> None:
    from delprojekt.models import Innehav
    from delprojekt.process.klocka import idag
    from delprojekt.process.roller import Roll

    them = person("kansli")
    Innehav.objects.create(person=them, roll=Roll.ADMINISTRATOR, fran_date=idag(), beslut="Kansliet")
    context = contexts(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    log_in(context, them.konto)
    page, found = context.new_page(), {}
    for path in (p.format(them.pk) for p in PAGES):
        page.goto(path)
        faults = axe_violations_everywhere(page)
        found[path] = [*faults, *(["scrolls sideways"] if scrolls_sideways(page) else [])]
    assert found == {path: [] for path in found}
