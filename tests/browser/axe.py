"""Ask axe about a page, and say what it found so that somebody can mend it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """One line for each thing that is wrong, with the element it is wrong in. WCAG 2.2 A and AA, and good practice."""
    asked = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked).response["violations"]
    return [
        f"axe {rule['id']}: {rule['help']}: {' '.join(node['html'].split())[:160]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
