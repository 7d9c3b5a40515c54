"""What this app keeps, and for how long. That a meeting took place, and who confirmed its record, stays; its words do not."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q

from core.disposal import About, Disposal, bring, bring_about, delete
from core.retention import Period, declare
from meetings.models import (
    AgendaItem,
    Attendance,
    Confirmation,
    Decision,
    Difference,
    Meeting,
    MeetingNotes,
    MeetingPart,
    RecordVersion,
)

FIRST, LATER = 40, 50

declare(Meeting, Period.RECORD, ordinary=["begins", "place", "link"])
declare(MeetingPart, Period.RECORD)
declare(Confirmation, Period.RECORD)
declare(Attendance, Period.OBTAINED, personal=["designation"])
declare(AgendaItem, Period.OBTAINED, personal=["whose"], special=["words", "record"])
declare(Decision, Period.OBTAINED, special=["words", "withdrawal_reason"])
declare(Difference, Period.OBTAINED, special=["words"])
declare(RecordVersion, Period.OBTAINED, special=["words"])
declare(MeetingNotes, Period.OBTAINED, special=["text"])

# (what, what it is called, what one of them is called): all go the same way, differences before the points that they are about.
GOES: tuple[tuple[type[Model], str, Callable[[Any], str], int], ...] = (
    (
        AgendaItem,
        "point of an agenda with its record,points of agendas with their record",
        lambda item: f"Point {item.order} of {item.meeting}",
        LATER,
    ),
    (
        Attendance,
        "name of somebody at a meeting,names of people at meetings",
        lambda one: f"At {one.meeting}",
        LATER,
    ),
    (
        Decision,
        "decision of a meeting,decisions of meetings",
        lambda decision: f"Of {decision.meeting}",
        LATER,
    ),
    (
        Difference,
        "difference kept in a record,differences kept in records",
        lambda difference: f"{difference.get_side_display()}, {difference.meeting}",
        FIRST,
    ),
    (
        RecordVersion,
        "version of what a record said,versions of what records said",
        lambda one: f"Version {one.version}, {one.meeting}",
        LATER,
    ),
    (
        MeetingNotes,
        "notes of the team about a meeting,notes of the team about meetings",
        lambda notes: f"Of {notes.meeting}",
        LATER,
    ),
)
for model, kind, title, order in GOES:
    bring(
        Disposal(
            model,
            kind,
            delete,
            title=title,
            inspection="meeting__inspection__reference",
            joins=("meeting__step",),
            order=order,
        )
    )

bring_about(
    About(
        Attendance,
        "Meetings at which this person was",
        lambda person: Q(person=person),
        ("meeting", "side"),
    )
)
bring_about(
    About(
        Decision,
        "Decisions of meetings that this person sees to",
        lambda person: Q(person=person),
        ("meeting", "words", "due_on", "done_at"),
    )
)
