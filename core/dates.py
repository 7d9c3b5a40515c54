"""Dates as people write them, in forms and in the tables that they bring in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from core.words import listed

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EXAMPLE_OF_A_DATE = "8 December 2025"


def written_date(words: str) -> date:
    """The date in ``8 December 2025``, ``Mon 8th Dec 2025 (week 14)``, ``8/12/2025``, ``8.12.25`` or ``2025-12-08``.

    Day before month, always. Raises ``ValueError`` with a sentence that says what is wrong: not a date, a day that the
    month does not have, or a weekday that is not the one of that date.
    """
    text = re.sub(r"\(week \d+\)", "", words.strip().lower()).strip()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, number = (int(part) for part in found.groups())
        return _real_date(number, month, year)
    if found := re.fullmatch(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4}|\d{2})", text):
        number, month, year = (int(part) for part in found.groups())
        return _real_date(number, month, year)
    found = re.fullmatch(
        r"(?:([a-z]{3,9})\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})",
        text,
    )
    if found is None:
        raise ValueError(f"Write the date as day, month and year, for example {EXAMPLE_OF_A_DATE}.")
    weekday, number_text, month_word, year_text = found.groups()
    month = _index_of(month_word, MONTHS) + 1
    if not month:
        raise ValueError(
            f"“{month_word}” is not a month. Write the date as day, month and year, for example {EXAMPLE_OF_A_DATE}."
        )
    result = _real_date(int(number_text), month, int(year_text))
    if weekday and _index_of(weekday, DAYS) != result.weekday():
        raise ValueError(
            f"{result.day} {result:%B} {result.year} is a {result:%A}. Check the day and the date."
        )
    return result


def _index_of(word: str, names: Sequence[str]) -> int:
    """The place of the one name that the word begins, at least three letters of it; -1 when there is none."""
    return next(
        (
            place
            for place, name in enumerate(names)
            if name.startswith(word) or (word == "sept" and name == "september")
        ),
        -1,
    )


def _real_date(number: int, month: int, year: int) -> date:
    if year < 100:
        year += 2000
    if not 1 <= month <= 12:
        raise ValueError(
            f"There is no month {month}. Write the day first, then the month, for example {EXAMPLE_OF_A_DATE}."
        )
    if not 2000 <= year <= 2099:
        raise ValueError(f"Check the year: {year} is not one that an inspection can fall in.")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        name = MONTHS[month - 1].capitalize()
        raise ValueError(f"There is no {number} {name}: {name} {year} has {last} days.")
    return date(year, month, number)


def day_in_words(day: date | datetime | None) -> str:
    """``8 December 2025``; of a moment with a time zone the day that it falls on here. Nothing for no day."""
    return f"{_here(day):%-d %B %Y}" if day else ""


def weekday_in_words(day: date | datetime | None) -> str:
    """``Monday 8 December 2025``; of a moment with a time zone the day that it falls on here. Nothing for no day."""
    return f"{_here(day):%A %-d %B %Y}" if day else ""


def _here(day: date | datetime) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


def days_in_words(days: Iterable[date]) -> str:
    """Days as a sentence names them, those in a row together: ``3 to 5 and 10 November 2025``, ``31 March and 1 April 2025``.

    Days with only a weekend between them are in a row. Nothing for no day.
    """
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][-1]).days <= (3 if day.weekday() == 0 else 1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([_run(run, runs[place + 1 :]) for place, run in enumerate(runs)])


def _run(run: list[date], after: list[list[date]]) -> str:
    """One run; month and year are said once where what follows has the same."""
    first, last = run[0], run[-1]
    following = after[0][0] if after else None
    ends = _ending(last, following)
    return f"{_ending(first, last)} to {ends}" if first != last else ends


def _ending(day: date, following: date | None) -> str:
    if following is None or day.year != following.year:
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.day} {day:%B}" if day.month != following.month else f"{day.day}"
