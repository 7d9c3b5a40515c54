"""What the moment allows: a meeting is prepared, held, recorded on its day or later, confirmed by both sides, and then settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.words import shortened
from inspections.enums import OVER
from inspections.models import Inspection, Step
from meetings import queries
from meetings.enums import MeetingState, PartOfMeeting, Side
from meetings.models import AgendaItem, Decision, Difference, Meeting


def is_open(meeting: Meeting) -> Verdict:
    """A record that both sides have confirmed is settled: nothing of its meeting changes any more."""
    return require(
        not meeting.is_settled,
        f"Both sides confirmed the record of “{meeting}” on {day_in_words(meeting.settled_at)}, so nothing of it changes any "
        "more. Bring what turned out since to the next meeting.",
    )


def has_come(meeting: Meeting, *, on: date) -> Verdict:
    """Nothing is recorded before its day."""
    return require(
        meeting.day <= on,
        f"“{meeting}” is on {day_in_words(meeting.day)}. Record it on that day or later, or move it first.",
    )


def may_prepare_meeting(step: Step) -> Verdict:
    """A meeting with the partnership is prepared, and its time and place changed, until its record is settled."""
    meeting = queries.meeting_of(step)
    return (
        require(
            queries.is_with_partnership(step),
            f"“{step.title}” is no meeting with the partnership. Choose one of the list of meetings.",
        )
        & require(
            step.inspection.state not in OVER,
            f"The inspection of {step.inspection.area} is over, so no meeting of it is prepared any more.",
        )
        & (is_open(meeting) if meeting else ALLOWED)
    )


def may_set_agenda(meeting: Meeting) -> Verdict:
    """The agenda is set from when the meeting is prepared until its record is settled."""
    return is_open(meeting)


def points_keep_their_record(points: Iterable[AgendaItem]) -> Verdict:
    """A point that the record speaks of neither goes nor becomes one for the team alone."""
    spoken_of = next((point for point in points if point.record or point.differences.all()), None)
    return require(
        spoken_of is None,
        f"The record has words about “{shortened(str(spoken_of), 80)}”. Keep the point for both sides, or take its words "
        "out of the record first.",
    )


def may_record_attendance(meeting: Meeting, *, on: date) -> Verdict:
    """Who was there is recorded on the day or later, until the record is settled."""
    return is_open(meeting) & has_come(meeting, on=on)


def may_write_meeting_record(meeting: Meeting, *, on: date) -> Verdict:
    """The record is written point by point of the agenda, on the day or later, until it is settled."""
    verdict = is_open(meeting) & has_come(meeting, on=on)
    if not verdict:
        return verdict
    return require(
        meeting.agenda.shared().exists(),
        "The agenda has no point for both sides yet, and the record follows the agenda. Set the agenda first.",
    )


def may_write_meeting_notes(meeting: Meeting) -> Verdict:
    """The team notes what it needs, before the meeting and after, until the record is settled."""
    return is_open(meeting)


def may_propose_meeting_record(meeting: Meeting) -> Verdict:
    """Both sides are asked to confirm a record once there is one, and once it says who was there."""
    verdict = is_open(meeting) & require(
        meeting.state != MeetingState.PROPOSED,
        f"Both sides have been asked to confirm the record of “{meeting}” already.",
    )
    if not verdict:
        return verdict
    return require(
        meeting.state == MeetingState.RECORDED,
        f"Nothing is recorded of “{meeting}” yet. Write its record first.",
    ) & require(
        queries.part_version(meeting, PartOfMeeting.ATTENDANCE),
        f"Nobody has recorded yet who was at “{meeting}”. Do that first: it is part of the record.",
    )


def may_read_record(meeting: Meeting) -> Verdict:
    """The partnership reads a record once it is asked to confirm it: until then it is a draft of the team."""
    return require(
        meeting.is_shown_to_partnership,
        "The inspection team is still writing this record. You are told by e-mail when it is there to confirm.",
    )


def may_confirm_meeting_record(meeting: Meeting, *, side: Side) -> Verdict:
    """Each side confirms a record once, when it is asked to; what both have confirmed is settled."""
    verdict = is_open(meeting) & require(
        meeting.state == MeetingState.PROPOSED,
        f"The record of “{meeting}” is still being written. It can be confirmed once the team asks both sides to.",
    )
    if not verdict:
        return verdict
    held = queries.confirmations_of(meeting).get(side)
    if held is None:
        return ALLOWED
    return refuse(
        f"{held.confirmed_by} confirmed version {held.version} of this record for the {side.label.lower()} "
        f"on {day_in_words(held.confirmed_at)} already."
    )


def is_version_read(meeting: Meeting, *, version: int) -> Verdict:
    """A side confirms the version that it has read, and no later one."""
    return require(
        version == meeting.record_version,
        f"The record was changed after you opened it, and is now version {meeting.record_version}. "
        "Nothing was confirmed: what changed stands below. Then read the record and confirm it.",
    )


def may_add_decision(meeting: Meeting, *, on: date) -> Verdict:
    """Decisions are added on the day of the meeting or later, until its record is settled."""
    return is_open(meeting) & has_come(meeting, on=on)


def may_be_due(meeting: Meeting, *, due_on: date) -> Verdict:
    """What a meeting decided is not due before the meeting."""
    return require(
        due_on >= meeting.day,
        f"“{meeting}” was on {day_in_words(meeting.day)}: choose that day or a later one.",
        about="due_on",
    )


def stands(decision: Decision) -> Verdict:
    """A decision that was withdrawn is none any more."""
    return require(
        decision.withdrawn_at is None,
        f"This decision was withdrawn on {day_in_words(decision.withdrawn_at)} by {decision.withdrawn_by}.",
    )


def may_complete_decision(decision: Decision) -> Verdict:
    """A decision is done once."""
    return stands(decision) & require(
        decision.done_at is None,
        f"This was marked as done on {day_in_words(decision.done_at)} by {decision.done_by} already.",
    )


def may_change_decision(decision: Decision) -> Verdict:
    """What was written down wrongly is corrected until the record is settled, and while nobody has done it."""
    return (
        is_open(decision.meeting)
        & stands(decision)
        & require(
            decision.done_at is None,
            f"This was marked as done on {day_in_words(decision.done_at)} by {decision.done_by}, so it stays as it was done.",
        )
    )


def may_withdraw_decision(decision: Decision) -> Verdict:
    """A decision that was none is withdrawn, on the same terms."""
    return may_change_decision(decision)


def may_withdraw_difference(difference: Difference, *, side: Side) -> Verdict:
    """The side that said it withdraws it, while both are asked to confirm the record."""
    return (
        may_keep_difference(difference.meeting)
        & require(
            difference.side == side,
            f"The {difference.get_side_display().lower()} said this, and withdraws it itself.",
        )
        & require(
            difference.withdrawn_at is None,
            f"This was withdrawn on {day_in_words(difference.withdrawn_at)} by {difference.withdrawn_by} already.",
        )
    )


def may_keep_difference(meeting: Meeting) -> Verdict:
    """What the two sides see differently is kept while they are asked to confirm the record."""
    return is_open(meeting) & require(
        meeting.state == MeetingState.PROPOSED,
        f"The record of “{meeting}” is still being written. Read it once you are asked to confirm it, and say then what "
        "you see differently.",
    )


def is_theirs_to_give(inspection: Inspection, decision_person: int) -> Verdict:
    """A decision is given to somebody of either side."""
    return require(
        queries.sees_to_decisions(inspection).filter(pk=decision_person).exists(),
        f"Choose somebody who works on the inspection of {inspection.area} today, of either side.",
        about="person",
    )
