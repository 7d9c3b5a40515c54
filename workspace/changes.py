"""What changed since the last working day: the record's events grouped by kind, for those who read the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.narrate import narrate_many
from core.dates import day_in_words
from core.words import listed, number
from core.workdays import is_working_day

SHOWN = 8  # groups on the home page; the rest stand in the logs
NAMED = 3  # people named in one line


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of thing that was done on one inspection: how often, by whom, when last, and where to read on."""

    sentence: str
    who: str
    reference: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything since a day, grouped; ``more`` groups are not shown."""

    since: date
    shown: list[Change]
    more: int
    today: date

    @property
    def heading(self) -> str:
        """``What changed since Friday``."""
        near = (self.today - self.since).days < 7
        return f"What changed since {self.since:%A}" + ("" if near else f" {self.since:%-d %B}")


@dataclass(slots=True)
class _Group:
    count: int = 0
    last: int = 0
    names: list[str] = field(default_factory=list)


def last_working_day(today: date) -> date:
    """The working day before today: Friday on a Monday, and the day before a holiday after it."""
    day = today - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def changes(references: Iterable[str], today: date) -> Changes | None:
    """Since the last working day, from two queries whatever was done; None where this person reads no log."""
    read = list(references)
    if not read:
        return None
    since = last_working_day(today)
    start = timezone.make_aware(datetime.combine(since, time.min))
    rows = (
        Event.objects.deeds()
        .filter(inspection_reference__in=read, at__gte=start)
        .order_by()
        .values_list("inspection_reference", "name", "by_name")
        .annotate(times=Count("number"), last=Max("number"))
    )
    groups: dict[tuple[str, str], _Group] = {}
    for reference, name, by, times, last in sorted(rows, key=lambda row: -row[4]):
        group = groups.setdefault((reference, name), _Group())
        group.count += times
        group.last = max(group.last, last)
        group.names.append(by)
    newest = sorted(groups.items(), key=lambda pair: -pair[1].last)
    events = Event.objects.in_bulk([group.last for _, group in newest[:SHOWN]]) if newest else {}
    shown = [_change(name, group, events[group.last], since) for (_, name), group in newest[:SHOWN]]
    return Changes(since, shown, len(newest) - len(shown), today)


def _change(name: str, group: _Group, latest: Event, since: date) -> Change:
    names = group.names[:NAMED]
    if len(group.names) > NAMED:
        names.append(f"{number(len(group.names) - NAMED)} more")
    query = urlencode({"what": name, "since": day_in_words(since)})
    url = reverse("inspections:log", args=[latest.inspection_reference])
    return Change(
        narrate_many(latest, group.count),
        listed(names),
        latest.inspection_reference,
        latest.at,
        f"{url}?{query}",
    )
