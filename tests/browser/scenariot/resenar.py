"""Somebody in the scenario: clicks like anybody else, on the row's own day."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page, expect

from delprojekt.models import Delprojekt
from delprojekt.process import klocka
from delprojekt.process.act import Act
from tests.browser.kontroller import open_tab
from tests.browser.resa import Resenar
from tests.walked import log_in

LG = "Ledningsgruppens möte"
SG = "Samarbetsgruppens möte"
PUNKT = "Punkt på dagordningen"
REGION = {
    "blekinge": "Region Blekinge",
    "halland": "Region Halland",
    "kronoberg": "Region Kronoberg",
    "skane": "Region Skåne",
}
Svar = dict[str, str | bool]


class Scenarioresenar(Resenar):
    """The cast of the scenario. ``server`` is the portal's address; ``mapp`` is where papers to send lie."""

    def __init__(self, contexts: Callable[..., BrowserContext], server: str, mapp: Path) -> None:
        super().__init__(contexts)
        self.server = server
        self._last = ""
        self.mapp = mapp

    def page(self, who: str) -> Page:
        """Return somebody's page; logged in already, for the way in by the form is walked by other journeys."""
        if who not in self._pages:
            context = self._contexts(viewport={"width": 1366, "height": 768})
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": log_in(who), "url": self.server}])
            self._pages[who] = context.new_page()
            self._pages[who].goto("/")
        return self._pages[who]

    def dag(self, dag: date) -> None:
        """Let the portal's clock stand on a day of the scenario."""
        klocka.stall(dag)
        self._last = ""

    def look(self, who: str, tab: str = "") -> Page:
        """Let somebody open the delprojekt, and a tab of it. Who did the last thing there has it open already."""
        page, last = self.page(who), self._last
        self._last = who
        at = urlsplit(page.url).path
        if last != who or not (at == self.address or (tab and at.startswith(f"{self.address}visa/"))):
            page.goto(self.address)
        if tab:
            open_tab(page, tab)
        return page

    @property
    def delprojekt(self) -> Delprojekt:
        """The delprojekt as it is stored now."""
        return Delprojekt.objects.get(pk=int(re.findall(r"\d+", self.address)[-1]))

    def main(self, who: str, tab: str = "") -> Locator:
        """Let somebody open the delprojekt, and a tab of it. Out: what stands there."""
        return self.look(who, tab).locator("main")

    def says(self, who: str, tab: str, *texts: str) -> None:
        """Check that somebody reads each text on a tab."""
        shown = self.main(who, tab)
        for text in texts:
            expect(shown).to_contain_text(text)

    def open(self, who: str, act: str, fill: Svar | None = None, *, tab: str = "") -> Page:
        """Let somebody open the page of an act and fill it in, but not send it."""
        page = self.look(who, tab)
        page.locator("main").get_by_role("link", name=act, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(act)
        self.fill(page, fill or {})
        return page

    def stopped(self, who: str, act: str, fill: Svar, reason: str) -> None:
        """Check that what somebody fills in is refused with a reason, and that what was typed is still there."""
        page = self.open(who, act, fill)
        self.press(page, re.compile(f"^(Granska|{re.escape(act)})$"))
        self.refused(page, reason)

    @staticmethod
    def press(page: Page, button: str | re.Pattern[str]) -> None:
        """Press a button and wait until the portal has answered."""
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()

    @staticmethod
    def refused(page: Page, reason: str) -> None:
        """Check that the page says what is wrong or missing."""
        expect(page.locator("[role=alert], .felsummering, .falt__fel").filter(has_text=reason).first).to_be_visible()

    def waits(self, who: str, act: str, *missing: str) -> Page:
        """Check that an act's page is not open to somebody yet, and which requirements it says are missing."""
        page = self.page(who)
        page.goto(f"{self.address}gor/{_word(act)}/")
        onward = re.compile(f"^(Granska|Bekräfta|{re.escape(act)})$")
        expect(page.locator("main").get_by_role("button", name=onward)).to_have_count(0)
        expect(page.locator(".checkpunkt[data-lage=saknas]")).to_contain_text(list(missing))
        return page

    @staticmethod
    def advised(page: Page) -> list[str]:
        """Return the advice that is not followed, as the page words it."""
        return page.locator(".checkpunkt[data-lage=rad]").all_inner_texts()

    @staticmethod
    def fill(page: Page, fill: Svar) -> None:
        """Fill in by label; what is folded away is opened first."""
        for label in fill:
            folded = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+\((valfritt|behövs[^)]*)\))?\s*$")).first
            closed = folded.locator("xpath=ancestor::details[not(@open)]/summary")
            if closed.count():
                closed.click()
        Resenar.fill(page, fill)

    def write_all(self, who: str, button: str, tab: str, texts: dict[str, str]) -> None:
        """Let somebody write sections one after the other, as the list beside the text leads on."""
        page = self.look(who, tab)
        page.locator("main").get_by_role("link", name=button, exact=True).first.click()
        for heading, text in texts.items():
            page.locator("main").get_by_role("link", name=heading).first.click()
            page.get_by_label("Text").fill(text)
            self.press(page, "Spara")
            expect(page.get_by_role("status").first).to_contain_text("sparat")


def _word(act: str) -> str:
    return next(one.value for one in Act if one.label == act)
