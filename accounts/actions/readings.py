"""Who read what is personal here: the list of people with their addresses, and what is known of one of them. And
who opened an invitation to an office that is not theirs, or that opens nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts import rules
from accounts.models import OfficeInvitation, User
from accounts.models.user import CLOCK_EMAIL
from accounts.roles import Role
from audit.readings import record_reading

ONE_DAY = timedelta(days=1)


def read_people(*, by: User, at: datetime) -> None:
    """This administrator has read the list of people."""
    record_reading("accounts.people_read", by=by, at=at, subject=by)


def read_person(person: User, *, by: User, at: datetime) -> None:
    """This administrator has read what is known of the person. Reading about oneself is nobody's business."""
    if person.pk != by.pk:
        record_reading("accounts.person_read", by=by, at=at, subject=person, person=person.name)


def opened_in_vain(invitation: OfficeInvitation, *, by: User | None, at: datetime) -> None:
    """Somebody signed in as another opened this invitation, or anybody did after it was used or withdrawn. Once a day for each
    person and for all who are not signed in, so that nobody fills the record by opening a link."""
    about = {"person": invitation.name, "role": rules.words_of(Role(invitation.role))}
    if by and by.email != invitation.email:
        record_reading(
            "accounts.invitation_kept_from_another",
            by=by,
            at=at,
            subject=invitation,
            sitting=ONE_DAY,
            **about,
        )
        return
    clock = User.objects.filter(
        email=CLOCK_EMAIL
    )  # a page that reads makes no account, not even the clock's
    doer = by or clock.first()
    if doer and not invitation.is_open:
        record_reading(
            "accounts.spent_invitation_opened",
            by=doer,
            at=at,
            subject=invitation,
            sitting=ONE_DAY,
            spent="used" if invitation.accepted_at else "withdrawn",
            **about,
        )
