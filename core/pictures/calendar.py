"""The counted weeks as a stretch of paper: where a day lies, which week is now, which weeks take no number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

Day = date  # a meeting has a field of that name
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class TrackerWeek:
    """One calendar week. ``number`` is the counted week, or nothing; then ``holiday`` says why ("October")."""

    number: int | None
    monday: date
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class TrackerPhase:
    """A phase by its counted weeks: ``TrackerPhase("Phase one", "Preparation", 1, 11)``."""

    title: str
    subtitle: str
    first_week: int
    last_week: int


@dataclass(frozen=True, slots=True)
class TrackerMeeting:
    """A meeting with the partnership. ``state`` is what people read ("held", "pack not sent", "planned").

    ``held`` None means: held when its day is over.
    """

    code: str
    title: str
    date: date
    week: int | None
    state: str = "planned"
    held: bool | None = None
    url: str = ""

    def is_held(self, today: Day) -> bool:
        """Whether the picture shows it as something that happened."""
        return self.date < today if self.held is None else self.held


@dataclass(frozen=True, slots=True)
class OnSiteDay:
    """One on-site day; days that stand together carry the same label ("Days 1 to 5")."""

    date: date
    label: str


@dataclass(frozen=True, slots=True)
class Tracker:
    """Where one inspection is: what the phase tracker, the strip and the timetable picture are drawn from.

    ``name`` is the area. ``weeks`` are all calendar weeks in order, counted or not. ``waits`` is for a plan whose first week is
    here while nothing has begun: then ``today`` is the day before it, and no picture says that it is today.
    """

    name: str
    weeks: Sequence[TrackerWeek]
    phases: Sequence[TrackerPhase]
    today: date
    meetings: Sequence[TrackerMeeting] = field(default_factory=tuple)
    onsite: Sequence[OnSiteDay] = field(default_factory=tuple)
    waits: bool = False

    def __post_init__(self) -> None:
        if not self.weeks:
            raise ValueError("A tracker needs at least one week.")

    @property
    def last_number(self) -> int:
        """The last counted week, 35 in the method of 2018."""
        return max((week.number for week in self.weeks if week.number), default=0)

    @property
    def starts_on(self) -> date:
        """Monday of the first week."""
        return self.weeks[0].monday

    @property
    def ends_on(self) -> date:
        """Sunday of the last week."""
        return self.weeks[-1].monday + timedelta(days=6)

    @property
    def now(self) -> TrackerWeek | None:
        """The week that holds today; nothing before the start and after the end."""
        place = self.place_of(self.today)
        return None if place is None else self.weeks[place]

    def place_of(self, day: date) -> int | None:
        """The place of a day's week in ``weeks``; nothing when the day is outside."""
        if not self.starts_on <= day <= self.ends_on:
            return None
        return bisect_right([week.monday for week in self.weeks], day) - 1

    def phase_of(self, number: int | None) -> TrackerPhase | None:
        """The phase that a counted week belongs to."""
        return next(
            (
                phase
                for phase in self.phases
                if number and phase.first_week <= number <= phase.last_week
            ),
            None,
        )

    def share(self, day: date) -> float:
        """How far along the paper a day begins, in weeks: 0 at the first Monday; held within the paper."""
        if day <= self.starts_on:
            return 0.0
        place = self.place_of(day)
        if place is None:
            return float(len(self.weeks))
        return place + min((day - self.weeks[place].monday).days, 7) / 7

    def span(self, phase: TrackerPhase) -> tuple[int, int]:
        """First and last place of a phase in ``weeks``; a phase outside the weeks is held within them."""
        places = [
            place
            for place, week in enumerate(self.weeks)
            if week.number and phase.first_week <= week.number <= phase.last_week
        ]
        return (places[0], places[-1]) if places else (len(self.weeks) - 1, len(self.weeks) - 1)

    def holidays(self) -> Iterator[tuple[str, int, int]]:
        """Each stretch without numbers as (name, first place, last place)."""
        for (free, name), group in groupby(
            enumerate(self.weeks), key=lambda pair: (pair[1].number is None, pair[1].holiday)
        ):
            places = [place for place, _ in group]
            if free:
                yield name, places[0], places[-1]

    def months(self) -> Iterator[date]:
        """The first day of each month on the paper; the very first Monday where its month has already begun."""
        yield self.starts_on
        day = (self.starts_on.replace(day=1) + timedelta(days=32)).replace(day=1)
        while day <= self.ends_on:
            if self.place_of(day) is not None:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)

    def onsite_groups(self) -> list[tuple[str, list[date]]]:
        """On-site days that stand together, in order."""
        days = sorted(self.onsite, key=lambda one: one.date)
        return [
            (label, [one.date for one in group])
            for label, group in groupby(days, key=lambda one: one.label)
        ]

    def where(self) -> str:
        """One phrase: ``week 14 of 35, in phase two``; before, between and after, it says that instead."""
        if self.waits:
            return "planned, not yet begun"
        if self.today < self.starts_on:
            return "not yet begun"
        if self.today > self.ends_on:
            return f"all {self.last_number} weeks are over"
        week = self.now
        if week is None or week.number is None:
            return "school holiday, no number" if week and week.holiday else "a week without number"
        phase = self.phase_of(week.number)
        return f"week {week.number} of {self.last_number}" + (
            f", in {phase.title.lower()}" if phase else ""
        )


def full(day: date) -> str:
    """``Monday 8 December 2025``."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def without_year(day: date) -> str:
    """``Monday 8 December``."""
    return f"{day:%A} {day.day} {day:%B}"


def stretch(first: date, last: date) -> str:
    """``Monday 13 to Friday 17 October 2025``, saying month and year once where they are the same."""
    if first == last:
        return full(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%A} {first.day} to {full(last)}"
    return f"{without_year(first) if first.year == last.year else full(first)} to {full(last)}"
