"""The timetable as a list: phases, their weeks, and each week's steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inspections import timetable
from inspections.enums import PHASE_TITLES, PHASE_WORDS
from inspections.models import Inspection, Step
from inspections.queries.calendar import calendar_weeks, phases_of


@dataclass(frozen=True, slots=True)
class WeekOfSteps:
    """One calendar week of the list: counted or a holiday, and what begins in it."""

    number: int | None
    monday: date
    words: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class PhaseOfWeeks:
    """One phase of the list, with the weeks in which something begins and the holidays between."""

    title: str
    subtitle: str
    weeks: list[WeekOfSteps]
    is_current: bool


def weeks_by_phase(inspection: Inspection, steps: list[Step], today: date) -> list[PhaseOfWeeks]:
    """The timetable as a list: phases, their weeks, and each week's steps. Weeks without steps are left out."""
    last = max((step.ends_on for step in steps if step.phase != timetable.AFTER), default=today)
    now = today if inspection.notified_on else inspection.week_one_date  # a plan opens at its start
    weeks = calendar_weeks(inspection, until=last)
    found = []
    for phase, (first_week, last_week) in phases_of(inspection.method).items():
        first, final = _edge(weeks, first_week), _edge(weeks, last_week)
        here = [step for step in steps if step.phase == str(phase)]
        rows = [_week_row(week, here) for week in weeks if first <= week.monday <= final]
        found.append(
            PhaseOfWeeks(
                PHASE_TITLES[str(phase)],
                f"{PHASE_WORDS[str(phase)]}: weeks {first_week} to {last_week}",
                [row for row in rows if row.steps or row.number is None],
                first <= timetable.monday_of(now) <= final,
            )
        )
    after = [
        WeekOfSteps(
            None, timetable.monday_of(step.starts_on), PHASE_TITLES[timetable.AFTER], [step]
        )
        for step in steps
        if step.phase == timetable.AFTER
    ]
    return [
        *found,
        PhaseOfWeeks(PHASE_TITLES[timetable.AFTER], "what follows", after, now > last),
    ]


def _edge(weeks: list[timetable.CountedWeek], number: int) -> date:
    return next((week.monday for week in weeks if week.number == number), weeks[-1].monday)


def _week_row(week: timetable.CountedWeek, steps: list[Step]) -> WeekOfSteps:
    end = week.monday + timedelta(days=6)
    return WeekOfSteps(
        week.number,
        week.monday,
        f"Week {week.number}" if week.number else "School holiday",
        [step for step in steps if week.monday <= step.starts_on <= end],
    )
