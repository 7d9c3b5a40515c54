"""Drawing the inspection's own timetable, and marking its steps as done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.workdays import monday_of
from inspections import permissions, queries
from inspections.enums import StepState
from inspections.models import (
    Inspection,
    InspectionHolidayWeek,
    MethodStep,
    SchoolHolidayWeek,
    Step,
)


def keep_holiday_weeks(inspection: Inspection) -> None:
    """The weeks that take no number are the inspection's own from now on: those its area has from week 1 (R5, R6)."""
    first = monday_of(inspection.week_one_date)
    InspectionHolidayWeek.objects.bulk_create(
        InspectionHolidayWeek(inspection=inspection, begins_on=week.monday, name=week.name)
        for week in SchoolHolidayWeek.objects.filter(area=inspection.area_id, monday__gte=first)
    )


def draw_steps(inspection: Inspection) -> list[Step]:
    """Write the timetable as rows, from the method as it is today: from now on it is the inspection's own (R5, R8)."""
    rows = {row.key: row for row in inspection.method.steps.all()}
    steps = [
        _step(inspection, entry, rows[entry.key], order)
        for order, entry in enumerate(queries.draft_timetable(inspection))
    ]
    return Step.objects.bulk_create(steps)


def _step(inspection: Inspection, entry: queries.Entry, row: MethodStep, order: int) -> Step:
    return Step(
        inspection=inspection,
        order=order,
        key=entry.key,
        title=entry.title,
        kind=entry.kind,
        phase=entry.phase,
        week=queries.week_of_entry(entry),
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        days=[day.isoformat() for day in entry.days],
        owner=row.owner,
        with_whom=row.with_whom,
        note=entry.note,
    )


@transaction.atomic
def complete_step(step: Step, *, by: User, at: datetime) -> Step:
    """The step is done, by this person, now."""
    step = Step.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=step.pk)
    permissions.can_complete_step(by, step, on=timezone.localdate(at)).enforce()
    _mark_done(step, by=by, at=at)
    record(
        "inspections.step_completed",
        by=by,
        at=at,
        subject=step,
        inspection=step.inspection,
        title=step.title,
    )
    return step


def complete_step_by_deed(inspection: Inspection, *, key: str, by: User, at: datetime) -> None:
    """A deed elsewhere (a return received, the letter sent) did this step: mark it in the deed's own transaction.

    No event of its own: the deed has one. A step that is done already, or that this method lacks, is left alone.
    """
    step = (
        Step.objects.select_for_update()
        .filter(inspection=inspection, key=key, state=StepState.UPCOMING)
        .first()
    )
    if step:
        _mark_done(step, by=by, at=at)


def _mark_done(step: Step, *, by: User, at: datetime) -> None:
    step.state, step.done_at, step.done_by = StepState.DONE, at, by
    step.save()
