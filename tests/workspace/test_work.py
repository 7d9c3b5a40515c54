"""Home names each person's own next deeds, by consequence: for everybody of the cast, from planning to publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Capability, Role
from audit.models import Event
from evaluations.actions.evaluation import seal_evaluation
from evaluations.models import Evaluation, SealedEvaluation
from inspections import desk
from inspections.actions.notification import name_addressees, notify_partnership
from inspections.actions.team import end_team_member
from inspections.desk import Deed, Desk, Weight
from inspections.enums import InspectionState
from inspections.models import Inspection, Leave, SchoolHolidayWeek
from tests.cast import KEYS
from tests.client import StrictClient
from tests.evaluations.sealing import opened, written
from tests.inspections.declared import named_and_let_in
from tests.inspections.places import another_inspection, invented_area
from workspace.changes import changes, last_working_day
from workspace.example.story import tell
from workspace.example.world import World
from workspace.work import Workload, desk_of, when

Counter = Callable[[int], Any]
ITEM = re.compile(
    r'<li class="app-work__item">.*?<h3 class="app-work__title">(.*?)</h3>.*?<a class="ds_button[^"]*" href="([^"]+)">([^<]*)<span',
    re.DOTALL,
)


def items(client: StrictClient, world: World, key: str) -> list[tuple[str, str, str]]:
    """Title, address and button of each line on somebody's home page."""
    page = client.as_(world.people[key]).get("/").content.decode()
    return [(unescape(title), url, words) for title, url, words in ITEM.findall(page)]


def titles(client: StrictClient, world: World, key: str) -> list[str]:
    return [title for title, _, _ in items(client, world, key)]


# (counted week, weekday): whom something is asked of, and a part of what the first such line says.
NEXT = {
    (0, 4): {
        "lead": "Notify the partnership of Glenmarrow",
        "volunteer": None,
        "coordinator": None,
        "programme_manager": None,
    },
    (1, 4): {"support_officer": "Invite the inspection co-ordinator of Glenmarrow"},
    (4, 0): {
        "coordinator": "Pre-inspection return comes back",
        "health_contributor": "Joint self-evaluation: questions 1, 2 and 3",
        "local_reader": "Training before you read records",
        "volunteer": "Days with children and young people",
        "inspector": None,
        "panel_chair": None,
    },
    (8, 3): {"coordinator": "The joint self-evaluation is ready to send in"},
    (14, 0): {
        "lead": "No evidence yet for question 4",
        "inspector": "No evidence yet for question 4",
        "associate": "No evidence yet for question 4",
        "volunteer": "You help us to understand what children told us",
        "service_manager": None,
    },
    (20, 0): {"lead": "Open evaluating for Glenmarrow", "depute": "Begin the report"},
    (20, 4): {
        "inspector": "four evaluations to seal",
        "lead": "four evaluations to seal",
        "associate": None,
        "coordinator": "Factual-accuracy comments",
        "panel_chair": None,
    },
    (21, 4): {"lead": "Propose four evaluations of Glenmarrow", "inspector": None},
    (22, 4): {"lead": "Share the provisional evaluations with Glenmarrow"},
    (23, 4): {
        "panel_chair": "Decide on four evaluations of Glenmarrow",
        "chief_officer": "Provisional evaluations are shared with you",
    },
    (24, 1): {"lead": "Write the report on Glenmarrow", "depute": "Write the report"},
    (27, 4): {"panel_chair": "Decide on four evaluations"},
    (28, 4): {"support_officer": "Issue the draft report to Glenmarrow", "panel_chair": None},
    (30, 2): {
        "coordinator": "Check the facts in the draft report",
        "chief_officer": "The draft report is with you to read",
    },
    (31, 4): {"lead": "Answer one comment on facts from Glenmarrow"},
    (33, 4): {
        "lead": "Schedule the publication",
        "service_manager": "Schedule the publication",
    },
    (34, 2): {"coordinator": "The final report is with you, under embargo"},
}
MOMENTS = [pytest.param(at, marks=pytest.mark.at_week(at[0], weekday=at[1])) for at in NEXT]


@pytest.mark.slow
@pytest.mark.parametrize("at", MOMENTS)
def test_home_names_the_next_deed_of_each_and_every_button_opens(
    world: World, client: StrictClient, at: tuple[int, int]
) -> None:
    for key in KEYS:
        found = items(client, world, key)
        if key in NEXT[at]:
            wanted = NEXT[at][key]
            said = [title for title, _, _ in found]
            assert any(wanted in title for title in said) if wanted else not said, (key, said)
        for title, url, _ in found:
            answer = client.get(url)
            assert answer.status_code == 200, f"{key}: “{title}” leads to {answer.status_code}"
        assert len({url for _, url, _ in found}) == len(found), (key, found)


# ---------- Planning and joining ----------


@pytest.mark.at_week(0)
def test_planning_asks_for_team_then_addressees_then_the_letter(
    world: World, client: StrictClient
) -> None:
    planned = another_inspection(world, 2)
    assert "Name the strategic support officer for Otherglen 2" in titles(
        client, world, "programme_manager"
    )
    assert "Name the addressees in Otherglen 2" in titles(client, world, "other_lead")
    addressees = list(planned.addressees.all())
    for one in addressees:
        one.name, one.email = "Somebody", "somebody@otherglen.example"
    name_addressees(planned, addressees=addressees, by=world.people["other_lead"], at=world.now)
    named_and_let_in(
        planned,
        person=world.people["support_officer"],
        role=Role.SUPPORT_OFFICER,
        until=None,
        by=world.people["programme_manager"],
        at=world.now,
    )
    assert titles(client, world, "other_lead") == ["Enter your telephone number"]
    lead = world.people["other_lead"]
    lead.telephone = "01632 960 999"
    lead.save()
    assert titles(client, world, "other_lead") == ["Notify the partnership of Otherglen 2"]


@pytest.mark.at_week(0)
def test_a_plan_whose_day_has_gone_by_is_named_to_the_programme_manager(
    world: World, client: StrictClient
) -> None:
    assert titles(client, world, "programme_manager") == []
    with time_machine.travel(world.now + timedelta(days=7)):
        assert titles(client, world, "programme_manager") == ["Glenmarrow has not been notified"]
        page = client.get("/").content.decode()
    assert "One thing, now. One thing is late." in page


@pytest.mark.at_week(5)
def test_a_team_that_is_not_complete_is_named(world: World, client: StrictClient) -> None:
    assert "Complete the team for Glenmarrow" not in titles(client, world, "programme_manager")
    volunteer = world.inspection.memberships.get(role=Role.YOUNG_INSPECTION_VOLUNTEER)
    end_team_member(volunteer, by=world.people["programme_manager"], at=world.now)
    for key in ("programme_manager", "lead", "support_officer"):
        assert "Complete the team for Glenmarrow" in titles(client, world, key)
    assert "Complete the team for Glenmarrow" not in titles(client, world, "inspector")


@pytest.mark.at_week(2, weekday=2)
def test_an_open_gate_is_a_deed_of_the_lead_alone(world: World, client: StrictClient) -> None:
    assert titles(client, world, "lead")[0] == "Move Glenmarrow on to phase one"
    for key in ("depute", "support_officer", "inspector", "service_manager"):
        assert not any("Move Glenmarrow on" in title for title in titles(client, world, key))


@pytest.mark.at_week(14)
def test_a_phase_whose_meeting_has_gone_by_should_have_ended(
    world: World, client: StrictClient
) -> None:
    late = "Phase two of Glenmarrow should have ended"
    assert late not in titles(client, world, "lead")
    with time_machine.travel(world.moment(20, 0, 9)):
        assert late in titles(client, world, "lead")
        assert late not in titles(client, world, "depute")


# ---------- Late ----------


@pytest.mark.at_week(6)
def test_what_others_owe_is_late_with_them_and_first_on_their_own_list(
    world: World, client: StrictClient
) -> None:
    with time_machine.travel(world.moment(9, 0, 9)):
        page = client.as_(world.people["lead"]).get("/").content.decode()
        assert "Late with others" in page
        assert "with the inspection co-ordinator" in page
        assert "Two things are late." in page
        assert titles(client, world, "inspector") == []
        mine = client.as_(world.people["coordinator"]).get("/").content.decode()
        assert "Two things are late" in mine
        assert titles(client, world, "coordinator")[0] == "Pre-inspection return comes back"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 12, 5), ("1 working day late", "late")),
        (date(2025, 12, 1), ("5 working days late", "late")),
        (date(2025, 12, 6), ("1 working day late", "late")),
        (date(2025, 12, 8), ("Today", "attention")),
        (date(2025, 12, 9), ("Tomorrow", "attention")),
        (date(2025, 12, 10), ("By Wednesday", "attention")),
        (date(2025, 12, 12), ("By Friday", "plain")),
        (date(2025, 12, 17), ("By 17 December", "plain")),
    ],
)
def test_when_says_how_long(day: date, words: tuple[str, str]) -> None:
    assert when(day, date(2025, 12, 8)) == words


@pytest.mark.parametrize(
    ("needs", "now", "late", "own_late", "words"),
    [
        (0, 0, 0, 0, "Nothing needs you today."),
        (0, 0, 1, 0, "Nothing needs you today. One thing is late."),
        (1, 0, 0, 0, "One thing."),
        (1, 1, 0, 0, "One thing, now."),
        (5, 1, 1, 0, "Five things, one of them now. One thing is late."),
        (12, 3, 2, 1, "12 things, three of them now. Three things are late."),
    ],
)
def test_counts_are_said_in_words(
    needs: int, now: int, late: int, own_late: int, words: str
) -> None:
    assert Workload([], [], needs, late, now, own_late).sentence == words


@pytest.mark.at_week(0)
def test_consequence_orders_the_list(world: World) -> None:
    today = world.now.date()

    def deed(stem: str, **more: Any) -> Deed:
        return Deed(world.inspection, stem, "", "", "", "", **more)

    ordered = [
        deed("late", due=today - timedelta(days=3)),
        deed("today", due=today, weight=Weight.WHEN_YOU_CAN),
        deed("others", weight=Weight.OTHERS_WAIT, due=today + timedelta(days=30)),
        deed("soon", due=today + timedelta(days=2)),
        deed("later", due=today + timedelta(days=20)),
        deed("any", weight=Weight.WHEN_YOU_CAN),
    ]
    assert sorted(reversed(ordered), key=lambda one: one.consequence(today)) == ordered
    assert [one.stem for one in ordered if one.is_now(today)] == ["late", "today", "others"]


@pytest.mark.at_week(5)
def test_a_desk_asks_for_the_capability_and_the_state(world: World) -> None:
    one = world.inspection
    at = Desk(
        world.people["lead"], [one], {one.pk: frozenset({Role.INSPECTION_LEAD})}, world.now.date()
    )
    assert at.where(Capability.MOVE_STEP, InspectionState.PHASE_ONE) == [one]
    assert at.where(Capability.MOVE_STEP, InspectionState.PHASE_TWO) == []
    assert at.where(Capability.CONFIRM_EVALUATION, InspectionState.PHASE_ONE) == []


# ---------- Nothing sealed leaks ----------


@pytest.mark.at_week(20, weekday=0)
def test_home_says_nothing_of_what_others_sealed(world: World, client: StrictClient) -> None:
    opened(world)
    before = {
        key: client.as_(world.people[key]).get("/").content.decode()
        for key in ("inspector", "associate", "panel_chair", "coordinator", "chief_officer")
    }
    for evaluation in Evaluation.objects.filter(inspection=world.inspection):
        written(world, evaluation, "health_inspector", level=2, why="Waits weigh more here.")
    for evaluation in Evaluation.objects.filter(inspection=world.inspection):
        own = SealedEvaluation.objects.get(
            evaluation=evaluation, inspector=world.people["health_inspector"]
        )
        seal_evaluation(
            evaluation, based_on=own.version, by=world.people["health_inspector"], at=world.now
        )
    for key, page in before.items():
        after = client.as_(world.people[key]).get("/").content.decode()
        assert _without_tokens(after) == _without_tokens(page), key
    assert titles(client, world, "health_inspector") == []
    assert any("four evaluations to seal" in one for one in titles(client, world, "inspector"))


def _without_tokens(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)


@pytest.mark.at_week(21, weekday=0)
def test_who_has_not_sealed_is_chased_once_the_meeting_has_gone_by(
    world: World, client: StrictClient
) -> None:
    late = "Not everybody has sealed the evaluations of Glenmarrow"
    for key in ("lead", "service_manager"):
        assert late not in titles(client, world, key)
    with time_machine.travel(world.moment(23, 0, 9)):
        for key in ("lead", "service_manager"):
            assert late in titles(client, world, key)
        assert late not in titles(client, world, "inspector")


@pytest.mark.at_week(30, weekday=2)
def test_comments_that_do_not_come_back_may_be_closed_by_the_lead(
    world: World, client: StrictClient
) -> None:
    late = "Glenmarrow has not returned its comments on facts"
    assert late not in titles(client, world, "lead")
    with time_machine.travel(world.moment(33, 0, 9)):
        found = items(client, world, "lead")
        assert late in [title for title, _, _ in found]
        url = next(url for title, url, _ in found if title == late)
        assert client.get(url).status_code == 200


# ---------- What it costs ----------


def _notified(world: World, number: int) -> Inspection:
    """One more inspection, led by the lead, notified like the first."""
    inspection = another_inspection(world, number, lead="lead")
    named_and_let_in(
        inspection,
        person=world.people["support_officer"],
        role=Role.SUPPORT_OFFICER,
        until=None,
        by=world.people["programme_manager"],
        at=world.now,
    )
    addressees = list(inspection.addressees.all())
    for one in addressees:
        one.name, one.email = "Somebody", "somebody@otherglen.example"
    name_addressees(inspection, addressees=addressees, by=world.people["lead"], at=world.now)
    notify_partnership(inspection, by=world.people["lead"], at=world.now)
    return inspection


WAITING_QUERIES = 5  # who is on the teams, who is invited, meetings, what they decided, and the dates of the steps


@pytest.mark.at_week(1, weekday=1)
def test_the_desk_asks_the_same_of_one_inspection_and_of_three(
    world: World, django_assert_num_queries: Counter
) -> None:
    lead, today = world.people["support_officer"], timezone.localdate()
    one = desk_of(lead, today)
    with django_assert_num_queries(WAITING_QUERIES):
        before = desk.waiting(one)
    for number in (2, 3):
        _notified(world, number)
    three = desk_of(lead, today)
    assert (len(one.inspections), len(three.inspections)) == (1, 3)
    with django_assert_num_queries(WAITING_QUERIES):
        after = desk.waiting(three)
    invited = [sum(deed.stem == "invite_person" for deed in found) for found in (before, after)]
    assert invited == [1, 3]


def _told_again(world: World, number: int) -> Inspection:
    """The whole story once more, in another invented area with the same school holidays, up to the same moment."""
    area = invented_area(number)
    SchoolHolidayWeek.objects.bulk_create(
        SchoolHolidayWeek(area=area, monday=week.monday, name=week.name, source="a test")
        for week in world.area.school_holiday_weeks.all()
    )
    # The same people once more: what they say of their days away in week 13 is not known yet when it is told again.
    Leave.objects.all().delete()
    told = tell(World(world.notified_on, world.now, area, world.people))
    return told.inspection


@pytest.mark.slow
@pytest.mark.parametrize(
    "week",
    [
        pytest.param(week, marks=pytest.mark.at_week(week, weekday=weekday))
        for week, weekday in ((7, 0), (14, 0), (20, 4), (30, 2))
    ],
)
def test_every_source_asks_the_same_of_one_inspection_and_of_three(world: World, week: int) -> None:
    for number in (2, 3):
        _told_again(world, number)
    for key in KEYS:
        three = desk_of(world.people[key], timezone.localdate())
        if len(three.inspections) < 3:
            continue
        one = replace(three, inspections=three.inspections[:1])
        with CaptureQueriesContext(connection) as asked_of_one:
            found = desk.waiting(one)
        with CaptureQueriesContext(connection) as asked_of_three:
            found_three = desk.waiting(three)
        assert len(asked_of_one) == len(asked_of_three), key
        assert len(asked_of_three) <= 14, key  # one a source, whatever the number of inspections
        assert len(found_three) == 3 * len(found), key


# ---------- What changed ----------


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2025, 12, 8), date(2025, 12, 5)),
        (date(2025, 12, 9), date(2025, 12, 8)),
        (date(2026, 1, 5), date(2025, 12, 31)),
    ],
)
def test_the_last_working_day(today: date, before: date) -> None:
    # 1 January 2026 is a Thursday and 2 January a public holiday in Scotland.
    assert last_working_day(today) == before


@pytest.mark.at_week(12)
def test_what_changed_is_grouped_and_leads_to_the_log(
    world: World, client: StrictClient, django_assert_num_queries: Counter
) -> None:
    today = timezone.localdate()
    with django_assert_num_queries(2):
        found = changes([world.inspection.reference], today)
    assert found is not None
    recorded = Event.objects.filter(
        name="evaluations.evidence_recorded",
        at__gte=timezone.make_aware(datetime.combine(found.since, datetime.min.time())),
    ).count()
    page = client.as_(world.people["lead"]).get("/").content.decode()
    assert "What changed since Thursday" in page
    words = {8: "Eight", 9: "Nine", 10: "Ten"}.get(recorded, str(recorded))
    assert f"{words} evidence items recorded" in page
    link = next(change.url for change in found.shown if "evidence items" in change.sentence)
    assert client.get(link).status_code == 200
    assert changes([], today) is None
    for key in ("inspector", "volunteer", "coordinator", "programme_manager"):
        assert "What changed since" not in client.as_(world.people[key]).get("/").content.decode()
