"""Reaching a moment, by real deeds only: the story of the example, told as far as a test needs it."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from inspections.models import Inspection
from tests.cast import everybody
from workspace.example.story import tell
from workspace.example.world import World, begin

NOTIFIED_ON = date(2025, 9, 1)
PLANNED_AT = timezone.make_aware(datetime(2025, 6, 2, 9, 0))


def a_world(*, at_week: int, weekday: int = 4, hour: int = 18) -> World:
    """The story up to a moment: by default the end of that counted week. Week 0 is the week before notification."""
    world = begin(notified_on=NOTIFIED_ON, now=PLANNED_AT, planned_at=PLANNED_AT)
    world.people = everybody(PLANNED_AT)
    moment = world.moment(at_week, weekday, 0)
    world.now = timezone.make_aware(datetime.combine(timezone.localdate(moment), time(hour)))
    return tell(world)


def an_inspection(*, at_week: int, weekday: int = 4, hour: int = 18) -> Inspection:
    """The inspection of Glenmarrow at that moment."""
    return a_world(at_week=at_week, weekday=weekday, hour=hour).inspection
