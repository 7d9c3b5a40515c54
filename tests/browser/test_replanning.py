"""A snow day in a real browser: the lead sees all that follows, leaves one date, looks again and releases; others read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inspections.models import Step, TimetableVersion
from tests.browser import axe
from tests.browser.desk import Desk
from tests.browser.test_pages import NARROW, RUNS_OVER, WIDE
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(11)]
SNOW = "Snow closed the roads."


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """A desk at the inspection of Glenmarrow."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found


def test_a_snow_day_from_the_timetable_to_the_version(
    desk: Desk, world: World, pytestconfig: pytest.Config
) -> None:
    day = date.fromisoformat(Step.objects.get(key="records_reading").days[0])
    desk.as_(world.people["lead"]).open("inspections:timetable").press("Days without work")
    desk.fill(starts_on=f"{day:%d/%m/%Y}", reason=SNOW).press("See what this changes")
    desk.sees("Nothing has changed yet.")
    desk.sees("On-site days 1 to 3: records reading in pairs")
    axe.bring(desk.page)
    shots = pytestconfig.getoption("--shots")
    for size in (WIDE, NARROW):
        desk.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert axe.violations(desk.page) == []
        assert desk.page.evaluate(RUNS_OVER) == []
        if shots:
            desk.page.screenshot(path=Path(shots) / f"snow-{size['width']}.png", full_page=True)
    assert TimetableVersion.objects.count() == 1
    button = desk.page.locator("main button").filter(has_text="Release")
    expect(button).to_have_count(1)
    button.dblclick()
    desk.sees("There is no work on")
    assert TimetableVersion.objects.count() == 2
    desk.as_(world.people["coordinator"]).open("inspections:timetable-versions")
    desk.sees(SNOW)
