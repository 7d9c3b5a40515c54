"""Withdrawing a plan, with the reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.roles import Role
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.planning import withdraw_plan
from inspections.actions.team import name_team_member
from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World

WHY = "Planned by mistake: Moray comes first"


def url(page: str, inspection: Inspection) -> str:
    return reverse(f"inspections:{page}", args=[inspection.reference])


def withdraw(world: World) -> Inspection:
    return withdraw_plan(
        world.inspection, reason=WHY, by=world.people["programme_manager"], at=world.now
    )


@pytest.mark.at_week(0)
def test_can_withdraw_plan(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_withdraw_plan(person, world.inspection)
    }
    assert allowed == {"programme_manager"}
    refusal = permissions.can_withdraw_plan(world.people["lead"], world.inspection)
    assert refusal.sentence == "Only a programme manager withdraws the plan of an inspection."


@pytest.mark.at_week(0)
def test_withdraw_plan(world: World) -> None:
    before = record.count()
    inspection = withdraw(world)
    assert (inspection.state, inspection.withdrawal_reason) == (InspectionState.WITHDRAWN, WHY)
    assert inspection.state_since == world.now
    assert not Inspection.objects.running().filter(pk=inspection.pk).exists()
    assert rules.may_plan_inspection(world.area)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        f"Una Breck withdrew the plan of Glenmarrow, because: “{WHY}”."
    )


@pytest.mark.at_week(0)
def test_withdraw_plan_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count()
    undone(lambda: withdraw(world))
    world.inspection.refresh_from_db()
    assert world.inspection.state == InspectionState.PLANNED
    assert record.count() == before


@pytest.mark.at_week(0)
def test_withdraw_plan_ends_what_leads_on(world: World) -> None:
    inspection = withdraw(world)
    on = world.now.date()
    assert "was withdrawn" in rules.may_notify_partnership(inspection, on=on).sentence
    assert "was withdrawn" in rules.may_name_addressees(inspection).sentence
    with pytest.raises(Refused, match="was withdrawn"):
        withdraw(world)
    with pytest.raises(Refused, match="This plan was withdrawn; its team does not change any more"):
        name_team_member(
            inspection,
            person=world.people["other_lead"],
            role=Role.STRATEGIC_INSPECTOR,
            until=None,
            by=world.people["programme_manager"],
            at=world.now,
        )


@pytest.mark.at_week(0)
def test_withdraw_plan_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    address = url("withdraw-plan", world.inspection)
    assert client.get(address).status_code == 200
    response = client.post(address, {"reason": WHY}, follow=True)
    assert response.redirect_chain == [(world.inspection.get_absolute_url(), 302)]
    page = response.content.decode()
    assert "is withdrawn. Glenmarrow can be planned anew." in page
    assert "This plan was withdrawn on" in page
    assert WHY in page
    assert "Withdrawn: this inspection does not take place." in page
    again = client.post(address, {"reason": WHY}, follow=True).content.decode()
    assert "is withdrawn already." in again


@pytest.mark.at_week(0)
def test_withdraw_plan_without_a_reason(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    page = client.post(url("withdraw-plan", world.inspection), {"reason": " "}).content.decode()
    assert "Write the reason." in page
    world.inspection.refresh_from_db()
    assert world.inspection.state == InspectionState.PLANNED


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("key", "status"), [("lead", 403), ("panel_chair", 403), ("other_lead", 404)]
)
def test_withdraw_plan_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url("withdraw-plan", world.inspection)
    assert client.as_(world.people[key]).post(address, {"reason": WHY}).status_code == status


@pytest.mark.at_week(0)
def test_a_withdrawn_plan_is_seen_in_the_programme_and_no_longer_at_home(
    world: World, client: StrictClient
) -> None:
    inspection = withdraw(world)
    page = client.as_(world.people["lead"]).get("/").content.decode()
    assert inspection.reference not in page
    client.as_(world.people["programme_manager"])
    assert inspection.reference in client.get("/programme/").content.decode()
    assert "Withdrawn" in client.get("/programme/").content.decode()
    for page in ("timetable", "timetable-ics", "timetable-csv", "team"):
        assert client.get(url(page, inspection)).status_code == 200
    assert "There is no timetable." in client.get(url("timetable", inspection)).content.decode()
