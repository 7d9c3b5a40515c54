"""Access that ends on a day: needed for some roles, proposed by the timetable, ended by the clock, changed with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User, system_user
from accounts.roles import Capability, Role
from audit.models import Event
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.notices import tell_of_last_day
from inspections.actions.team import change_last_day, end_lapsed_part
from inspections.models import Inspection, Membership
from inspections.tasks import end_lapsed_parts
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import url
from tests.inspections.record import undone
from workspace.example.world import World

READ_BY = date(2025, 11, 28)  # the Friday of week 12, in which records are read
LAST = date(2025, 12, 1)


def held(world: World, key: str) -> Membership:
    return Membership.objects.get(inspection=world.inspection, person=world.people[key])


def change(world: World, key: str = "local_reader", until: date | None = LAST) -> Membership:
    return change_last_day(
        held(world, key),
        until=until,
        reason="Two records are still to be read",
        by=world.people["support_officer"],
        at=world.now,
    )


def clock(day: date) -> None:
    """The clock looks, on that day."""
    moment = timezone.make_aware(datetime.combine(day, time(7)))
    with time_machine.travel(moment):
        end_lapsed_parts(now=moment)


# ---------- A last day that is needed ----------


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    ("role", "day"),
    [
        (Role.LOCAL_READER, READ_BY),
        (Role.ASSOCIATE_ASSESSOR, date(2026, 1, 16)),
        (Role.YOUNG_INSPECTION_VOLUNTEER, date(2026, 2, 13)),
        (Role.CONTRIBUTOR, None),
    ],
)
def test_proposed_last_day(world: World, role: Role, day: date | None) -> None:
    today = world.now.date()
    assert queries.proposed_last_day(world.inspection, role=role, on=today) == day
    if day:
        after = day + timedelta(days=1)
        assert queries.proposed_last_day(world.inspection, role=role, on=after) is None


@pytest.mark.at_week(-2)
def test_proposed_last_day_before_notification_is_the_drafts(world: World) -> None:
    today = world.now.date()
    assert queries.proposed_last_day(world.inspection, role=Role.LOCAL_READER, on=today) == READ_BY


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    ("role", "until", "sentence"),
    [
        (Role.LOCAL_READER, LAST, ""),
        (Role.CONTRIBUTOR, None, ""),
        (
            Role.LOCAL_READER,
            None,
            "Access as a local file reader ends by itself: write the last day. "
            "By the timetable that is 28 November 2025.",
        ),
        (
            Role.ASSOCIATE_ASSESSOR,
            None,
            "Access as an associate assessor ends by itself: write the last day. "
            "By the timetable that is 16 January 2026.",
        ),
        (
            Role.LOCAL_READER,
            date(2025, 9, 1),
            "1 September 2025 has gone by. Choose a last day of access from today on.",
        ),
        (
            Role.CONTRIBUTOR,
            date(2025, 9, 1),
            "1 September 2025 has gone by. Choose a last day of access from today on, or leave it empty.",
        ),
    ],
)
def test_may_last_until(world: World, role: Role, until: date | None, sentence: str) -> None:
    verdict = rules.may_last_until(world.inspection, role=role, until=until, on=world.now.date())
    assert verdict.sentence == sentence


@pytest.mark.at_week(4)
def test_invite_person_as_reader_needs_and_proposes_a_last_day(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["coordinator"])
    address = url(world, "invite-person")
    page = client.get(f"{address}?role=local_reader").content.decode()
    assert 'value="28 November 2025"' in page
    assert "by the timetable: local file reader: 28 November 2025." in page
    typed: dict[str, Any] = {
        "name": "Rona Brae",
        "email": "rona.brae@glenmarrow.example",
        "agency": world.people["coordinator"].agency.pk,
        "role": "local_reader",
        "until": "",
    }
    refused = client.post(address, typed).content.decode()
    assert "Access as a local file reader ends by itself: write the last day." in refused
    client.post(address, {**typed, "until": "28 November 2025"})
    assert world.inspection.invitations.open().get().until == READ_BY


# ---------- Changing it ----------


@pytest.mark.at_week(12)
def test_change_last_day(world: World) -> None:
    before = record.count()
    found = change(world)
    assert (found.until, found.told_at) == (LAST, None)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Jean Alder changed the last day of Angus Leven as local file reader from 28 August 2026 "
        "to 1 December 2025, because: “Two records are still to be read”."
    )
    change(world, "health_contributor")
    change(world, "health_contributor", until=None)
    assert "from 1 December 2025 to the end of the inspection" in record.last_sentence()


@pytest.mark.at_week(12)
def test_change_last_day_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), held(world, "local_reader").until
    undone(lambda: change(world))
    for until, why in (
        (None, "ends by itself"),
        (date(2025, 9, 1), "has gone by"),
        (before[1], "That is the last day already"),
    ):
        with pytest.raises(Refused, match=why):
            change(world, until=until)
    assert (record.count(), held(world, "local_reader").until) == before


@pytest.mark.at_week(12)
def test_may_change_last_day_not_of_a_part_that_is_over(world: World) -> None:
    Membership.objects.filter(person=world.people["local_reader"]).update(until=READ_BY)
    part = held(world, "local_reader")
    verdict = rules.may_change_last_day(part, until=LAST, on=READ_BY + timedelta(days=1))
    assert verdict.sentence == (
        "Angus Leven's part ended with its last day, 28 November 2025. Name or invite them again."
    )
    assert rules.may_change_last_day(part, until=LAST, on=READ_BY)


@pytest.mark.at_week(12)
def test_can_change_last_day(world: World) -> None:
    part = held(world, "local_reader")
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_change_last_day(person, part, on=world.now.date())
    }
    assert allowed == {"programme_manager", "lead", "support_officer", "coordinator"}


@pytest.mark.at_week(12)
def test_partnership_sets_last_day(world: World) -> None:
    """Of those of its own who leave by themselves, and of nobody else."""
    coordinator = world.people["coordinator"]
    for key, passes in (
        ("local_reader", True),
        ("health_contributor", False),
        ("inspector", False),
    ):
        part = held(world, key)
        assert bool(rules.partnership_sets_last_day(part)) is passes
        verdict = permissions.can_change_last_day(coordinator, part, on=world.now.date())
        assert bool(verdict) is passes
        if not passes:
            assert verdict.sentence == Capability.CHANGE_LAST_DAY.value


@pytest.mark.at_week(12)
def test_change_last_day_page(world: World, client: StrictClient) -> None:
    address = url(world, "change-last-day", held(world, "local_reader").pk)
    client.as_(world.people["lead"])
    assert "Angus Leven is local file reader until" in client.get(address).content.decode()
    for typed, sentence in (
        ({"until": "", "reason": "Snow"}, "ends by itself: write the last day."),
        ({"until": "1 December 2025", "reason": ""}, "Write the reason."),
        ({"until": "soon", "reason": "Snow"}, "Write the date as day, month and year"),
    ):
        assert sentence in client.post(address, typed).content.decode()
    done = client.post(address, {"until": "1 December 2025", "reason": "Snow"}, follow=True)
    assert "Angus Leven has access until 1 December 2025." in done.content.decode()
    assert held(world, "local_reader").until == LAST


@pytest.mark.at_week(12)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_change_last_day_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "change-last-day", held(world, "local_reader").pk)
    assert client.as_(world.people[key]).get(address).status_code == status


# ---------- The clock ----------


def letters() -> list[str]:
    return list(
        Letter.objects.filter(template="inspections/last_day_near")
        .order_by("pk")
        .values_list("to", flat=True)
    )


@pytest.mark.at_week(12)
def test_tell_of_last_day_a_week_before_and_once(world: World) -> None:
    change(world, until=date(2025, 12, 19))
    for day in range(10, 21):
        clock(date(2025, 12, day))
    people = [world.people[key].email for key in ("local_reader", "support_officer")]
    assert letters() == people
    told = Event.objects.get(name="inspections.last_day_told")
    assert timezone.localtime(told.at).date() == date(2025, 12, 12)
    own, other = Letter.objects.filter(template="inspections/last_day_near").order_by("pk")
    assert "Your access to the joint inspection in Glenmarrow" in own.body
    assert "If you need longer, ask Jean Alder" in own.body
    assert "Angus Leven's access" in other.body


@pytest.mark.at_week(12)
def test_tell_of_last_day_again_when_it_was_changed(world: World) -> None:
    change(world)
    clock(world.now.date())
    change(world, until=date(2025, 12, 3))
    clock(world.now.date())
    assert len(letters()) == 4


@pytest.mark.at_week(12)
def test_one_name_or_address_that_is_none_keeps_nobody_from_being_told(world: World) -> None:
    change(world)
    reader = world.people["local_reader"]
    User.objects.filter(pk=reader.pk).update(name="Angus\u00ad Leven\u202e", email="no address")
    later = change(world, "health_contributor")
    clock(world.now.date())
    told = Letter.objects.filter(template="inspections/last_day_near")
    assert told.filter(to=later.person.email).exists()
    officer = world.people["support_officer"].email
    about_reader = told.filter(to=officer, subject__contains="Angus").get()
    assert (
        about_reader.subject == "Glenmarrow: access of Angus Leven ends on Monday 1 December 2025"
    )
    assert not queries.near_their_last_day(world.now.date()).exists()


@pytest.mark.at_week(12)
def test_tell_of_last_day_that_fails_leaves_nothing_behind(world: World) -> None:
    change(world)
    before = record.count()
    undone(lambda: tell_of_last_day(held(world, "local_reader"), at=world.now))
    assert (record.count(), letters()) == (before, [])


@pytest.mark.at_week(12)
def test_end_lapsed_part_after_the_last_day_and_once(world: World) -> None:
    change(world)
    clock(LAST)
    assert held(world, "local_reader").ended_at is None
    for day in (LAST + timedelta(days=1), LAST + timedelta(days=2)):
        clock(day)
    part = held(world, "local_reader")
    assert part.ended_by == system_user()
    assert timezone.localtime(part.ended_at).isoformat() == "2025-12-02T00:00:00+00:00"
    assert Event.objects.filter(name="inspections.part_lapsed").count() == 1
    assert record.last_sentence() == (
        "The part of Angus Leven as local file reader ended with its last day, 1 December 2025."
    )
    assert not Inspection.objects.visible_to(world.people["local_reader"]).exists()


@pytest.mark.at_week(12)
def test_end_lapsed_part_that_fails_leaves_nothing_behind(world: World) -> None:
    change(world)
    late = world.now + timedelta(days=30)
    undone(lambda: end_lapsed_part(held(world, "local_reader"), at=late))
    assert held(world, "local_reader").ended_at is None
