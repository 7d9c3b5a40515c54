"""What a plan may say, and until when it may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.dates import day_in_words, weekday_in_words
from core.verdicts import Verdict, refuse, require
from inspections.enums import NOT_YET_PUBLISHED, InspectionState
from inspections.models import Area, Inspection
from inspections.rules.inspection import may_begin_on

FURTHEST_AHEAD = 5  # years: what is further is a slip of the pen


def may_plan_inspection(area: Area) -> Verdict:
    """One area has one inspection at a time: a second may be planned once the first is published, or its plan withdrawn."""
    running = area.inspections.filter(state__in=NOT_YET_PUBLISHED).first()
    return require(
        running is None,
        f"{area} already has an inspection that is not yet published: {running and running.reference}.",
        about="area",
    )


def may_plan_for(area: Area, day: date, *, on: date) -> Verdict:
    """A planned notification lies ahead, on a working day of a week that counts (R6, R11)."""
    if day < on:
        return refuse(
            f"{weekday_in_words(day)} has gone by. Choose a date from today on.",
            about="planned_for",
        )
    if day.year > on.year + FURTHEST_AHEAD:
        return refuse(
            f"{weekday_in_words(day)} is more than {FURTHEST_AHEAD} years ahead. Check the year.",
            about="planned_for",
        )
    return replace(may_begin_on(area, day), about="planned_for")


def ministers_have_decided(
    *, requested_on: date | None, timetable_approved_on: date | None, on: date
) -> Verdict:
    """What Ministers are said to have asked or approved is not still to come (R1)."""
    asked = require(
        requested_on is None or requested_on <= on,
        f"{day_in_words(requested_on)} is still to come. "
        "Write the day on which Ministers asked, or leave this empty until they have.",
        source="R1",
        about="requested_on",
    )
    return asked & require(
        timetable_approved_on is None or timetable_approved_on <= on,
        f"{day_in_words(timetable_approved_on)} is still to come. "
        "Write the day on which Ministers approved the timetable, or leave this empty until they have.",
        source="R1",
        about="timetable_approved_on",
    )


def is_still_a_plan(inspection: Inspection) -> Verdict:
    """Before notification, and not withdrawn."""
    if inspection.state == InspectionState.WITHDRAWN:
        return refuse(f"This plan was withdrawn. {inspection.area} can be planned anew.")
    return require(
        inspection.state == InspectionState.PLANNED,
        f"The partnership of {inspection.area} was notified on "
        f"{day_in_words(inspection.notified_on)}.",
        source="R6",
    )


def may_change_plan(inspection: Inspection) -> Verdict:
    """Dates of the plan change until notification; then the clock runs, and dates move on the timetable (R6)."""
    return is_still_a_plan(inspection)


def may_withdraw_plan(inspection: Inspection) -> Verdict:
    """A plan is withdrawn until notification, when nobody outside has been told of it yet (R2)."""
    return is_still_a_plan(inspection)
