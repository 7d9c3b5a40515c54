"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns import queries
from concerns.actions.concerns import remind_of_concern, tell_of_concern
from concerns.models import Concern
from core.jobs import each, job, recurring


@job("concerns.tell_of_concern", atomic=True)
def tell_of_concern_on_record(*, concern: int, letter: str, now: datetime) -> None:
    """Tell whoever has to act that a concern waits for them."""
    found = Concern.objects.select_related("inspection__area").get(pk=concern)
    tell_of_concern(found, letter=letter)


@recurring("concerns.remind_of_undecided", every=timedelta(minutes=1))
def remind_of_undecided(*, now: datetime) -> None:
    """The lead and the service manager hear of what was not decided, or not confirmed, by the end of its day."""
    each(queries.to_be_reminded(now), lambda concern: remind_of_concern(concern, at=now))
