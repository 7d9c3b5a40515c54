"""Calendars to subscribe to: made once, fetched without signing in, followed when dates move, and taken back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts.actions.people import close_account
from core.verdicts import Refused
from inspections import permissions, queries
from inspections.actions.feeds import make_feed, revoke_feed
from inspections.actions.replanning import close_days
from inspections.actions.team import end_team_member
from inspections.enums import StepState
from inspections.models import CalendarFeed, Membership
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World


def fetched(client: StrictClient, secret: str) -> dict[str, Any]:
    """The events by their identifier, as a calendar program reads them."""
    client.logout()
    answer = client.get(reverse("inspections:feed", args=[secret]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


@pytest.mark.at_week(11)
def test_make_feed_shows_its_address_once_and_keeps_a_hash(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"])
    page = client.post(reverse("inspections:make-feed"), {"inspection": "all"}).content.decode()
    found = re.search(r"/calendar/([\w-]{43})\.ics", page)
    assert found
    feed = CalendarFeed.objects.get()
    assert found[1] not in feed.secret_hash
    assert found[1] not in client.get(reverse("inspections:feeds")).content.decode()
    assert "made the address of a calendar: All inspections" in record.last_sentence()
    assert fetched(client, found[1])


@pytest.mark.at_week(11)
def test_feed_has_every_date_and_nothing_of_people(world: World, client: StrictClient) -> None:
    secret = make_feed(world.inspection, by=world.people["coordinator"], at=world.now)
    events = fetched(client, secret)
    days = [one for one in events if "records_reading-" in one]
    assert len(days) == 3
    assert len(events) == sum(max(1, len(step.days)) for step in world.inspection.steps.all())
    words = client.get(reverse("inspections:feed", args=[secret])).content.decode()
    assert not [person.name for person in world.people.values() if person.name in words]
    assert all(one["STATUS"] == "CONFIRMED" and one["SEQUENCE"] == 0 for one in events.values())


@pytest.mark.at_week(11)
def test_feed_follows_what_moves_and_shows_what_is_cancelled(
    world: World, client: StrictClient
) -> None:
    secret = make_feed(None, by=world.people["inspector"], at=world.now)
    before = fetched(client, secret)
    day = date.fromisoformat(world.inspection.steps.get(key="records_reading").days[0])
    close_days(
        world.inspection, starts_on=day, ends_on=day, reason="Snow",
        by=world.people["lead"], at=world.now,
    )  # fmt: skip
    world.inspection.steps.filter(key="emerging_themes").update(state=StepState.WAIVED)
    after = fetched(client, secret)
    assert set(after) == set(before)  # identifiers stay
    key = f"{world.inspection.reference}-records_reading-1@run-a-joint-inspection"
    was, now = before[key], after[key]
    assert now["DTSTART"].dt > was["DTSTART"].dt
    assert (was["SEQUENCE"], now["SEQUENCE"]) == (0, 1)
    assert now["LAST-MODIFIED"].dt >= was["LAST-MODIFIED"].dt
    gone = after[f"{world.inspection.reference}-emerging_themes@run-a-joint-inspection"]
    assert gone["STATUS"] == "CANCELLED"


@pytest.mark.at_week(11)
def test_feed_is_read_alike_by_another_program(world: World, client: StrictClient) -> None:
    """Two libraries that know nothing of each other find the same events, the moved and the cancelled among them."""
    secret = make_feed(None, by=world.people["inspector"], at=world.now)
    day = date.fromisoformat(world.inspection.steps.get(key="records_reading").days[0])
    close_days(
        world.inspection, starts_on=day, ends_on=day, reason="Snow",
        by=world.people["lead"], at=world.now,
    )  # fmt: skip
    world.inspection.steps.filter(key="emerging_themes").update(state=StepState.WAIVED)
    one = fetched(client, secret)
    answer = client.get(reverse("inspections:feed", args=[secret])).content.decode()
    other = {event.uid.value: event for event in vobject.readOne(answer, validate=True).vevent_list}
    assert set(one) == set(other)
    for key, event in other.items():
        assert event.dtstart.value == one[key]["DTSTART"].dt
        assert event.dtend.value == one[key]["DTEND"].dt
        assert int(event.sequence.value) == one[key]["SEQUENCE"]
        assert event.status.value == one[key]["STATUS"]
    assert {event.status.value for event in other.values()} == {"CONFIRMED", "CANCELLED"}
    assert {int(event.sequence.value) for event in other.values()} == {0, 1}


@pytest.mark.at_week(11)
def test_feed_is_of_what_its_person_sees_today(world: World, client: StrictClient) -> None:
    secret = make_feed(None, by=world.people["inspector"], at=world.now)
    assert fetched(client, secret)
    part = Membership.objects.get(person=world.people["inspector"], inspection=world.inspection)
    end_team_member(part, by=world.people["lead"], at=world.now)
    assert fetched(client, secret) == {}


@pytest.mark.at_week(11)
def test_feed_of_a_closed_account_is_empty(world: World, client: StrictClient) -> None:
    secret = make_feed(None, by=world.people["associate"], at=world.now)
    close_account(world.people["associate"], by=world.people["programme_manager"], at=world.now)
    assert fetched(client, secret) == {}


@pytest.mark.at_week(11)
def test_revoke_feed_opens_nothing_any_more_and_twice_is_once(
    world: World, client: StrictClient
) -> None:
    inspector = world.people["inspector"]
    secret = make_feed(None, by=inspector, at=world.now)
    feed = CalendarFeed.objects.get()
    for _ in range(2):
        page = client.as_(inspector).post(
            reverse("inspections:revoke-feed", args=[feed.pk]), follow=True
        )
        assert "is taken back" in page.content.decode()
    client.logout()
    assert client.get(reverse("inspections:feed", args=[secret])).status_code == 404
    assert "took back the address of a calendar" in record.last_sentence()


@pytest.mark.at_week(11)
def test_nobody_takes_back_the_calendar_of_another(world: World, client: StrictClient) -> None:
    make_feed(None, by=world.people["inspector"], at=world.now)
    feed = CalendarFeed.objects.get()
    client.as_(world.people["lead"]).post(reverse("inspections:revoke-feed", args=[feed.pk]))
    assert CalendarFeed.objects.count() == 1
    with pytest.raises(Refused):
        revoke_feed(feed, by=world.people["lead"], at=world.now)


@pytest.mark.at_week(11)
def test_may_make_feed_of_ten_at_most_and_of_what_one_sees(world: World) -> None:
    stranger, inspector = world.people["other_lead"], world.people["inspector"]
    assert "that you work on" in permissions.can_make_feed(stranger, world.inspection).sentence
    for _ in range(10):
        make_feed(None, by=inspector, at=world.now)
    assert "ten calendars already" in permissions.can_make_feed(inspector, None).sentence


@pytest.mark.at_week(0)
def test_may_make_feed_not_of_a_draft(world: World) -> None:
    assert "a draft" in permissions.can_make_feed(world.people["lead"], world.inspection).sentence
    assert permissions.can_make_feed(world.people["lead"], None)


@pytest.mark.at_week(11)
def test_make_feed_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count()
    undone(lambda: make_feed(None, by=world.people["lead"], at=world.now))
    assert (CalendarFeed.objects.count(), record.count()) == (0, before)


@pytest.mark.at_week(11)
@pytest.mark.parametrize(
    ("typed", "says"), [({}, "Choose whose dates."), ({"inspection": "JI-1999-001"}, "")]
)
def test_make_feed_with_a_bad_form(
    world: World, client: StrictClient, typed: dict[str, str], says: str
) -> None:
    page = client.as_(world.people["lead"]).post(reverse("inspections:make-feed"), typed)
    assert says in page.content.decode()
    assert CalendarFeed.objects.count() == 0


@pytest.mark.at_week(11)
def test_pages_and_feed_ask_the_same_of_one_calendar_and_of_three(
    world: World, client: StrictClient
) -> None:
    lead = world.people["lead"]
    secret = make_feed(None, by=lead, at=world.now)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    client.as_(lead)
    page = reverse("inspections:feeds")
    cost(page)
    one = cost(page)
    for n in range(2):
        make_feed(world.inspection, by=lead, at=world.now + timedelta(seconds=n))
    assert cost(page) == one
    client.logout()
    feed = reverse("inspections:feed", args=[secret])
    few = cost(feed)
    assert few <= 8
    assert queries.dates_of([]) == []
