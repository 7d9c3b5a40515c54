"""Looking at the record: what a deed has added to it, and what is left of a deed that was undone."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from audit.models import Event
from audit.narrate import narrate


def last_event() -> Event:
    """The newest event that changed something: opening the page after it is on record too."""
    return Event.objects.deeds().newest_first()[0]


def last_sentence() -> str:
    """The newest event as the log shows it."""
    return narrate(last_event())


def count() -> int:
    return Event.objects.deeds().count()


class Undone(Exception):
    """What comes after the deed has failed."""


def undone(deed: Callable[[], object]) -> None:
    """Do the deed in a transaction that fails right after it: nothing of it may stay."""
    try:
        with transaction.atomic():
            deed()
            raise Undone
    except Undone:
        return
