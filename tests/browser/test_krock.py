"""Two windows on the same form: the second is shown both versions, and goes on from there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from delprojekt.models import Konto
from tests.browser.kontroller import axe_violations_everywhere, scrolls_sideways
from tests.world import fresh, new_forslag, person, submit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_of_two_windows_sees_both_versions_and_takes_theirs(
    contexts: Callable[..., BrowserContext], log_in: Callable[[BrowserContext, Konto], None]
) -> None:
    d = new_forslag()
    submit(d)
    address = f"/delprojekt/{d.pk}/gor/redigera-forslag/"
    pages = []
    for who in ("kansli2", "kansli"):
        context = contexts(viewport={"width": 1366, "height": 768}, bypass_csp=True)
        log_in(context, person(who).konto)
        pages.append(context.new_page())
        pages[-1].goto(address)
    theirs, mine = pages
    theirs.get_by_label("Vilket problem ska lösas?").fill("Köerna är långa.")
    theirs.get_by_role("button", name="Spara förslaget").click()
    theirs.get_by_label("Motivering").fill("Köerna är det som märks.")
    with theirs.expect_navigation():
        theirs.get_by_role("button", name="Spara förslaget").click()
    expect(theirs.get_by_role("alert").filter(has_text="Nu står det")).to_have_count(0)
    mine.get_by_label("Vilket problem ska lösas?").fill("Resorna är långa.")
    mine.get_by_label("Syfte").fill("Mitt nya syfte.")
    mine.get_by_role("button", name="Spara förslaget").click()
    box = mine.get_by_role("alert").filter(has_text="Nu står det")
    for words in ("Nils Alm", "Köerna är långa.", "Resorna är långa."):
        expect(box).to_contain_text(words)
    expect(mine.get_by_label("Vilket problem ska lösas?")).to_have_value("Resorna är långa.")
    assert axe_violations_everywhere(mine) == []
    assert not scrolls_sideways(mine)
    mine.get_by_role("button", name="Ta det som står nu").click()
    expect(mine.get_by_label("Vilket problem ska lösas?")).to_have_value("Köerna är långa.")
    expect(mine.get_by_label("Syfte")).to_have_value("Mitt nya syfte.")
    mine.get_by_role("button", name="Spara förslaget").click()
    mine.get_by_label("Motivering").fill("Syftet blev tydligare.")
    mine.get_by_role("button", name="Spara förslaget").click()
    expect(mine.locator("main")).to_contain_text("Förslaget ändrades.")
    assert (fresh(d).forslag.problem, fresh(d).forslag.syfte) == ("Köerna är långa.", "Mitt nya syfte.")
