"""A notified inspection is counted by the weeks it began with, whatever the calendar of its area says later (R5, R6)."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.urls import reverse

from inspections import queries, rules
from inspections.actions.notification import notify_partnership
from inspections.actions.reference import add_school_holiday_week, remove_school_holiday_week
from inspections.models import Inspection, InspectionHolidayWeek
from inspections.timetable import monday_of
from tests.client import StrictClient
from tests.inspections.record import undone
from workspace.example.world import World

LATER = date(2025, 11, 12)  # a Wednesday of a week that counts


def counted(inspection: Inspection) -> list[tuple[int | None, date]]:
    """Its weeks as somebody sees them who opens a page now."""
    found = Inspection.objects.select_related("area", "method").get(pk=inspection.pk)
    weeks = queries.calendar_weeks(found, until=date(2026, 6, 30))
    return [(week.number, week.monday) for week in weeks]


def add_week(world: World, day: date = LATER) -> None:
    add_school_holiday_week(
        world.area, day=day, name="Storm", by=world.people["programme_manager"], at=world.now
    )


@pytest.mark.at_week(5)
def test_a_week_added_or_removed_later_leaves_a_running_inspection_as_it_is(world: World) -> None:
    before = counted(world.inspection)
    add_week(world)
    christmas = world.area.school_holiday_weeks.get(monday=date(2025, 12, 22))
    remove_school_holiday_week(christmas, by=world.people["programme_manager"], at=world.now)
    assert counted(world.inspection) == before
    assert (11, date(2025, 11, 17)) in before


@pytest.mark.at_week(5)
@pytest.mark.parametrize("page", ["timetable", "timetable-csv", "timetable-ics", "log"])
def test_pages_and_files_of_a_running_inspection_say_the_weeks_they_said(
    world: World, client: StrictClient, page: str
) -> None:
    client.as_(world.people["lead"])
    url = reverse(f"inspections:{page}", args=[world.inspection.reference])
    before = client.get(url).content.decode()
    add_week(world, date(2025, 9, 10))
    after = client.get(url).content.decode()
    marks = [line for line in before.splitlines() if "eek" in line and "csrf" not in line]
    assert marks or page == "timetable-ics"
    assert [line for line in after.splitlines() if "eek" in line and "csrf" not in line] == marks


@pytest.mark.at_week(0)
def test_a_plan_follows_the_calendar_of_its_area_until_notification(world: World) -> None:
    before = counted(world.inspection)
    add_week(world)
    after = counted(world.inspection)
    assert (None, monday_of(LATER)) in after
    assert after != before
    assert not InspectionHolidayWeek.objects.exists()


@pytest.mark.at_week(0)
def test_notify_partnership_keeps_the_weeks_from_week_one_on(world: World) -> None:
    notify_partnership(world.inspection, by=world.people["lead"], at=world.now)
    first = monday_of(world.now.date())
    theirs = list(
        world.area.school_holiday_weeks.filter(monday__gte=first).values_list("monday", "name")
    )
    assert list(world.inspection.holiday_weeks.values_list("begins_on", "name")) == theirs
    assert len(theirs) > 5


@pytest.mark.at_week(0)
def test_notify_partnership_that_fails_keeps_no_weeks(world: World) -> None:
    undone(lambda: notify_partnership(world.inspection, by=world.people["lead"], at=world.now))
    assert not InspectionHolidayWeek.objects.exists()


@pytest.mark.at_week(5)
def test_on_site_days_are_held_against_the_inspections_own_weeks(world: World) -> None:
    day = date(2025, 12, 10)
    add_week(world, day)
    found = Inspection.objects.select_related("area", "method").get(pk=world.inspection.pk)
    assert rules.is_open_day_of(found, day)
    assert not rules.may_begin_on(found.area, day)
    verdict = rules.is_open_day_of(found, date(2025, 12, 23))
    assert verdict.sentence == (
        "Tuesday 23 December 2025 is in a school-holiday week of Glenmarrow, which takes no number. "
        "Choose a week that counts."
    )


@pytest.mark.at_week(5)
def test_the_area_page_names_the_inspection_that_keeps_its_weeks(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    code, reference = world.area.code, world.inspection.reference
    kept = f"{reference} is running and keeps the weeks and dates it was notified with."
    for page in ("area", "add-school-holiday-week", "import-school-holidays"):
        assert kept in client.get(reverse(f"inspections:{page}", args=[code])).content.decode()
    typed = {"day": "12/11/2025", "name": "Storm"}
    added = client.post(reverse("inspections:add-school-holiday-week", args=[code]), typed)
    assert kept in client.get(added["Location"]).content.decode().partition("<h2")[0]
    week = world.area.school_holiday_weeks.get(monday=monday_of(LATER))
    address = reverse("inspections:remove-school-holiday-week", args=[code, week.pk])
    page = client.post(address, follow=True).content.decode()
    assert kept in page.partition("<h2")[0]


@pytest.mark.at_week(0)
def test_the_area_page_says_when_nothing_runs(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    page = client.get(reverse("inspections:area", args=[world.area.code])).content.decode()
    assert "No inspection of the area is running; one that runs keeps the weeks" in page


@pytest.mark.at_week(5)
def test_a_running_inspection_says_that_holidays_unknown_at_its_start_stay_counted(
    world: World, client: StrictClient
) -> None:
    world.inspection.holiday_weeks.filter(begins_on__gte=date(2026, 1, 1)).delete()
    url = reverse("inspections:timetable", args=[world.inspection.reference])
    page = client.as_(world.people["lead"]).get(url).content.decode()
    assert "are not known for Easter 2026." in page
    assert "They were not known when the partnership was notified" in page
    assert "Bring in school holidays" not in page


@pytest.mark.at_week(5)
def test_the_migration_gives_notified_inspections_the_weeks_they_are_counted_by(
    world: World,
) -> None:
    before, own = (
        counted(world.inspection),
        list(world.inspection.holiday_weeks.values("begins_on")),
    )
    world.inspection.holiday_weeks.all().delete()
    keep = import_module("inspections.migrations.0006_notified_inspections_keep_their_weeks").keep
    keep(apps, None)
    keep(apps, None)
    assert counted(world.inspection) == before
    assert list(world.inspection.holiday_weeks.values("begins_on")) == own


@pytest.mark.at_week(5)
@pytest.mark.parametrize("days", [0, 1])
def test_a_week_is_kept_once_and_by_its_monday(world: World, days: int) -> None:
    known = world.inspection.holiday_weeks.all()[0].begins_on
    with pytest.raises(IntegrityError):
        InspectionHolidayWeek.objects.create(
            inspection=world.inspection, begins_on=known + timedelta(days=days)
        )
