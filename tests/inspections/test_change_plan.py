"""Changing a plan until notification."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from inspections import permissions, queries, rules
from inspections.actions.planning import change_plan
from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.places import another_inspection, invented_area
from tests.inspections.record import undone
from workspace.example.world import World, method

LATER = date(2025, 11, 3)
TODAY = date(2025, 8, 29)  # the Friday of week 0


def url(inspection: Inspection) -> str:
    return reverse("inspections:change-plan", args=[inspection.reference])


def change(world: World, inspection: Inspection, **changes: Any) -> Inspection:
    dates = {"planned_for": LATER, "requested_on": None, "timetable_approved_on": None}
    return change_plan(
        inspection,
        **{**dates, "based_on": inspection.plan_version, **changes},
        by=world.people["programme_manager"],
        at=world.now,
    )


def typed(**changes: str) -> dict[str, str]:
    return {
        "planned_for": "3 November 2025",
        "requested_on": "",
        "timetable_approved_on": "",
        "chosen_because": "rotation",
        "chosen_words": "Six years since the last inspection.",
        "based_on": "1",
        **changes,
    }


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("planned", ""),
        ("notified", "The partnership of Glenmarrow was notified on 1 September 2025."),
        ("closed", "The partnership of Glenmarrow was notified on 1 September 2025."),
        ("withdrawn", "This plan was withdrawn. Glenmarrow can be planned anew."),
    ],
)
def test_may_change_plan_until_notification(world: World, state: str, sentence: str) -> None:
    inspection = world.inspection
    inspection.state = InspectionState(state)
    inspection.notified_on = None if state in ("planned", "withdrawn") else date(2025, 9, 1)
    assert rules.may_change_plan(inspection).sentence == sentence
    assert rules.may_withdraw_plan(inspection).sentence == sentence


@pytest.mark.at_week(0)
def test_can_change_plan(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_change_plan(person, world.inspection)
    }
    assert allowed == {"programme_manager"}
    refusal = permissions.can_change_plan(world.people["lead"], world.inspection)
    assert refusal.sentence == "Only a programme manager changes the plan of an inspection."


@pytest.mark.at_week(0)
def test_change_plan(world: World) -> None:
    inspection = another_inspection(world, 2)
    before = record.count()
    change(world, inspection, requested_on=date(2025, 5, 1))
    inspection.refresh_from_db()
    assert (inspection.planned_for, inspection.requested_on) == (LATER, date(2025, 5, 1))
    assert inspection.state == InspectionState.PLANNED
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Una Breck changed the plan: date of notification from 1 September 2025 to 3 November 2025; "
        "date of the ministerial request from none to 1 May 2025."
    )


@pytest.mark.at_week(0)
def test_change_plan_that_fails_leaves_nothing_behind(world: World) -> None:
    inspection = another_inspection(world, 2)
    before = record.count()
    undone(lambda: change(world, inspection))
    for dates in (
        {"planned_for": date(2025, 8, 28)},
        {"planned_for": date(2025, 9, 6)},
        {"requested_on": date(2030, 1, 1)},
    ):
        with pytest.raises(Refused):
            change(world, inspection, **dates)
    inspection.refresh_from_db()
    assert inspection.planned_for == world.notified_on
    assert record.count() == before


@pytest.mark.at_week(3)
def test_change_plan_leaves_a_date_that_has_gone_by_where_others_change(world: World) -> None:
    inspection = another_inspection(world, 2)
    change(
        world,
        inspection,
        planned_for=inspection.planned_for,
        timetable_approved_on=date(2025, 9, 2),
    )
    inspection.refresh_from_db()
    assert inspection.timetable_approved_on == date(2025, 9, 2)


@pytest.mark.at_week(0)
def test_change_plan_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    inspection = another_inspection(world, 2)
    assert "1 September 2025" in client.get(url(inspection)).content.decode()
    response = client.post(url(inspection), typed(), follow=True)
    assert response.redirect_chain == [(inspection.get_absolute_url(), 302)]
    page = response.content.decode()
    assert "The plan is changed. Its timetable is drawn anew." in page
    assert "Monday 3 November 2025" in page
    again = client.post(url(inspection), typed(), follow=True).content.decode()
    assert "The plan says this already." in again


@pytest.mark.at_week(0)
def test_change_plan_that_another_manager_changed_meanwhile_changes_nothing(world: World) -> None:
    inspection = another_inspection(world, 2)
    change(world, inspection, requested_on=date(2025, 5, 1))
    before = record.count()
    change(world, inspection, requested_on=date(2025, 5, 1), based_on=1)  # it says that already
    with pytest.raises(SavedMeanwhile, match="You saved version 2 of the plan of Otherglen 2"):
        change(world, inspection, based_on=1)
    inspection.refresh_from_db()
    assert inspection.requested_on == date(2025, 5, 1)
    assert record.count() == before


@pytest.mark.at_week(0)
def test_change_plan_page_shows_what_another_manager_saved_and_loses_nothing(
    world: World, client: StrictClient
) -> None:
    inspection = another_inspection(world, 2)
    other = world.people["panel_chair"]
    other.name = "Another Manager"
    other.save()
    other.offices.update(role=Role.PROGRAMME_MANAGER)
    change_plan(
        inspection,
        planned_for=date(2025, 11, 10),
        requested_on=date(2025, 5, 1),
        timetable_approved_on=None,
        based_on=1,
        by=other,
        at=world.now,
    )
    client.as_(world.people["programme_manager"])
    page = client.post(url(inspection), typed()).content.decode()
    assert "Another Manager saved version 2 of the plan of Otherglen 2" in page
    assert "10 November 2025" in page
    assert "1 May 2025" in page
    assert 'value="3 November 2025"' in page
    assert 'name="based_on" value="2"' in page
    response = client.post(url(inspection), typed(based_on="2"), follow=True)
    assert "The plan is changed." in response.content.decode()
    inspection.refresh_from_db()
    assert (inspection.planned_for, inspection.requested_on) == (LATER, None)


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("chosen_words", "", "the reason in a sentence"),
        ("planned_for", "28 August 2025", "has gone by."),
        ("planned_for", "", "Write the date of notification."),
        ("planned_for", "25 December 2025", "is in a school-holiday week of Glenmarrow"),
        ("requested_on", "1 January 2030", "is still to come."),
        ("timetable_approved_on", "1 January 2030", "is still to come."),
    ],
)
def test_change_plan_with_a_bad_form(
    world: World, client: StrictClient, name: str, words: str, sentence: str
) -> None:
    client.as_(world.people["programme_manager"])
    before = record.count()
    page = client.post(url(world.inspection), typed(**{name: words})).content.decode()
    assert sentence in page
    assert f'href="#id_{name}"' in page
    assert record.count() == before


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("key", "status"), [("lead", 403), ("panel_chair", 403), ("other_lead", 404)]
)
def test_change_plan_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    response = client.as_(world.people[key]).post(url(world.inspection), typed())
    assert response.status_code == status


@pytest.mark.at_week(3)
def test_change_plan_page_refuses_once_notified(world: World, client: StrictClient) -> None:
    response = client.as_(world.people["programme_manager"]).get(url(world.inspection))
    assert response.status_code == 403
    assert "was notified on 1 September 2025." in response.content.decode()


# ---------- What the overview of a plan says ----------


@pytest.mark.at_week(0)
def test_overview_of_a_plan_gives_the_programme_manager_a_next_step(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    inspection = another_inspection(world, 2)
    page = client.get(inspection.get_absolute_url()).content.decode()
    assert "The team has no strategic support officer yet." in page
    assert reverse("inspections:name-team-member", args=[inspection.reference]) in page
    assert url(inspection) in page
    assert reverse("inspections:withdraw-plan", args=[inspection.reference]) in page
    assert "Nothing has a date ahead of today." not in page
    assert "Monday 1 September 2025 (week 1)" in page
    led = client.get(world.inspection.get_absolute_url()).content.decode()
    assert "The inspection lead notifies the partnership, planned for Monday 1 September" in led


@pytest.mark.at_week(0)
def test_overview_of_a_plan_offers_its_change_to_nobody_else(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["lead"]).get(world.inspection.get_absolute_url())
    assert "Change the plan" not in page.content.decode()
    assert "Withdraw the plan" not in page.content.decode()
    assert "Monday 1 September 2025" in page.content.decode()


@pytest.mark.at_week(12)
def test_a_plan_whose_date_has_gone_by_has_nothing_done_and_nothing_late(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    inspection = another_inspection(world, 2)
    page = client.get(inspection.get_absolute_url()).content.decode()
    assert "Planned for Monday 1 September 2025, which has gone by;" in page
    assert "The planned date has gone by. Choose another one, or withdraw the plan." in page
    assert "<td>done</td>" not in page
    assert "<td>to come</td>" in page
    page = client.get(reverse("inspections:timetable", args=[inspection.reference]))
    assert "late." not in page.content.decode()
    assert ">Late<" not in page.content.decode()


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2026, 8, 31), ["Days 1 to 5", "Days 6 to 10"]),  # Christmas parts the last block
        (date(2026, 10, 12), ["Days 1 to 3", "Days 4 and 5", "Days 6 to 10"]),
    ],
)
def test_days_of_one_block_carry_one_label(world: World, day: date, labels: list[str]) -> None:
    planned = Inspection(area=invented_area(2), method=method(), planned_for=day)
    tracker = queries.tracker(planned, queries.steps_or_draft(planned), TODAY)
    assert [label for label, _ in tracker.onsite_groups()] == labels


@pytest.mark.at_week(0)
def test_team_page_says_that_nobody_was_invited(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(
        reverse("inspections:team", args=[world.inspection.reference])
    )
    assert "Nobody has been invited yet." in page.content.decode()


@pytest.mark.at_week(0)
def test_change_plan_says_why_the_area_was_chosen(world: World, client: StrictClient) -> None:
    inspection = another_inspection(world, 2)
    client.as_(world.people["programme_manager"]).post(
        url(inspection), typed(chosen_because="risk", chosen_words="Two reviews of practice.")
    )
    inspection.refresh_from_db()
    assert queries.why_chosen(inspection) == "Risk: Two reviews of practice."
    event = Event.objects.filter(name="inspections.plan_changed").latest("at")
    assert "reason for choosing the area from not recorded to risk" in narrate(event)
    change(world, inspection, planned_for=date(2025, 11, 10))
    inspection.refresh_from_db()
    assert inspection.chosen_because == "risk"
