"""Moving a step as a person does: look at what it touches, then release it."""

from __future__ import annotations

import re
from typing import Any

from tests.client import StrictClient

SEEN = re.compile(r'name="seen" value="(\w{64})"')


def seen(page: str) -> dict[str, str]:
    """What the page that shows what a move touches would send back."""
    found = SEEN.search(page)
    assert found, "The page releases nothing."
    return {"seen": found[1]}


def release(client: StrictClient, path: str, typed: dict[str, Any]) -> str:
    """Look, and release what was seen; the page that follows."""
    looked = client.post(path, typed).content.decode()
    assert "Nothing has moved yet." in looked
    return client.post(path, typed | seen(looked), follow=True).content.decode()
