"""What a browser test asks of a page: accessibility, no sideways scrolling, nothing the security policy stops."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (360, 1366)
SCHEMES = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}
RUN = """options => axe.run(document, options).then(
    results => results.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])))"""
_axe = Axe()


@dataclass
class Listener:
    """Hears what a page complains of: errors in the console, refused resources, failed answers."""

    complaints: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Start listening to ``page``."""
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


def axe_violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return axe's findings (WCAG 2.0–2.2, A and AA, or only some rules) on the page as it looks now, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe.axe_script)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found = page.evaluate(RUN, {"runOnly": only, "resultTypes": ["violations"], "elementRef": False})
    return [f"{rule}: {html[:160]}" for rule, html in found]


def axe_violations_everywhere(page: Page) -> list[str]:
    """Return axe's findings on a phone and on a desk, light and dark (there only what colours can change)."""
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            found += [f"{width} px, {scheme}: {line}" for line in axe_violations(page, rules)]
    return found


def scrolls_sideways(page: Page, width: int = 320) -> bool:
    """Return whether the page is wider than a window of ``width`` px (which is also 400 % of 1280 px)."""
    page.set_viewport_size({"width": width, "height": 568})
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def open_tab(page: Page, name: str) -> None:
    """Open a tab of a delprojekt, also one that stands under "Mer"."""
    tabs = page.get_by_role("navigation", name="Delprojektets sidor")
    tabs.get_by_role("link", name="Översikt").wait_for()
    link = tabs.get_by_role("link", name=name)
    if link.count() == 0:
        tabs.get_by_text("Mer", exact=True).click()
    link.click()
