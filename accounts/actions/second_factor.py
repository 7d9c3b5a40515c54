"""Resetting a second proof for somebody whose device is lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import emails, permissions, queries
from accounts.actions.people import lock_person
from accounts.models import User
from accounts.signed_in import sign_out_everywhere
from audit.record import record


@transaction.atomic
def reset_second_factor(
    person: User, *, known_by: str, reason: str, by: User, at: datetime
) -> None:
    """Passkeys, code app and recovery codes are gone and every session has ended; the record says who was made sure of, and how.

    The person is told by letter, and sets up a new second proof at the next sign-in.
    """
    person = lock_person(person)
    permissions.can_reset_second_factor(by, person).enforce()
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person)
    event = record(
        "accounts.second_factor_reset",
        by=by,
        at=at,
        subject=person,
        person=str(person),
        known_by=known_by,
        reason=reason,
    )
    emails.second_factor_reset(person, by=by, event=event)


@transaction.atomic
def use_recovery_code(person: User, *, by: User, at: datetime) -> int:
    """A recovery code was used in place of a passkey or a code. How many are left; the person is told by letter."""
    left = queries.proofs_of(person).codes_left or 0
    event = record("accounts.recovery_code_used", by=by, at=at, subject=person, left=left)
    emails.recovery_code_used(person, left=left, event=event)
    return left
