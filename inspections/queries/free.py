"""Who is free in some weeks: for each person the days on site, the days away, and what clashes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from core.words import listed
from core.workdays import FIRST_YEAR, LAST_YEAR, monday_of, public_holidays
from inspections.enums import most_at_once
from inspections.models import Inspection
from inspections.queries.diary import Diary, Part, diary_of

WORKING_WEEK = 5
WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FreeWeek:
    """One calendar week of the table, and its public holidays."""

    monday: date
    holidays: dict[date, str]

    @property
    def days(self) -> list[date]:
        return _working(self.monday)


def _working(monday: date) -> list[date]:
    return [monday + timedelta(days=ahead) for ahead in range(WORKING_WEEK)]


@dataclass(frozen=True, slots=True)
class OnSiteHere:
    """Days on site for one inspection in one week. ``week`` is its counted week, where the reader works on it."""

    area: str
    reference: str
    days: list[date]
    week: int | None

    @property
    def said(self) -> str:
        return weekdays_in_words(self.days)


@dataclass(frozen=True, slots=True)
class FreeCell:
    """One person in one week."""

    week: FreeWeek
    on_site: list[OnSiteHere]
    away: list[date]

    @property
    def away_said(self) -> str:
        return weekdays_in_words(self.away)

    @property
    def is_free(self) -> bool:
        return not self.on_site and not self.away

    @property
    def clashes(self) -> bool:
        """Two inspections in one week, or on site while away."""
        here = {day for one in self.on_site for day in one.days}
        return len(self.on_site) > 1 or bool(here & set(self.away))


@dataclass(frozen=True, slots=True)
class FreeRow:
    """One person in all weeks of the table."""

    person: User
    cells: list[FreeCell]
    inspections: int
    is_too_many: bool

    @property
    def days_on_site(self) -> int:
        return len({day for cell in self.cells for one in cell.on_site for day in one.days})


def weekdays_in_words(days: Sequence[date]) -> str:
    """``Mon to Fri``, ``Mon and Tue``, ``Tue``: the weekdays of one week, where space is scarce."""
    names = [f"{day:%a}" for day in days]
    in_a_row = len(days) > 2 and (days[-1] - days[0]).days == len(days) - 1
    return f"{names[0]} to {names[-1]}" if in_a_row else listed(names)


def free_weeks(first: date, *, number: int = WEEKS_SHOWN) -> list[FreeWeek]:
    """The weeks from that of ``first`` on, with their public holidays."""
    monday = monday_of(first)
    mondays = [monday + timedelta(weeks=ahead) for ahead in range(number)]
    years = {day.year for one in mondays for day in (one, one + timedelta(days=6))}
    closed = public_holidays(years & set(range(FIRST_YEAR, LAST_YEAR + 1)))
    return [
        FreeWeek(one, {day: name for day, name in closed.items() if day in _working(one)})
        for one in mondays
    ]


def who_is_free(
    people: Sequence[User], weeks: Sequence[FreeWeek], *, reader: User
) -> list[FreeRow]:
    """A row for each of these people. One query more than their diary, whatever their number."""
    diary = diary_of([one.pk for one in people], since=weeks[0].monday)
    seen = set(Inspection.objects.visible_to(reader).values_list("pk", flat=True))
    return [_row(one, weeks, diary, seen) for one in people]


def _row(
    person: User, weeks: Sequence[FreeWeek], diary: Diary, seen: Collection[int | None]
) -> FreeRow:
    parts = diary.parts.get(person.pk, [])
    last = weeks[-1].days[-1]
    running = [
        part for part in parts
        if part.stay.begins_on <= last and part.stay.ends_on >= weeks[0].monday
    ]  # fmt: skip
    at_once = len({part.stay.pk for part in running})
    most = min((most_at_once(part.role) for part in running), default=at_once)
    cells = [
        FreeCell(
            week,
            _on_site(parts, week, seen),
            [day for day in diary.away(person.pk, week.days) if day not in week.holidays],
        )
        for week in weeks
    ]
    return FreeRow(person, cells, at_once, at_once > most)


def _on_site(
    parts: Sequence[Part], week: FreeWeek, seen: Collection[int | None]
) -> list[OnSiteHere]:
    found: dict[int | None, OnSiteHere] = {}
    for part in parts:
        days = [day for day in part.days if day in week.days]
        if days:
            number = part.stay.weeks.get(week.monday) if part.stay.pk in seen else None
            found[part.stay.pk] = OnSiteHere(part.stay.area, part.stay.reference, days, number)
    return list(found.values())
