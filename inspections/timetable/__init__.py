"""The timetable of an inspection, drawn from its method: a pure function, without a database and without the web.

``parse_method`` reads a method from its rows, ``draw_timetable`` turns it into dated entries (R6 to R12,
``domain.md`` 1.1 and 1.2). ``counted_weeks`` and ``week_of`` answer which counted week a day is in.
"""

from core.workdays import monday_of
from inspections.timetable.draw import draw_timetable
from inspections.timetable.entries import Entry, Override, TimetableRefused
from inspections.timetable.method import (
    PHASES_2018,
    Kind,
    Method,
    Phase,
    Step,
    check_method,
    parse_method,
)
from inspections.timetable.weeks import CountedWeek, Weeks, counted_weeks, week_of

__all__ = [
    "PHASES_2018",
    "CountedWeek",
    "Entry",
    "Kind",
    "Method",
    "Override",
    "Phase",
    "Step",
    "TimetableRefused",
    "Weeks",
    "check_method",
    "counted_weeks",
    "draw_timetable",
    "monday_of",
    "parse_method",
    "week_of",
]
