"""The pages of a delprojekt, as the one who works with them sees them: readable for all, on every screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from delprojekt.actions.mall import begin_draft
from delprojekt.models import Delprojekt, Konto
from delprojekt.process.steg import Steg
from tests import world
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways

pytestmark = pytest.mark.django_db(transaction=True)

TABS = ("forslag", "uppdrag", "arbetsgrupp", "rapport", "beslut", "regioner", "handelser")


@pytest.fixture
def as_role(
    contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> Callable[..., Page]:
    """A page of one of the cast, logged in."""

    def open_page(name: str, **options: object) -> Page:
        context = contexts(viewport={"width": 1366, "height": 768}, **options)
        log_in(context, world.person(name).konto)
        return context.new_page()

    return open_page


def pages_of(d: Delprojekt) -> list[str]:
    """Return the pages that kansliet has of a delprojekt far along."""
    home = d.get_absolute_url()
    return [
        "/",
        "/delprojekt/",
        "/delprojekt/?q=finns+inte",
        "/delprojekt/nytt/",
        "/infor-ledningsgruppen/",
        "/delprojekt/aret/",
        "/ledningsgruppen/utfall/",
        "/process/",
        "/mallen/2/",
        home,
        *(f"{home}visa/{tab}/" for tab in TABS),
        f"{home}dokument/slutrapport/",
        f"{home}gor/registrera-huvudmansbeslut/",
        f"{home}gor/angra/",
    ]


def test_kansliets_pages_have_no_axe_violations_and_never_scroll_sideways(as_role: Callable[..., Page]) -> None:
    d = world.delprojekt_in(Steg.INFORANDE)
    begin_draft(world.actor("kansli"))
    page = as_role("kansli", bypass_csp=True)
    found = {}
    for path in pages_of(d):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        faults = axe_violations_everywhere(page)
        if scrolls_sideways(page):
            faults.append("scrolls sideways at 320 px")
        found[path] = faults
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_writing_desk_and_the_step_pages_have_no_axe_violations(as_role: Callable[..., Page]) -> None:
    d = world.delprojekt_in(Steg.ATGARDSFORSLAG)
    page = as_role("ordforande", bypass_csp=True)
    home = d.get_absolute_url()
    paths = [
        "/",
        f"/rapport/{d.pk}/",
        f"/rapport/{d.pk}/sammanfattning/",
        f"/rapport/{d.pk}/analys_kompetens/",
        f"{home}traden/",
        "/min-arbetsgrupp/",
        f"{home}gor/anteckna-vagval/?fran=gruppen",
        f"{home}gor/anteckna-gruppmote/",
        f"{home}gor/skriv-atgardsforslag/",
        f"{home}gor/skriv-uppfoljningsplan/",
        f"{home}gor/lamna-slutrapport/",
    ]
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = axe_violations_everywhere(page) + (["sideways"] if scrolls_sideways(page) else [])
    assert found == {path: [] for path in paths}


def test_an_error_in_a_step_is_said_on_top_and_at_its_field_and_is_accessible(as_role: Callable[..., Page]) -> None:
    d = world.delprojekt_in(Steg.BEREDNING)
    page = as_role("kansli", bypass_csp=True)
    page.goto(f"{d.get_absolute_url()}gor/registrera-behov/")
    page.get_by_role("button", name="Spara regionens behov", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Fel: ")
    assert axe_violations_everywhere(page) == []


def test_the_outcomes_of_a_meeting_are_registered_by_clicking(as_role: Callable[..., Page]) -> None:
    """Two förslag of one meeting: filled in from their anmälan, checked, confirmed; refused text is asked for."""
    first, second = world.delprojekt_in(Steg.BEREDNING), world.delprojekt_in(Steg.BEREDNING, benamning="Jourlinjen")
    for d in (first, second):
        world.prepare(d)
    page = as_role("sekreterare", bypass_csp=True)
    page.goto("/ledningsgruppen/")
    page.get_by_role("link", name="Registrera mötets utfall").click()
    expect(page.get_by_label("Mötets datum")).to_have_value(world.DAG.isoformat())
    row, other = (page.get_by_role("region", name=str(d)) for d in (first, second))
    expect(row.get_by_label("Punkt")).to_have_value("4")
    row.get_by_label("Utfall").select_option("Besluta om uppstart")
    other.get_by_label("Utfall").select_option("Besluta om avslag")
    page.get_by_role("button", name="Granska").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert axe_violations_everywhere(page) == []
    other.get_by_label("Motivering").fill("Ryms inte i år.")
    page.get_by_role("button", name="Granska").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera och bekräfta")
    assert axe_violations_everywhere(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Bekräfta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mötets utfall är registrerat")
    assert axe_violations_everywhere(page) == []
    assert [world.fresh(d).steg for d in (first, second)] == [Steg.UPPDRAG, Steg.AVSLAG]


def test_no_page_of_a_delprojekt_breaks_the_security_policy(as_role: Callable[..., Page]) -> None:
    d = world.delprojekt_in(Steg.UPPDRAG)
    begin_draft(world.actor("kansli"))
    page = as_role("kansli")
    hears = Listener()
    hears.attach(page)
    for path in pages_of(d)[:10]:
        page.goto(path, wait_until="networkidle")
    assert hears.complaints == []


def test_the_rail_marks_where_it_is_and_says_the_rest_in_words(as_role: Callable[..., Page]) -> None:
    d = world.delprojekt_in(Steg.NULAGE)
    page = as_role("kansli")
    page.goto(d.get_absolute_url())
    current = page.locator("[aria-current=step]")
    expect(current).to_have_count(1)
    expect(current).to_contain_text("Nuläge")
    expect(current).to_contain_text("här är ni nu")
    expect(page.get_by_text("Steg 4 av 11")).to_be_visible()


def test_text_is_offered_back_after_a_session_that_ended(as_role: Callable[..., Page]) -> None:
    page = as_role("ordforande")
    address = f"/delprojekt/{world.new_forslag('ordforande').pk}/gor/redigera-forslag/"
    page.goto(address)
    field = page.locator("main textarea").first
    field.fill("Det här får inte försvinna.")
    page.wait_for_timeout(1000)
    page.context.clear_cookies(name="sfbv_session")
    page.get_by_role("button", name=re.compile("^Spara")).click()
    page.get_by_label("E-post").fill("ordforande@exempel.se")
    page.get_by_label("Lösenord").fill(world.PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Logga in", exact=True).click()
    page.goto(address)
    page.get_by_role("button", name="Hämta tillbaka texten").click()
    expect(field).to_have_value("Det här får inte försvinna.")
    page.get_by_role("button", name=re.compile("^Spara")).click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("button", name="Hämta tillbaka texten")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_first_visit_is_light(as_role: Callable[..., Page]) -> None:
    world.delprojekt_in(Steg.BEREDNING)
    page = as_role("kansli")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert len([url for url in asked if not url.endswith(".svg")]) <= 12, asked
    assert page.evaluate("document.querySelectorAll('*').length") <= 1500
    assert len(page.content()) <= 100_000
