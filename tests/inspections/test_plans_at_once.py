"""Several managers, or one who clicks twice, at one plan in the same moment."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse

from audit.models import Event
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from inspections.actions.planning import change_plan, plan_inspection
from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from tests.inspections.places import another_inspection, invented_area
from workspace.example.world import World, method

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at_week(0)]


def events(name: str) -> int:
    return Event.objects.filter(name=name).count()


def plan(world: World, number: int) -> Inspection:
    return plan_inspection(
        invented_area(2),
        method=method(),
        planned_for=date(2025, 11, 3),
        requested_on=date(2025, 5, 1 + number),
        timetable_approved_on=None,
        by=world.people["programme_manager"],
        at=world.now,
    )


def test_plan_inspection_six_times_at_once_is_one_inspection(world: World) -> None:
    invented_area(2)
    before = events("inspections.inspection_planned")
    answers = at_once(lambda number: plan(world, number))
    assert sum(isinstance(one, Inspection) for one in answers) == 1
    assert sum(isinstance(one, Refused) for one in answers) == MANY - 1
    assert events("inspections.inspection_planned") == before + 1


def test_the_database_holds_one_running_inspection_of_an_area(world: World) -> None:
    planned = another_inspection(world, 2)
    planned.pk, planned.reference = None, "JI-2099-001"
    planned._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save()
    planned.state, planned.withdrawal_reason = InspectionState.WITHDRAWN, "Planned twice."
    planned.save()
    assert Inspection.objects.filter(area=planned.area).count() == 2


def test_change_plan_six_times_at_once_is_told_to_five(world: World) -> None:
    inspection = another_inspection(world, 2)
    before = events("inspections.plan_changed")
    answers = at_once(
        lambda number: change_plan(
            inspection,
            planned_for=date(2025, 11, 3),
            requested_on=date(2025, 5, 1 + number),
            timetable_approved_on=None,
            based_on=1,
            by=world.people["programme_manager"],
            at=world.now,
        )
    )
    assert sum(isinstance(one, Inspection) for one in answers) == 1
    assert sum(isinstance(one, SavedMeanwhile) for one in answers) == MANY - 1
    inspection.refresh_from_db()
    assert inspection.plan_version == 2
    assert events("inspections.plan_changed") == before + 1


def test_withdraw_plan_clicked_six_times_at_once_is_done_once_and_nobody_is_refused(
    world: World,
) -> None:
    inspection = another_inspection(world, 2)
    url = reverse("inspections:withdraw-plan", args=[inspection.reference])
    clients = [StrictClient().as_(world.people["programme_manager"]) for _ in range(MANY)]

    def click(number: int) -> HttpResponse:
        return clients[number].post(url, {"reason": "Planned by mistake."})

    answers = at_once(click)
    assert [getattr(one, "status_code", one) for one in answers] == [302] * MANY
    assert {one["Location"] for one in answers} == {inspection.get_absolute_url()}
    assert events("inspections.plan_withdrawn") == 1
