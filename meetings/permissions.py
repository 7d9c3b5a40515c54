"""Who: a capability of one of the person's roles here, then the rule."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import Verdict, refuse
from documents.holders import Holder
from inspections.models import Inspection, Step
from inspections.permissions import has, is_partnership
from meetings import rules
from meetings.enums import Side
from meetings.models import Decision, Difference, Meeting


def side_of(person: User, inspection: Inspection) -> Side:
    """On which side of the table this person sits."""
    return Side.PARTNERSHIP if is_partnership(person, inspection) else Side.TEAM


def can_see_meetings(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_MEETINGS)


def can_see_meeting_notes(person: User, inspection: Inspection) -> Verdict:
    """The points and notes that are for the team alone."""
    return has(person, inspection, Capability.SEE_MEETING_NOTES)


def can_read_record(person: User, meeting: Meeting) -> Verdict:
    """The team reads it while it is written, the partnership once it is asked to confirm it."""
    verdict = can_see_meetings(person, meeting.inspection)
    theirs = verdict and is_partnership(person, meeting.inspection)
    return verdict & rules.may_read_record(meeting) if theirs else verdict


def can_prepare_meeting(person: User, step: Step) -> Verdict:
    return has(person, step.inspection, Capability.PREPARE_MEETING) & rules.may_prepare_meeting(
        step
    )


def can_set_agenda(person: User, meeting: Meeting) -> Verdict:
    return has(person, meeting.inspection, Capability.PREPARE_MEETING) & rules.may_set_agenda(
        meeting
    )


def can_record_attendance(person: User, meeting: Meeting, *, on: date) -> Verdict:
    return has(person, meeting.inspection, Capability.RECORD_MEETING) & rules.may_record_attendance(
        meeting, on=on
    )


def can_write_meeting_record(person: User, meeting: Meeting, *, on: date) -> Verdict:
    return has(
        person, meeting.inspection, Capability.RECORD_MEETING
    ) & rules.may_write_meeting_record(meeting, on=on)


def can_write_meeting_notes(person: User, meeting: Meeting) -> Verdict:
    return has(
        person, meeting.inspection, Capability.SEE_MEETING_NOTES
    ) & rules.may_write_meeting_notes(meeting)


def can_propose_meeting_record(person: User, meeting: Meeting) -> Verdict:
    return has(
        person, meeting.inspection, Capability.RECORD_MEETING
    ) & rules.may_propose_meeting_record(meeting)


def can_confirm_meeting_record(person: User, meeting: Meeting) -> Verdict:
    inspection = meeting.inspection
    return has(
        person, inspection, Capability.CONFIRM_MEETING_RECORD
    ) & rules.may_confirm_meeting_record(meeting, side=side_of(person, inspection))


def can_add_decision(person: User, meeting: Meeting, *, on: date) -> Verdict:
    return has(person, meeting.inspection, Capability.RECORD_MEETING) & rules.may_add_decision(
        meeting, on=on
    )


def can_change_decision(person: User, decision: Decision) -> Verdict:
    return has(
        person, decision.meeting.inspection, Capability.RECORD_MEETING
    ) & rules.may_change_decision(decision)


def can_withdraw_decision(person: User, decision: Decision) -> Verdict:
    return has(
        person, decision.meeting.inspection, Capability.RECORD_MEETING
    ) & rules.may_withdraw_decision(decision)


def can_complete_decision(person: User, decision: Decision) -> Verdict:
    """Whoever sees to it, and those of the team who record meetings; once whoever saw to it has gone, also those who confirm the record
    for either side. The decision comes ``with_owner``.
    """
    inspection = decision.meeting.inspection
    own = can_see_meetings(person, inspection) if decision.person_id == person.pk else None
    if not own and not decision.owner_is_here:
        own = has(person, inspection, Capability.CONFIRM_MEETING_RECORD)
    return (own or has(person, inspection, Capability.COMPLETE_DECISION)) & (
        rules.may_complete_decision(decision)
    )


def can_keep_difference(person: User, meeting: Meeting) -> Verdict:
    return has(person, meeting.inspection, Capability.KEEP_DIFFERENCE) & rules.may_keep_difference(
        meeting
    )


def can_withdraw_difference(person: User, difference: Difference) -> Verdict:
    inspection = difference.meeting.inspection
    return has(person, inspection, Capability.KEEP_DIFFERENCE) & rules.may_withdraw_difference(
        difference, side=side_of(person, inspection)
    )


def _meeting(person: User, holder_id: str) -> Meeting | None:
    found = Meeting.objects.filter(inspection__in=Inspection.objects.visible_to(person))
    return (
        found.select_related("inspection").filter(pk=holder_id).first()
        if holder_id.isdecimal()
        else None
    )


def _may_see_record(person: User, holder_id: str) -> Verdict:
    meeting = _meeting(person, holder_id)
    return can_read_record(person, meeting) if meeting else refuse(Capability.SEE_INSPECTION.value)


def _nobody_adds(person: User, holder_id: str) -> Verdict:
    return refuse(
        "The record of a meeting is drawn by the system when both sides have confirmed it."
    )


def _held(holder_id: str) -> Meeting:
    return Meeting.objects.select_related("inspection", "step").get(pk=holder_id)


def _title(holder_id: str) -> str:
    return f"the record of {_held(holder_id)}"


def _url(holder_id: str) -> str:
    meeting = _held(holder_id)
    return reverse("meetings:meeting-record", args=[meeting.inspection.reference, meeting.step.key])


def _reference(holder_id: str) -> str:
    return _held(holder_id).inspection.reference


RECORDS = Holder(
    may_see=_may_see_record,
    may_add=_nobody_adds,
    title=_title,
    url=_url,
    inspection=_reference,
)


def can_add_papers(person: User, meeting: Meeting) -> Verdict:
    """Papers come from whoever prepares the meeting, until its record is settled."""
    return has(person, meeting.inspection, Capability.PREPARE_MEETING) & rules.is_open(meeting)


def papers_of(meeting: Meeting) -> str:
    """The number under which its papers are held: it says where they are without asking the database."""
    return f"{meeting.inspection.reference}.{meeting.step.key}"


def _meeting_of_papers(person: User, holder_id: str) -> Meeting | None:
    reference, _, key = holder_id.partition(".")
    found = Meeting.objects.filter(
        inspection__in=Inspection.objects.visible_to(person).filter(reference=reference)
    )
    return found.select_related("inspection").filter(step__key=key).first()


def _may_see_papers(person: User, holder_id: str) -> Verdict:
    meeting = _meeting_of_papers(person, holder_id)
    if meeting is None:
        return refuse(Capability.SEE_INSPECTION.value)
    return can_see_meetings(person, meeting.inspection)


def _may_add_papers(person: User, holder_id: str) -> Verdict:
    meeting = _meeting_of_papers(person, holder_id)
    return can_add_papers(person, meeting) if meeting else refuse(Capability.SEE_INSPECTION.value)


def _title_of_papers(holder_id: str) -> str:
    return "the papers of a meeting"


def _room_of_papers(holder_id: str) -> str:
    reference, _, key = holder_id.partition(".")
    return reverse("meetings:meeting", args=[reference, key])


def _inspection_of_papers(holder_id: str) -> str:
    return holder_id.partition(".")[0]


PAPERS = Holder(
    may_see=_may_see_papers,
    may_add=_may_add_papers,
    title=_title_of_papers,
    url=_room_of_papers,
    inspection=_inspection_of_papers,
)
