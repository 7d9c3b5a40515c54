"""The partnership's home: one's own part first, in the order of dates, each thing once."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from inspections.desk import waiting
from inspections.models import Membership, Step
from tests.client import StrictClient
from tests.evaluations.test_given_parts import give
from workspace.example.world import World
from workspace.partnership import side_of
from workspace.work import desk_of

SELF_EVALUATION = "Joint self-evaluation: questions 1 and 2"
INVITE = "Invite the participation co-ordinator of Glenmarrow"


def home(world: World, client: StrictClient, key: str) -> str:
    return str(client.as_(world.people[key]).get("/").content.decode())


def listed(page: str) -> list[str]:
    """The titles of the list of work, in their order."""
    return [unescape(one) for one in re.findall(r'class="app-work__title">([^<]+)<', page)]


def primary(page: str) -> list[str]:
    """What the primary buttons do."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'class="ds_button ds_button--small"[^>]*>(.*?)</a>', main)
    return [unescape(re.sub("<[^>]+>", "", one)) for one in found]


def nobody_for_participation(world: World, *, named: str) -> None:
    """The participation co-ordinator has not joined; the step that names the co-ordinators is in this state."""
    held = Membership.objects.filter(inspection=world.inspection)
    held.filter(role=Role.PARTICIPATION_COORDINATOR).delete()
    steps = Step.objects.filter(inspection=world.inspection, key="name_coordinators")
    done = {"done_at": None, "done_by": None} if named == "upcoming" else {}
    steps.update(state=named, **done)


@pytest.mark.at_week(3)
def test_the_coordinator_is_asked_for_one_thing_once_with_its_one_date(
    world: World, client: StrictClient
) -> None:
    nobody_for_participation(world, named="upcoming")
    page = home(world, client, "coordinator")
    titles = listed(page)
    assert titles[0] == INVITE
    assert titles.count(INVITE) == 1
    assert not [one for one in titles if "names its inspection" in one]
    assert "Due Friday 12 September 2025 (week 2)." in page
    assert "19 November 2025 (week 11). With" not in page
    assert "One thing is late" in page


@pytest.mark.at_week(3)
def test_the_coordinators_own_deeds_stand_among_the_rest_by_date(
    world: World, client: StrictClient
) -> None:
    nobody_for_participation(world, named="done")
    page = home(world, client, "coordinator")
    titles = listed(page)
    assert titles[:3] == [
        "Pre-inspection return comes back",
        "Joint self-evaluation with linked evidence",
        INVITE,
    ]
    assert "Due Wednesday 19 November 2025 (week 11)." in page
    assert primary(page) == ["Open: Pre-inspection return comes back"]


@pytest.mark.at_week(5)
def test_a_contributor_finds_their_own_part_first_and_what_others_are_asked_apart(
    world: World, client: StrictClient
) -> None:
    give(world, q1=("health_contributor",), q2=("health_contributor",), q3=("police_contributor",))
    page = home(world, client, "health_contributor")
    assert "<h1" in page
    assert "What you are asked for" in page
    assert listed(page) == [SELF_EVALUATION]
    assert primary(page) == [f"Begin: {SELF_EVALUATION}"]
    assert "1 thing asked" in re.sub("<[^>]+>", "", page)
    assert page.index("Your part</h2>") < page.index("What the partnership is asked</h2>")
    assert "Pre-inspection return comes back</a>" in page
    assert "nothing is due before Friday 31 October." in page


@pytest.mark.at_week(5)
def test_what_is_late_with_others_is_called_late(world: World, client: StrictClient) -> None:
    nobody_for_participation(world, named="upcoming")
    page = home(world, client, "health_contributor")
    assert "15 working days late" in page.partition("What the partnership is asked</h2>")[2]
    assert "Nothing is late; nothing is due before Friday 31 October." in page


@pytest.mark.at_week(5)
@pytest.mark.parametrize("key", ["chief_officer", "concerns_lead"])
def test_who_has_no_part_is_told_so_and_shown_who_has(
    world: World, client: StrictClient, key: str
) -> None:
    page = home(world, client, key)
    assert "What the partnership is asked for</h1>" in re.sub(r"\s+</h1>", "</h1>", page)
    assert "Nothing is asked of you yourself now." in page
    assert "Pre-inspection return comes back" in listed(page)
    assert primary(page) == []


@pytest.mark.at_week(5)
@pytest.mark.parametrize("key", ["coordinator", "health_contributor"])
def test_the_home_leads_to_our_people(world: World, client: StrictClient, key: str) -> None:
    page = home(world, client, key)
    team = reverse("inspections:team", args=[world.inspection.reference])
    assert f'<a href="{team}">Our people</a>' in page
    assert "8 people take part for the partnership" in page
    assert client.get(team).status_code == 200


@pytest.mark.at_week(5)
def test_the_dates_are_those_of_the_timetable(world: World) -> None:
    steps = dict(
        Step.objects.filter(inspection=world.inspection).values_list("key", "ends_on").distinct()
    )
    assert steps["name_coordinators"] == date(2025, 9, 12)
    assert steps["end_phase_one"] == date(2025, 11, 19)


@pytest.mark.at_week(11, weekday=3)
def test_what_others_wait_for_stands_before_what_has_a_date(world: World) -> None:
    """The record of a meeting, which the team waits to have confirmed, is no matter for May."""
    person = world.people["coordinator"]
    desk = desk_of(person, timezone.localdate())
    found = side_of(world.inspection, desk, waiting(desk)).waiting
    held_up = [number for number, one in enumerate(found) if one.others_wait]
    dated = [number for number, one in enumerate(found) if one.due and one.state != "late"]
    assert held_up and dated
    assert max(held_up) < min(dated)


@pytest.mark.at_week(3)
def test_the_next_meeting_opens_where_it_is_prepared_for_those_who_take_part(
    world: World, client: StrictClient
) -> None:
    """Who sees the room of meetings comes to it; others to the step of the timetable."""
    for key, page in (
        ("coordinator", "meetings:meeting"),
        ("health_contributor", "inspections:step"),
    ):
        shown = home(world, client, key).partition("Next meeting")[2]
        address = re.search(r'href="([^"]+)"', shown)
        assert address
        steps = Step.objects.filter(inspection=world.inspection, kind="meeting")
        assert address[1] in {
            reverse(page, args=[world.inspection.reference, one.key]) for one in steps
        }
        assert client.get(address[1]).status_code == 200
