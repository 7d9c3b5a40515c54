"""Working days in Scotland: Monday to Friday, without public holidays and days an area closes by itself.

Public holidays come from the ``holidays`` library (offline), imported only when first asked for.
Councils close on further local days, which differ by area: every function takes them as ``also_closed``.
``count_on`` asks no calendar: whoever calls it brings the closed days,
so that the timetable engine stays a pure function of what it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 2000
LAST_YEAR = 2099
ONE_DAY = timedelta(days=1)


def monday_of(day: date) -> date:
    """The Monday that begins the week of ``day``; weeks run from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def public_holidays(years: Iterable[int]) -> dict[date, str]:
    """The public holidays of Scotland in ``years``: day and name, in order of day.

    Where a holiday falls on a weekend, the weekday on which it is observed is listed too.
    Raises ValueError for a year outside 2000 to 2099.
    """
    found: dict[date, str] = {}
    for year in sorted(set(years)):
        found.update(_public_holidays_of(year))
    return found


def is_working_day(day: date, also_closed: Collection[date] = ()) -> bool:
    """Whether offices in Scotland work on ``day``."""
    if day.weekday() >= 5 or day in also_closed:
        return False
    return day not in _public_holidays_of(day.year)


def working_days_after(day: date, n: int, also_closed: Collection[date] = ()) -> date:
    """The n-th working day after ``day`` (which is not counted itself); ``day`` where n is 0.

    Ten working days after Monday 2 June 2025 is Monday 16 June 2025. Raises ValueError where n is negative.
    """
    if n < 0:
        raise ValueError(f"Working days are counted forwards; {n} is negative.")
    while n:
        day += ONE_DAY
        if is_working_day(day, also_closed):
            n -= 1
    return day


def count_on(day: date, n: int, closed: Collection[date]) -> date:
    """As ``working_days_after``, where ``closed`` is every weekday without work that matters; asks no calendar."""
    if n < 0:
        raise ValueError(f"Working days are counted forwards; {n} is negative.")
    while n:
        day += ONE_DAY
        if day.weekday() < 5 and day not in closed:
            n -= 1
    return day


@lru_cache(maxsize=128)
def _public_holidays_of(year: int) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"Public holidays are known from {FIRST_YEAR} to {LAST_YEAR}; {year} is outside."
        )
    from holidays import country_holidays  # slow to import, and only some pages need it

    listed = country_holidays("GB", subdiv="SCT", years=year, expand=False, language="en_GB")
    return {day: listed[day] for day in sorted(listed) if day.year == year}


def working_days_between(first: date, last: date, also_closed: Collection[date] = ()) -> int:
    """How many working days lie after ``first`` up to and with ``last``; 0 where ``last`` is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, also_closed) for day in days)
