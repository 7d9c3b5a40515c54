"""What the calendar of an area takes."""

from __future__ import annotations

from datetime import date

from core.dates import weekday_in_words
from core.verdicts import Verdict, require
from inspections.models import Area


def may_add_school_holiday_week(area: Area, *, monday: date) -> Verdict:
    """A week is a school-holiday week of an area once (R6)."""
    return require(
        not area.school_holiday_weeks.filter(monday=monday).exists(),
        f"The week of {weekday_in_words(monday)} is a school-holiday week of {area} already.",
        source="R6",
    )
