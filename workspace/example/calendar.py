"""Glenmarrow's school holidays, and the notification date that puts a day into a chosen counted week."""

from __future__ import annotations

from datetime import date, timedelta

from core.workdays import is_working_day, monday_of

WEEK = timedelta(weeks=1)


def holiday_weeks(years: range) -> dict[date, str]:
    """Invented, in the usual Scottish pattern: one week in October and February, two at Christmas and Easter, summer."""
    found: dict[date, str] = {}
    for year in years:
        _add(found, monday_of(date(year, 2, 18)), 1, "February")
        _add(found, monday_of(date(year, 4, 7)), 2, "Easter")
        _add(found, monday_of(date(year, 7, 1)), 6, "Summer")
        _add(found, monday_of(date(year, 10, 15)), 1, "October")
        _add(found, monday_of(date(year, 12, 24)), 2, "Christmas")
    return found


def _add(found: dict[date, str], monday: date, weeks: int, name: str) -> None:
    for number in range(weeks):
        found[monday + number * WEEK] = name


def notified_for(today: date, week: int, holidays: dict[date, str]) -> date:
    """The first working day of the week of notification for which ``today`` is in counted week ``week``.

    A ``today`` in a holiday week counts as the week before it.
    """
    monday = monday_of(today)
    left = week
    while True:
        if monday not in holidays:
            left -= 1
            if left == 0:
                return _first_working_day(monday) or monday
        monday -= WEEK


def _first_working_day(monday: date) -> date | None:
    days = (monday + timedelta(days=n) for n in range(5))
    return next((day for day in days if is_working_day(day)), None)
