"""Looking at the record: what a deed has added to it."""

from __future__ import annotations

from audit.models import Event
from audit.narrate import narrate


def last_event() -> Event:
    """The newest event."""
    return Event.objects.newest_first()[0]


def last_sentence() -> str:
    """The newest event as the log shows it."""
    return narrate(last_event())


def count() -> int:
    return Event.objects.count()
