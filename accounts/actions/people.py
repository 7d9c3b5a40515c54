"""What an administrator does to somebody's account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import permissions, rules, ties
from accounts.models import Agency, Office, User
from accounts.signed_in import sign_out_everywhere
from audit.record import record


def lock_person(person: User) -> User:
    """The person as they stand now, while nobody closes, moves or appoints them until the caller's transaction ends.

    Whoever gives them something asks for it first of all: before the rows of the inspection and before the end of the record. The
    key is left alone, so whatever only points at the person (who did it, who was named) never waits.
    """
    return (
        User.objects.select_for_update(of=("self",), no_key=True)
        .select_related("agency")
        .get(pk=person.pk)
    )


@transaction.atomic
def move_person(person: User, *, agency: Agency, by: User, at: datetime) -> User:
    """The person belongs to the other agency from now on. What they did before stays with the old one, on record."""
    person = lock_person(person)
    permissions.can_move_person(by, person).enforce()
    rules.may_move_person(person, agency=agency).enforce()
    before = person.agency.name if person.agency else "no agency"
    person.agency = agency
    person.save(update_fields=["agency"])
    record(
        "accounts.person_moved",
        by=by,
        at=at,
        subject=person,
        person=person.name,
        before=before,
        agency=agency.name,
    )
    return person


@transaction.atomic
def close_account(person: User, *, by: User, at: datetime) -> User:
    """Every part and office of the person ends, and they are signed out everywhere and sign in no more.

    Nothing that they did changes. Each part that ends is on the record of its own inspection. The sessions are gone with the
    same deed, wherever they are. The password, passkeys and code app stay, of no use while the account is closed: opened
    again, it asks for what it asked before, and never for a password alone. They go when the account itself is let go.
    """
    list(Office.objects.select_for_update().order_by("pk"))  # of two managers, one stays
    person = lock_person(person)
    permissions.can_close_account(by, person).enforce()
    ties.end_parts(person, by=by, at=at)
    person.offices.all().delete()
    person.is_active = False
    person.save(update_fields=["is_active"])
    sign_out_everywhere(person)
    record("accounts.account_closed", by=by, at=at, subject=person, person=person.name)
    return person


@transaction.atomic
def reopen_account(person: User, *, by: User, at: datetime) -> User:
    """The person signs in again with the password and the second proof that they had. Parts and offices that ended stay ended."""
    person = lock_person(person)
    permissions.can_reopen_account(by, person).enforce()
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("accounts.account_reopened", by=by, at=at, subject=person, person=person.name)
    return person
