"""Getting help: whom to ask, for each inspection one works on, at the same cost however many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.roles import Role
from tests.client import StrictClient
from tests.inspections.declared import named_and_let_in
from tests.inspections.places import another_inspection
from workspace.example.world import World

HELP = "/about/help/"
HELP_QUERIES = 4


@pytest.mark.at_week(3)
@pytest.mark.parametrize("person", ["volunteer", "inspector", "coordinator"])
def test_help_says_whom_to_ask(world: World, client: StrictClient, person: str) -> None:
    page = client.as_(world.people[person]).get(HELP).content.decode()
    officer = world.people["support_officer"]
    assert officer.name in page and officer.telephone in page and officer.email in page


@pytest.mark.at_week(3)
def test_help_names_nobody_to_strangers(world: World, client: StrictClient) -> None:
    for page in (client.get(HELP), client.as_(world.people["other_lead"]).get(HELP)):
        assert world.people["support_officer"].name not in page.content.decode()
    assert "once you have signed in" in StrictClient().get(HELP).content.decode()


@pytest.mark.at_week(3)
def test_help_costs_the_same_however_many_inspections(
    world: World, client: StrictClient, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client.as_(world.people["inspector"])
    with django_assert_num_queries(HELP_QUERIES):
        client.get(HELP)
    for number in (2, 3):
        inspection = another_inspection(world, number)
        for key, role in (
            ("inspector", Role.STRATEGIC_INSPECTOR),
            ("support_officer", Role.SUPPORT_OFFICER),
        ):
            named_and_let_in(
                inspection,
                person=world.people[key],
                role=role,
                until=None,
                by=world.people["programme_manager"],
                at=world.now,
            )
    with django_assert_num_queries(HELP_QUERIES):
        page = client.get(HELP).content.decode()
    assert page.count(world.people["support_officer"].telephone) == 3
