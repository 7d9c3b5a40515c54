"""An identifier that was changed by hand to another inspection's: nothing is there, and it is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from audit.models import Event, EventQuerySet
from audit.narrate import narrate
from tests.client import StrictClient
from workspace.example.world import World


def _tried() -> EventQuerySet:
    return Event.objects.filter(name="inspections.opening_tried")


@pytest.mark.at_week(14)
def test_opening_tried_is_on_record_once_a_person_and_day(
    world: World, client: StrictClient
) -> None:
    stranger = world.people["other_lead"]
    client.as_(stranger)
    reference = world.inspection.reference
    for name in ("workspace:overview", "evaluations:evidence", "inspections:timetable"):
        assert client.get(reverse(name, args=[reference])).status_code == 404
    assert client.post(reverse("evaluations:record-evidence", args=[reference])).status_code == 404
    said = (
        f"{stranger.name} tried to open {reference}, which is not theirs to see, "
        "and was told that nothing is there."
    )
    assert [narrate(event) for event in _tried()] == [said]
    with time_machine.travel(world.now + timedelta(days=1)):
        client.as_(stranger)
        client.get(reverse("workspace:overview", args=[reference]))
    assert _tried().count() == 2
    client.as_(world.people["other_coordinator"])
    client.get(reverse("workspace:overview", args=[reference]))
    assert _tried().count() == 3

    log = reverse("inspections:log", args=[reference])
    for key in ("service_manager", "lead"):
        assert said in client.as_(world.people[key]).get(log).content.decode()
    person = reverse("accounts:person", args=[stranger.pk])
    client.as_(world.people["programme_manager"])
    assert said in client.get(person).content.decode()


@pytest.mark.at_week(14)
def test_opening_tried_is_not_recorded_where_nothing_is_hidden(
    world: World, client: StrictClient
) -> None:
    """A reference that nobody has; a page that is missing in one's own inspection; the public."""
    client.get(reverse("workspace:overview", args=[world.inspection.reference]))
    client.as_(world.people["other_lead"]).get("/inspections/JI-2031-999/")
    own = reverse("evaluations:evidence-item", args=[world.inspection.reference, 99_999])
    assert client.as_(world.people["lead"]).get(own).status_code == 404
    assert not _tried().exists()


@pytest.mark.at_week(14)
def test_opening_tried_stops_no_page(world: World, client: StrictClient) -> None:
    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return execute(
            sql.replace('INTO "audit_event"', 'INTO "audit_event_gone"'), params, many, context
        )

    client.as_(world.people["other_lead"])
    with connection.execute_wrapper(full):
        page = client.get(reverse("workspace:overview", args=[world.inspection.reference]))
    assert page.status_code == 404
    assert not _tried().exists()
