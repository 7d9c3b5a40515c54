"""Home, programme and overview: who sees what, and what each page costs, however many inspections there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from inspections.models import Inspection
from tests.client import StrictClient
from tests.inspections.declared import named_and_let_in
from tests.inspections.places import another_inspection
from workspace.example.world import World

HOME, PROGRAMME = "/", "/programme/"
Counter = Callable[[int], Any]

# What each page asks of the database, whatever the number of inspections.
HOME_QUERIES = 16
PROGRAMME_QUERIES = 7
PARTNER_QUERIES = 21
LEAD_OVERVIEW = 22
INSPECTOR_OVERVIEW = 20
PARTNER_OVERVIEW = 22


def overview(world: World) -> str:
    return reverse("workspace:overview", args=[world.inspection.reference])


def two_more_for(world: World, key: str) -> None:
    """Two more inspections, on which this person works as an inspector."""
    for number in (2, 3):
        inspection = another_inspection(world, number)
        named_and_let_in(
            inspection,
            person=world.people[key],
            role=Role.STRATEGIC_INSPECTOR,
            until=None,
            by=world.people["programme_manager"],
            at=world.now,
        )


@pytest.mark.at_week(5)
def test_home_of_the_team_costs_the_same_however_many_inspections(
    world: World, client: StrictClient, django_assert_num_queries: Counter
) -> None:
    client.as_(world.people["inspector"])
    with django_assert_num_queries(HOME_QUERIES):
        one = client.get(HOME)
    two_more_for(world, "inspector")
    with django_assert_num_queries(HOME_QUERIES):
        three = client.get(HOME)
    assert one.content.decode().count("JI-20") < three.content.decode().count("JI-20")


@pytest.mark.at_week(5)
def test_programme_costs_the_same_however_many_inspections(
    world: World, client: StrictClient, django_assert_num_queries: Counter
) -> None:
    client.as_(world.people["programme_manager"])
    with django_assert_num_queries(PROGRAMME_QUERIES):
        one = client.get(PROGRAMME)
    assert "1 inspection that you may see" in one.content.decode()
    two_more_for(world, "inspector")
    with django_assert_num_queries(PROGRAMME_QUERIES):
        three = client.get(PROGRAMME)
    assert "3 inspections that you may see" in three.content.decode()
    assert "Otherglen 3" in three.content.decode()


@pytest.mark.at_week(5)
def test_home_of_a_partner_costs_the_same_whatever_is_asked(
    world: World, client: StrictClient, django_assert_num_queries: Counter
) -> None:
    client.as_(world.people["coordinator"])
    with django_assert_num_queries(PARTNER_QUERIES):
        page = client.get(HOME).content.decode()
    assert "What you are asked for" in page
    assert "Jean Alder" in page


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("key", "queries"),
    [("lead", LEAD_OVERVIEW), ("inspector", INSPECTOR_OVERVIEW), ("coordinator", PARTNER_OVERVIEW)],
)
def test_overview_costs(
    world: World, client: StrictClient, django_assert_num_queries: Counter, key: str, queries: int
) -> None:
    client.as_(world.people[key])
    with django_assert_num_queries(queries):
        assert client.get(overview(world)).status_code == 200
    two_more_for(world, "other_lead")
    with django_assert_num_queries(queries):
        assert client.get(overview(world)).status_code == 200


@pytest.mark.at_week(5)
@pytest.mark.parametrize("room", ["team", "timetable", "letters"])
def test_a_page_inside_an_inspection_asks_little(
    world: World, client: StrictClient, django_assert_max_num_queries: Counter, room: str
) -> None:
    client.as_(world.people["lead"])
    # The team page shows addresses to those who plan the team, and puts on record that it was read: three queries more,
    # and on PostgreSQL a fourth, which says how long putting it on record may wait for its turn.
    reading = 3 + (connection.vendor == "postgresql")
    with django_assert_max_num_queries(25 + (reading if room == "team" else 0)):
        client.get(reverse(f"inspections:{room}", args=[world.inspection.reference]))


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("lead", 200),
        ("volunteer", 200),
        ("coordinator", 200),
        ("local_reader", 200),
        ("programme_manager", 200),
        ("panel_chair", 200),
        ("other_lead", 404),
        ("other_coordinator", 404),
    ],
)
def test_overview_is_for_those_who_work_on_it(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    assert client.as_(world.people[key]).get(overview(world)).status_code == status
    assert client.get(HOME).status_code == 200
    assert client.get(PROGRAMME).status_code == 200


@pytest.mark.at_week(5)
def test_programme_shows_only_what_one_may_see(world: World, client: StrictClient) -> None:
    another_inspection(world, 2)
    page = client.as_(world.people["other_lead"]).get(PROGRAMME).content.decode()
    assert "Otherglen 2" in page
    assert overview(world) not in page
    page = client.as_(world.people["lead"]).get(PROGRAMME).content.decode()
    assert "Glenmarrow" in page
    assert "Otherglen 2" not in page


@pytest.mark.at_week(5)
def test_overview_shows_the_gate_and_the_log_to_the_team_alone(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["lead"]).get(overview(world)).content.decode()
    assert "What holds the gate" in page
    assert "Last events" in page
    for key in ("volunteer", "coordinator"):
        page = client.as_(world.people[key]).get(overview(world)).content.decode()
        assert "What holds the gate" not in page
        assert "Last events" not in page


@pytest.mark.at_week(0)
def test_overview_before_notification_leads_to_the_letters(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["lead"]).get(overview(world)).content.decode()
    assert reverse("inspections:notify-partnership", args=[world.inspection.reference]) in page
    assert "Notify the partnership of Glenmarrow" in client.get(HOME).content.decode()


@pytest.mark.at_week(0)
def test_home_of_somebody_without_an_inspection(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["other_lead"]).get(HOME).content.decode()
    assert "You work on no inspection yet." in page


@pytest.mark.parametrize("address", [HOME, PROGRAMME, "/inspections/JI-2026-001/"])
def test_every_page_asks_who_is_there(client: StrictClient, db: None, address: str) -> None:
    assert client.get(address)["Location"].startswith("/account/login/")


@pytest.mark.at_week(5)
def test_planned_inspections_are_among_the_strips(world: World, client: StrictClient) -> None:
    two_more_for(world, "lead")
    assert Inspection.objects.count() == 3
    page = client.as_(world.people["lead"]).get(HOME).content.decode()
    assert "Otherglen 2" in page


@pytest.mark.at_week(5)
def test_home_says_of_the_invented_area_only_that_it_is_invented(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    home = client.get(HOME).content.decode()
    assert "Glenmarrow is an invented area." in home
    assert "Nothing here is about a real place" not in home
    assert "Nothing here is about a real place" in client.get(overview(world)).content.decode()
    assert home.count("Nothing needs you today") <= 1
