"""The timetable of an inspection, drawn from its method: a pure function, without a database and without the web.

``parse_method`` reads a method from its rows, ``draw_timetable`` turns it into dated entries (R6 to R12).
``counted_weeks`` and ``week_of`` answer which counted week a day is in.
"""

from core.workdays import monday_of
from inspections.timetable.checks import Broken, Stand, broken_rules, reckoned_from
from inspections.timetable.draw import draw_after, draw_timetable
from inspections.timetable.entries import Entry, Override, TimetableRefused
from inspections.timetable.files import method_row, read_method, read_phases, read_steps
from inspections.timetable.method import (
    AFTER,
    Kind,
    Method,
    Phase,
    Step,
    check_method,
    parse_method,
)
from inspections.timetable.phases import Phases, parse_phases
from inspections.timetable.replan import Replanned, replan
from inspections.timetable.weeks import CountedWeek, Weeks, counted_weeks, week_of

__all__ = [
    "AFTER",
    "Broken",
    "CountedWeek",
    "Entry",
    "Kind",
    "Method",
    "Override",
    "Phase",
    "Phases",
    "Replanned",
    "Stand",
    "Step",
    "TimetableRefused",
    "Weeks",
    "broken_rules",
    "check_method",
    "counted_weeks",
    "draw_after",
    "draw_timetable",
    "method_row",
    "monday_of",
    "parse_method",
    "parse_phases",
    "read_method",
    "read_phases",
    "read_steps",
    "reckoned_from",
    "replan",
    "week_of",
]
