"""Another e-mail address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import FormerAddress, User
from audit.record import record


@transaction.atomic
def leave_address(person: User, *, former: str, by: User, at: datetime) -> None:
    """allauth has put the new address in place; the old one is kept, so that what was sent there before opens nothing.

    Neither stands in the record, which outlives the account.
    """
    if former:
        FormerAddress.objects.create(person=person, email=former.lower(), left_at=at)
    record("accounts.email_changed", by=by, at=at, subject=person)
