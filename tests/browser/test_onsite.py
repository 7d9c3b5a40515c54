"""Dragging a session in a real browser: it moves, or the form of its page says why not."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.onsite.places import the
from workspace.example.sessions import HEALTH_VISITORS
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(11)]


def _drag(page: Page, title: str, *, day: int, hour: int) -> None:
    """By the mouse itself: a browser begins to drag at the first move, and is over something at the second."""
    page.locator(".app-onsite .app-session", has_text=title).hover(position={"x": 60, "y": 10})
    page.mouse.down()
    cell = page.locator(f'td[data-day="{day}"][data-hour="{hour}"]')
    cell.hover(position={"x": 10, "y": 10})
    cell.hover(position={"x": 12, "y": 12})
    page.mouse.up()


def test_a_session_is_dragged_to_another_day_and_hour_or_says_why_not(
    page: Page, live_server: Any, sign_in: Any, world: World
) -> None:
    page.set_viewport_size({"width": 1280, "height": 3600})
    desk = Desk(page, live_server.url, sign_in)
    desk.reference = world.inspection.reference
    desk.as_(world.people["support_officer"]).open("onsite:sessions")
    _drag(page, HEALTH_VISITORS, day=8, hour=14)
    desk.sees(f"“{HEALTH_VISITORS}” is saved for Wednesday")
    moved = the(world)
    assert (moved.day, moved.begins, moved.ends) == (8, time(14), time(15, 30))

    # On day 5 its room is taken at that hour: the form has it as it was dropped, and nothing is saved.
    _drag(page, HEALTH_VISITORS, day=5, hour=9)
    desk.sees(
        "Kirkmuir health centre is taken from 09:30 to 11:00 that day by “A child protection planning meeting”.",
        "Change a session",
    )
    expect(page.locator("main [name=day]")).to_have_value("5")
    expect(page.locator("main [name=begins]")).to_have_value("09:00")
    assert the(world).day == 8
