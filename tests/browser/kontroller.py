"""What a browser test asks of a page: accessibility, no sideways scrolling, nothing the security policy stops."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (360, 1366)
SCHEMES = ("light", "dark")
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


def axe_violations(page: Page) -> list[str]:
    """Return axe's findings (WCAG 2.0–2.2, A and AA) on the page as it looks now, one line each."""
    found = _axe.run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


def axe_violations_everywhere(page: Page) -> list[str]:
    """Return axe's findings on a phone and on a desk, light and dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            found += [f"{width} px, {scheme}: {line}" for line in axe_violations(page)]
    return found


def scrolls_sideways(page: Page, width: int = 320) -> bool:
    """Return whether the page is wider than a window of ``width`` px (which is also 400 % of 1280 px)."""
    page.set_viewport_size({"width": width, "height": 568})
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
