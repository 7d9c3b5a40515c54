"""Counted weeks (R6): week 1 is the week of notification, weeks begin on Monday, a holiday week has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays import monday_of

ONE_WEEK = timedelta(weeks=1)
SATURDAY = 5

HolidayWeeks = Mapping[date, str] | Iterable[date]
ClosedDays = Mapping[date, str] | Iterable[date]


@dataclass(frozen=True, slots=True)
class CountedWeek:
    """One calendar week: its number, or None and the holiday's name where it is not counted."""

    number: int | None
    monday: date
    holiday_name: str = ""


class Weeks:
    """The calendar of one inspection: which weeks count, and on which days offices and schools work.

    ``holiday_weeks`` may name a week by any of its days, alone or with the holiday's name. ``closed`` are public
    holidays, alone or with their names; ``shut`` are the inspection's own days without work, with the reason.
    """

    __slots__ = ("_uncounted", "closed", "first", "holidays", "shut")

    def __init__(
        self,
        notified_on: date,
        holiday_weeks: HolidayWeeks = (),
        closed: ClosedDays = (),
        shut: Mapping[date, str] | None = None,
    ) -> None:
        self.first = monday_of(notified_on)
        self.holidays = {monday_of(day): name for day, name in _named(holiday_weeks).items()}
        self.closed = _named(closed)
        self.shut = dict(shut or {})
        self._uncounted = sorted(monday for monday in self.holidays if monday >= self.first)

    def monday(self, number: int) -> date:
        """The Monday of counted week ``number``, from 1 on."""
        monday = self.first + (number - 1) * ONE_WEEK
        for holiday in self._uncounted:
            if holiday > monday:
                break
            monday += ONE_WEEK
        return monday

    def day(self, number: int, weekday: int) -> date:
        """A weekday (0 is Monday) of counted week ``number``."""
        return self.monday(number) + timedelta(days=weekday)

    def number(self, day: date) -> int | None:
        """The counted week of ``day``; None in a holiday week and before week 1."""
        monday = monday_of(day)
        if monday < self.first or monday in self.holidays:
            return None
        return (monday - self.first).days // 7 + 1 - bisect_right(self._uncounted, monday)

    def works(self, day: date) -> bool:
        """Whether ``day`` is neither at a weekend nor closed."""
        return day.weekday() < SATURDAY and day not in self.closed and day not in self.shut

    def is_open(self, day: date) -> bool:
        """Whether ``day`` is a working day in a counted week: the days on which an inspection does things (R11)."""
        return self.works(day) and self.number(day) is not None

    def why_not(self, day: date) -> str:
        """Why ``day`` is not open, to follow the day's name: "is a public holiday (Good Friday)"."""
        if day.weekday() >= SATURDAY:
            return "is at a weekend"
        if day in self.closed:
            return f"is a public holiday{_in_brackets(self.closed[day])}"
        if day in self.shut:
            return f"is a day without work{_in_brackets(self.shut[day])}"
        if monday_of(day) in self.holidays:
            return f"is in a school-holiday week{_in_brackets(self.holidays[monday_of(day)])}"
        return "is before the week of notification"


def counted_weeks(notified_on: date, holiday_weeks: HolidayWeeks, until: date) -> list[CountedWeek]:
    """Every calendar week from the week of notification to that of ``until``, holidays among them without a number."""
    weeks = Weeks(notified_on, holiday_weeks)
    found, number, monday = [], 0, weeks.first
    while monday <= until:
        if monday in weeks.holidays:
            found.append(CountedWeek(None, monday, weeks.holidays[monday]))
        else:
            number += 1
            found.append(CountedWeek(number, monday))
        monday += ONE_WEEK
    return found


def week_of(day: date, notified_on: date, holiday_weeks: HolidayWeeks = ()) -> int | None:
    """The counted week of ``day``; None in a school-holiday week and before the week of notification."""
    return Weeks(notified_on, holiday_weeks).number(day)


def _named(days: Mapping[date, str] | Collection[date] | Iterable[date]) -> dict[date, str]:
    return dict(days) if isinstance(days, Mapping) else dict.fromkeys(days, "")


def _in_brackets(name: str) -> str:
    return f" ({name})" if name else ""
