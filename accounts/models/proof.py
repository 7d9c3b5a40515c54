"""Whether anything shows that whoever has an account reads the letters that go to its address."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, Q


def has_unproved_address(person: Any) -> bool:
    """Of one person who has an account. One query."""
    rows = list(EmailAddress.objects.filter(user=person).values_list("verified", flat=True))
    return bool(rows) and not any(rows)


def address_is_unproved(person: Any) -> Q:
    """For a filter: that no letter to ``person`` (or to whom an ``OuterRef`` says) was opened yet, since they joined by a code."""
    theirs = EmailAddress.objects.filter(user=person)
    return Q(Exists(theirs.filter(verified=False))) & ~Q(Exists(theirs.filter(verified=True)))
