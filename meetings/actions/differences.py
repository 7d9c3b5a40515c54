"""What the two sides see differently."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from meetings import permissions
from meetings.actions.versions import locked, record_changed
from meetings.models import AgendaItem, Difference, Meeting


@transaction.atomic
def keep_difference(
    meeting: Meeting, *, item: AgendaItem | None, words: str, by: User, at: datetime
) -> Difference:
    """The record also says how the side of ``by`` sees this, in its own words; that is its next version.

    It stands beside the words of the record and replaces none of them.
    """
    meeting = locked(meeting)
    permissions.can_keep_difference(by, meeting).enforce()
    side = permissions.side_of(by, meeting.inspection)
    difference = Difference.objects.create(
        meeting=meeting, item=item, side=side, words=words, kept_at=at, kept_by=by
    )
    record(
        "meetings.difference_kept",
        by=by,
        at=at,
        subject=difference,
        inspection=meeting.inspection,
        meeting=meeting.title,
        side=side.label.lower(),
        cleared=record_changed(meeting, by, at),
    )
    return difference


@transaction.atomic
def withdraw_difference(difference: Difference, *, by: User, at: datetime) -> Difference:
    """The record says it no more: the side that said it has withdrawn it. That is the record's next version; the row stays."""
    meeting = locked(difference.meeting)
    found = Difference.objects.select_for_update(of=("self",)).select_related("withdrawn_by")
    difference = found.get(pk=difference.pk)
    difference.meeting = meeting
    permissions.can_withdraw_difference(by, difference).enforce()
    difference.withdrawn_at, difference.withdrawn_by = at, by
    difference.save()
    record(
        "meetings.difference_withdrawn",
        by=by,
        at=at,
        subject=difference,
        inspection=meeting.inspection,
        meeting=meeting.title,
        side=difference.get_side_display().lower(),
        cleared=record_changed(meeting, by, at),
    )
    return difference
