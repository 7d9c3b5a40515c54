"""What would follow if a date moved or the calendar changed: every step that leaves its place, and where to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from core.workdays import monday_of
from inspections import timetable
from inspections.enums import Cause
from inspections.models import Closure, Inspection, Step
from inspections.queries.calendar import (
    _closed_days,
    calendar_of,
    holiday_mondays,
    shut_days,
)
from inspections.queries.draft import method_of
from inspections.queries.moves import stand_after_move, stands_of
from inspections.queries.people import holders_of
from inspections.queries.steps import OWNER_ROLES

PUBLICATION = "publication"
COORDINATORS = (Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR)


@dataclass(frozen=True, slots=True)
class MovedStep:
    """One step that would leave its place. ``is_asked``: somebody gives it these dates; the others follow."""

    step: Step
    stood: timetable.Stand
    stand: timetable.Stand
    week: int | None
    note: str
    is_asked: bool

    @property
    def days(self) -> list[str]:
        """Its on-site days, as they are kept."""
        return [day.isoformat() for day in self.stand.days]


@dataclass(frozen=True, slots=True)
class Plan:
    """One change and all that follows from it, before anything is released. ``cannot`` says why no timetable can be drawn.

    ``left`` are the steps that would follow and that somebody leaves where they stand.
    """

    inspection: Inspection
    method: timetable.Method
    weeks: timetable.Weeks
    before: dict[str, timetable.Stand]
    stands: dict[str, timetable.Stand]
    moved: tuple[MovedStep, ...] = ()
    left: tuple[Step, ...] = ()
    cannot: timetable.TimetableRefused | None = None

    @property
    def keys(self) -> set[str]:
        """The keys of the steps that would leave their place."""
        return {one.step.key for one in self.moved}

    @property
    def followers(self) -> list[MovedStep]:
        """Those that nobody asked for: they follow."""
        return [one for one in self.moved if not one.is_asked]


def plan_of_move(
    step: Step, *, starts_on: date, ends_on: date, stay: Collection[str] = (), today: date
) -> Plan:
    """What follows if one step had these dates."""
    weeks = calendar_of(step.inspection)
    given = {step.key: stand_after_move(step, starts_on, ends_on)}
    return _plan(step.inspection, weeks, since=today, given=given, stay=stay)


def plan_of_closing(
    inspection: Inspection,
    *,
    starts_on: date,
    ends_on: date,
    reason: str,
    stay: Collection[str] = (),
    today: date,
) -> Plan:
    """What follows if the inspection did not work on these days."""
    days = {starts_on + timedelta(days=n): reason for n in range((ends_on - starts_on).days + 1)}
    start = inspection.week_one_date
    after = timetable.Weeks(
        start, holiday_mondays(inspection), _closed_days(start), shut_days(inspection) | days
    )
    return _plan(inspection, after, since=min(today, starts_on), stay=stay)


def plan_of_week(
    inspection: Inspection, *, day: date, reason: str, stay: Collection[str] = (), today: date
) -> Plan:
    """What follows if the week of a day took no number."""
    start = inspection.week_one_date
    weeks = holiday_mondays(inspection) | {monday_of(day): reason}
    after = timetable.Weeks(start, weeks, _closed_days(start), shut_days(inspection))
    return _plan(inspection, after, since=today, stay=stay)


def plan_of_election(
    inspection: Inspection,
    *,
    starts_on: date,
    ends_on: date,
    stay: Collection[str] = (),
    today: date,
) -> Plan:
    """What follows if no report is published on these days: publication stands on the first open day after them."""
    weeks = calendar_of(inspection)
    given = {}
    publication = inspection.steps.filter(key=PUBLICATION).first()
    if publication and starts_on <= publication.starts_on <= ends_on:
        day = ends_on + timedelta(days=1)
        while not weeks.is_open(day):
            day += timedelta(days=1)
        given[PUBLICATION] = timetable.Stand(PUBLICATION, day, day)
    return _plan(inspection, weeks, since=today, given=given, stay=stay)


def _plan(
    inspection: Inspection,
    after: timetable.Weeks,
    *,
    since: date,
    given: dict[str, timetable.Stand] | None = None,
    stay: Collection[str] = (),
) -> Plan:
    method, before = method_of(inspection), calendar_of(inspection)
    steps = {step.key: step for step in inspection.steps.all()}
    stands = stands_of(steps.values())
    start = inspection.week_one_date
    given = given or {}
    try:
        found = timetable.replan(
            method, start, before, after, stands, since=since, given=given, stay=stay
        )
    except timetable.TimetableRefused as refused:
        return Plan(inspection, method, after, stands, stands | given, cannot=refused)
    moved = []
    for key in found.moved:
        step, stand = steps[key], found.stands[key]
        step.inspection = inspection
        number = None if step.phase == timetable.AFTER else after.number(stand.starts_on)
        moved.append(MovedStep(step, stands[key], stand, number, found.notes[key], key in given))
    moved.sort(key=lambda one: (not one.is_asked, one.stand.starts_on, one.step.order))
    left = [steps[key] for key in stay if key in steps and key not in given]
    left.sort(key=lambda one: (one.starts_on, one.order))
    return Plan(inspection, method, after, stands, found.stands, tuple(moved), tuple(left))


def election_days(inspection: Inspection) -> list[Closure]:
    """The periods before elections in which no report of this inspection is published."""
    return list(inspection.closures.filter(kind=Cause.ELECTION))


def told_of_dates(
    inspection: Inspection, owners: Collection[str], *, but: int | None
) -> list[User]:
    """Who is told when dates change: both co-ordinators, the team, and whoever has the move of a step that changes."""
    roles = {
        *COORDINATORS,
        *(role for role in Role if role in TEAM_ROLES),
        *(role for owner in owners for role in OWNER_ROLES.get(owner, ())),
    }
    people = holders_of(inspection, *sorted(roles))
    return [person for person in people if person.pk != but]
