"""Opening an account. Only an invitation, the first set-up or the example does."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import rules
from accounts.models import Agency, User
from accounts.models.sent_invitation import SentInvitation
from audit.record import record


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    designation: str,
    agency: Agency | None,
    password: str,
    at: datetime,
    example: bool = False,
    address_is_proved: bool = True,
) -> User:
    """Make the person. Their address is taken as proved where they followed a link sent to it. They are recorded as the doer."""
    user = User.objects.create_user(
        email,
        password,
        name=name,
        designation=designation,
        agency=agency,
        joined_at=at,
        is_example=example,
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=address_is_proved, primary=True
    )
    record("accounts.account_opened", by=user, at=at, subject=user)
    return user


def account_of_invited(
    invitation: SentInvitation,
    *,
    person: User | None,
    password: str | None,
    at: datetime,
    address_is_proved: bool = True,
) -> User:
    """Part of a deed: whoever accepts, with the account they have, or with a new one and the password they chose.

    An invitation is for the person whose address it was sent to, and for nobody who has the link besides.
    """
    rules.invitation_is_for(invitation, person).enforce()
    return person or open_account(
        email=invitation.email,
        name=invitation.name,
        designation=invitation.designation,
        agency=invitation.agency,
        password=password or "",
        at=at,
        address_is_proved=address_is_proved,
    )
