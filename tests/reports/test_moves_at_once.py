"""Comments returned by several clicks in the same moment."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from audit.models import Event
from reports.enums import ReportState
from reports.models import Report
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from workspace.example.world import World


@pytest.mark.django_db(transaction=True)
@pytest.mark.at_week(30)
def test_return_comments_clicked_six_times_at_once_is_done_once_and_nobody_is_refused(
    world: World, report: Report
) -> None:
    url = reverse("reports:return-comments", args=[world.inspection.reference])
    clients = [StrictClient().as_(world.people["coordinator"]) for _ in range(MANY)]

    def click(number: int) -> HttpResponse:
        return clients[number].post(url)

    answers = at_once(click)
    assert [getattr(one, "status_code", one) for one in answers] == [302] * MANY
    report.refresh_from_db()
    assert report.state == ReportState.COMMENTS_RETURNED
    assert Event.objects.filter(name="reports.comments_returned").count() == 1
