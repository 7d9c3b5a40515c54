"""What a double click is, also where the clock was put back meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

A_DOUBLE_CLICK = timedelta(minutes=1)


def was_just_now(then: datetime, *, now: datetime) -> bool:
    """Whether what was done ``then`` was done within the last minute. What seems to lie ahead was not."""
    return timedelta(0) <= now - then < A_DOUBLE_CLICK
