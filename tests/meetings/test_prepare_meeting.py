"""Preparing a meeting: hour, place and link; the day stays the timetable's."""

from __future__ import annotations

from datetime import time

import pytest

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from meetings import permissions, rules
from meetings.actions.preparation import prepare_meeting
from meetings.models import Meeting
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

pytestmark = [pytest.mark.at_week(12)]
FORM = {"begins": "2.30 pm", "place": "Town hall", "link": "", "based_on": "0"}


def _prepare(world: World, **changed: object) -> Meeting:
    typed = {"begins": time(9, 30), "place": "Town hall", "link": "", "based_on": 0} | changed
    step = world.inspection.steps.get(key="timetable_agreed")
    return prepare_meeting(step, **typed, by=world.people["support_officer"], at=world.now)


def test_prepare_meeting_makes_one_meeting_of_its_step(world: World) -> None:
    meeting = _prepare(world)
    assert (meeting.begins, meeting.place, meeting.prepared_by) == (
        time(9, 30),
        "Town hall",
        world.people["support_officer"],
    )
    assert meeting.day == world.inspection.steps.get(key="timetable_agreed").starts_on
    event = Event.objects.last()
    assert event is not None
    assert narrate(event).startswith("Jean Ord prepared L1 Logistics: ") or (
        event.by_name == str(world.people["support_officer"])
    )
    assert "at 09:30" in narrate(event)


def test_prepare_meeting_twice_the_same_changes_nothing(world: World) -> None:
    first, events = _prepare(world), Event.objects.count()
    assert _prepare(world) == first
    assert Event.objects.count() == events


def test_prepare_meeting_never_overwrites_what_was_saved_meanwhile(world: World) -> None:
    _prepare(world)
    with pytest.raises(SavedMeanwhile, match="time and place"):
        _prepare(world, place="Library")
    assert the(world, "timetable_agreed").place == "Town hall"
    assert _prepare(world, place="Library", based_on=1).place == "Library"


def test_may_prepare_meeting(world: World) -> None:
    steps = world.inspection.steps
    assert rules.may_prepare_meeting(steps.get(key="timetable_agreed"))
    assert "is no meeting with the partnership" in str(
        rules.may_prepare_meeting(steps.get(key="evaluation_meeting"))
    )
    settled = rules.may_prepare_meeting(steps.get(key="start_meeting"))
    assert "nothing of it changes any more" in str(settled)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("depute", True),
        ("participation_lead", True),
        ("support_officer", True),
        ("inspector", False),
        ("associate", False),
        ("volunteer", False),
        ("service_manager", False),
        ("programme_manager", False),
        ("panel_chair", False),
        ("coordinator", False),
        ("chief_officer", False),
    ],
)
def test_can_prepare_meeting(world: World, who: str, may: bool) -> None:
    step = world.inspection.steps.get(key="timetable_agreed")
    assert bool(permissions.can_prepare_meeting(world.people[who], step)) is may


def test_prepare_meeting_by_a_colleague_without_the_right_leaves_nothing(world: World) -> None:
    step = world.inspection.steps.get(key="timetable_agreed")
    with pytest.raises(Refused, match="Only the inspection lead"):
        prepare_meeting(
            step,
            begins=time(9),
            place="Here",
            link="",
            based_on=0,
            by=world.people["inspector"],
            at=world.now,
        )
    assert not Meeting.objects.filter(step=step).exists()


def test_prepare_meeting_page(world: World, client: StrictClient) -> None:
    url = at(world, "prepare-meeting", "timetable_agreed")
    client.as_(world.people["support_officer"])
    assert "It is on" in said(client.get(url))
    answer = client.post(url, FORM)
    assert answer.url == at(world, "meeting", "timetable_agreed")
    assert the(world, "timetable_agreed").begins == time(14, 30)
    assert "14:30, Town hall" in said(client.get(answer.url))
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404
    client.as_(world.people["support_officer"])
    assert client.get(at(world, "prepare-meeting", "publication")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"begins": "noonish"}, "“noonish” is no time of day. Write it like 10:00 or 2:30 pm."),
        ({"begins": ""}, "Write the begins at."),
        ({"place": ""}, "Write the place, or the link to join, or both."),
        ({"link": "http://"}, "Write the whole link"),
    ],
)
def test_prepare_meeting_says_what_is_wrong(
    world: World, client: StrictClient, typed: dict[str, str], sentence: str
) -> None:
    url = at(world, "prepare-meeting", "timetable_agreed")
    page = client.as_(world.people["lead"]).post(url, FORM | typed)
    assert page.status_code == 200
    assert sentence in said(page)
    assert not Meeting.objects.filter(step__key="timetable_agreed").exists()


def test_prepare_meeting_page_shows_both_where_two_met(world: World, client: StrictClient) -> None:
    _prepare(world)
    url = at(world, "prepare-meeting", "timetable_agreed")
    page = client.as_(world.people["lead"]).post(url, FORM | {"place": "Library"})
    assert page.status_code == 409
    words = said(page)
    assert "Nothing was overwritten" in words
    assert "Library" in words
    assert "Town hall" in words
