"""How somebody's letters come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import rules
from accounts.models import User
from audit.record import record
from core import mail


@transaction.atomic
def choose_letters(person: User, *, once_a_day: bool, by: User, at: datetime) -> User:
    """From now on letters come so. Where they come at once again, what waited goes now. The same choice again is no deed."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rules.may_choose_letters(person, by=by).enforce()
    if person.letters_once_a_day == once_a_day:
        return person
    person.letters_once_a_day = once_a_day
    person.save(update_fields=["letters_once_a_day"])
    if not once_a_day:
        mail.let_go([person.email], now=at)
    how = "one letter a day" if once_a_day else "each message at once"
    record("accounts.letters_chosen", by=by, at=at, subject=person, how=how)
    return person
