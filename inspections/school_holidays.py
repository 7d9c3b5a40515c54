"""School-holiday weeks as councils hand them over: a CSV table, or a calendar file (.ics).

A week is a school-holiday week (R6) when at least ``DAYS_FOR_A_WEEK`` of its five school days are holidays:
a long weekend or an in-service day does not take a week out of the count. What is left out is said, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from core.dates import written_date
from core.tables import BadRow, Row, parse_spreadsheet
from core.workdays import monday_of

if TYPE_CHECKING:
    from icalendar import Component

DAYS_FOR_A_WEEK = 3
SCHOOL_DAYS = 5  # of a week
SAID_WHEN_NOTHING_IS_TAKEN = 5  # sentences of a refusal
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_HOLIDAY = 60  # days; Scottish summer holidays last some 47
LONGEST_NAME = 80
LARGEST_FILE = 2_000_000  # bytes; a school calendar has some 20 events a year
COLUMNS = ("monday", "name")

# Calendars of councils also say when school is open: those events are no holidays.
SCHOOL_IS_OPEN = re.compile(
    r"\b(term (\d|one|two|three|four|starts?|begins?|ends?)|(re)?opens?|returns?|resumes?"
    r"|(first|last) day|school day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HolidayWeek:
    """One week in which the schools of one area are closed."""

    gss_code: str
    monday: date
    name: str
    school_year: str
    source: str = ""
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: its weeks, how each came about where that is not plain, and what was left out with the reason.

    ``taken`` has a note for the Monday of a week that is less than five days of holiday, or was named by another day.
    """

    weeks: list[HolidayWeek]
    taken: dict[date, str]
    left_out: list[str]


# The holidays that every area has: name, the days that lie in it everywhere, and the days from and to which a known week
# of it may begin. As (month, day); Christmas runs into the next year.
USUAL_HOLIDAYS = (
    ("October", ((10, 5), (10, 24)), ((9, 28), (10, 31))),
    ("Christmas", ((12, 22), (1, 2)), ((12, 18), (1, 6))),
    ("Easter", ((3, 29), (4, 17)), ((3, 20), (4, 30))),
    ("summer", ((7, 1), (7, 31)), ((6, 24), (8, 10))),
)


def holidays_not_known(mondays: Iterable[date], first: date, last: date) -> list[str]:
    """The usual holidays between two days of which no week is known: ``["October 2026", "Christmas 2026"]``, in order."""
    known = list(mondays)
    missing: list[tuple[date, str]] = []
    for year in range(first.year - 1, last.year + 1):
        for name, core, around in USUAL_HOLIDAYS:
            begins, ends = _span_in(year, *core)
            early, late = _span_in(year, *around)
            if begins <= last and ends >= first and not any(early <= day <= late for day in known):
                missing.append((begins, f"{name} {year}"))
    return [name for _, name in sorted(missing)]


def _span_in(year: int, first: tuple[int, int], last: tuple[int, int]) -> tuple[date, date]:
    return date(year, *first), date(year + (last < first), *last)


def school_year_of(day: date) -> str:
    """2019-20 for 1 August 2019 to 31 July 2020."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def read_weeks(file: str, content: bytes, gss_code: str) -> Reading:
    """What an uploaded file says of one area: a calendar (.ics), or a table (.csv, .txt) about that area alone.

    Raises BadRow with row and reason.
    """
    if file.lower().endswith(".ics"):
        return parse_school_holidays_ics(content, gss_code, file)
    if file.lower().endswith((".csv", ".txt", ".tsv")):
        return parse_school_holidays_csv(content, gss_code, file)
    raise BadRow(file, None, "the file is neither a calendar (.ics) nor a table (.csv).")


def parse_school_holidays_csv(
    content: str | bytes, gss_code: str, file: str = "school holidays"
) -> Reading:
    """The weeks of one area in a table with columns monday and name (and, where known, source and certainty).

    ``monday`` may be any day of the week, written as people write dates. A column gss_code may say the area again; a row of
    another area is refused. In order of week. Raises BadRow with row and reason.
    """
    found: dict[date, HolidayWeek] = {}
    taken: dict[date, str] = {}
    for row in parse_spreadsheet(content, file, COLUMNS):
        day = _day_from(row)
        week = _week_from(row, gss_code, monday_of(day))
        if week.monday in found:
            raise row.refuse(f"the week of {_in_words(week.monday)} stands twice.")
        found[week.monday] = week
        if day != week.monday:
            taken[week.monday] = f"named by {_in_words(day)}"
    if not found:
        raise BadRow(file, None, "the table has no rows under its first line.")
    return Reading([found[monday] for monday in sorted(found)], taken, [])


def parse_school_holidays_ics(content: bytes, gss_code: str, file: str = "calendar") -> Reading:
    """The weeks of one area that the all-day events of a calendar file fill with holidays, in order.

    Events with a time of day are no holidays, nor are those that say school is open ("Term 2 starts"); these, and weeks with
    too few days, are left out and said. Raises BadRow: its row is the number of the event, from 1.
    """
    names: dict[date, str] = {}
    left_out: list[str] = []
    for number, event in enumerate(_events(content, file), start=1):
        days, why_not = _holidays_of(event, file, number)
        if why_not:
            left_out.append(why_not)
        for day in days:
            names.setdefault(day, _name_of(event))
    weeks, taken, too_few = _whole_weeks(names, gss_code, file)
    left_out = [*too_few, *left_out]
    if not weeks:
        raise BadRow(
            file,
            None,
            f"no week in the calendar has {DAYS_FOR_A_WEEK} or more school days of holiday as all-day events. "
            f"Left out: {' '.join(left_out[:SAID_WHEN_NOTHING_IS_TAKEN])}",
        )
    return Reading(weeks, taken, left_out)


def _day_from(row: Row) -> date:
    try:
        return written_date(row["monday"])
    except ValueError as fault:
        raise row.refuse(f"“{row['monday']}” cannot be read as a date. {fault}") from fault


def _week_from(row: Row, gss_code: str, monday: date) -> HolidayWeek:
    code = row.get("gss_code", "") or gss_code
    if code != gss_code:
        raise row.refuse(
            f"this row is about the area {code}, and this page about {gss_code}. "
            "Take the row out, or bring it in on the page of its area."
        )
    if len(row["name"]) > LONGEST_NAME:
        raise row.refuse(f"the name is longer than {LONGEST_NAME} characters.")
    year = row.get("school_year", "") or school_year_of(monday)
    return HolidayWeek(
        code, monday, row["name"], year, row.get("source", ""), row.get("certainty", "")
    )


def _events(content: bytes, file: str) -> list[Component]:
    from icalendar import Calendar  # slow to import, and only an import of a calendar needs it

    if not content.strip():
        raise BadRow(file, None, "the file is empty.")
    if len(content) > LARGEST_FILE:
        raise BadRow(
            file,
            None,
            f"the file is larger than {LARGEST_FILE // 1_000_000} MB; no school calendar is.",
        )
    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise BadRow(file, None, "the file is not a calendar file (.ics).")
    try:
        calendar = Calendar.from_ical(content.decode("utf-8-sig"))
    except (ValueError, IndexError, KeyError) as problem:
        raise BadRow(file, None, "the calendar file is damaged or cut short.") from problem
    events: list[Component] = list(calendar.walk("VEVENT"))
    if not events:
        raise BadRow(file, None, "the calendar has no events.")
    return events


def _holidays_of(event: Component, file: str, number: int) -> tuple[list[date], str]:
    """The school days that one event takes; none, and a sentence that says why, where it is not a holiday."""
    first, last = _span_of(event, file, number)
    named = f"“{_name_of(event)}”"
    if first is None or last is None:
        return [], f"{named} has a time of day, so it is no holiday."
    if SCHOOL_IS_OPEN.search(_name_of(event)):
        return [], f"{named}, {_in_words(first)}, says that school is open."
    if "RRULE" in event:
        raise BadRow(file, number, f"{named} repeats; give each holiday an event of its own.")
    if not (FIRST_YEAR <= first.year <= LAST_YEAR and FIRST_YEAR <= last.year <= LAST_YEAR):
        raise BadRow(
            file,
            number,
            f"{named} is in the year {first.year}, not between {FIRST_YEAR} and {LAST_YEAR}.",
        )
    if last < first:
        raise BadRow(file, number, f"{named} ends before it starts.")
    length = (last - first).days + 1
    if length > LONGEST_HOLIDAY:
        raise BadRow(file, number, f"{named} lasts {length} days, which no school holiday does.")
    days = [first + timedelta(days=ahead) for ahead in range(length)]
    school_days = [day for day in days if day.weekday() < 5]
    return school_days, "" if school_days else f"{named}, {_in_words(first)}, is at a weekend."


def _span_of(event: Component, file: str, number: int) -> tuple[date | None, date | None]:
    """First and last day of an all-day event; a calendar file gives the day after the last."""
    try:
        start = event.decoded("DTSTART", None)
        end = event.decoded("DTEND", None)
        duration = event.decoded("DURATION", None)
    except (ValueError, TypeError, AttributeError) as problem:
        raise BadRow(file, number, "the event has a date that is not a date.") from problem
    if not isinstance(start, date):
        raise BadRow(file, number, "the event has no date, or one that is not a date.")
    if isinstance(start, datetime):
        return None, None
    if isinstance(end, datetime) or (end is not None and not isinstance(end, date)):
        raise BadRow(file, number, "the event starts on a day and ends at a time.")
    try:
        if end is None:
            end = start + duration if isinstance(duration, timedelta) else start + timedelta(days=1)
        return start, max(end - timedelta(days=1), start) if end >= start else end
    except OverflowError as problem:
        raise BadRow(file, number, "the event has a date that is not a date.") from problem


def _name_of(event: Component) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME] or "School holiday"


def _whole_weeks(
    names: dict[date, str], gss_code: str, file: str
) -> tuple[list[HolidayWeek], dict[date, str], list[str]]:
    """The weeks with enough days, a note on those that are not all holiday, and a sentence on each that has too few."""
    weeks: list[HolidayWeek] = []
    taken: dict[date, str] = {}
    too_few: list[str] = []
    by_week = ((monday, list(days)) for monday, days in groupby(sorted(names), monday_of))
    for monday, days in by_week:
        titles = [names[day] for day in days]
        if len(days) < DAYS_FOR_A_WEEK:
            too_few.append(_too_few(monday, days, titles))
            continue
        name = max(titles, key=titles.count)
        weeks.append(
            HolidayWeek(
                gss_code, monday, name, school_year_of(monday), source=file, certainty="published"
            )
        )
        if len(days) < SCHOOL_DAYS:
            taken[monday] = f"{len(days)} of its {SCHOOL_DAYS} school days"
    return weeks, taken, too_few


def _too_few(monday: date, days: list[date], titles: list[str]) -> str:
    which = " and ".join(f"{day:%A} {day.day} {day:%B}" for day in days)
    named = " and ".join(f"“{title}”" for title in dict.fromkeys(titles))
    return (
        f"The week of {_in_words(monday)} has only {which} ({named}); "
        f"a week takes no number when {DAYS_FOR_A_WEEK} or more of its {SCHOOL_DAYS} school days are holidays."
    )


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
