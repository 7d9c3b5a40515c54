"""A part that ends while somebody is writing: they are told when and whom to ask, and lose no word."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from evaluations.models import Answer
from inspections.actions.offices import end_stand_in, name_stand_in
from inspections.actions.team import end_team_member
from inspections.models import Membership
from tests.client import StrictClient
from workspace.example.world import World

pytestmark = pytest.mark.at_week(4)

LONG = "A long sentence that somebody of the board has just typed into this box."
TYPED = {"how_good": LONG, "how_good_based_on": 0}


def address(world: World) -> str:
    return reverse("evaluations:answer-question", args=[world.inspection.reference, 2])


def end(world: World, key: str) -> None:
    part = Membership.objects.get(person=world.people[key])
    end_team_member(part, by=world.people["lead"], at=world.now)


def test_a_form_sent_after_the_part_ended_says_when_and_whom_to_ask(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["health_contributor"])
    assert client.get(address(world)).status_code == 200
    end(world, "health_contributor")

    response = client.post(address(world), TYPED)

    page = response.content.decode()
    officer = world.people["support_officer"]
    assert response.status_code == 403
    assert (
        "Your part in this inspection as contributor of an agency ended on 26 September 2025. "
        f"If you should still take part, ask Jean Alder, {officer.telephone}, to name or invite you again."
    ) in page
    assert LONG in page
    assert not Answer.objects.exists()
    assert client.get(address(world)).status_code == 403


def test_an_autosave_after_the_part_ended_is_told_the_same(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["health_contributor"])
    end(world, "health_contributor")
    response = client.post(address(world), TYPED, headers={"accept": "application/json"})
    assert response.status_code == 403
    assert "ended on 26 September 2025" in response.json()["faults"][0]


def test_a_part_that_ended_with_its_last_day_says_that_day(
    world: World, client: StrictClient
) -> None:
    part = Membership.objects.filter(person=world.people["health_contributor"])
    part.update(until=world.now.date())
    with time_machine.travel(world.now + timedelta(days=3)):
        response = client.as_(world.people["health_contributor"]).post(address(world), TYPED)
    assert response.status_code == 403
    assert "ended on 26 September 2025" in response.content.decode()


def test_a_stand_in_whose_standing_in_ended_is_told_so(world: World, client: StrictClient) -> None:
    end(world, "health_contributor")
    stand_in = name_stand_in(
        Membership.objects.get(person=world.people["chief_officer"]),
        person=world.people["health_contributor"],
        starts_on=world.now.date(),
        until=None,
        by=world.people["chief_officer"],
        at=world.now,
    )
    client.as_(world.people["health_contributor"])
    room = reverse("evaluations:self-evaluation", args=[world.inspection.reference])
    assert client.get(room).status_code == 200
    Membership.objects.filter(person=world.people["health_contributor"]).delete()
    end_stand_in(stand_in, by=world.people["chief_officer"], at=world.now)
    response = client.get(room)
    assert response.status_code == 403
    assert (
        "You no longer stand in for Iain Strathy in this inspection." in response.content.decode()
    )


def test_a_stranger_still_finds_nothing(world: World, client: StrictClient) -> None:
    response = client.as_(world.people["other_coordinator"]).post(address(world), TYPED)
    assert response.status_code == 404
    assert "Your part" not in response.content.decode()
    assert client.get("/inspections/JI-1999-001/team/").status_code == 404
