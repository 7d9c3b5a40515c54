"""When an inspection is planned, begins, moves on and is published."""

from __future__ import annotations

from datetime import date

from core.dates import weekday_in_words
from core.verdicts import Verdict, refuse, require
from core.workdays import is_working_day
from inspections import gates, queries
from inspections.enums import InspectionState, StepState
from inspections.models import Area, Inspection
from inspections.timetable import monday_of


def may_begin_on(area: Area, day: date) -> Verdict:
    """Week 1 is the week of notification, so it must be a working day in a week that counts (R6)."""
    closed = area.school_holiday_weeks.filter(monday=monday_of(day)).exists()
    return _is_open(area, day, is_holiday=closed)


def is_open_day_of(inspection: Inspection, day: date) -> Verdict:
    """An on-site day is a working day in a week that counts in this inspection, by the weeks it began with (R5, R11)."""
    closed = monday_of(day) in queries.holiday_mondays(inspection)
    shut = queries.shut_days(inspection).get(day)
    return _is_open(inspection.area, day, is_holiday=closed) & require(
        shut is None, f"{weekday_in_words(day)} is a day without work ({shut}). Choose another day."
    )


def _is_open(area: Area, day: date, *, is_holiday: bool) -> Verdict:
    if is_holiday:
        return refuse(
            f"{weekday_in_words(day)} is in a school-holiday week of {area}, which takes no number. Choose a week that counts.",
            source="R6",
        )
    return require(
        is_working_day(day),
        f"{weekday_in_words(day)} is a weekend or a public holiday. Choose a working day.",
    )


def may_leave(inspection: Inspection, *, state: str) -> Verdict:
    """Somebody moved the inspection on in the same moment: it is not moved on twice by one page."""
    return require(
        inspection.state == state,
        f"This was done already: the inspection stands at {inspection.get_state_display().lower()}.",
    )


def may_open_next_phase(inspection: Inspection) -> Verdict:
    """Phases open one after the other, each through its gate. Publication itself opens what follows phase three."""
    if "open_next_phase" not in inspection.stand.moves:
        sentences = {
            InspectionState.PLANNED: "Phase one opens after notification.",
            InspectionState.PHASE_THREE: "Phase three ends with publication of the report.",
            InspectionState.CLOSED: "This inspection is closed.",
            InspectionState.WITHDRAWN: "This plan was withdrawn.",
        }
        return refuse(sentences[InspectionState(inspection.state)])
    return gates.may_pass(inspection)


def may_publish_inspection(inspection: Inspection) -> Verdict:
    """The report's publication ends phase three, and no other moment."""
    return require(
        "publish_report" in inspection.stand.moves,
        "Only an inspection in phase three is published.",
    )


def action_plan_received(inspection: Inspection) -> Verdict:
    """The inspection closes once the joint action plan is in (R50, held harder than it says: ADR 6)."""
    waiting = inspection.steps.filter(key="action_plan_due", state=StepState.UPCOMING).exists()
    return require(not waiting, "The joint action plan is not in yet.", source="R50")
