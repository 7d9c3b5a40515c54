"""Who read what is kept of a meeting."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading
from meetings.models import Meeting


def read_meeting(meeting: Meeting, *, part: str, by: User, at: datetime) -> None:
    """This person has read one part of what is kept of a meeting. Which part is recorded, and none of its words."""
    record_reading(
        "meetings.meeting_read",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        part=f"{part} {meeting.title}",
    )
