"""Recording, changing and removing days away, and letting them go once they are of no more use."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.versions import enforce_newest
from inspections import permissions, queries, rules
from inspections.models import Leave


@transaction.atomic
def record_leave(
    person: User, *, starts_on: date, ends_on: date, words: str, by: User, at: datetime
) -> Leave:
    """The person is away on these days. The record says that, not when and not why."""
    person = _locked(person)
    today = timezone.localdate(at)
    permissions.can_record_leave(by, person).enforce()
    rules.may_record_leave(person, starts_on=starts_on, ends_on=ends_on, on=today).enforce()
    leave = Leave.objects.create(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        words=words,
        recorded_at=at,
        recorded_by=by,
    )
    record("inspections.leave_recorded", by=by, at=at, subject=leave, whose=_whose(person, by))
    return leave


@transaction.atomic
def change_leave(
    leave: Leave,
    *,
    starts_on: date,
    ends_on: date,
    words: str | None = None,
    based_on: int,
    by: User,
    at: datetime,
) -> Leave:
    """These days instead. ``words`` None leaves the person's words as they are, since nobody else has seen them.

    Raises ``SavedMeanwhile``, with nothing changed, when somebody has changed them since ``based_on``.
    """
    person = _locked(leave.person)
    leave = Leave.objects.select_for_update(of=("self",)).select_related(
        "person", "recorded_by", "changed_by"
    ).get(pk=leave.pk)  # fmt: skip
    today = timezone.localdate(at)
    permissions.can_change_leave(by, leave, on=today).enforce()
    words = leave.words if words is None else words
    if (starts_on, ends_on, words) == (leave.starts_on, leave.ends_on, leave.words):
        return leave  # the second of two clicks
    enforce_newest(leave, based_on=based_on, by=by)
    rules.may_record_leave(
        person, starts_on=starts_on, ends_on=ends_on, on=today, but=leave
    ).enforce()
    leave.starts_on, leave.ends_on, leave.words = starts_on, ends_on, words
    leave.version += 1
    leave.changed_at, leave.changed_by = at, by
    leave.save()
    record("inspections.leave_changed", by=by, at=at, subject=leave, whose=_whose(person, by))
    return leave


@transaction.atomic
def remove_leave(leave: Leave, *, by: User, at: datetime) -> None:
    """The person is not away on these days after all; nothing of them is kept."""
    person = _locked(leave.person)
    found = Leave.objects.select_for_update().filter(pk=leave.pk).first()
    if found is None:
        return  # the second of two clicks
    leave = found
    permissions.can_remove_leave(by, leave, on=timezone.localdate(at)).enforce()
    record("inspections.leave_removed", by=by, at=at, subject=leave, whose=_whose(person, by))
    leave.delete()


@transaction.atomic
def let_leave_go(*, by: User, at: datetime) -> int:
    """What has been over for ninety days is gone. How many, stands on record."""
    found = queries.leave_gone_by(timezone.localdate(at)).select_for_update()
    number = len(found)
    record("inspections.leave_let_go", by=by, at=at, subject=by, number=number)
    found.delete()
    return number


def _locked(person: User) -> User:
    """Of two records for one person at once, the second is held against the first."""
    return (
        User.objects.select_for_update(of=("self",), no_key=True)
        .select_related("agency")
        .get(pk=person.pk)
    )


def _whose(person: User, by: User) -> str:
    return "their own" if person.pk == by.pk else person.name
