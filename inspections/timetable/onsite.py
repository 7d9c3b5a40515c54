"""The ten on-site days (R9 to R11): which days they are when holidays are in the way, or when somebody moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays import ONE_DAY, monday_of
from inspections.timetable.entries import Override, TimetableRefused, in_words
from inspections.timetable.method import ONSITE_PHASE, WEEKDAYS, Method, Step
from inspections.timetable.weeks import Weeks

FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a step stands; ``days`` only for on-site steps."""

    starts_on: date
    ends_on: date
    days: tuple[date, ...] = ()
    note: str = ""


def deal_onsite_days(
    method: Method, weeks: Weeks, by_hand: Mapping[str, Placed]
) -> dict[str, Placed]:
    """The on-site steps placed: each in its own weeks or, where days are taken or closed, on the next free ones.

    ``by_hand`` are the steps that somebody moved, already placed. Raises TimetableRefused where the days do not sum to
    the method's, stand on each other, or do not fit into phase two.
    """
    placed: dict[str, Placed] = {}
    last: date | None = None
    for number, step in enumerate(method.onsite_steps):
        if step.key in by_hand:
            days, note = by_hand[step.key].days, by_hand[step.key].note
            if last and days[0] <= last:
                raise TimetableRefused(
                    f"“{step.title}” would start before the on-site days before it end.", "R9"
                )
        else:
            wanted = tuple(_nominal(step, weeks))
            days = _free_days(step, weeks, wanted[0], last)
            if number == 0:
                days = _together(days, wanted[0], weeks)
            note = _why_moved(wanted, days, weeks)
        placed[step.key] = Placed(days[0], days[-1], days, note)
        last = days[-1]
    _check(method, weeks, placed)
    return placed


def onsite_by_hand(step: Step, override: Override, weeks: Weeks) -> Placed:
    """On-site days that somebody moved: the open days from the first to the last, both open themselves (R11)."""
    for day in (override.starts_on, override.ends_on):
        if not weeks.is_open(day):
            raise TimetableRefused(
                f"{in_words(day)} {weeks.why_not(day)}; an on-site day cannot be there. "
                f"Choose another day for “{step.title}”.",
                "R11",
            )
    span = (override.ends_on - override.starts_on).days
    days = (override.starts_on + timedelta(days=ahead) for ahead in range(span + 1))
    found = tuple(day for day in days if weeks.is_open(day))
    return Placed(found[0], found[-1], found, moved_by_hand(override))


def moved_by_hand(override: Override) -> str:
    """The note of a step that somebody moved."""
    return f"Moved by hand: {override.reason.strip()}"


def _nominal(step: Step, weeks: Weeks) -> Iterator[date]:
    """The weekdays on which the method puts the step, closed or not."""
    week, first = step.place
    for ahead in range(step.length):
        further, weekday = divmod(first + ahead, len(WEEKDAYS))
        yield weeks.day(week + further, weekday)


def _free_days(step: Step, weeks: Weeks, start: date, last: date | None) -> tuple[date, ...]:
    day = max(start, last + ONE_DAY) if last else start
    found: list[date] = []
    while len(found) < step.length:
        if weeks.is_open(day):
            found.append(day)
        day += ONE_DAY
    return tuple(found)


def _together(days: tuple[date, ...], start: date, weeks: Weeks) -> tuple[date, ...]:
    """R10: as many days in a row without a gap, later in the same week; ``days`` where that week has none."""
    length = timedelta(days=len(days) - 1)
    first = start
    while first + length <= monday_of(start) + FRIDAY:
        run = tuple(first + timedelta(days=ahead) for ahead in range(len(days)))
        if all(weeks.is_open(day) for day in run):
            return run
        first += ONE_DAY
    return days


def _why_moved(wanted: tuple[date, ...], days: tuple[date, ...], weeks: Weeks) -> str:
    if days == wanted:
        return ""
    closed = [f"{in_words(day)} {weeks.why_not(day)}" for day in wanted if not weeks.is_open(day)]
    return (
        f"Moved: {'; '.join(closed)}."
        if closed
        else "Moved, because the on-site days before it moved."
    )


def _check(method: Method, weeks: Weeks, placed: Mapping[str, Placed]) -> None:
    total = sum(len(place.days) for place in placed.values())
    if total != method.onsite_days:
        raise TimetableRefused(
            f"The on-site days would be {total}; an inspection has {method.onsite_days}. Move them together.",
            "R9",
        )
    first, last = method.phases[ONSITE_PHASE]
    for step in method.onsite_steps:
        for day in placed[step.key].days:
            week = weeks.number(day)
            if week is None or not first <= week <= last:
                raise TimetableRefused(
                    f"{in_words(day)} is in week {week}, outside phase two (weeks {first} to {last}); "
                    f"on-site days cannot be there. Check the holidays around “{step.title}”.",
                    "R9",
                )
