"""Kinds, states and moves of a session on site."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand


class SessionKind(models.TextChoices):
    """What a session is: the fieldwork of the method, and what the team needs around it."""

    FOCUS_GROUP = "focus_group", "Focus group"
    INTERVIEW = "interview", "Interview"
    MEETING = "meeting", "Meeting"
    OBSERVATION = "observation", "Visit or observation"
    RECORDS = "records", "Records reading"
    TEAM = "team", "Time of the team"
    TRAVEL = "travel", "Travel"


NEEDS_NO_ROOM = (SessionKind.TEAM, SessionKind.TRAVEL)


class SessionState(models.TextChoices):
    """A session is planned, and takes place unless it is cancelled."""

    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


SESSION_MOVES: dict[SessionState, Stand] = {
    SessionState.PLANNED: Stand(
        "Inspection lead",
        "Planned",
        {"change_session": SessionState.PLANNED, "cancel_session": SessionState.CANCELLED},
    ),
    SessionState.CANCELLED: Stand("nobody", "Cancelled", {}),
}
