"""Preparing a meeting: when, where, and its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from audit.record import record
from core.dates import day_in_words
from core.words import counted
from inspections.models import Step
from meetings import permissions, rules
from meetings.actions.versions import locked, next_part, record_changed
from meetings.enums import Audience, PartOfMeeting
from meetings.models import AgendaItem, Meeting


@transaction.atomic
def prepare_meeting(
    step: Step, *, begins: time, place: str, link: str, based_on: int, by: User, at: datetime
) -> Meeting:
    """The meeting of this step is prepared: it begins at this hour of the step's day, at this place or by this link.

    Done again it changes hour and place, and with them the record, where one is begun. The same once more changes nothing, and is
    not recorded.
    """
    step = (
        Step.objects.select_for_update(of=("self",))
        .select_related("inspection__area")
        .get(pk=step.pk)
    )
    permissions.can_prepare_meeting(by, step).enforce()
    meeting = Meeting.objects.filter(step=step).first()
    typed = (begins, place, link)
    if meeting is None:
        meeting = Meeting(inspection=step.inspection, step=step, prepared_at=at, prepared_by=by)
    elif (meeting.begins, meeting.place, meeting.link) == typed:
        return meeting
    else:
        meeting = locked(meeting)
        permissions.can_prepare_meeting(by, step).enforce()  # nobody settled it meanwhile
    meeting.step = step
    meeting.begins, meeting.place, meeting.link = typed
    if meeting.pk is None:
        meeting.save()
    next_part(meeting, PartOfMeeting.ARRANGEMENTS, by, at, based_on=based_on)
    meeting.save()
    record(
        "meetings.meeting_prepared",
        by=by,
        at=at,
        subject=meeting,
        inspection=step.inspection,
        meeting=meeting.title,
        when=f"{day_in_words(meeting.day)} at {begins:%H:%M}",
        cleared=record_changed(meeting, by, at),
    )
    return meeting


@dataclass(frozen=True, slots=True)
class Point:
    """One point as somebody typed it: of the agenda that stands, by its number, or new (None)."""

    pk: int | None
    words: str
    whose: str
    audience: Audience


@transaction.atomic
def set_agenda(
    meeting: Meeting, *, points: Sequence[Point], based_on: int, by: User, at: datetime
) -> list[AgendaItem]:
    """The agenda has exactly these points, in this order; what is not among them goes.

    A point that the record speaks of stays, for both sides. Once the record is begun it has its next version, and what was
    confirmed is cleared. The same agenda once more changes nothing.
    """
    meeting = locked(meeting)
    permissions.can_set_agenda(by, meeting).enforce()
    stand = {item.pk: item for item in meeting.agenda.prefetch_related("differences")}
    if [_typed(item) for item in stand.values()] == [_typed(point) for point in points] and all(
        point.pk in stand for point in points
    ):
        return list(stand.values())
    next_part(meeting, PartOfMeeting.AGENDA, by, at, based_on=based_on)
    kept = {point.pk for point in points}
    inside = {point.pk for point in points if point.audience == Audience.INTERNAL}
    rules.points_keep_their_record(
        item for item in stand.values() if item.pk not in kept or item.pk in inside
    ).enforce()
    for item in stand.values():
        if item.pk not in kept:
            item.delete()
    agenda = [
        _save(stand.get(point.pk or 0) or AgendaItem(meeting=meeting), point, order)
        for order, point in enumerate(points, start=1)
    ]
    record_changed(meeting, by, at)
    record(
        "meetings.agenda_set",
        by=by,
        at=at,
        subject=meeting,
        inspection=meeting.inspection,
        meeting=meeting.title,
        points=counted(len(agenda), "point,points"),
    )
    return agenda


def _typed(one: AgendaItem | Point) -> tuple[str, str, str]:
    return one.words, one.whose, str(one.audience)


def _save(item: AgendaItem, point: Point, order: int) -> AgendaItem:
    item.order, item.words, item.whose, item.audience = (
        order,
        point.words,
        point.whose,
        point.audience,
    )
    item.save()
    return item
