"""The inspection's calendar: counted weeks, phases, holidays, and how a span of days is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects

from core.dates import day_in_words, weekday_in_words
from core.memo import asked_once
from core.workdays import public_holidays
from inspections import school_holidays, timetable
from inspections.enums import Cause
from inspections.models import Area, Inspection, Method, MethodPhase, SchoolHolidayWeek, Step
from inspections.timetable import Entry


def holiday_mondays(inspection: Inspection) -> dict[date, str]:
    """The school-holiday weeks by which it is counted, Monday to name: its area's while it is a plan, its own from
    notification on (R5). A page asks often; the database is asked once.
    """
    if inspection.notified_on is None:
        prefetch_related_objects([inspection.area], "school_holiday_weeks")
        return {week.monday: week.name for week in inspection.area.school_holiday_weeks.all()}
    prefetch_related_objects([inspection], "holiday_weeks")
    return {week.begins_on: week.name for week in inspection.holiday_weeks.all()}


def shut_days(inspection: Inspection) -> dict[date, str]:
    """The days on which this inspection does not work, each with the reason. A page asks often; the database is asked once."""
    if inspection.notified_on is None:
        return {}
    prefetch_related_objects([inspection], "closures")
    return {
        one.starts_on + timedelta(days=n): one.reason
        for one in inspection.closures.all()
        if one.kind == Cause.CLOSED
        for n in range((one.ends_on - one.starts_on).days + 1)
    }


def running_in(area: Area) -> list[Inspection]:
    """The inspections of an area that run by weeks of their own, whatever its calendar says from now on."""
    return list(area.inspections.running())


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school-holiday weeks of an area in one school year, August to July."""

    name: str
    weeks: list[SchoolHolidayWeek]
    is_open: bool


def school_years(area: Area, today: date) -> list[SchoolYear]:
    """The school-holiday weeks by school year: this year and the next, open and there even when none is known; then later
    years, and those gone by with the newest first.
    """
    now, soon = (
        school_holidays.school_year_of(today),
        school_holidays.school_year_of(today + timedelta(days=365)),
    )
    by_year: dict[str, list[SchoolHolidayWeek]] = {now: [], soon: []}
    for week in area.school_holiday_weeks.all():
        by_year.setdefault(school_holidays.school_year_of(week.monday), []).append(week)
    years = [SchoolYear(name, by_year[name], name in (now, soon)) for name in sorted(by_year)]
    coming = [year for year in years if year.name >= now]
    return [*coming, *reversed(years[: -len(coming)])]


def phases_of(method: Method) -> timetable.Phases:
    """First and last counted week of each phase, as the method's data says (R7). A page asks often; the database is asked once."""
    rows = asked_once(
        ("phases", method.pk), lambda: list(MethodPhase.objects.filter(method=method))
    )
    return {phase.number: (phase.first_week, phase.last_week) for phase in rows}


def _closed_days(start: date) -> dict[date, str]:
    return public_holidays(range(start.year, start.year + 4))


def calendar_weeks(inspection: Inspection, *, until: date) -> list[timetable.CountedWeek]:
    """Every calendar week from week 1, with its number or the name of its holiday."""
    return timetable.counted_weeks(inspection.week_one_date, holiday_mondays(inspection), until)


def week_of(inspection: Inspection, day: date) -> int | None:
    """The counted week of a day, or None before week 1 and in a school-holiday week."""
    return timetable.week_of(day, inspection.week_one_date, holiday_mondays(inspection))


def week_of_step(step: Step, day: date) -> int | None:
    """The counted week of a step on a day. After publication weeks are counted no more (R7)."""
    return None if step.phase == timetable.AFTER else week_of(step.inspection, day)


def week_of_entry(entry: Entry) -> int | None:
    """The counted week that a drawn step carries into the product: none after publication."""
    return None if entry.phase == timetable.AFTER else entry.week


def span(starts_on: date, ends_on: date) -> str:
    """One day or two, in words."""
    if starts_on == ends_on:
        return weekday_in_words(starts_on)
    return f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"


def calendar_of(inspection: Inspection) -> timetable.Weeks:
    """The inspection's calendar: its counted weeks, its school holidays, the public ones, and its own days without work."""
    start = inspection.week_one_date
    return timetable.Weeks(
        start, holiday_mondays(inspection), _closed_days(start), shut_days(inspection)
    )


def holidays_not_known(inspection: Inspection) -> str:
    """The usual school holidays in the time of the inspection that its calendar lacks, in words; empty when none."""
    mondays = holiday_mondays(inspection)
    weeks = timetable.Weeks(inspection.week_one_date, mondays)
    last = weeks.monday(inspection.method.weeks) + timedelta(days=6)
    missing = school_holidays.holidays_not_known(mondays, weeks.first, last)
    return " and ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))
