"""The log of one inspection: by day, filtered, in pages; one thing, many, too many."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.record import record
from inspections import queries
from tests.client import StrictClient
from tests.inspections.places import another_inspection
from workspace.example.world import World


def address(world: World) -> str:
    return reverse("inspections:log", args=[world.inspection.reference])


def happen(world: World, times: int, *, at: datetime, **details: Any) -> None:
    """The same thing so many times, a minute apart."""
    with transaction.atomic():
        for number in range(times):
            record(
                "evaluations.question_answered",
                by=world.people["coordinator"],
                at=at + timedelta(minutes=number),
                subject=world.inspection,
                inspection=world.inspection,
                **{"question": 1} | details,
            )


@pytest.mark.at_week(3)
def test_log_stands_by_day_with_its_counted_week(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(address(world)).content.decode()
    assert page.index("Tuesday 16 September 2025 (week 3)") < page.index(
        "Monday 1 September 2025 (week 1)"
    )
    total = Event.objects.about(world.inspection.reference).count()
    assert f"{total} events." in page
    assert "Pages of the log" not in page


@pytest.mark.at_week(0)
def test_log_of_one_event_has_nothing_to_choose(world: World, client: StrictClient) -> None:
    planned = another_inspection(world, 2)
    url = reverse("inspections:log", args=[planned.reference])
    page = client.as_(world.people["other_lead"]).get(url).content.decode()
    events = Event.objects.about(planned.reference)
    days = {timezone.localdate(event.at) for event in events}
    assert page.count('class="app-log__day"') == len(days)
    assert "(week" not in page.partition('class="app-log__day"')[2].partition("</h2>")[0]
    assert ("Choose what to show" in page) == (events.count() > 1)


@pytest.mark.at_week(5)
def test_what_is_done_many_times_in_a_row_stands_once(world: World, client: StrictClient) -> None:
    happen(world, 12, at=world.now - timedelta(hours=1))
    happen(world, 1, at=world.now - timedelta(minutes=30), question=2)
    page = client.as_(world.people["lead"]).get(address(world)).content.decode()
    assert page.count("wrote in question 1 of the joint self-evaluation.") == 1
    assert "12 times, events" in page
    assert page.count("wrote in question 2 of the joint self-evaluation.") == 1


@pytest.mark.at_week(5)
def test_log_goes_on_over_pages_and_says_so(world: World, client: StrictClient) -> None:
    for number in range(60):
        happen(world, 1, at=world.now - timedelta(minutes=70 - number), question=number)
    first = client.as_(world.people["lead"]).get(address(world)).content.decode()
    assert "1 to 50 on this page" in first
    assert "continued" not in first
    second = client.get(address(world), {"page": 2}).content.decode()
    assert "Friday 3 October 2025 (week 5), continued" in second
    assert second.count("continued") == 1
    assert "page=1" in second


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"what": "inspections.person_invited"}, "invited", "notified the partnership"),
        ({"since": "16 September 2025"}, "joined as", "notified the partnership"),
        ({"since": "2025-09-16"}, "joined as", "notified the partnership"),
        ({"until": "1 September 2025"}, "notified the partnership", "joined as"),
        (
            {"since": "1 September 2025", "until": "1 September 2025"},
            "notified the partnership",
            "planned a joint inspection",
        ),
        (
            {"what": "inspections.partnership_notified", "since": "1 September 2025"},
            "notified the partnership",
            "planned a joint inspection",
        ),
    ],
)
def test_log_is_filtered(
    world: World, client: StrictClient, query: dict[str, str], there: str, gone: str
) -> None:
    page = client.as_(world.people["lead"]).get(address(world), query).content.decode()
    assert there in page
    assert gone not in page
    assert "Show everything" in page


@pytest.mark.at_week(5)
def test_log_is_filtered_by_who(world: World, client: StrictClient) -> None:
    lead = world.people["lead"]
    page = client.as_(lead).get(address(world), {"who": lead.pk}).content.decode()
    assert f"{lead.name} notified the partnership" in page
    assert "planned a joint inspection" not in page


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    "query",
    [
        {"what": "nothing.like_it"},
        {"who": "abc"},
        {"since": "31 February 2025"},
        {"until": "31 February 2025"},
    ],
)
def test_a_filter_that_makes_no_sense_shows_everything_and_says_why(
    world: World, client: StrictClient, query: dict[str, str]
) -> None:
    page = client.as_(world.people["lead"]).get(address(world), query).content.decode()
    assert "notified the partnership" in page
    assert "There is a problem" in page


@pytest.mark.at_week(5)
def test_a_filter_that_finds_nothing_says_so(world: World, client: StrictClient) -> None:
    page = (
        client.as_(world.people["lead"])
        .get(address(world), {"since": "1 December 2025"})
        .content.decode()
    )
    assert "Nothing in this log is like that." in page


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("key", "status"),
    [("lead", 200), ("service_manager", 200), ("inspector", 403), ("other_lead", 404)],
)
def test_log_is_for_those_who_read_it(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    assert client.as_(world.people[key]).get(address(world)).status_code == status


@pytest.mark.at_week(5)
def test_only_what_the_log_holds_is_offered(world: World) -> None:
    choices = queries.log_choices(world.inspection)
    assert ("inspections.partnership_notified", "The partnership was notified (1)") in choices.what
    assert not any("evidence_recorded" in name for name, _ in choices.what)
    assert choices.total == Event.objects.about(world.inspection.reference).count()


@pytest.mark.at_week(5)
def test_a_log_that_ends_before_it_begins_says_so(world: World, client: StrictClient) -> None:
    query = {"since": "16 September 2025", "until": "15 September 2025"}
    page = client.as_(world.people["lead"]).get(address(world), query).content.decode()
    assert "Choose Tuesday 16 September 2025" in page or "Choose 16 September 2025" in page
    assert "joined as" in page


@pytest.mark.at_week(5)
def test_log_offers_kinds_of_events_in_words(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(address(world)).content.decode()
    assert "Somebody was invited (" in page
    assert "Person invited" not in page
