"""The log by day: what may be chosen, and its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count
from django.utils import timezone

from audit.models import Event, EventQuerySet, is_reading
from audit.narrate import narrate, title_of
from inspections.models import Inspection
from inspections.queries.calendar import week_of


@dataclass(frozen=True, slots=True)
class LogChoices:
    """By what the log of one inspection can be filtered: what was done here, and by whom, each with how often."""

    what: list[tuple[str, str]]
    who: list[tuple[str, str]]
    total: int
    readings: int


def log_choices(inspection: Inspection) -> LogChoices:
    """Only what the log holds is offered. One query."""
    rows = (
        Event.objects.about(inspection.reference)
        .order_by()
        .values_list("name", "by_id", "by_name")
        .annotate(times=Count("number"))
    )
    what: Counter[str] = Counter()
    who: Counter[tuple[str, str]] = Counter()
    for name, by_id, by_name, times in rows:
        what[name] += times
        who[(str(by_id or 0), by_name)] += times
    named = sorted((title_of(name), name, times) for name, times in what.items())
    people: dict[str, tuple[str, int]] = {}
    for (pk, name), times in who.items():
        people[pk] = (name, people.get(pk, ("", 0))[1] + times)
    return LogChoices(
        [(name, f"{words} ({times:,})") for words, name, times in named],
        [
            (pk, f"{name} ({times:,})")
            for pk, (name, times) in sorted(people.items(), key=lambda pair: pair[1][0])
        ],
        sum(what.values()),
        sum(times for name, times in what.items() if is_reading(name)),
    )


def log_events(
    inspection: Inspection,
    *,
    what: str = "",
    who: str = "",
    since: date | None = None,
    until: date | None = None,
    readings: str = "",
) -> EventQuerySet:
    """The log's events, newest first, as they are filtered. Readings are left out unless they are asked for."""
    events = Event.objects.about(inspection.reference)
    if what:
        events = events.filter(name=what)
    elif readings == "only":
        events = events.readings()
    elif readings != "too":
        events = events.deeds()
    if who:
        events = events.filter(by_id=int(who)) if int(who) else events.filter(by_id__isnull=True)
    if since:
        events = events.filter(at__gte=_begins(since))
    if until:
        events = events.filter(at__lt=_begins(until + timedelta(days=1)))
    return events.newest_first()


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class LogLine:
    """One sentence of the log; what was done many times in a row stands once, with how often and from when to when."""

    sentence: str
    first: Event
    last: Event
    times: int

    @property
    def numbers(self) -> str:
        if self.times == 1:
            return f"event {self.last.number}"
        return f"{self.times} times, events {self.first.number} to {self.last.number}"


@dataclass(frozen=True, slots=True)
class LogDay:
    """One day of the log, newest first. ``goes_on`` when it began on the page before."""

    day: date
    week: int | None
    lines: list[LogLine]
    goes_on: bool

    @property
    def count(self) -> int:
        return sum(line.times for line in self.lines)


def log_days(inspection: Inspection, events: Iterable[Event], before: Event | None) -> list[LogDay]:
    """The events of one page by day. ``before`` is the last event of the page before, if there is one."""
    days: list[LogDay] = []
    earlier = timezone.localdate(before.at) if before else None
    for day, found in groupby(events, key=lambda event: timezone.localdate(event.at)):
        days.append(LogDay(day, week_of(inspection, day), _log_lines(found), day == earlier))
    return days


def _log_lines(events: Iterable[Event]) -> list[LogLine]:
    lines = []
    for sentence, run in groupby(events, key=narrate):
        same = list(run)
        lines.append(LogLine(sentence, same[-1], same[0], len(same)))
    return lines
