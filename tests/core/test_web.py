"""The pages' common frame: a refusal, and what was typed before it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.client import StrictClient
from workspace.example.world import World


@pytest.mark.at_week(14)
def test_a_refusal_shows_what_was_typed_and_no_password(world: World, client: StrictClient) -> None:
    url = reverse("inspections:name-addressees", args=[world.inspection.reference])
    words = "1 High Street, Glenmarrow,\nby the old mill"

    response = client.as_(world.people["lead"]).post(
        url, {"cpp_chair-postal_address": words, "password": "a secret that is long enough"}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "by the old mill" in page
    assert "a secret that" not in page
    assert Inspection.objects.get(pk=world.inspection.pk).state == InspectionState.PHASE_TWO
