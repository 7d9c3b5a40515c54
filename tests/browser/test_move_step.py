"""Moving a step in a real browser: what it touches is read before it is released, at the desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.desk import Desk
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(4)]


@pytest.mark.parametrize("width", [320, 1280])
def test_move_step_is_seen_first_and_then_released(
    page: Page, live_server: Any, sign_in: Any, world: World, width: int, request: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    desk = Desk(page, live_server.url, sign_in)
    desk.reference = world.inspection.reference
    desk.as_(world.people["lead"]).open("inspections:move-step", "records_reading")
    desk.fill(starts_on="2 December 2025", ends_on="4 December 2025", reason="Snow closed roads")
    desk.press("See what this touches").sees("Nothing has changed yet.", "Rule R9", "Who is told")
    axe.bring(page)
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := request.config.getoption("--shots"):
        page.screenshot(path=Path(folder) / f"move-step-touches-{width}.png", full_page=True)

    page.get_by_text("Change what you typed").click()
    expect(page.locator("main [name=reason]:visible")).to_have_value("Snow closed roads")
    page.get_by_role("button", name="Release").click()
    desk.sees("“On-site days 1 to 3: records reading in pairs” has moved.")
