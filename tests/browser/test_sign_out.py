"""Signing out at a shared browser: what was typed and not saved is named first, and forgotten then; nothing is found by going back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, look
from tests.browser.test_signed_out import ADDRESS, invite, keeps
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(4)]
WARNED = "This browser keeps what you typed and did not save."


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any, world: World) -> Desk:
    """The lead's window."""
    found = Desk(page, live_server.url, sign_in)
    found.reference = world.inspection.reference
    return found.as_(world.people["lead"])


def sign_out(desk: Desk) -> None:
    desk.press("Sign out", within=".app-header")


def test_signing_out_names_what_was_not_saved_and_forgets_it(desk: Desk, request: Any) -> None:
    invite(desk)
    sign_out(desk)
    expect(desk.page.locator("h1")).to_have_text("Sign out")
    expect(desk.page.locator("main")).to_contain_text(WARNED)
    expect(desk.page.locator("main li")).to_have_text(
        re.compile(f"^“{ADDRESS}”, on the page “Invite somebody”, ")
    )
    look(desk, request, "sign-out-unsaved")
    keeps(desk, 1)
    desk.page.locator("main li a").click()
    desk.press("Put it back")
    expect(desk.page.locator("main [name=email]")).to_have_value(ADDRESS)
    sign_out(desk)
    expect(desk.page.locator("main")).to_contain_text(WARNED)
    desk.press("Sign out")
    expect(desk.page.get_by_role("link", name="Sign in").first).to_be_visible()
    keeps(desk, 0)


def test_signing_out_with_nothing_unsaved_asks_nothing(desk: Desk) -> None:
    desk.open("inspections:team")
    sign_out(desk)
    expect(desk.page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert desk.page.context.cookies() == [] or all(
        cookie["name"] != "sessionid" for cookie in desk.page.context.cookies()
    )


def test_staying_signed_in_keeps_what_was_typed(desk: Desk) -> None:
    invite(desk)
    sign_out(desk)
    desk.press("Stay signed in")
    keeps(desk, 1)
    expect(desk.page.locator(".app-header")).to_contain_text("Sign out")


def test_signing_out_leaves_what_a_colleague_left_unsaved(desk: Desk, world: World) -> None:
    invite(desk)
    desk.as_(world.people["depute"]).open("inspections:team")
    sign_out(desk)
    expect(desk.page.get_by_role("link", name="Sign in").first).to_be_visible()
    keeps(desk, 1)


def test_going_back_after_signing_out_shows_nothing(desk: Desk, world: World) -> None:
    desk.open("inspections:team")
    expect(desk.page.locator("main")).to_contain_text(world.people["support_officer"].name)
    sign_out(desk)
    expect(desk.page.get_by_role("link", name="Sign in").first).to_be_visible()
    desk.page.go_back()
    expect(desk.page.locator("body")).not_to_contain_text(world.people["support_officer"].name)
