"""Reaching a moment, by real deeds only: the story of the example, told as far as a test needs it."""

from __future__ import annotations

from datetime import date, datetime, time

import time_machine
from django.utils import timezone

from inspections.models import Area, Inspection
from tests import snapshots
from tests.cast import everybody
from tests.jobs import run_jobs
from workspace.example.story import SCENES
from workspace.example.world import World, begin

NOTIFIED_ON = date(2025, 9, 1)
PLANNED_AT = timezone.make_aware(datetime(2025, 6, 2, 9, 0))


Moment = tuple[int, int, int]
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
    since, world.now = world.now, _now(world, moment)
    if moment not in _told:
        _tell(world, since=since if earlier else None)
        _told[moment] = snapshots.take()
    return world


_done: dict[tuple[datetime, datetime | None], list[snapshots.Table]] = {}


def do_jobs_of_story(world: World, *, at: datetime | None = None) -> None:
    """What the story left to the worker (letters, the receipt, the editions) is done, by the clock or at a moment.

    For a fixture, before anything else happens: the second time it is laid out again from the rows it left. Its files are in the
    storage that all tests share.
    """
    moment = (world.now, at)
    if moment in _done:
        snapshots.lay_out(_done[moment])
    else:
        run_jobs(at)
        _done[moment] = snapshots.take()


def _tell(world: World, *, since: datetime | None) -> None:
    """Each scene with the clock at its own moment: whose part is in force, and so who may, is asked of the clock."""
    for scene in SCENES:
        at = world.moment(scene.week, scene.weekday, scene.hour)
        if at <= world.now and (since is None or at > since):
            with time_machine.travel(at, tick=False):
                scene.play(world, at)


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
