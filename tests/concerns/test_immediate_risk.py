"""Danger now: a banner for the few until it has ended, a place on their desks, and a reminder at the end of the day (R37)."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from audit.narrate import narrate
from concerns.actions.concerns import close_concern
from concerns.enums import Referral
from concerns.models import Concern
from concerns.queries import act_by, to_be_reminded, waits_with
from concerns.tasks import remind_of_undecided
from core.models import Letter
from tests.cast import KEYS
from tests.client import StrictClient
from tests.concerns.raised import CASE, SECRET, acknowledged, decided, raised
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(14)
SEE_ALL = {"lead", "depute", "service_manager"}
BANNER = 'aria-label="Immediate risk"'


def _who_has_the_banner(world: World, page: str) -> set[str]:
    args = [] if page == "workspace:home" else [world.inspection.reference]
    found = set()
    for key in KEYS:
        answer = StrictClient().as_(world.people[key]).get(reverse(page, args=args))
        if BANNER in answer.content.decode():
            found.add(key)
    return found


@pytest.mark.parametrize("page", ["workspace:home", "workspace:overview"])
def test_banner_is_before_the_few_until_it_has_ended(world: World, page: str) -> None:
    raised(world)
    assert _who_has_the_banner(world, page) == set()
    concern = raised(world, is_immediate=True)
    assert _who_has_the_banner(world, page) == SEE_ALL
    concern = acknowledged(world, concern)
    assert _who_has_the_banner(world, page) == SEE_ALL
    close_concern(concern, case_reference=CASE, by=world.people["concerns_lead"], at=world.now)
    assert _who_has_the_banner(world, page) == set()


def test_banner_ends_with_the_decision_not_to_refer(world: World) -> None:
    decided(world, raised(world, is_immediate=True), Referral.NOT)
    assert _who_has_the_banner(world, "workspace:home") == set()


def _home(world: World, key: str) -> str:
    return StrictClient().as_(world.people[key]).get(reverse("workspace:home")).content.decode()


def test_decision_waits_at_the_leads_home_and_nobody_elses(world: World) -> None:
    concern = raised(world)
    url = reverse("concerns:decide-concern", args=[world.inspection.reference, concern.number])
    assert {key for key in KEYS if url in _home(world, key)} == {"lead"}
    assert "Concern C-002 raised at 18:00: decide" in _home(world, "lead")


def test_confirming_and_closing_wait_at_the_home_of_whoever_receives_it(world: World) -> None:
    concern = decided(world, raised(world))
    assert "Confirm that concern C-002 has arrived" in _home(world, "concerns_lead")
    assert "concern C-002" not in _home(world, "coordinator")
    acknowledged_now = Concern.objects.get(pk=concern.pk)
    assert acknowledged_now.state == "referred"


def test_closing_waits_once_it_is_confirmed(world: World) -> None:
    acknowledged(world, raised(world))
    home = _home(world, "concerns_lead")
    assert "Close concern C-002" in home
    assert "Confirm that" not in home


# ---------- The end of the day ----------


def _at(hour: int, day: int = 8, month: int = 12) -> datetime:
    return timezone.make_aware(datetime(2025, month, day, hour))


@pytest.mark.parametrize(
    ("raised_at", "due"),
    [
        (_at(9), _at(17)),
        (_at(16), _at(17)),
        (_at(17), _at(0, day=9)),
        (_at(23), _at(0, day=9)),
    ],
)
def test_decision_is_due_at_the_end_of_its_day(raised_at: datetime, due: datetime) -> None:
    assert act_by(Concern(raised_at=raised_at)) == due


def test_reminder_goes_once_to_the_lead_and_the_service_manager(world: World) -> None:
    at = world.now.replace(hour=9)
    concern = raised(world, is_immediate=True, at=at)
    before = set(Letter.objects.values_list("pk", flat=True))
    remind_of_undecided(now=at.replace(hour=16))
    assert not Letter.objects.exclude(pk__in=before).exists()

    for minutes in (0, 1, 60):
        remind_of_undecided(now=at.replace(hour=17) + timedelta(minutes=minutes))
    letters = Letter.objects.exclude(pk__in=before)
    assert {one.to for one in letters} == {
        world.people["lead"].email,
        world.people["service_manager"].email,
    }
    assert letters.count() == 2
    assert not any(word in one.body for one in letters for word in SECRET)
    assert narrate(Event.objects.newest_first()[0]) == (
        f"A reminder that concern {concern.reference} waits for the decision went to Isla Dunmore, Colm Rannoch."
    )


def test_nobody_is_reminded_of_what_is_decided_and_confirmed(world: World) -> None:
    decided(world, raised(world), Referral.NOT)
    acknowledged(world, raised(world))
    assert to_be_reminded(world.now + timedelta(days=2)) == []


def test_what_was_referred_and_nobody_confirmed_is_reminded_of(world: World) -> None:
    concern = decided(world, raised(world))
    run_jobs()
    Letter.objects.all().delete()
    assert to_be_reminded(act_by(concern) - timedelta(minutes=1)) == []
    for minutes in (0, 1):
        remind_of_undecided(now=act_by(concern) + timedelta(minutes=minutes))
    letters = Letter.objects.filter(template="concerns/concern_unconfirmed")
    people = world.people
    told = {people[key].email for key in ("lead", "service_manager", "concerns_lead")}
    assert told <= {one.to for one in letters}
    assert letters.count() == len({one.to for one in letters})
    assert people["concerns_lead"].name in letters[0].body


def test_where_nobody_receives_what_was_referred_the_lead_is_told(
    world: World, client: StrictClient
) -> None:
    concern = decided(world, raised(world))
    memberships = world.inspection.memberships.filter(role=Role.CONCERNS_LEAD)
    memberships.update(ended_at=world.now, ended_by=world.people["lead"])
    assert waits_with(concern) == [world.people["lead"]]
    home = client.as_(world.people["lead"]).get("/").content.decode()
    assert f"Concern {concern.reference} was referred, and nobody receives it" in home


def test_where_nobody_leads_a_concern_goes_to_others_and_the_page_says_to_whom(
    world: World, client: StrictClient
) -> None:
    world.inspection.memberships.filter(role=Role.INSPECTION_LEAD).update(
        ended_at=world.now, ended_by=world.people["lead"]
    )
    client.as_(world.people["inspector"])
    sent = {"is_immediate": "no", "words": "Heard.", "who": "A child.", "form_token": str(uuid4())}
    url = reverse("concerns:raise-concern", args=[world.inspection.reference])
    said = unescape(client.post(url, sent, follow=True).content.decode())
    depute, manager = world.people["depute"], world.people["service_manager"]
    assert f"The inspection has no lead, so {depute.name} and {manager.name} have been told" in said
    run_jobs()
    told = set(
        Letter.objects.filter(template="concerns/concern_waits").values_list("to", flat=True)
    )
    assert {depute.email, manager.email} <= told
