"""School-holiday weeks as councils hand them over: a CSV table, or a calendar file (.ics).

A week is a school-holiday week (R6) when at least ``DAYS_FOR_A_WEEK`` of its five school days are holidays:
a long weekend or an in-service day does not take a week out of the count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.tables import BadRow, Row, parse_csv
from core.workdays import monday_of

if TYPE_CHECKING:
    from icalendar import Component

DAYS_FOR_A_WEEK = 3
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_HOLIDAY = 60  # days; Scottish summer holidays last some 47
LONGEST_NAME = 80
LARGEST_FILE = 2_000_000  # bytes; a school calendar has some 20 events a year
COLUMNS = ("gss_code", "monday", "name")

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


def school_year_of(day: date) -> str:
    """2019-20 for 1 August 2019 to 31 July 2020."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def read_weeks(file: str, content: bytes, gss_code: str) -> list[HolidayWeek]:
    """The weeks of one area in an uploaded file: a calendar (.ics), or a table (.csv) about that area alone.

    Raises BadRow with row and reason.
    """
    if file.lower().endswith(".ics"):
        return parse_school_holidays_ics(content, gss_code, {gss_code}, file)
    if file.lower().endswith(".csv"):
        return parse_school_holidays_csv(content, {gss_code}, file)
    raise BadRow(file, None, "the file is neither a calendar (.ics) nor a table (.csv).")


def parse_school_holidays_csv(
    content: str | bytes, known_codes: Collection[str], file: str = "school holidays"
) -> list[HolidayWeek]:
    """The weeks in a table with columns gss_code, monday and name (and, where known, source and certainty).

    ``monday`` may be any day of the week. In order of area and week. Raises BadRow with row and reason.
    """
    found: dict[tuple[str, date], HolidayWeek] = {}
    for row in parse_csv(content, file, COLUMNS):
        week = _week_from(row, known_codes)
        if (week.gss_code, week.monday) in found:
            raise row.refuse(
                f"the week of {week.monday.isoformat()} stands twice for {week.gss_code}."
            )
        found[week.gss_code, week.monday] = week
    if not found:
        raise BadRow(file, None, "the table has no rows under its first line.")
    return [found[place] for place in sorted(found)]


def parse_school_holidays_ics(
    content: bytes, gss_code: str, known_codes: Collection[str], file: str = "calendar"
) -> list[HolidayWeek]:
    """The weeks of one area that the all-day events of a calendar file fill with holidays, in order.

    Events with a time of day are no holidays, nor are those that say school is open ("Term 2 starts").
    Raises BadRow: its row is the number of the event, from 1.
    """
    if gss_code not in known_codes:
        raise BadRow(file, None, f"the area code “{gss_code}” is not known.")
    names: dict[date, str] = {}
    for number, event in enumerate(_events(content, file), start=1):
        for day in _holidays_of(event, file, number):
            names.setdefault(day, _name_of(event))
    weeks = list(_whole_weeks(names, gss_code, file))
    if not weeks:
        raise BadRow(
            file,
            None,
            f"no week in the calendar has {DAYS_FOR_A_WEEK} or more school days of holiday as all-day events.",
        )
    return weeks


def _week_from(row: Row, known_codes: Collection[str]) -> HolidayWeek:
    code = row["gss_code"]
    if code not in known_codes:
        raise row.refuse(f"the area code “{code}” is not known here.")
    try:
        day = date.fromisoformat(row["monday"])
    except ValueError as problem:
        raise row.refuse(f"“{row['monday']}” is not a date like 2025-10-13.") from problem
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise row.refuse(f"the year {day.year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    if len(row["name"]) > LONGEST_NAME:
        raise row.refuse(f"the name is longer than {LONGEST_NAME} characters.")
    monday = monday_of(day)
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


def _holidays_of(event: Component, file: str, number: int) -> Iterable[date]:
    """The school days that one event takes; none where it is not a holiday."""
    first, last = _span_of(event, file, number)
    if first is None or last is None or SCHOOL_IS_OPEN.search(_name_of(event)):
        return []
    named = f"“{_name_of(event)}”"
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
    days = (first + timedelta(days=ahead) for ahead in range(length))
    return [day for day in days if day.weekday() < 5]


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
    if end is None:
        end = start + duration if isinstance(duration, timedelta) else start + timedelta(days=1)
    return start, max(end - timedelta(days=1), start) if end >= start else end


def _name_of(event: Component) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME] or "School holiday"


def _whole_weeks(names: dict[date, str], gss_code: str, file: str) -> Iterable[HolidayWeek]:
    for monday in sorted({monday_of(day) for day in names}):
        days = [day for day in sorted(names) if monday_of(day) == monday]
        if len(days) >= DAYS_FOR_A_WEEK:
            titles = [names[day] for day in days]
            name = max(titles, key=titles.count)
            yield HolidayWeek(
                gss_code, monday, name, school_year_of(monday), source=file, certainty="published"
            )
