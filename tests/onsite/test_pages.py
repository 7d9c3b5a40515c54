"""The days on site, one session, everybody's own days and the table: to whom, and at what cost."""

from __future__ import annotations

import csv
import io
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onsite import permissions
from onsite.actions.rooms import change_room
from onsite.actions.sessions import cancel_session
from tests.client import StrictClient
from tests.onsite.places import at, new_room, planned, room, said, the
from workspace.example import sessions as story
from workspace.example.world import World

TEAM_TIME = "What we heard this week"


def _count(client: StrictClient, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.at_week(11)
def test_sessions_shows_the_team_all_and_the_partnership_what_it_is_shown(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"])
    words = said(client.get(at(world, "sessions")))
    for expected in (story.HEALTH_VISITORS, TEAM_TIME, "Neil Orrin", "Day 7", "13:30 to 15:00"):
        assert expected in words
    for who in ("coordinator", "chief_officer", "health_contributor"):
        words = said(client.as_(world.people[who]).get(at(world, "sessions")))
        assert story.HEALTH_VISITORS in words
        assert "Six health visitors and school nurses of two teams." in words
        assert TEAM_TIME not in words
        assert "Neil Orrin" not in words
        assert "Fiona Kell" not in words


@pytest.mark.at_week(11)
def test_sessions_of_the_partnership_never_asks_who_takes_part(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["coordinator"])
    for name, more in (
        ("sessions", {}),
        ("sessions-csv", {}),
        ("session", {"session": the(world).pk}),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(world, name, **more)).status_code == 200
        assert not [one for one in asked if "onsite_sessionpart" in one["sql"]], name
    inside = the(world, TEAM_TIME)
    assert client.get(at(world, "session", session=inside.pk)).status_code == 404


@pytest.mark.at_week(11)
def test_sessions_shows_a_volunteer_their_own_and_how_to_get_there(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["volunteer"])
    for name in ("sessions", "my-day"):
        words = said(client.get(at(world, name)))
        assert "Young people who have left care" in words
        assert story.HEALTH_VISITORS not in words
        assert TEAM_TIME not in words
    words = said(client.get(at(world, "my-day")))
    assert "Bus 7 stops at the door." in words
    assert "Mairi Ardle" in words
    assert client.get(at(world, "session", session=the(world).pk)).status_code == 404
    assert client.get(at(world, "rooms")).status_code == 403


@pytest.mark.at_week(11)
def test_sessions_is_closed_to_others(world: World, client: StrictClient) -> None:
    for who, status in (
        ("programme_manager", 403),
        ("panel_chair", 403),
        ("local_reader", 403),
        ("other_lead", 404),
        ("service_manager", 200),
    ):
        client.as_(world.people[who])
        for name in ("sessions", "my-day", "sessions-csv"):
            assert client.get(at(world, name)).status_code == status, (who, name)


@pytest.mark.at_week(11)
@pytest.mark.parametrize(
    ("who", "may"),
    [("volunteer", True), ("lead", True), ("coordinator", False), ("health_contributor", False)],
)
def test_can_see_own_days(world: World, client: StrictClient, who: str, may: bool) -> None:
    assert bool(permissions.can_see_own_days(world.people[who], world.inspection)) is may
    answer = client.as_(world.people[who]).get(at(world, "my-day"))
    assert answer.status_code == (200 if may else 403)


@pytest.mark.at_week(11)
def test_my_day_holds_the_days_of_whoever_opens_it(world: World, client: StrictClient) -> None:
    words = said(client.as_(world.people["associate"]).get(at(world, "my-day")))
    assert "A child protection planning meeting" in words
    assert "25 minutes from the base" in words
    assert "Records reading in pairs" not in words
    words = said(client.as_(world.people["support_officer"]).get(at(world, "my-day")))
    assert "No session is planned with you yet." in words


@pytest.mark.at_week(11)
def test_sessions_says_what_does_not_hold_any_more(world: World, client: StrictClient) -> None:
    url = at(world, "sessions")
    client.as_(world.people["lead"])
    assert "not hold any more" not in said(client.get(url))
    planned(world, day=5, people=("associate",), begins=time(11, 30), ends=time(12))
    change_room(
        room(world, story.HEALTH),
        name=story.HEALTH,
        address="Kirkmuir",
        directions="",
        minutes=45,
        based_on=1,
        by=world.people["support_officer"],
        at=world.now,
    )
    words = said(client.get(url))
    assert "2 sessions do not hold any more" in words
    assert "Neil Orrin is at “Interview with a head teacher”" in words
    one = said(
        client.get(
            at(world, "session", session=the(world, "A child protection planning meeting").pk)
        )
    )
    assert "Does not hold" in one


@pytest.mark.at_week(14)
def test_sessions_says_who_is_away_by_now(world: World, client: StrictClient) -> None:
    """The associate assessor said in week 13 that they are away on day 7."""
    words = said(client.as_(world.people["lead"]).get(at(world, "sessions")))
    assert "Neil Orrin is away on Tuesday" in words
    assert "away" not in said(client.as_(world.people["coordinator"]).get(at(world, "sessions")))


@pytest.mark.at_week(17)
def test_sessions_holds_again_once_somebody_else_takes_part(
    world: World, client: StrictClient
) -> None:
    words = said(client.as_(world.people["lead"]).get(at(world, "sessions")))
    assert "not hold any more" not in words
    assert world.people["inspector"] in the(world).people


@pytest.mark.at_week(11)
def test_sessions_costs_the_same_however_many_there_are(world: World, client: StrictClient) -> None:
    def costs(who: str) -> list[int]:
        own = () if who == "coordinator" else ("my-day",)
        pages = [at(world, name) for name in ("sessions", "sessions-csv", *own)]
        client.as_(world.people[who])
        for url in pages:
            client.get(url)
        return [_count(client, url) for url in pages]

    everybody = ("lead", "coordinator", "volunteer")
    before = {who: costs(who) for who in everybody}
    for number in range(3):
        planned(
            world,
            day=9,
            begins=time(12 + number),
            ends=time(13 + number),
            title=f"Session {number}",
            room=new_room(world, f"Room {number}", address="One place"),
            people=("lead", "volunteer"),
            is_shared=True,
            asked="Everybody",
        )
    assert {who: costs(who) for who in everybody} == before


@pytest.mark.at_week(11)
def test_session_says_where_and_with_whom(world: World, client: StrictClient) -> None:
    session = the(world)
    url = at(world, "session", session=session.pk)
    words = said(client.as_(world.people["support_officer"]).get(url))
    for expected in ("Side door", "Fiona Kell", "leads it", "Change or move it", "Cancel it"):
        assert expected in words
    assert "Change or move it" not in said(client.as_(world.people["inspector"]).get(url))
    words = said(client.as_(world.people["coordinator"]).get(url))
    assert "Side door" in words
    assert "Fiona Kell" not in words


@pytest.mark.at_week(11)
def test_a_cancelled_session_says_so_to_whoever_sees_it(world: World, client: StrictClient) -> None:
    cancel_session(the(world), reason="The team is on leave", by=world.people["lead"], at=world.now)
    for who in ("inspector", "coordinator"):
        client.as_(world.people[who])
        assert "Cancelled" in said(client.get(at(world, "sessions")))
        words = said(client.get(at(world, "session", session=the(world).pk)))
        assert "The team is on leave" in words


@pytest.mark.at_week(11)
def test_sessions_csv_is_what_this_person_sees(world: World, client: StrictClient) -> None:
    def rows(who: str) -> list[list[str]]:
        page = client.as_(world.people[who]).get(at(world, "sessions-csv"))
        return list(csv.reader(io.StringIO(page.content.decode())))

    team, theirs = rows("lead"), rows("coordinator")
    assert team[0][-4:] == ["Led by", "Who takes part", "The partnership sees it", "State"]
    assert len(team) == 1 + len(story.FIRST_WEEK)
    assert len(theirs) == len(team) - 1
    assert theirs[0][-1] == "State"
    assert "Fiona Kell" not in str(theirs)


@pytest.mark.at_week(11)
def test_on_site_is_in_the_map_of_those_who_see_sessions(
    world: World, client: StrictClient
) -> None:
    overview = reverse("workspace:overview", args=[world.inspection.reference])
    for who, sees in (
        ("lead", True),
        ("coordinator", True),
        ("volunteer", True),
        ("local_reader", False),
    ):
        page = said(client.as_(world.people[who]).get(overview))
        assert (f'href="{at(world, "sessions")}"' in page) is sees


@pytest.mark.at_week(8)
def test_sessions_without_any_says_so(world: World, client: StrictClient) -> None:
    words = said(client.as_(world.people["lead"]).get(at(world, "sessions")))
    assert "No session is planned yet." in words
    assert "Plan a session" in words
    assert "Day 10" in words


@pytest.mark.at_week(12)
def test_each_day_to_come_leads_to_planning_on_it(world: World, client: StrictClient) -> None:
    """At the end of the first week on site: what is left are the days of the second."""
    words = said(client.as_(world.people["lead"]).get(at(world, "sessions")))
    plan = at(world, "plan-session")
    assert f'href="{plan}?day=6"' in words
    assert f'href="{plan}?day=4"' not in words
    assert 'data-day="4"' not in words
    assert plan not in said(client.as_(world.people["inspector"]).get(at(world, "sessions")))
