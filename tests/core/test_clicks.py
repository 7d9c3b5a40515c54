"""A double click, also where the clock was put back."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clicks import was_just_now

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "is_one"), [(0, True), (59, True), (60, False), (3600, False), (-600, False)]
)
def test_was_just_now(seconds: int, is_one: bool) -> None:
    assert was_just_now(NOW - timedelta(seconds=seconds), now=NOW) is is_one
