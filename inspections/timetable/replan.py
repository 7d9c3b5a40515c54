"""Planning anew: one date moves, or the calendar changes, and every other date that hangs on it is reckoned again.

Nothing moves that does not have to. The timetable is drawn twice around what is fixed, by the calendar as it was and as it
will be; only where the two drawings differ does a step leave the place where it stands. So what somebody moved by hand
earlier stays moved, and keeps its counted week when weeks are numbered anew (R6, R8).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from core.workdays import ONE_DAY
from inspections.timetable.checks import Stand
from inspections.timetable.draw import draw_around
from inspections.timetable.method import AFTER, NOTIFICATION, Kind, Method, Step
from inspections.timetable.onsite import Placed
from inspections.timetable.weeks import Weeks


@dataclass(frozen=True, slots=True)
class Replanned:
    """Where every step would stand. ``moved`` are the keys of those that leave their place, in the order of the method; ``notes`` say of
    those that could not stand where the method would have them why."""

    stands: dict[str, Stand]
    moved: tuple[str, ...]
    notes: dict[str, str]


def replan(
    method: Method,
    notified_on: date,
    before: Weeks,
    after: Weeks,
    stands: Mapping[str, Stand],
    *,
    since: date,
    given: Mapping[str, Stand] | None = None,
    stay: Collection[str] = (),
) -> Replanned:
    """Where the steps of ``stands`` would stand by the calendar ``after``, with those in ``given`` on the days given.

    What is done stays, and so does what lay wholly before ``since`` and is not given another day; what has begun keeps its beginning.
    ``stay`` are the keys of steps that are left where they are, whatever they hang on. Raises TimetableRefused where no timetable
    can be drawn.
    """
    given = given or {}
    present = _Present(method, before, after, stands, since)
    plain = draw_around(method, notified_on, before, {})
    fixed_before, fixed_after = {}, {}
    for key, stand in stands.items():
        step = method.step(key)
        if step is None:
            continue
        here = Placed(stand.starts_on, stand.ends_on, stand.days)
        moved = given.get(key)
        if moved is not None and stand.is_open:  # also one whose day went by without it
            fixed_before[key] = here
            fixed_after[key] = Placed(moved.starts_on, moved.ends_on, moved.days)
        elif present.is_over(step, stand) or key in stay:
            fixed_before[key] = fixed_after[key] = here
        elif present.has_begun(step, stand):
            fixed_before[key], fixed_after[key] = here, present.going_on(step, stand)
        elif _differs(plain[key], stand):
            fixed_before[key], fixed_after[key] = here, present.mapped(step, stand)
    was = draw_around(method, notified_on, before, fixed_before)
    will = draw_around(method, notified_on, after, fixed_after)
    found, notes = dict(stands), {}
    for step in method.steps:
        standing, there = stands.get(step.key), will[step.key]
        if standing is None or _same(was[step.key], there) or not _differs(there, standing):
            continue
        found[step.key] = Stand(
            step.key,
            there.starts_on,
            there.ends_on,
            there.days,
            standing.done_on,
            standing.is_open,
        )
        notes[step.key] = there.note
    return Replanned(found, tuple(notes), notes)


@dataclass(frozen=True, slots=True)
class _Present:
    """What a step's present place becomes when the calendar changes."""

    method: Method
    before: Weeks
    after: Weeks
    stands: Mapping[str, Stand]
    since: date

    def is_over(self, step: Step, stand: Stand) -> bool:
        """It is done, or lies wholly in the past, or is the start of the clock: it does not move any more."""
        return not stand.is_open or stand.ends_on < self.since or step.key == NOTIFICATION

    def has_begun(self, step: Step, stand: Stand) -> bool:
        return stand.starts_on < self.since

    def going_on(self, step: Step, stand: Stand) -> Placed:
        """What has begun keeps its first day. On-site days that are still to come go on, on the next free ones."""
        if step.kind is Kind.ONSITE:
            gone = [day for day in stand.days if day < self.since]
            return self._onsite(gone, [day for day in stand.days if day >= self.since])
        return Placed(stand.starts_on, max(stand.starts_on, self._day(step, stand.ends_on)))

    def mapped(self, step: Step, stand: Stand) -> Placed:
        """Where a step that somebody moved stands when the weeks are numbered anew: in the same week, on the same weekday."""
        if step.kind is Kind.ONSITE:
            return self._onsite([], list(stand.days))
        starts_on, ends_on = self._day(step, stand.starts_on), self._day(step, stand.ends_on)
        if step.kind is Kind.WINDOW:
            return Placed(starts_on, max(starts_on, ends_on))
        if step.phase != AFTER:
            while self.before.is_open(stand.starts_on) and not self.after.is_open(starts_on):
                starts_on += ONE_DAY
        return Placed(starts_on, starts_on)

    def _day(self, step: Step, day: date) -> date:
        week = None if step.phase == AFTER else self.before.number(day)
        return day if week is None else self.after.day(week, day.weekday())

    def _onsite(self, gone: list[date], ahead: list[date]) -> Placed:
        """As many days as there were: those that are gone by, then each on its own day or the next that is free."""
        days = list(gone)
        for day in ahead:
            week = self.before.number(day)
            there = day if week is None else self.after.day(week, day.weekday())
            while not self.after.is_open(there) or (days and there <= days[-1]):
                there += ONE_DAY
            days.append(there)
        return Placed(days[0], days[-1], tuple(days))


def _differs(place: Placed, stand: Stand) -> bool:
    return (place.starts_on, place.ends_on, place.days) != (
        stand.starts_on,
        stand.ends_on,
        stand.days,
    )


def _same(one: Placed, other: Placed) -> bool:
    return (one.starts_on, one.ends_on, one.days) == (other.starts_on, other.ends_on, other.days)
