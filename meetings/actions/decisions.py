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
def change_decision(
    decision: Decision, *, words: str, person: User, due_on: date, by: User, at: datetime
) -> Decision:
    """It says this from now on; what it said before is kept. The same once more changes nothing, and is not recorded."""
    decision = _of_the_meeting(decision)
    permissions.can_change_decision(by, decision).enforce()
    meeting = decision.meeting
    rules.may_be_due(meeting, due_on=due_on).enforce()
    typed = (words, person.pk, due_on)
    if (decision.words, decision.person_id, decision.due_on) == typed:
        return decision
    if person.pk != decision.person_id:
        rules.is_theirs_to_give(meeting.inspection, person.pk).enforce()
    decision.words, decision.person, decision.due_on = words, person, due_on
    decision.save()
    record(
        "meetings.decision_changed",
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
def withdraw_decision(decision: Decision, *, reason: str, by: User, at: datetime) -> Decision:
    """The record says it no more, and it waits with nobody. The row stays, with who withdrew it and why."""
    decision = _of_the_meeting(decision)
    permissions.can_withdraw_decision(by, decision).enforce()
    decision.withdrawn_at, decision.withdrawn_by = at, by
    decision.withdrawal_reason = reason
    decision.save()
    record(
        "meetings.decision_withdrawn",
        by=by,
        at=at,
        subject=decision,
        inspection=decision.meeting.inspection,
        meeting=decision.meeting.title,
        cleared=record_changed(decision.meeting, by, at),
    )
    return decision


def _of_the_meeting(decision: Decision) -> Decision:
    """The decision, with its meeting locked before it, as by every deed that changes the record."""
    meeting = locked(decision.meeting)
    found = Decision.objects.select_for_update(of=("self",)).select_related("person", "done_by")
    decision = found.select_related("withdrawn_by").get(pk=decision.pk)
    decision.meeting = meeting
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
