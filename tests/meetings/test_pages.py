"""The list of meetings, one meeting, and what a shared screen shows: to whom, and at what cost."""

from __future__ import annotations

import re
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import queries
from meetings.actions.decisions import add_decision
from meetings.actions.preparation import Point, prepare_meeting, set_agenda
from meetings.actions.record import (
    Typed,
    propose_meeting_record,
    record_attendance,
    write_meeting_record,
)
from meetings.enums import Audience, Side
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World


def _count(client: StrictClient, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def _prepare(world: World, *keys: str) -> None:
    for key in keys:
        prepare_meeting(
            world.inspection.steps.get(key=key),
            begins=time(10),
            place="Here",
            link="",
            based_on=0,
            by=world.people["lead"],
            at=world.now,
        )


@pytest.mark.at_week(13)
def test_meetings_says_where_each_stands(world: World, client: StrictClient) -> None:
    rows = queries.meetings_of(world.inspection, today=world.now.date())
    assert [(row.title.partition(" ")[0], row.words) for row in rows] == [
        ("P0", "Not prepared here"),
        ("M0", "Confirmed by both sides"),
        ("M1", "Confirmed by both sides"),
        ("M2", "Prepared"),
        ("L1", "Not prepared"),
        ("M3", "Not prepared"),
        ("M4", "Not prepared"),
        ("M5", "Not prepared"),
    ]
    for who in ("lead", "coordinator"):
        words = said(client.as_(world.people[who]).get(at(world, "meetings")))
        assert "M2 Emerging themes" in words
        assert "10:00, Glenmarrow Council headquarters" in words


@pytest.mark.at_week(11, weekday=3)
def test_meetings_says_what_waits(world: World) -> None:
    words = {
        row.step.key: row.words
        for row in queries.meetings_of(world.inspection, today=world.now.date())
    }
    assert words["end_phase_one"] == "To be confirmed"


@pytest.mark.at_week(13)
def test_meetings_costs_the_same_for_one_and_three_prepared(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    client.get(at(world, "meetings"))
    costs = _count(client, at(world, "meetings"))
    _prepare(world, "timetable_agreed", "end_phase_two", "findings_meeting")
    assert _count(client, at(world, "meetings")) == costs


@pytest.mark.at_week(14, weekday=2)
@pytest.mark.parametrize("name", ["meeting", "meeting-mode", "meeting-record"])
def test_a_meeting_costs_the_same_for_one_and_three_decisions(
    world: World, client: StrictClient, name: str
) -> None:
    def decide(*words: str) -> None:
        for one in words:
            add_decision(
                the(world, "emerging_themes"),
                words=one,
                person=world.people["coordinator"],
                due_on=world.day(15, 4),
                by=world.people["lead"],
                at=world.now,
            )

    decide("One")
    client.as_(world.people["lead"])
    url = at(world, name, "emerging_themes")
    client.get(url)
    costs = _count(client, url)
    decide("Two", "Three")
    assert _count(client, url) == costs


@pytest.mark.at_week(13)
def test_home_costs_the_same_for_one_and_three_meetings(world: World, client: StrictClient) -> None:
    home = reverse("workspace:home")
    client.as_(world.people["lead"])
    client.get(home)
    costs = _count(client, home)
    _prepare(world, "timetable_agreed", "participation_meeting")
    assert _count(client, home) <= costs


@pytest.mark.at_week(13)
def test_meeting_not_prepared_says_so_and_who_may_prepare_it(
    world: World, client: StrictClient
) -> None:
    url = at(world, "meeting", "end_phase_two")
    words = said(client.as_(world.people["lead"]).get(url))
    assert "Nobody has prepared this meeting yet." in words
    assert "Prepare it" in words
    assert "Prepare it" not in said(client.as_(world.people["coordinator"]).get(url))
    inside = said(client.as_(world.people["lead"]).get(at(world, "meeting", "panel")))
    assert "This is no meeting with the partnership" in inside
    for name in ("meeting-mode", "meeting-record", "set-agenda"):
        assert client.get(at(world, name, "end_phase_two")).status_code == 404


@pytest.mark.at_week(13)
def test_meeting_mode_never_asks_for_what_is_for_the_team_alone(
    world: World, client: StrictClient
) -> None:
    meeting = the(world, "emerging_themes")
    set_agenda(
        meeting,
        points=[
            Point(None, "For both", "", Audience.SHARED),
            Point(None, "For the team", "", Audience.INTERNAL),
        ],
        based_on=1,
        by=world.people["lead"],
        at=world.now,
    )
    client.as_(world.people["lead"])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(at(world, "meeting-mode", "emerging_themes"))
    assert "For both" in said(page)
    assert "For the team" not in said(page)
    assert not [one for one in asked if "meetingnotes" in one["sql"]]
    agenda = [one["sql"] for one in asked if 'FROM "meetings_agendaitem"' in one["sql"]]
    assert agenda
    assert all("'shared'" in sql for sql in agenda)


@pytest.mark.at_week(14, weekday=2)
def test_meeting_mode_shows_no_record_before_both_sides_are_asked_to_confirm_it(
    world: World, client: StrictClient
) -> None:
    """The team reads its draft on its own pages; on a screen that a whole room sees it would be out."""
    lead, item = world.people["lead"], the(world, "emerging_themes").agenda.shared()[0]
    write_meeting_record(
        the(world, "emerging_themes"),
        texts={item.pk: Typed("Half a sentence of the team", 0)},
        by=lead,
        at=world.now,
    )
    screen = at(world, "meeting-mode", "emerging_themes")
    client.as_(lead)
    assert "Half a sentence" in said(client.get(at(world, "meeting-record", "emerging_themes")))
    assert "Half a sentence" not in said(client.get(screen))

    record_attendance(
        the(world, "emerging_themes"),
        people={Side.TEAM: [lead]},
        others={},
        based_on=0,
        by=lead,
        at=world.now,
    )
    propose_meeting_record(the(world, "emerging_themes"), by=lead, at=world.now)
    assert "Half a sentence" in said(client.get(screen))


@pytest.mark.at_week(13)
def test_the_step_leads_to_its_meeting(world: World, client: StrictClient) -> None:
    for who in ("lead", "coordinator"):
        client.as_(world.people[who])
        page = client.get(
            reverse("inspections:step", args=[world.inspection.reference, "emerging_themes"])
        )
        assert at(world, "meeting", "emerging_themes") in said(page)


@pytest.mark.at_week(13)
def test_meetings_is_in_the_map_of_those_who_see_them(world: World, client: StrictClient) -> None:
    overview = reverse("workspace:overview", args=[world.inspection.reference])
    for who, sees in (("lead", True), ("coordinator", True), ("volunteer", False)):
        page = said(client.as_(world.people[who]).get(overview))
        assert (f'href="{at(world, "meetings")}"' in page) is sees


@pytest.mark.at_week(11, weekday=3)
def test_a_record_to_confirm_waits_on_both_homes(world: World, client: StrictClient) -> None:
    for who, waits in (
        ("lead", True),
        ("depute", True),
        ("coordinator", True),
        ("inspector", False),
    ):
        page = said(client.as_(world.people[who]).get(reverse("workspace:home")))
        assert ("Confirm the record of M1 End of phase one" in page) is waits


FIRST = re.compile(r'<a class="ds_button" href="[^"]*">([^<]*)</a>')


def _first(world: World, client: StrictClient, who: str, key: str) -> list[str]:
    """The words of the one button that stands out."""
    return FIRST.findall(said(client.as_(world.people[who]).get(at(world, "meeting", key))))


@pytest.mark.at_week(13)
def test_meeting_that_is_to_come_is_shown_first(world: World, client: StrictClient) -> None:
    for who in ("lead", "coordinator", "inspector"):
        assert _first(world, client, who, "emerging_themes") == ["Show it on a shared screen"]
    _prepare(world, "timetable_agreed")
    assert _first(world, client, "lead", "timetable_agreed") == ["Set the agenda"]


@pytest.mark.at_week(14, weekday=2)
def test_meeting_of_today_is_recorded_next(world: World, client: StrictClient) -> None:
    assert _first(world, client, "lead", "emerging_themes") == ["Record who was there"]
    assert _first(world, client, "coordinator", "emerging_themes") == ["Show it on a shared screen"]


@pytest.mark.at_week(11, weekday=3)
def test_meeting_to_confirm_is_confirmed_next_by_those_who_may(
    world: World, client: StrictClient
) -> None:
    for who in ("lead", "coordinator"):
        assert _first(world, client, who, "end_phase_one") == ["Read and confirm the record"]
    for who in ("inspector", "chief_officer"):
        assert _first(world, client, who, "end_phase_one") == ["Read the record"]
