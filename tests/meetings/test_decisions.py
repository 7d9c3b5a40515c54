"""What a meeting decided: who sees to it by when, on their home page until it is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from core.verdicts import Refused
from inspections.actions.team import end_team_member
from meetings import permissions, rules
from meetings.actions.decisions import add_decision, complete_decision
from meetings.models import Decision
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

KEY = "emerging_themes"
the_day = pytest.mark.at_week(14, weekday=2)
WORDS = "Show the duty log of the last three months"


def _add(world: World, *, person: str = "chief_officer", due_on: date | None = None) -> Decision:
    return add_decision(
        the(world, KEY),
        words=WORDS,
        person=world.people[person],
        due_on=due_on or world.day(15, 4),
        by=world.people["lead"],
        at=world.now,
    )


@the_day
def test_add_decision_gives_it_to_somebody_with_a_day(world: World) -> None:
    decision = _add(world)
    assert (decision.person, decision.done_at) == (world.people["chief_officer"], None)
    event = Event.objects.last()
    assert event is not None
    assert event.name == "meetings.decision_added"
    assert WORDS not in str(event.details)


@the_day
@pytest.mark.parametrize("person", ["volunteer", "health_contributor", "other_lead", "panel_chair"])
def test_add_decision_is_given_to_nobody_who_would_not_find_it(world: World, person: str) -> None:
    with pytest.raises(Refused, match="Choose somebody who works on the inspection of Glenmarrow"):
        _add(world, person=person)


@the_day
def test_add_decision_is_not_due_before_its_meeting(world: World) -> None:
    with pytest.raises(Refused, match="choose that day or a later one"):
        _add(world, due_on=world.day(14, 1))
    assert not the(world, KEY).decisions.exists()


@pytest.mark.at_week(14, weekday=1)
def test_may_add_decision(world: World) -> None:
    today = world.now.date()
    assert "Record it on that day" in str(rules.may_add_decision(the(world, KEY), on=today))
    assert rules.may_add_decision(the(world, KEY), on=today + timedelta(days=1))
    assert not rules.may_add_decision(the(world, "start_meeting"), on=today)


@the_day
def test_complete_decision_once(world: World) -> None:
    decision = complete_decision(_add(world), by=world.people["chief_officer"], at=world.now)
    assert decision.done_by == world.people["chief_officer"]
    assert "was marked as done on" in str(rules.may_complete_decision(decision))
    with pytest.raises(Refused, match="already"):
        complete_decision(decision, by=world.people["lead"], at=world.now)


@the_day
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chief_officer", True),
        ("lead", True),
        ("depute", True),
        ("support_officer", True),
        ("coordinator", False),
        ("inspector", False),
    ],
)
def test_can_complete_decision(world: World, who: str, may: bool) -> None:
    decision = Decision.objects.with_owner().get(pk=_add(world).pk)
    assert bool(permissions.can_complete_decision(world.people[who], decision)) is may


@the_day
def test_a_decision_of_somebody_who_has_gone_waits_with_those_who_answer_for_either_side(
    world: World, client: StrictClient
) -> None:
    """Handed over with the office, as the page of that says; and a part that ends leaves nothing with nobody."""
    decision = _add(world)
    member = world.inspection.memberships.get(person=world.people["chief_officer"])

    def homes() -> set[str]:
        keys = ("lead", "coordinator", "chief_officer", "inspector")
        return {key for key in keys if WORDS in said(client.as_(world.people[key]).get("/"))}

    assert homes() == {"chief_officer"}
    end_team_member(member, by=world.people["lead"], at=world.now)
    assert homes() == {"lead", "coordinator"}
    assert "Iain Strathy saw to it, and has gone." in said(
        client.as_(world.people["coordinator"]).get("/")
    )
    complete_decision(decision, by=world.people["coordinator"], at=world.now)
    assert homes() == set()


@the_day
def test_add_decision_page(world: World, client: StrictClient) -> None:
    url = at(world, "add-decision", KEY)
    client.as_(world.people["lead"])
    assert "Iain Strathy" in said(client.get(url))
    form: dict[str, Any] = {
        "words": WORDS,
        "person": str(world.people["chief_officer"].pk),
        "due_on": f"{world.day(15, 4):%d/%m/%Y}",
    }
    early = client.post(url, form | {"due_on": f"{world.day(13, 4):%d/%m/%Y}"})
    assert "choose that day or a later one" in said(early)
    assert WORDS in said(early)
    assert "Write what was decided." in said(client.post(url, form | {"words": ""}))
    assert client.post(url, form).url == at(world, "meeting", KEY)
    assert "saved already" in said(client.post(url, form, follow=True))
    assert the(world, KEY).decisions.count() == 1
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


@the_day
def test_complete_decision_button(world: World, client: StrictClient) -> None:
    decision = _add(world)
    url = at(world, "complete-decision", KEY, decision=decision.pk)
    assert client.as_(world.people["coordinator"]).post(url).status_code == 403
    client.as_(world.people["chief_officer"])
    assert "Mark as done" in said(client.get(at(world, "meeting", KEY)))
    assert client.post(url).url == at(world, "meeting", KEY)
    assert "already" in said(client.post(url, follow=True))
    elsewhere = at(world, "complete-decision", "start_meeting", decision=decision.pk)
    assert client.post(elsewhere).status_code == 404


@the_day
def test_a_decision_is_on_the_home_of_whoever_sees_to_it_and_late_ones_too(
    world: World, client: StrictClient
) -> None:
    decision = _add(world, person="coordinator")
    home = reverse("workspace:home")
    client.as_(world.people["coordinator"])
    assert WORDS in said(client.get(home))
    assert WORDS not in said(client.as_(world.people["chief_officer"]).get(home))
    with time_machine.travel(world.now + timedelta(days=20), tick=False):
        client.as_(world.people["coordinator"])
        assert WORDS in said(client.get(home))
        assert "Late" in said(client.get(at(world, "meeting", KEY)))
        complete_decision(decision, by=world.people["coordinator"], at=world.now)
        assert WORDS not in said(client.get(home))
