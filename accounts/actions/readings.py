"""Who read what is personal here: the list of people with their addresses, and what is known of one of them."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading


def read_people(*, by: User, at: datetime) -> None:
    """This administrator has read the list of people."""
    record_reading("accounts.people_read", by=by, at=at, subject=by)


def read_person(person: User, *, by: User, at: datetime) -> None:
    """This administrator has read what is known of the person. Reading about oneself is nobody's business."""
    if person.pk != by.pk:
        record_reading("accounts.person_read", by=by, at=at, subject=person, person=person.name)
