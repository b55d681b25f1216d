"""§4.3 in a real browser: who is nominated follows the link of the mail and answers, without an account."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from delprojekt.models import Nominering, Svarslank
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.svarslank import link_address
from tests.browser.kontroller import Listener, axe_violations_everywhere, scrolls_sideways
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_grupp import namn, rad
from tests.world import delprojekt_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question(live_server: object) -> str:
    """The address in the mail to somebody who is asked."""
    dp = delprojekt_in(Steg.UPPDRAG)
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", Roll.LEDAMOT))
    last = idag() + timedelta(days=14)
    gor("kansli", Act.TILLFRAGA_NOMINERAD, dp, objekt=rad(dp, "Alm").pk, till=last, text="")
    return link_address(SYSTEM, Svarslank.objects.get()).partition("/svarslank/")[2]


def test_4_3_the_answer_is_sent_and_taken(page: Page, axe_page: Page, question: str, listener: Listener) -> None:
    """M4.3-4. The button works, also the one for the colours, and the address bar holds no key."""
    page.goto(f"/svarslank/{question}")
    assert question.strip("/") not in page.url
    page.get_by_role("button", name="Mörkt").click()
    expect(page.get_by_role("heading", name="Vill du vara med i arbetsgruppen?")).to_be_visible()
    page.get_by_label("Ja, jag vill vara med").check()
    page.get_by_label("Jag har stämt av med min närmsta chef").check()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Tack! Ditt svar är lämnat till kansliet.")).to_be_visible()
    assert Nominering.objects.get(person__efternamn="Alm").status == "tackat_ja"
    assert listener.complaints == []
    assert not scrolls_sideways(page)
    axe_page.goto(f"/svarslank/{question}")
    assert axe_violations_everywhere(axe_page) == []
