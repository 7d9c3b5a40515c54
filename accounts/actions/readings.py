"""Who read what is personal here: the list of people with their addresses, and what is known of one of them. And
who opened an invitation to an office that is not theirs, or that opens nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.models.sent_invitation import SentInvitation
from accounts.models.user import CLOCK_EMAIL
from audit.readings import record_reading

ONE_DAY = timedelta(days=1)


def read_people(*, by: User, at: datetime) -> None:
    """This administrator has read the list of people."""
    record_reading("accounts.people_read", by=by, at=at, subject=by)


def read_person(person: User, *, by: User, at: datetime) -> None:
    """This administrator has read what is known of the person. Reading about oneself is nobody's business."""
    if person.pk != by.pk:
        record_reading("accounts.person_read", by=by, at=at, subject=person, person=person.name)


def opened_in_vain(
    invitation: SentInvitation,
    *,
    kept: str,
    spent: str,
    role: str,
    by: User | None,
    at: datetime,
    inspection: Any = None,
) -> None:
    """Somebody signed in as another opened this invitation (the event ``kept``), or anybody did after it was used or withdrawn
    (``spent``). Once a day for each person and for all who are not signed in, so that nobody fills the record by opening a link.
    """
    about: dict[str, Any] = {
        "at": at,
        "subject": invitation,
        "inspection": inspection,
        "sitting": ONE_DAY,
        "person": invitation.name,
        "role": role,
    }
    if by and by.email != invitation.email:
        record_reading(kept, by=by, **about)
        return
    # A page that reads makes no account, not even the clock's.
    doer = by or User.objects.filter(email=CLOCK_EMAIL).first()
    if doer and not invitation.is_open:
        how = "used" if invitation.accepted_at else "withdrawn"
        record_reading(spent, by=doer, spent=how, **about)
