"""What a browser, or anything between, may keep: nothing of a signed-in person's, and no refusal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.client import StrictClient
from workspace.example.world import World

NOTHING = "private, no-store"


def url(world: World, name: str) -> str:
    return reverse(name, args=[world.inspection.reference])


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    "name",
    ["workspace:overview", "inspections:team", "inspections:timetable-csv", "inspections:log"],
)
def test_a_signed_in_persons_page_is_kept_by_nobody(
    world: World, client: StrictClient, name: str
) -> None:
    response = client.as_(world.people["lead"]).get(url(world, name))
    assert response.status_code == 200
    assert response["Cache-Control"] == NOTHING


@pytest.mark.at_week(4)
def test_a_refusal_is_kept_by_nobody(world: World, client: StrictClient) -> None:
    move = url(world, "inspections:name-team-member")
    answers = [
        (client.post(move, {"reason": "x"}), 401),
        (client.as_(world.people["volunteer"]).get(move), 403),
        (client.get("/no/such/page/"), 404),
        (Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"}), 403),
    ]
    for response, status in answers:
        assert response.status_code == status
        assert response["Cache-Control"] == NOTHING


@pytest.mark.at_week(36)
@pytest.mark.parametrize(
    "name", ["workspace:method", "workspace:help", "reports:published-reports"]
)
def test_a_public_page_is_left_alone_until_it_carries_a_name(
    world: World, client: StrictClient, name: str
) -> None:
    assert "Cache-Control" not in client.get(reverse(name))
    assert client.as_(world.people["lead"]).get(reverse(name))["Cache-Control"] == NOTHING


@pytest.mark.at_week(36)
def test_a_published_report_may_be_kept(world: World, client: StrictClient) -> None:
    pages: list[Any] = [
        client.get(url(world, "reports:published-report")),
        client.get(url(world, "reports:published-young-peoples-version")),
        client.as_(world.people["lead"]).get(url(world, "reports:published-young-peoples-version")),
    ]
    for response in pages:
        assert response.status_code == 200
        assert "Cache-Control" not in response
        response.close()
