"""The timetable that a method gives an inspection, before and after its steps are its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from django.db.models import prefetch_related_objects

from inspections import timetable
from inspections.enums import InspectionState, StepKind
from inspections.models import Area, Inspection, Method, MethodPhase, MethodStep, Step
from inspections.queries.calendar import (
    _closed_days,
    holiday_mondays,
    phases_of,
    shut_days,
    week_of_entry,
)
from inspections.timetable import Entry


def method_of(inspection: Inspection) -> timetable.Method:
    """The method by which this inspection is timetabled, from its rows."""
    return _method(
        inspection.method,
        MethodStep.objects.filter(method=inspection.method),
        phases_of(inspection.method),
    )


def _method(
    method: Method, steps: Iterable[MethodStep], phases: timetable.Phases
) -> timetable.Method:
    rows = [
        {
            "key": row.key,
            "phase": row.phase,
            "kind": row.kind,
            "week": str(row.week or ""),
            "weekday": row.weekday,
            "until_week": str(row.until_week or ""),
            "until_weekday": row.until_weekday,
            "after": row.after,
            "title": row.title,
            "owner": row.owner,
            "with": row.with_whom,
            "basis": row.basis,
        }
        for row in steps
    ]
    return timetable.parse_method(rows, phases=phases, key=method.key, title=method.title)


def draft_timetables(inspections: Sequence[Inspection]) -> dict[int, list[Entry]]:
    """The drafts of several plans in three queries, whatever their number. One whose calendar has no room for it has none."""
    methods = {one.method_id: one.method for one in inspections}
    if not methods:
        return {}
    steps: dict[int, list[MethodStep]] = {pk: [] for pk in methods}
    for step in MethodStep.objects.filter(method__in=methods):
        steps[step.method_id].append(step)
    phases: dict[int, dict[int, tuple[int, int]]] = {pk: {} for pk in methods}
    for phase in MethodPhase.objects.filter(method__in=methods):
        phases[phase.method_id][phase.number] = (phase.first_week, phase.last_week)
    read = {pk: _method(one, steps[pk], phases[pk]) for pk, one in methods.items()}
    prefetch_related_objects([one.area for one in inspections], "school_holiday_weeks")
    found: dict[int, list[Entry]] = {}
    for one in inspections:
        start = one.week_one_date
        with suppress(timetable.TimetableRefused):
            found[one.pk] = timetable.draw_timetable(
                read[one.method_id], start, holiday_mondays(one), _closed_days(start)
            )
    return found


def draft_timetable(inspection: Inspection) -> list[Entry]:
    """Every step of the method with its dates, for the notification date there is or is planned (R6 to R12)."""
    start = inspection.week_one_date
    return timetable.draw_timetable(
        method_of(inspection), start, holiday_mondays(inspection), _closed_days(start)
    )


def timetable_after(inspection: Inspection, key: str, day: date) -> list[Entry]:
    """The steps that the method reckons from the step ``key``, once it really was on ``day``."""
    start = inspection.week_one_date
    closed = _closed_days(start) | shut_days(inspection)
    return timetable.draw_after(
        method_of(inspection), key, day, start, holiday_mondays(inspection), closed
    )


def last_onsite_year(area: Area, method: Method, start: date) -> int:
    """The year that a reference carries: the one in which the last on-site day falls."""
    planned = Inspection(area=area, method=method, planned_for=start)
    return max(day for entry in draft_timetable(planned) for day in entry.days).year


def steps_or_draft(inspection: Inspection) -> list[Step]:
    """The inspection's own steps in order of date; before notification, those that the method would give it.

    A plan that was withdrawn has none.
    """
    if inspection.state != InspectionState.PLANNED:
        return list(inspection.steps.all())
    owners = dict(inspection.method.steps.values_list("key", "owner"))
    return [
        Step(
            inspection=inspection,
            order=order,
            key=entry.key,
            title=entry.title,
            kind=entry.kind,
            phase=str(entry.phase),
            week=week_of_entry(entry),
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            days=[day.isoformat() for day in entry.days],
            owner=owners[entry.key],
            note=entry.note,
        )
        for order, entry in enumerate(draft_timetable(inspection))
    ]


def coming_up_in_plan(steps: list[Step], today: date, *, count: int = 5) -> list[Step]:
    """The first dates of a plan that lie ahead, windows of work left out."""
    ahead = (step for step in steps if step.starts_on >= today and step.kind != StepKind.WINDOW)
    return list(ahead)[:count]
