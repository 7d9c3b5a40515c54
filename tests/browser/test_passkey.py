"""A passkey in a real browser, with the authenticator that Chromium brings for tests."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from workspace.example.cast import PASSWORD
from workspace.example.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at_week(0)]


@pytest.fixture
def stranger(world: World, settings: Any) -> User:
    """Somebody whose role needs a second proof."""
    settings.SECOND_FACTOR_REQUIRED = True
    person = world.people["other_lead"]
    person.offices.create(role=Role.SERVICE_MANAGER)
    return person


def press(page: Page, words: str) -> None:
    main = page.locator("main")
    button = main.get_by_role("button", name=words, exact=True)
    button.or_(main.get_by_role("link", name=words, exact=True)).click()


def test_a_passkey_is_set_up_renamed_used_and_removed(
    page: Page, live_server: Any, stranger: User, finger: Any
) -> None:
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("E-mail address").fill(stranger.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.locator("h1")).to_have_text("One more lock on your account")
    press(page, "Set up a passkey")
    page.get_by_label("Name").fill("Work laptop")
    press(page, "Set up the passkey")
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.goto(live_server.url)
    expect(page.locator("h1")).not_to_have_text("One more lock on your account")

    page.get_by_role("button", name="Sign out").click()
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert Authenticator.objects.get(user=stranger, type="webauthn").last_used_at

    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    press(page, "Rename Work laptop")
    page.get_by_label("Name").fill("Old laptop")
    press(page, "Save the name")
    expect(page.locator("main")).to_contain_text("Old laptop")
    press(page, "Remove Old laptop")
    expect(page.locator("body")).to_contain_text("Set up another one first")
    stranger.offices.all().delete()
    press(page, "Remove Old laptop")
    press(page, "Remove the passkey")
    expect(page.locator("main")).to_contain_text("You have no passkey yet.")
    assert not Authenticator.objects.filter(user=stranger).exists()


def test_a_wrong_finger_opens_nothing_and_says_so(
    page: Page, live_server: Any, stranger: User, finger: Any
) -> None:
    page.goto(f"{live_server.url}/account/login/")
    finger(False)
    press(page, "Sign in with a passkey")
    expect(page.locator("[data-passkey-said]")).to_contain_text("Nothing was changed")
    expect(page.locator("h1")).to_have_text("Sign in")
