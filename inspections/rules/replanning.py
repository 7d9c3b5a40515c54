"""When days are closed, a week takes no number, or no report is published before an election."""

from __future__ import annotations

from datetime import date, timedelta

from core.dates import day_in_words, weekday_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.workdays import monday_of
from inspections import queries
from inspections.enums import OVER, Cause, InspectionState
from inspections.models import Inspection
from inspections.timetable import AFTER

LONGEST_CLOSURE = timedelta(days=31)
LONGEST_ELECTION = timedelta(days=92)
HOW_LONG_AFTER = timedelta(days=14)


def may_replan(inspection: Inspection) -> Verdict:
    """From notification to publication: before it the dates are a draft, and after it few are left."""
    if inspection.state == InspectionState.PLANNED:
        return refuse(
            "The dates are a draft until the partnership is notified. Change the plan instead."
        )
    return require(
        inspection.state not in (*OVER, InspectionState.PUBLISHED, InspectionState.FOLLOW_UP),
        "The report is published. Move what follows it date by date.",
    )


def may_close_days(
    inspection: Inspection, *, starts_on: date, ends_on: date, today: date
) -> Verdict:
    """A month at most, and no longer ago than two weeks: what was not held by then has another story."""
    return (
        may_replan(inspection)
        & _in_order(starts_on, ends_on)
        & require(
            starts_on >= today - HOW_LONG_AFTER,
            f"{weekday_in_words(starts_on)} is more than two weeks ago. Move the dates that were not kept, one by one.",
            about="starts_on",
        )
        & require(
            ends_on - starts_on < LONGEST_CLOSURE,
            "More than 31 days without work would stop the inspection. Check both days.",
            about="ends_on",
        )
        & _not_twice(inspection, Cause.CLOSED, starts_on, ends_on)
    )


def may_add_week(inspection: Inspection, *, day: date, today: date) -> Verdict:
    """A week that has not begun yet, that counts so far, and that lies before the last step of the three phases."""
    monday = monday_of(day)
    known = queries.holiday_mondays(inspection)
    last = inspection.steps.exclude(phase=AFTER).order_by("ends_on").last()
    return (
        may_replan(inspection)
        & require(
            monday > today,
            f"The week of {day_in_words(monday)} has begun or gone by. Weeks that have begun keep their number; choose a later one.",
            about="day",
        )
        & require(
            last is None or monday <= last.ends_on,
            f"The week of {day_in_words(monday)} is after publication, where weeks are counted no more.",
            about="day",
        )
        & require(
            monday not in known,
            f"The week of {day_in_words(monday)} takes no number already ({known.get(monday) or 'school holidays'}).",
            about="day",
        )
    )


def may_add_election(
    inspection: Inspection, *, starts_on: date, ends_on: date, today: date
) -> Verdict:
    """A period that is not over, of three months at most."""
    return (
        may_replan(inspection)
        & _in_order(starts_on, ends_on)
        & require(
            ends_on >= today,
            f"This period was over on {day_in_words(ends_on)}.",
            about="ends_on",
        )
        & require(
            ends_on - starts_on < LONGEST_ELECTION,
            "A pre-election period is a few weeks, three months at most. Check both days.",
            about="ends_on",
        )
        & _not_twice(inspection, Cause.ELECTION, starts_on, ends_on)
    )


def _in_order(starts_on: date, ends_on: date) -> Verdict:
    return require(starts_on <= ends_on, "The last day is before the first day.", about="ends_on")


def _not_twice(inspection: Inspection, kind: Cause, starts_on: date, ends_on: date) -> Verdict:
    there = inspection.closures.filter(
        kind=kind, starts_on__lte=starts_on, ends_on__gte=ends_on
    ).first()
    if there is None:
        return ALLOWED
    days = queries.span(there.starts_on, there.ends_on)
    return refuse(f"These days are on record already: {days} ({there.reason}).", about="starts_on")
