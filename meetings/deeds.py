"""What this app brings to the desk: meetings to prepare, record and confirm, and what was decided there."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.roles import Capability, Role
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from inspections.models import Inspection, Step
from meetings import queries
from meetings.enums import MeetingState


def _granting(desk: Desk, capability: Capability) -> list[Inspection]:
    return [one for one in desk.inspections if desk.grants(capability, one)]


def _meetings(desk: Desk) -> Iterator[Deed]:
    """Meetings to prepare and to record, and records that wait for the word of this person's side."""
    theirs = desk.any_of(
        _granting(desk, Capability.PREPARE_MEETING),
        _granting(desk, Capability.CONFIRM_MEETING_RECORD),
    )
    if not theirs:
        return
    by_pk = {one.pk: one for one in theirs}
    for step in queries.meetings_waiting(theirs, today=desk.today):
        inspection = by_pk[step.inspection_id]
        meeting = getattr(step, "meeting", None)
        if meeting is None:
            if desk.grants(Capability.PREPARE_MEETING, inspection):
                yield _prepare(inspection, step)
        elif meeting.state == MeetingState.PROPOSED:
            if desk.grants(Capability.CONFIRM_MEETING_RECORD, inspection) and not _has_confirmed(
                desk, inspection, step
            ):
                yield _confirm(inspection, step)
        elif desk.grants(Capability.RECORD_MEETING, inspection):
            yield _record(inspection, step)


def _title(step: Step) -> str:
    return step.title.partition(":")[0]


def _prepare(inspection: Inspection, step: Step) -> Deed:
    return Deed(
        inspection=inspection,
        stem="prepare_meeting",
        title=f"Prepare {_title(step)}",
        detail="Say when and where it is, and set its agenda: the partnership sees both at once.",
        action="Prepare it",
        page="meetings:prepare-meeting",
        args=(inspection.reference, step.key),
        due=step.starts_on,
        week=step.week,
    )


def _record(inspection: Inspection, step: Step) -> Deed:
    return Deed(
        inspection=inspection,
        stem="write_meeting_record",
        title=f"Record {_title(step)}",
        detail="Who was there, and what was said about each point; then ask both sides to confirm it.",
        action="Open the meeting",
        page="meetings:meeting",
        args=(inspection.reference, step.key),
    )


def _confirm(inspection: Inspection, step: Step) -> Deed:
    return Deed(
        inspection=inspection,
        stem="confirm_meeting_record",
        title=f"Confirm the record of {_title(step)}",
        detail="Read it, confirm it for your side, or say what your side sees differently.",
        action="Read the record",
        page="meetings:meeting-record",
        args=(inspection.reference, step.key),
        weight=Weight.OTHERS_WAIT,
    )


def _has_confirmed(desk: Desk, inspection: Inspection, step: Step) -> bool:
    """Whether somebody of this person's own side has."""
    theirs = Role.INSPECTION_COORDINATOR in desk.roles.get(inspection.pk, ())
    return bool(getattr(step, "confirmed_by_partnership" if theirs else "confirmed_by_team"))


def _decided(desk: Desk) -> Iterator[Deed]:
    """What meetings gave to this person, late ones among them; and for those who answer for either side, what they gave to somebody
    who has gone.
    """
    theirs = _granting(desk, Capability.SEE_MEETINGS)
    if not theirs:
        return
    by_pk = {one.pk: one for one in theirs}
    left = _granting(desk, Capability.CONFIRM_MEETING_RECORD)
    for decision in queries.decisions_waiting(desk.person, theirs, left=left):
        inspection = by_pk[decision.meeting.inspection_id]
        gone = "" if decision.owner_is_here else f" {decision.person} saw to it, and has gone."
        yield Deed(
            inspection=inspection,
            stem="complete_decision",
            title=decision.words,
            detail=f"Decided at {decision.meeting}.{gone} Mark it as done there.",
            action="Open the meeting",
            page="meetings:meeting",
            args=(inspection.reference, decision.meeting.step.key),
            due=decision.due_on,
        )


def bring() -> None:
    """Each source is asked once for all inspections."""
    bring_to("meetings", _meetings)
    bring_to("decisions of meetings", _decided)
