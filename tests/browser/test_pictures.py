"""The pictures of the README. ``pytest tests/browser/test_pictures.py --pictures`` draws them anew into docs/pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.at_week(14, weekday=0)]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


@pytest.mark.parametrize(
    ("name", "address", "width"),
    [
        ("overview", "workspace:overview", 1280),
        ("home", "workspace:home", 1280),
        ("overview-narrow", "workspace:overview", 320),
    ],
)
def test_picture(
    name: str,
    address: str,
    width: int,
    page: Page,
    world: World,
    visit: Callable[..., Any],
    pytestconfig: pytest.Config,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    args = [] if address.endswith("home") else [world.inspection.reference]
    assert visit("lead", reverse(address, args=args)).status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    drawn = page.screenshot(full_page=True)
    assert drawn.startswith(b"\x89PNG") and len(drawn) > 20_000
    if pytestconfig.getoption("--pictures", default=False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.png").write_bytes(drawn)
