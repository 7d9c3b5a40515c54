"""What is printed of the record, on the papers that people keep: an anchor that verify_audit finds again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from audit.proof import look_for_anchor
from evaluations import exports, queries
from evaluations.models import SelfEvaluation
from tests.client import StrictClient
from tests.inspections.record import last_event
from workspace.example.world import World

PRINTED = re.compile(r"\d+-[0-9a-f]{16}")


def printed(response: Any) -> list[str]:
    """The anchors on a page."""
    return PRINTED.findall(response.content.decode())


@pytest.mark.at_week(14)
def test_receipt_prints_the_anchor_of_the_sending(world: World, client: StrictClient) -> None:
    kept = SelfEvaluation.objects.get()
    deed = Event.objects.get(name="evaluations.self_evaluation_submitted")
    client.force_login(world.people["coordinator"])
    page = client.get(f"/inspections/{world.inspection.reference}/self-evaluation/receipt/")
    assert printed(page) == [f"{deed.number}-{deed.hash[:16]}"]
    assert printed(page)[0] in exports.receipt_page(kept)
    assert look_for_anchor(printed(page)[0]) == ""


@pytest.mark.at_week(31)
def test_log_decision_and_report_print_an_anchor(world: World, client: StrictClient) -> None:
    here = f"/inspections/{world.inspection.reference}"
    client.force_login(world.people["lead"])
    for address in ("/log/", "/report/preview/"):
        (anchor,) = printed(client.get(f"{here}{address}"))
        assert look_for_anchor(anchor) == "", address
    group = queries.evaluations_of(world.inspection).first().group
    (anchor,) = printed(client.get(f"{here}/evaluations/{group.key}/"))
    decided = Event.objects.filter(name="evaluations.evaluation_confirmed")
    assert int(anchor.partition("-")[0]) in decided.values_list("number", flat=True)
    assert last_event().at <= timezone.now()
