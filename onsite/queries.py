"""The days on site, what is planned on them, and who of the team is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from core.memo import asked_once
from inspections.enums import StepKind
from inspections.models import Inspection, Leave, StandIn
from onsite.models import Room, Session

FIRST_HOUR, LAST_HOUR = time(7), time(21)
SHOWN_FROM, SHOWN_TO = (
    9,
    17,
)  # the hours that a grid shows, whether anything is planned in them or not


@dataclass(frozen=True, slots=True)
class Day:
    """One day on site: its place among them, its date, and its counted week."""

    number: int
    date: date
    week: int | None


def days_of(inspection: Inspection) -> dict[int, Day]:
    """The days on site by their place among them. Asked once a page."""

    def ask() -> dict[int, Day]:
        rows = inspection.steps.filter(kind=StepKind.ONSITE).values_list("days", "week")
        found = sorted((date.fromisoformat(one), week) for days, week in rows for one in days)
        return {number: Day(number, *one) for number, one in enumerate(found, start=1)}

    return asked_once(("days on site", inspection.pk), ask)


@dataclass(frozen=True, slots=True)
class Plan:
    """When, where and with whom a session is, and what it is: what somebody typed, or what is planned."""

    day: int
    begins: time
    ends: time
    kind: str
    title: str
    room: Room | None
    lead: User
    people: frozenset[User]  # whoever leads it among them
    is_shared: bool = False
    asked: str = ""

    @classmethod
    def of(cls, session: Session) -> Plan:
        """What is planned of a session that came ``with_people``."""
        people = session.people
        return cls(
            session.day,
            session.begins,
            session.ends,
            session.kind,
            session.title,
            session.room,
            session.lead or people[0],
            frozenset(people),
            session.is_shared,
            session.asked,
        )

    def gap_to(self, other: Plan) -> int:
        """Minutes that lie between the two, whichever is first; below 0 where they overlap."""
        first, second = sorted((self, other), key=lambda one: (one.begins, one.ends))
        return _minutes(second.begins) - _minutes(first.ends)

    def way_to(self, other: Plan) -> int:
        """Minutes from the one room to the other; none from or to what has no room."""
        return self.room.minutes_to(other.room) if self.room and other.room else 0


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def planned_on(inspection: Inspection, day: int, *, but: Session | None = None) -> list[Session]:
    """What is planned on that day, with everybody who takes part, but for one session. Two queries."""
    found = inspection.sessions.planned().filter(day=day)
    if but is not None:
        found = found.exclude(pk=but.pk)
    return list(found.select_related("room").with_people())


@dataclass(frozen=True, slots=True)
class Presence:
    """Who of the team has a part in it from when to when, who is away when, and who is a young inspection volunteer alone."""

    parts: Mapping[int, list[tuple[date | None, date | None]]]
    away: Mapping[int, list[Leave]]
    volunteers: frozenset[int]

    def has_part(self, person: User, on: date) -> bool:
        """Whether this person has a part in the team, or stands in for one, on that day."""
        return any(
            (first is None or first <= on) and (last is None or on <= last)
            for first, last in self.parts.get(person.pk, ())
        )

    def is_away(self, person: User, on: date) -> bool:
        return any(leave.covers(on) for leave in self.away.get(person.pk, ()))

    def is_volunteer(self, person: User) -> bool:
        return person.pk in self.volunteers


def presence(inspection: Inspection) -> Presence:
    """Of everybody of the team, stand-ins among them. Three queries, and asked once a page."""

    def ask() -> Presence:
        parts: dict[int, list[tuple[date | None, date | None]]] = {}
        roles: dict[int, set[str]] = {}
        held = inspection.memberships.filter(role__in=TEAM_ROLES, ended_at__isnull=True)
        for person, role, until in held.order_by().values_list("person_id", "role", "until"):
            parts.setdefault(person, []).append((None, until))
            roles.setdefault(person, set()).add(role)
        others = StandIn.objects.open().filter(
            membership__inspection=inspection, membership__role__in=TEAM_ROLES
        )
        for one in others.select_related("membership"):
            parts.setdefault(one.person_id, []).append((one.starts_on, one.last_day))
            roles.setdefault(one.person_id, set()).add(one.membership.role)
        away: dict[int, list[Leave]] = {}
        for leave in Leave.objects.filter(person__in=parts):
            away.setdefault(leave.person_id, []).append(leave)
        volunteer = {str(Role.YOUNG_INSPECTION_VOLUNTEER)}
        return Presence(
            parts, away, frozenset(pk for pk, played in roles.items() if played <= volunteer)
        )

    return asked_once(("presence", inspection.pk), ask)


def team_of(inspection: Inspection) -> QuerySet[User]:
    """Everybody who has a part in the team, or stands in for one, by name."""
    return User.objects.filter(pk__in=presence(inspection).parts).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one day: what begins in it, and what goes on that began before it."""

    day: Day
    begins: list[Session]
    goes_on: list[Session]


@dataclass(frozen=True, slots=True)
class Block:
    """Days on site in one week, as one grid: a row for each hour, in each row a cell a day."""

    days: list[Day]
    rows: list[tuple[int, list[Cell]]]

    @property
    def week(self) -> int | None:
        return self.days[0].week


def grid(days: Mapping[int, Day], sessions: Iterable[Session]) -> list[Block]:
    """The days on site week by week, and each session in the row of the hour in which it begins."""
    found = list(sessions)
    return [
        _block(list(group), found)
        for _, group in groupby(days.values(), key=lambda one: one.date.isocalendar()[:2])
    ]


def _block(days: list[Day], sessions: list[Session]) -> Block:
    numbers = {day.number for day in days}
    here = [one for one in sessions if one.day in numbers]
    hours = {one.begins.hour for one in here} | set(range(SHOWN_FROM, SHOWN_TO))
    rows = [
        (hour, [_cell(day, hour, here) for day in days])
        for hour in range(min(hours), max(hours) + 1)
    ]
    return Block(days, rows)


def _cell(day: Day, hour: int, sessions: list[Session]) -> Cell:
    mine = [one for one in sessions if one.day == day.number]
    return Cell(
        day,
        [one for one in mine if one.begins.hour == hour],
        [
            one
            for one in mine
            if one.begins.hour < hour and one.ends > time(hour) and not one.is_cancelled
        ],
    )


def by_day(
    days: Mapping[int, Day], sessions: Iterable[Session]
) -> list[tuple[int, Day | None, list[Session]]]:
    """The days on site in their order, and what is on each; last what stands on a day that is none any more."""
    found: dict[int, list[Session]] = {number: [] for number in days}
    for one in sessions:
        found.setdefault(one.day, []).append(one)
    return [(number, days.get(number), found[number]) for number in sorted(found)]
