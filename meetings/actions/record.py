"""Recording a meeting: who was there, what was said, the team's notes, and the word of both sides that it is right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from core.jobs import enqueue
from core.versions import enforce_newest, is_newest
from inspections.actions.steps import complete_step_by_deed
from meetings import exports, permissions, rules
from meetings.actions.versions import locked, next_part, record_changed, tell
from meetings.enums import MeetingState, PartOfMeeting, Side
from meetings.models import AgendaItem, Attendance, Confirmation, Meeting, MeetingNotes


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    people: Mapping[Side, Collection[User]],
    others: Mapping[Side, Sequence[str]],
    based_on: int,
    by: User,
    at: datetime,
) -> list[Attendance]:
    """Exactly these were there: people with an account, and others by their designation, each on their side."""
    meeting = locked(meeting)
    permissions.can_record_attendance(by, meeting, on=at.date()).enforce()
    typed = [
        Attendance(meeting=meeting, side=side, person=person)
        for side in Side
        for person in people.get(side, ())
    ] + [
        Attendance(meeting=meeting, side=side, designation=words)
        for side in Side
        for words in others.get(side, ())
    ]
    stand = list(meeting.attendances.all())
    if stand and {_who(one) for one in stand} == {_who(one) for one in typed}:
        return stand
    next_part(meeting, PartOfMeeting.ATTENDANCE, by, at, based_on=based_on)
    meeting.attendances.all().delete()
    for one in typed:
        one.save()
    # Somebody was there, so it was held on that day, which the record says: the step moves no more.
    complete_step_by_deed(meeting.inspection, key=meeting.step.key, by=by, at=at)
    record(
        "meetings.attendance_recorded",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
        cleared=record_changed(meeting, by, at),
    )
    return typed


def _who(one: Attendance) -> tuple[str, int | None, str]:
    return str(one.side), one.person_id, one.designation


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed about one point, and the version that stood there when they began (0: none)."""

    text: str
    version: int


@dataclass(slots=True)
class Saved:
    """What became of one save, point by point: those that were ``written``, those that somebody else has changed meanwhile
    where nothing was typed (``untouched``), and those where both did (``conflicts``)."""

    written: list[AgendaItem] = field(default_factory=list)
    untouched: list[AgendaItem] = field(default_factory=list)
    conflicts: list[AgendaItem] = field(default_factory=list)


@transaction.atomic
def write_meeting_record(
    meeting: Meeting, *, texts: Mapping[int, Typed], by: User, at: datetime
) -> Saved:
    """The record says this about these points; a point that somebody else has written meanwhile stays as it is.

    What was written is the next version of the record, and clears what a side had confirmed. Nothing is overwritten: what
    met with another's words is handed back. Where nothing changed, nothing is recorded.
    """
    meeting = locked(meeting)
    permissions.can_write_meeting_record(by, meeting, on=at.date()).enforce()
    saved = Saved()
    for item in meeting.agenda.shared().select_related("recorded_by"):
        typed = texts.get(item.pk)
        if typed is None or typed.text == item.record:
            continue
        if is_newest(item, based_on=typed.version):
            saved.written.append(_write(item, typed.text, by=by, at=at))
        else:
            (saved.untouched if _is_untouched(item, typed) else saved.conflicts).append(item)
    if not saved.written:
        return saved
    if meeting.state == MeetingState.PREPARED:
        meeting.state = MeetingState.RECORDED
    cleared = record_changed(meeting, by, at)
    record(
        "meetings.meeting_record_written",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
        version=meeting.record_version,
        cleared=cleared,
    )
    return saved


def _is_untouched(item: AgendaItem, typed: Typed) -> bool:
    """Whether what came is the very text that stood there when somebody began."""
    if typed.version == 0:
        return typed.text == ""
    base = item.history.filter(version=typed.version).first()
    return base is not None and base.record == typed.text


def _write(item: AgendaItem, text: str, *, by: User, at: datetime) -> AgendaItem:
    item.record, item.version = text, item.version + 1
    item.recorded_at, item.recorded_by = at, by
    item.save()
    return item


@transaction.atomic
def write_meeting_notes(
    meeting: Meeting, *, text: str, based_on: int, by: User, at: datetime
) -> MeetingNotes | None:
    """The team's own notes say this, as their next version; the record of the meeting is not touched by them."""
    meeting = locked(meeting)
    permissions.can_write_meeting_notes(by, meeting).enforce()
    notes = MeetingNotes.objects.filter(meeting=meeting).select_related("changed_by").first()
    if (notes.text if notes else "") == text:
        return notes
    if notes is not None:
        enforce_newest(notes, based_on=based_on, by=by)
    notes = notes or MeetingNotes(meeting=meeting, version=0)
    notes.text, notes.version = text, notes.version + 1
    notes.changed_at, notes.changed_by = at, by
    notes.save()
    record(
        "meetings.meeting_notes_written",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
    )
    return notes


@transaction.atomic
def propose_meeting_record(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Both sides are asked to confirm the record, which the partnership reads from now on; after commit they are told."""
    meeting = locked(meeting)
    permissions.can_propose_meeting_record(by, meeting).enforce()
    meeting.state = MeetingState.PROPOSED
    meeting.proposed_at, meeting.proposed_by = at, by
    meeting.save()
    meeting.record_versions.filter(version=meeting.record_version).update(shared=True)
    record(
        "meetings.meeting_record_proposed",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
    )
    tell(meeting, at)
    return meeting


@transaction.atomic
def confirm_meeting_record(
    meeting: Meeting, *, version: int, by: User, at: datetime
) -> Confirmation:
    """One side confirms the version that it has read. Once both have, the record is settled.

    In this order: the rule holds, and the version is the one that stands; the confirmation is kept; when it is the second,
    the record is settled and after commit the worker draws it for print.
    """
    meeting = locked(meeting)
    permissions.can_confirm_meeting_record(by, meeting).enforce()
    rules.is_version_read(meeting, version=version).enforce()
    side = permissions.side_of(by, meeting.inspection)
    confirmed = Confirmation.objects.create(
        meeting=meeting, side=side, version=version, confirmed_at=at, confirmed_by=by
    )
    settled = meeting.confirmations.in_force().count() == len(Side)
    if settled:
        meeting.state, meeting.settled_at = MeetingState.SETTLED, at
        meeting.save()
    record(
        "meetings.meeting_record_confirmed",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
        version=version,
        side=side.label.lower(),
        settled=", and both sides have now confirmed it" if settled else "",
    )
    if settled:
        enqueue("meetings.draw_record", key=f"meeting:{meeting.pk}", now=at, meeting=meeting.pk)
    return confirmed


@transaction.atomic
def keep_record(meeting: Meeting, *, pdf: bytes, at: datetime) -> Meeting:
    """Keep the drawn record. Safe to repeat: a meeting that has its document is left alone."""
    meeting = locked(meeting)
    if meeting.document_id is None:
        meeting.document = exports.keep_record(meeting, pdf=pdf, at=at)
        meeting.save()
    return meeting
