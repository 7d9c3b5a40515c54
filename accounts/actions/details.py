"""What people say about themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import rules
from accounts.models import User
from audit.record import record


@transaction.atomic
def edit_details(person: User, *, designation: str, telephone: str, by: User, at: datetime) -> User:
    """Designation and telephone number are as given, for every letter from now on. The name stays: it is the record's."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rules.may_edit_details(person, by=by).enforce()
    person.designation, person.telephone = designation, telephone
    person.save(update_fields=["designation", "telephone"])
    record("accounts.details_edited", by=by, at=at, subject=person)
    return person
