"""The agenda: points are added, revised, taken off and put in order on one page; two people never overwrite each other."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from meetings import permissions, rules
from meetings.actions.preparation import Point, set_agenda
from meetings.enums import Audience
from meetings.models import AgendaItem, Meeting
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

pytestmark = [pytest.mark.at_week(13)]
KEY = "emerging_themes"


def _points(meeting: Meeting) -> list[Point]:
    return [
        Point(item.pk, item.words, item.whose, Audience(item.audience))
        for item in meeting.agenda.all()
    ]


def _set(world: World, points: list[Point], *, based_on: int = 1, key: str = KEY) -> None:
    set_agenda(
        the(world, key), points=points, based_on=based_on, by=world.people["lead"], at=world.now
    )


def _words(world: World, key: str = KEY) -> list[str]:
    return [item.words for item in the(world, key).agenda.all()]


def test_set_agenda_adds_revises_takes_off_and_orders(world: World) -> None:
    first, second, third = _points(the(world, KEY))
    revised = Point(third.pk, "What week 17 needs", "Both sides", Audience.INTERNAL)
    new = Point(None, "Any other business", "", Audience.SHARED)
    _set(world, [new, revised, first])
    assert _words(world) == ["Any other business", "What week 17 needs", first.words]
    assert not AgendaItem.objects.filter(pk=second.pk).exists()
    assert AgendaItem.objects.get(pk=third.pk).is_internal
    event = Event.objects.last()
    assert event is not None
    assert (event.name, event.details["points"]) == ("meetings.agenda_set", "three points")


def test_set_agenda_the_same_once_more_records_nothing(world: World) -> None:
    events = Event.objects.count()
    _set(world, _points(the(world, KEY)), based_on=0)
    assert Event.objects.count() == events


def test_set_agenda_never_overwrites_what_was_saved_meanwhile(world: World) -> None:
    points = _points(the(world, KEY))
    _set(world, points[:2])
    with pytest.raises(SavedMeanwhile, match="the agenda"):
        _set(world, points[1:])
    assert _words(world) == [point.words for point in points[:2]]


@pytest.mark.at_week(11, weekday=3)
def test_set_agenda_keeps_a_point_that_the_record_speaks_of(world: World) -> None:
    key = "end_phase_one"
    points = _points(the(world, key))
    with pytest.raises(Refused, match="The record has words about"):
        _set(world, points[1:], key=key)
    inside = [Point(points[0].pk, points[0].words, "", Audience.INTERNAL), *points[1:]]
    with pytest.raises(Refused, match="The record has words about"):
        _set(world, inside, key=key)
    before = the(world, key).record_version
    _set(world, [*points, Point(None, "What came up besides", "", Audience.SHARED)], key=key)
    assert the(world, key).record_version == before + 1


def test_may_set_agenda(world: World) -> None:
    assert rules.may_set_agenda(the(world, KEY))
    assert "nothing of it changes any more" in str(
        rules.may_set_agenda(the(world, "start_meeting"))
    )


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("support_officer", True),
        ("inspector", False),
        ("coordinator", False),
    ],
)
def test_can_set_agenda(world: World, who: str, may: bool) -> None:
    assert bool(permissions.can_set_agenda(world.people[who], the(world, KEY))) is may


def _form(meeting: Meeting, **changed: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"based_on": "1"}
    for place, item in enumerate(meeting.agenda.all(), start=1):
        form |= {
            f"words_{item.pk}": item.words,
            f"whose_{item.pk}": item.whose,
            f"audience_{item.pk}": item.audience,
            f"place_{item.pk}": str(place),
        }
    for number in (1, 2, 3):
        form |= {
            f"words_new{number}": "",
            f"whose_new{number}": "",
            f"audience_new{number}": "shared",
            f"place_new{number}": str(3 + number),
        }
    return form | changed


def test_set_agenda_page(world: World, client: StrictClient) -> None:
    url, meeting = at(world, "set-agenda", KEY), the(world, KEY)
    first = meeting.agenda.first()
    assert first is not None
    client.as_(world.people["lead"])
    assert first.words in said(client.get(url))
    form = _form(
        meeting, words_new1="Before everything", place_new1="1", **{f"words_{first.pk}": ""}
    )
    assert client.post(url, form).url == at(world, "meeting", KEY)
    assert _words(world)[0] == "Before everything"
    assert len(_words(world)) == 3
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_coordinator"]).get(url).status_code == 404


def test_set_agenda_page_says_what_is_wrong_and_loses_nothing(
    world: World, client: StrictClient
) -> None:
    url, meeting = at(world, "set-agenda", KEY), the(world, KEY)
    client.as_(world.people["lead"])
    page = client.post(url, _form(meeting, words_new1="x" * 301, place_new2="soon"))
    words = said(page)
    assert "301 characters are too many" in words
    assert "Write the order as a number" in words
    assert "x" * 301 in words


def test_set_agenda_page_shows_both_where_two_met(world: World, client: StrictClient) -> None:
    url, meeting = at(world, "set-agenda", KEY), the(world, KEY)
    form = _form(meeting, words_new1="Mine")
    points = _points(meeting)
    _set(world, points[1:])  # the first is taken off by somebody else
    page = client.as_(world.people["depute"]).post(url, form)
    assert page.status_code == 409
    assert "Nothing was overwritten" in said(page)
    assert "Mine" in said(page)
    assert points[0].words in said(page)
