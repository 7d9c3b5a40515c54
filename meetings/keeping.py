"""What this app keeps, and for how long. That a meeting took place, and who confirmed its record, stays; its words do not."""

from django.db.models import Q

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
)

declare(Meeting, Period.RECORD, ordinary=["begins", "place", "link"])
declare(MeetingPart, Period.RECORD)
declare(Confirmation, Period.RECORD)
declare(Attendance, Period.OBTAINED, personal=["designation"])
declare(AgendaItem, Period.OBTAINED, personal=["whose"], special=["words", "record"])
declare(Decision, Period.OBTAINED, special=["words"])
declare(Difference, Period.OBTAINED, special=["words"])
declare(MeetingNotes, Period.OBTAINED, special=["text"])

bring(
    Disposal(
        AgendaItem,
        "point of an agenda with its record,points of agendas with their record",
        delete,
        title=lambda item: f"Point {item.order} of {item.meeting}",
        inspection="meeting__inspection__reference",
        joins=("meeting__step",),
    )
)
bring(
    Disposal(
        Attendance,
        "name of somebody at a meeting,names of people at meetings",
        delete,
        title=lambda one: f"At {one.meeting}",
        inspection="meeting__inspection__reference",
        joins=("meeting__step",),
    )
)
bring(
    Disposal(
        Decision,
        "decision of a meeting,decisions of meetings",
        delete,
        title=lambda decision: f"Of {decision.meeting}",
        inspection="meeting__inspection__reference",
        joins=("meeting__step",),
    )
)
bring(
    Disposal(
        Difference,
        "difference kept in a record,differences kept in records",
        delete,
        title=lambda difference: f"{difference.get_side_display()}, {difference.meeting}",
        inspection="meeting__inspection__reference",
        joins=("meeting__step",),
        order=40,
    )
)
bring(
    Disposal(
        MeetingNotes,
        "notes of the team about a meeting,notes of the team about meetings",
        delete,
        title=lambda notes: f"Of {notes.meeting}",
        inspection="meeting__inspection__reference",
        joins=("meeting__step",),
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
