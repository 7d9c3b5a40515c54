"""Rooms: where they are and how far, of a name of their own."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from onsite import rules
from onsite.actions.rooms import change_room
from onsite.models import Room
from tests.client import StrictClient
from tests.onsite.places import at, new_room, room, said
from workspace.example import sessions as story
from workspace.example.world import World

pytestmark = [pytest.mark.at_week(11)]
FORM = {"name": "School", "address": "2 Example Street", "directions": "", "minutes": "12"}


def _change(world: World, one: Room, *, based_on: int, **changed: Any) -> Room:
    words = {
        "name": one.name,
        "address": one.address,
        "directions": one.directions,
        "minutes": one.minutes,
    } | changed
    return change_room(one, **words, based_on=based_on, by=world.people["lead"], at=world.now)


def test_add_room_twice_is_one_and_its_name_says_which(world: World) -> None:
    first, events = new_room(world, "School", minutes=12), Event.objects.count()
    assert new_room(world, "School", minutes=12) == first
    assert Event.objects.count() == events
    event = Event.objects.last()
    assert event is not None
    assert "added the room School for sessions on site" in narrate(event)
    with pytest.raises(Refused, match="A room “SCHOOL” is there already"):
        new_room(world, "SCHOOL")


def test_name_is_free(world: World) -> None:
    assert rules.name_is_free(world.inspection, name="School")
    assert not rules.name_is_free(world.inspection, name=story.BASE.upper())
    assert rules.name_is_free(world.inspection, name=story.BASE, but=room(world))


def test_change_room_once_and_never_over_what_was_saved_meanwhile(world: World) -> None:
    one = new_room(world, "School")
    changed = _change(world, one, minutes=20, based_on=1)
    assert (changed.minutes, changed.version) == (20, 2)
    events = Event.objects.count()
    assert _change(world, changed, based_on=1).version == 2
    assert Event.objects.count() == events
    with pytest.raises(SavedMeanwhile, match="the room “School”"):
        _change(world, one, minutes=30, based_on=1)
    with pytest.raises(Refused, match="is there already"):
        _change(world, changed, name=story.BASE, based_on=2)


def test_add_room_page(world: World, client: StrictClient) -> None:
    url = at(world, "add-room")
    client.as_(world.people["support_officer"])
    assert client.get(url).status_code == 200
    assert client.post(url, FORM).url == at(world, "rooms")
    assert "12 minutes" in said(client.get(at(world, "rooms")))
    assert "is there already" in said(client.post(url, FORM, follow=True))
    assert Room.objects.filter(name="School").count() == 1
    taken = client.post(url, FORM | {"minutes": "13"})
    assert "A room “School” is there already." in said(taken)
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write the name of the room."),
        ({"address": ""}, "Write the address."),
        ({"minutes": "far"}, "Write the minutes as a number, for example 20."),
        ({"minutes": "-1"}, "write 0 or a larger number"),
        ({"minutes": "241"}, "A way of more than 240 minutes fits into no day on site."),
    ],
)
def test_add_room_says_what_is_wrong(
    world: World, client: StrictClient, wrong: dict[str, str], sentence: str
) -> None:
    client.as_(world.people["support_officer"])
    assert sentence in said(client.post(at(world, "add-room"), FORM | wrong))
    assert not Room.objects.filter(address="2 Example Street").exists()


def test_change_room_page(world: World, client: StrictClient) -> None:
    one = new_room(world, "School")
    url = at(world, "change-room", room=one.pk)
    client.as_(world.people["depute"])
    assert "School" in said(client.get(url))
    assert client.post(url, FORM | {"based_on": "1"}).url == at(world, "rooms")
    stale = client.post(url, FORM | {"minutes": "14", "based_on": "1"})
    assert stale.status_code == 409
    assert "Nothing was overwritten" in said(stale)
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404
    client.as_(world.people["depute"])
    assert client.get(at(world, "change-room", room=999_999)).status_code == 404


def test_rooms_are_the_teams(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    words = said(client.get(at(world, "rooms")))
    assert "25 minutes" in words
    assert "Add a room" not in words
    assert client.as_(world.people["coordinator"]).get(at(world, "rooms")).status_code == 403
