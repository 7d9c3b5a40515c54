"""The example can be staged on any day, at any moment, and says what stands already."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from core.workdays import is_working_day, monday_of
from inspections.enums import InspectionState
from inspections.models import Inspection
from workspace.example.calendar import holiday_weeks, notified_for
from workspace.example.story import SCENES
from workspace.example.world import World, invented_area

TWO_YEARS = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(104)]


def stage(**options: str) -> str:
    said = StringIO()
    call_command("stage_example", stdout=said, **options)
    return said.getvalue().strip()


@pytest.mark.django_db
def test_every_week_of_two_years_can_be_every_moment() -> None:
    area, holidays = invented_area(date(2026, 6, 1)), holiday_weeks(range(2023, 2031))
    for today in TWO_YEARS:
        for week in (1, 2, 14, 20, 29, 35, 36):
            first = notified_for(today, week, holidays)
            assert is_working_day(first) and monday_of(first) not in holidays, (today, week)
    for first in {notified_for(today, 14, holidays) for today in TWO_YEARS}:
        world = World(notified_on=first, now=None, area=area, people={})  # type: ignore[arg-type]
        moments = [world.moment(scene.week, scene.weekday, scene.hour) for scene in SCENES]
        assert moments == sorted(moments), first
        assert world.day(1, 0) == first


@pytest.mark.django_db
@pytest.mark.parametrize("today", ["2026-06-24", "2027-05-12"])
def test_stage_example_where_the_week_of_notification_begins_with_a_public_holiday(
    reference_data: None, today: str
) -> None:
    with time_machine.travel(f"{today}T12:00:00Z", tick=False):
        stage(at="week-2")
    inspection = Inspection.objects.get()
    assert inspection.state == InspectionState.NOTIFIED
    assert inspection.notified_on.weekday() == 1


@pytest.mark.django_db
def test_stage_example_again_says_what_stands_and_how_to_see_another_moment(
    reference_data: None,
) -> None:
    with time_machine.travel("2026-06-24T12:00:00Z", tick=False):
        reference = stage(at="week-2")
        assert stage(at="week-2") == f"The example is staged already. {reference}"
        assert stage() == f"The example is staged already. {reference}"
        with pytest.raises(CommandError, match=f"{reference} stands already at another moment"):
            stage(at="week-3")
    assert Inspection.objects.count() == 1
