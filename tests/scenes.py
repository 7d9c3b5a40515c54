"""Reaching a moment, by real deeds only: the story of the example, told as far as a test needs it."""

from __future__ import annotations

from datetime import date, datetime, time

import time_machine
from django.utils import timezone

from inspections.models import Area, Inspection
from tests import snapshots
from tests.cast import everybody
from workspace.example.story import tell
from workspace.example.world import World, begin

NOTIFIED_ON = date(2025, 9, 1)
PLANNED_AT = timezone.make_aware(datetime(2025, 6, 2, 9, 0))


Moment = tuple[int, int, int]
# Later than this nothing happens any more, and parts run out: the story is told by the clock of its end, not of a year later.
THE_END: Moment = (36, 4, 18)
_told: dict[Moment, list[snapshots.Table]] = {}


def a_world(*, at_week: int, weekday: int = 4, hour: int = 18) -> World:
    """The story up to a moment: by default the end of that counted week. Week 0 is the week before notification.

    Told by the real deeds the first time in a process; afterwards laid out again from the rows it left.
    """
    moment = (at_week, weekday, hour)
    earlier = max((one for one in _told if one <= moment), default=None)
    if earlier is None:
        world = begin(notified_on=NOTIFIED_ON, now=PLANNED_AT, planned_at=PLANNED_AT)
        world.people = everybody(PLANNED_AT)
    else:
        snapshots.lay_out(_told[earlier])
        world = _found_again(earlier)
    since = world.now if earlier else None
    for stop in [THE_END, moment] if (earlier or (0, 0, 0)) < THE_END < moment else [moment]:
        world.now = _now(world, stop)
        if moment not in _told:
            with time_machine.travel(
                world.now, tick=False
            ):  # whose part is in force is asked of the clock
                tell(world, since=since)
        since = world.now
    if moment not in _told:
        _told[moment] = snapshots.take()
    return world


def has_begun(week: int, weekday: int = 4, hour: int = 18) -> bool:
    """Whether this process has told the story to that moment or an earlier one."""
    return any(moment <= (week, weekday, hour) for moment in _told)


def _now(world: World, moment: Moment) -> datetime:
    week, weekday, hour = moment
    return timezone.make_aware(datetime.combine(world.day(week, weekday), time(hour)))


def _found_again(moment: Moment) -> World:
    world = World(
        notified_on=NOTIFIED_ON,
        now=PLANNED_AT,
        area=Area.objects.get(is_invented=True),
        people=everybody(PLANNED_AT),
        planned=Inspection.objects.select_related("area", "method").first(),
    )
    world.now = _now(world, moment)
    return world
