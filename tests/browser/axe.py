"""Ask axe about a page, and say what it found so that somebody can mend it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ASKED = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
SCRIPT = Axe().axe_script


def bring(page: Page) -> None:
    """Put axe into the page, once for each that is opened."""
    page.evaluate(SCRIPT)


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.2 A or AA, or of good practice; `bring` it first."""
    found = page.evaluate("asked => axe.run(asked).then(found => found.violations)", ASKED)
    return [
        f"axe {rule['id']}: {rule['help']}: {' '.join(node['html'].split())[:160]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
