"""What a meeting decided: who sees to it by when, and that it is done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from meetings import permissions, rules
from meetings.actions.versions import locked, record_changed
from meetings.models import Decision, Meeting


@transaction.atomic
def add_decision(
    meeting: Meeting, *, words: str, person: User, due_on: date, by: User, at: datetime
) -> Decision:
    """This was decided, this person of either side sees to it by this day, and finds it on their home page from now on."""
    meeting = locked(meeting)
    permissions.can_add_decision(by, meeting, on=at.date()).enforce()
    rules.is_theirs_to_give(meeting.inspection, person.pk).enforce()
    rules.may_be_due(meeting, due_on=due_on).enforce()
    decision = Decision.objects.create(
        meeting=meeting, words=words, person=person, due_on=due_on, added_at=at, added_by=by
    )
    record(
        "meetings.decision_added",
        by=by,
        at=at,
        subject=decision,
        inspection=meeting.inspection,
        meeting=meeting.title,
        person=str(person),
        cleared=record_changed(meeting, by, at),
    )
    return decision


@transaction.atomic
def complete_decision(decision: Decision, *, by: User, at: datetime) -> Decision:
    """It is done. The record of the meeting is not changed by that: it says what was decided."""
    decision = (
        Decision.objects.with_owner()
        .select_for_update(of=("self",))
        .select_related("meeting__inspection", "meeting__step", "person")
        .get(pk=decision.pk)
    )
    permissions.can_complete_decision(by, decision).enforce()
    decision.done_at, decision.done_by = at, by
    decision.save()
    record(
        "meetings.decision_completed",
        by=by,
        at=at,
        subject=decision,
        inspection=decision.meeting.inspection,
        meeting=decision.meeting.title,
    )
    return decision
