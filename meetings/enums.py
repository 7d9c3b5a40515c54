"""States and moves of a meeting with the partnership, its two sides, and for whom a point of the agenda is."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand


class MeetingState(models.TextChoices):
    """Where a meeting stands, from the first preparation to a record that both sides have confirmed."""

    PREPARED = "prepared", "Prepared"
    RECORDED = "recorded", "Record being written"
    PROPOSED = "proposed", "Record to be confirmed"
    SETTLED = "settled", "Confirmed by both sides"


class Side(models.TextChoices):
    """The two sides of the table."""

    TEAM = "team", "Inspection team"
    PARTNERSHIP = "partnership", "Partnership"


class Audience(models.TextChoices):
    """For whom a point of the agenda is."""

    SHARED = "shared", "Both sides"
    INTERNAL = "internal", "The team alone"


class PartOfMeeting(models.TextChoices):
    """What people edit beside the words of the record. The label stands within a sentence."""

    ARRANGEMENTS = "arrangements", "time and place"
    AGENDA = "agenda", "the agenda"
    ATTENDANCE = "attendance", "who was there"


MEETING_MOVES: dict[MeetingState, Stand] = {
    MeetingState.PREPARED: Stand(
        "Inspection lead", "Prepared", {"write_meeting_record": MeetingState.RECORDED}
    ),
    MeetingState.RECORDED: Stand(
        "Inspection lead",
        "Record being written",
        {
            "write_meeting_record": MeetingState.RECORDED,
            "propose_meeting_record": MeetingState.PROPOSED,
        },
    ),
    MeetingState.PROPOSED: Stand(
        "Both sides",
        "Record to be confirmed",
        {
            "write_meeting_record": MeetingState.PROPOSED,
            "confirm_meeting_record": MeetingState.SETTLED,
        },
    ),
    MeetingState.SETTLED: Stand("nobody", "Confirmed by both sides", {}),
}
SHOWN_TO_PARTNERSHIP = (MeetingState.PROPOSED, MeetingState.SETTLED)
