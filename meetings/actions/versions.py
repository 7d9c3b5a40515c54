"""What every change of a meeting does besides: the next version of the part that was edited, and of the record."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from core.jobs import enqueue
from core.versions import enforce_newest
from meetings import queries
from meetings.enums import MeetingState, PartOfMeeting
from meetings.models import Meeting, MeetingPart, RecordVersion


def locked(meeting: Meeting) -> Meeting:
    """The meeting with its row locked: whoever changes it waits for whoever is changing it."""
    found = Meeting.objects.select_for_update(of=("self",))
    return found.select_related("inspection__area", "inspection__method", "step").get(pk=meeting.pk)


def next_part(
    meeting: Meeting, part: PartOfMeeting, who: User, at: datetime, *, based_on: int
) -> MeetingPart:
    """This part has its next version, unless somebody has saved one since ``who`` had theirs before them."""
    kept = meeting.parts.filter(part=part).select_related("changed_by").first()
    if kept is not None:
        enforce_newest(kept, based_on=based_on, by=who)
    kept = kept or MeetingPart(meeting=meeting, part=part, version=0)
    kept.version += 1
    kept.changed_at, kept.changed_by = at, who
    kept.save()
    return kept


def record_changed(meeting: Meeting, who: User, at: datetime) -> str:
    """The record has its next version once it is begun, kept as it reads now, and what a side confirmed before is cleared.
    Called when the change has been saved.

    Handed back is what the log adds to the sentence of the deed: nothing where nothing was cleared. Both sides are told when
    something was, since whoever confirmed believes the matter closed.
    """
    if meeting.state == MeetingState.PREPARED:
        return ""
    meeting.record_version += 1
    meeting.record_changed_at, meeting.record_changed_by = at, who
    meeting.save()
    RecordVersion.objects.create(
        meeting=meeting,
        version=meeting.record_version,
        words=queries.record_words(meeting),
        shared=meeting.is_shown_to_partnership,
        changed_at=at,
        changed_by=who,
    )
    cleared = list(meeting.confirmations.in_force())
    if not cleared:
        return ""
    meeting.confirmations.in_force().update(cleared_at=at)
    tell(meeting, at)
    return f", which cleared what the {cleared[0].get_side_display().lower()} had confirmed"


def tell(meeting: Meeting, at: datetime) -> None:
    """After commit both sides are told that there is a record to confirm: once for each version."""
    enqueue(
        "meetings.tell_of_record",
        key=f"meeting:{meeting.pk}:{meeting.record_version}",
        now=at,
        meeting=meeting.pk,
    )
