from meetings.models.agenda import AgendaItem
from meetings.models.decision import Decision
from meetings.models.meeting import Attendance, Meeting, MeetingPart
from meetings.models.record import Confirmation, Difference, MeetingNotes, RecordVersion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Confirmation",
    "Decision",
    "Difference",
    "Meeting",
    "MeetingNotes",
    "MeetingPart",
    "RecordVersion",
]
