"""Days as a sentence names them."""

from __future__ import annotations

from datetime import date

import pytest

from core.dates import days_in_words


def november(*days: int) -> list[date]:
    return [date(2025, 11, day) for day in days]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        (november(24), "24 November 2025"),
        (november(24, 25, 26, 27, 28), "24 to 28 November 2025"),
        (november(24, 26), "24 and 26 November 2025"),
        (november(26, 24, 25, 24, 28), "24 to 26 and 28 November 2025"),
        (november(20, 21, 24, 25), "20 to 25 November 2025"),  # a weekend between
        (november(20, 24), "20 and 24 November 2025"),
        (
            [date(2025, 10, 31), *november(5)],
            "31 October and 5 November 2025",
        ),
        (
            [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)],
            "30 December 2025 to 1 January 2026",
        ),
        ([*november(3), date(2026, 1, 5)], "3 November 2025 and 5 January 2026"),
    ],
)
def test_days_in_words(days: list[date], words: str) -> None:
    assert days_in_words(days) == words
