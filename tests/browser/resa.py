"""A person in front of the portal: logs in, clicks, fills in, reads. Nothing is done behind the page."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import redigerare
from tests.browser.kontroller import open_tab
from tests.world import PASSWORD


class Resenar:
    """The whole cast, each in a browser of their own, all looking at the same delprojekt."""

    def __init__(self, contexts: Callable[..., BrowserContext]) -> None:
        self._contexts = contexts
        self._pages: dict[str, Page] = {}
        self.address = ""

    def page(self, who: str) -> Page:
        """Return somebody's page; the first time they log in by the form."""
        if who not in self._pages:
            page = self._contexts(viewport={"width": 1366, "height": 768}).new_page()
            page.goto("/konto/login/")
            page.get_by_label("E-post").fill(f"{who}@exempel.se")
            page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
            page.locator("main").get_by_role("button", name="Logga in", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Hej")
            self._pages[who] = page
        return self._pages[who]

    def look(self, who: str, tab: str = "") -> Page:
        """Let somebody open the delprojekt, and a tab of it."""
        page = self.page(who)
        page.goto(self.address)
        if tab:
            open_tab(page, tab)
        return page

    def do(
        self,
        who: str,
        act: str,
        fill: dict[str, str | bool] | None = None,
        *,
        tab: str = "",
        link: str = "",
        why: str = "",
    ) -> Page:
        """Let somebody do an act: click its button or the row's ``link``, fill in, go on to the end.

        ``why`` answers advice.
        """
        page = self.look(who, tab)
        page.locator("main").get_by_role("link", name=link or act, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(act)
        self.fill(page, fill or {})
        self.send(page, act, why)
        return page

    @staticmethod
    def send(page: Page, act: str, why: str = "") -> None:
        """Send what is filled in: read it through where the act is checked first, and confirm."""
        expect(page.get_by_role("heading", level=1)).to_have_text(act)
        review = page.get_by_role("button", name="Granska", exact=True)
        if review.count():
            review.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera och bekräfta")
        if why:
            page.get_by_label("Motivering").fill(why)
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile(f"^(Bekräfta|Spara .+|{re.escape(act)})$")).click()
        assert page.locator(".felsummering").all_inner_texts() == []

    @staticmethod
    def fill(page: Page, fill: dict[str, str | bool]) -> None:
        """Fill in by label: a text, a choice, or a tick (True)."""
        for label, value in fill.items():
            field = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+\((valfritt|behövs[^)]*)\))?\s*$")).first
            if value is True:
                field.check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=str(value))
            else:
                field.fill(str(value))

    def write(self, who: str, button: str, tab: str, texts: dict[str, str]) -> None:
        """Let somebody write sections by their headings."""
        page = self.look(who, tab)
        for heading, text in texts.items():
            page.goto(self.address)
            open_tab(page, tab)
            page.locator("main").get_by_role("link", name=button, exact=True).first.click()
            page.get_by_role("table").get_by_role("link", name=heading).click()
            page.locator(redigerare.TEXT).fill(text)
            redigerare.save(page)

    def step_is(self, who: str, name: str) -> None:
        """Check which step the rail marks as the present one."""
        page = self.look(who)
        expect(page.locator("[aria-current=step]")).to_contain_text(name)

    def download(self, who: str, tab: str, heading: str, folder: Path, work: Callable[[], object]) -> Path:
        """Order a document as PDF, let the worker work, wait for the link and download it. Out: the file."""
        page = self.look(who, tab)
        part = page.get_by_role("region", name=heading)
        with page.expect_navigation():
            part.get_by_role("button", name="Skapa PDF").click()
        work()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Ladda ner").click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target
