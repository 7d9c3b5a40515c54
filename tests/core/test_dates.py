"""Days and moments in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.dates import day_in_words, weekday_in_words


def test_a_day_is_the_one_that_a_moment_falls_on_here() -> None:
    """Half past eleven at night in Greenwich is the next day of a Scottish summer."""
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert day_in_words(moment) == "1 July 2026"
    assert weekday_in_words(moment) == "Wednesday 1 July 2026"
    assert day_in_words(date(2026, 6, 30)) == "30 June 2026"
    assert day_in_words(None) == weekday_in_words(None) == ""
