"""The pages' common frame: a refusal, and what was typed before it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.web import page_above
from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.client import StrictClient
from workspace.example.world import World


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/inspections/JI-1/report/schedule/", ("/inspections/JI-1/report/", "report")),
        ("/inspections/JI-1/report/points/4/remove/", ("/inspections/JI-1/report/", "report")),
        ("/inspections/JI-1/report/draft/3/comment/", ("/inspections/JI-1/report/draft/", "draft")),
        ("/inspections/JI-1/notify/", ("/inspections/JI-1/", "overview")),
        (
            "/inspections/JI-1/self-evaluation/submit/",
            ("/inspections/JI-1/self-evaluation/", "self-evaluation"),
        ),
        ("/programme/", None),
        ("/", None),
    ],
)
def test_the_page_above_is_the_nearest_that_only_reads(path: str, above: Any) -> None:
    found = page_above(path)
    assert (found and (found.url, found.words)) == above


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
