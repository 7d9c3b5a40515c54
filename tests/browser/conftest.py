"""Real Chromium for the tests of this folder: the machine's own, driven by pytest-playwright.

Where there is none the tests are skipped with the sentence that says how to get it; on CI they fail with it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from workspace.example.world import World

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The browser tests need Chromium. On Debian or Ubuntu run: "
    "sudo apt-get install --no-install-recommends chromium"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Both make files, so neither happens in a normal run."""
    group = parser.getgroup("browser")
    group.addoption("--pictures", action="store_true", help="write the pictures of the README")
    group.addoption("--shots", default="", help="folder for a picture of every page at both widths")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page is a browser test."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """The path of the machine's Chromium."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's own Chromium. Playwright's loop stays in this thread until the end of the session;
    Django would take that for asynchronous code and refuse every query, so it is told that it is not.
    """
    found = chromium()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each test asks its own live server. (The fixture that pytest-playwright brings warns about itself.)"""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk in Scotland."""
    size = {"width": 1280, "height": 900}
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": size,
    }


SignIn = Callable[..., None]


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> SignIn:
    """Be somebody, by the session cookie: ``sign_in(user)``; ``on=`` names another page than the test's own.

    The sign-in page itself is tested by `test_sign_in`.
    """

    def become(person: User, *, on: Page | None = None) -> None:
        client = Client()
        client.force_login(person, backend="accounts.backends.DeskBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = (on or page).context
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )

    return become


@pytest.fixture
def visit(page: Page, live_server: Any, sign_in: SignIn, world: World) -> Callable[..., Any]:
    """Open an address as one of the cast: ``visit("lead", "/inspections/...")``; without a person when None."""

    def go(key: str | None, path: str, *, on: Page | None = None) -> Any:
        opened = on or page
        if key is None:
            opened.context.clear_cookies()
        else:
            sign_in(world.people[key], on=opened)
        return opened.goto(live_server.url + path)

    return go


@pytest.fixture
def finger(page: Page) -> Iterator[Any]:
    """A device that keeps passkeys, and a finger on it that is always the right one."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    added = device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def right(is_right: bool) -> None:
        device.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": added["authenticatorId"], "isUserVerified": is_right},
        )

    yield right
    device.detach()
