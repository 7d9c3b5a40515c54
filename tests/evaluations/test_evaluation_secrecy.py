"""Invariant 4: nobody sees a colleague's evaluation before all have sealed: on no page, in no log, in no query."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from evaluations.models import Evaluation
from tests.client import StrictClient
from tests.evaluations.sealing import CIRCLE, opened, sealed, written
from workspace.example.world import World

pytestmark = pytest.mark.at_week(20, weekday=0)

SECRET = "A sentence that only its writer may read."
LEVEL_COLUMN = re.compile(r'"evaluations_sealedevaluation"\."(level|rationale)"')
READERS = ("lead", "depute", "health_inspector", "service_manager", "panel_chair")


def _pages(world: World) -> list[str]:
    """Every page inside the inspection that could tell, before the reveal."""
    reference = world.inspection.reference
    groups = ("1.1", "2.1", "2.2", "9.1-9.4")
    return [
        reverse("evaluations:evaluations", args=[reference]),
        *(reverse("evaluations:evaluation", args=[reference, group]) for group in groups),
        reverse("evaluations:evidence", args=[reference]),
        reverse("evaluations:evidence-coverage", args=[reference]),
        reverse("evaluations:export-evidence", args=[reference, "csv"]),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_no_page_tells_a_colleagues_level_before_the_reveal(
    world: World, client: StrictClient, reader: str
) -> None:
    evaluation = opened(world)
    others = [key for key in CIRCLE if key != reader][:-1]
    sealed(world, evaluation, *others, level=6, why=SECRET)
    written(
        world,
        evaluation,
        next(key for key in reversed(CIRCLE) if key != reader),
        level=6,
        why=SECRET,
    )

    client.as_(world.people[reader])
    for url in _pages(world):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(url)
        assert response.status_code == 200, url
        said = response.content.decode()
        assert SECRET not in said, url
        assert '<span class="app-evaluation"><b>6</b>' not in said, url
        assert "checked" not in said, url
        fetched = [
            query["sql"]
            for query in asked
            if _fetches_others(query["sql"], world.people[reader].pk)
        ]
        assert fetched == [], url


def _fetches_others(sql: str, reader: int) -> bool:
    """Whether a query reads level or reason of anybody but the reader."""
    return bool(LEVEL_COLUMN.search(sql)) and f'"inspector_id" = {reader}' not in sql


def test_saving_and_sealing_fetch_nobody_elses_level_either(
    world: World, client: StrictClient
) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE[1:-1], level=6, why=SECRET)
    person = world.people["lead"]
    client.as_(person)
    args = [world.inspection.reference, "2.1"]

    with CaptureQueriesContext(connection) as asked:
        client.post(
            reverse("evaluations:write-evaluation", args=args),
            {"level": "3", "rationale": "Mine.", "based_on": "0", "seal": "yes"},
        )
        client.get(reverse("evaluations:seal-evaluation", args=args))
        client.post(reverse("evaluations:seal-evaluation", args=args), {"based_on": "1"})

    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert [sql for sql in reads if _fetches_others(sql, person.pk)] == []


def test_the_count_speaks_of_people_only(world: World, client: StrictClient) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, "depute", "inspector", "health_inspector", level=2)

    said = _get(client, world, "lead", "2.1")

    assert "Three of seven have sealed." in said
    assert "Spread" not in said


def test_the_log_never_holds_a_level_or_a_reason(world: World) -> None:
    evaluation = opened(world)
    before = Event.objects.count()
    sealed(world, evaluation, *CIRCLE, level=6, why=SECRET)

    events = list(Event.objects.order_by("number")[before:])
    assert len(events) == 2 * len(CIRCLE)
    for event in events:
        assert set(event.details) <= {"group", "version", "sealed", "of"}
        assert SECRET not in narrate(event)
    assert (
        narrate(events[-1])
        == f"{world.people[CIRCLE[-1]]} sealed an evaluation of 2.1 (7 of 7 have sealed)."
    )


def test_after_the_last_seal_the_same_page_shows_everybody(
    world: World, client: StrictClient
) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE[:-1], level=5, why=SECRET)
    sealed(world, evaluation, CIRCLE[-1], level=2, why="Waits.")

    said = _get(client, world, "lead", "2.1")

    assert said.count(SECRET) == 6
    assert "inspectors 2, 5, 5, 5, 5, 5, 5" in said
    assert "Not yet evaluated" not in _get(client, world, "lead", "2.1")
    assert SECRET not in _get(client, world, "lead", "2.2")


@pytest.mark.parametrize(
    "person", ["coordinator", "participation_coordinator", "chief_officer", "local_reader"]
)
def test_the_partnership_sees_nothing_before_it_is_shared(
    world: World, client: StrictClient, person: str
) -> None:
    sealed(world, opened(world), *CIRCLE, level=6, why=SECRET)
    client.as_(world.people[person])

    for url in _pages(world)[:5]:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
        assert response.status_code == 403, url
        assert SECRET not in response.content.decode()
        assert not any(LEVEL_COLUMN.search(query["sql"]) for query in asked), url


@pytest.mark.parametrize(
    "person", ["support_officer", "associate", "volunteer", "programme_manager"]
)
def test_those_who_do_not_evaluate_are_told_why(
    world: World, client: StrictClient, person: str
) -> None:
    opened(world)
    url = reverse("evaluations:evaluations", args=[world.inspection.reference])

    response = client.as_(world.people[person]).get(url)

    assert response.status_code == 403
    assert (
        "Only the inspectors, the service manager and the chair of the panel see evaluations"
        in response.content.decode()
    )


def test_a_lead_of_another_inspection_finds_nothing(world: World, client: StrictClient) -> None:
    opened(world)
    client.as_(world.people["other_lead"])

    assert {client.get(url).status_code for url in _pages(world)} == {404}


def _get(client: StrictClient, world: World, reader: str, group: str) -> Any:
    url = reverse("evaluations:evaluation", args=[world.inspection.reference, group])
    assert Evaluation.objects.filter(group__key=group).exists()
    return client.as_(world.people[reader]).get(url).content.decode()
