"""Opening the next phase through its gate, and what publication does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from inspections import gates, permissions, rules
from inspections.actions.after_publication import reckon_steps
from inspections.actions.phases import mark_published, open_next_phase
from inspections.actions.steps import complete_step
from inspections.conditions import CONDITIONS
from inspections.enums import INSPECTION_MOVES, InspectionState, StepState
from inspections.models import Inspection, Membership, Step
from tests.client import StrictClient
from tests.inspections import moves, record
from tests.inspections.record import undone
from workspace.example.world import World


def url(page: str = "open-next-phase") -> str:
    return reverse(f"inspections:{page}", args=[Inspection.objects.get().reference])


def standing_at(state: InspectionState) -> Inspection:
    """The inspection as it would be in that state, for rules that ask nothing else of it."""
    notified_on = None if state == InspectionState.PLANNED else date(2025, 9, 1)
    Inspection.objects.update(state=state, notified_on=notified_on)
    return Inspection.objects.select_related("area").get()


def finding(inspection: Inspection, key: str) -> gates.Finding:
    return next(one for one in gates.findings(inspection) if one.condition.key == key)


def without(role: str) -> Callable[[], Any]:
    return lambda: Membership.objects.filter(role=role).delete()


def without_agency(kind: str) -> Callable[[], Any]:
    return lambda: Membership.objects.filter(person__agency__kind=kind).delete()


S = InspectionState


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("state", "key", "change", "sentence", "hard"),
    [
        (S.NOTIFIED, "coordinator", without("inspection_coordinator"),
         "Nobody has joined yet as inspection co-ordinator.", True),
        (S.NOTIFIED, "participation-coordinator", without("participation_coordinator"),
         "Nobody has joined yet as participation co-ordinator.", False),
        (S.PHASE_ONE, "concerns-lead", without("concerns_lead"),
         "Nobody has joined yet as lead member of staff for concerns.", True),
        (S.PHASE_ONE, "team", without("depute"), "The team still needs a depute inspection lead.", True),
        (S.PHASE_ONE, "team", without("young_inspection_volunteer"),
         "The team still needs a young inspection volunteer.", True),
        (S.PHASE_ONE, "team", without_agency("hmics"),
         "The team still needs somebody from HM Inspectorate of Constabulary in Scotland.", True),
        (S.PHASE_TWO, "onsite",
         lambda: Step.objects.filter(kind="onsite").exclude(key="fieldwork_staff").update(
             state="done", done_at="2025-09-01T00:00Z", done_by=User.objects.all()[0]),
         "Not yet marked as done: On-site days 6 to 10: staff; managers; leaders; further engagement.", True),
        (S.FOLLOW_UP, "action-plan", lambda: None, "The joint action plan is not in yet.", True),
    ],
)  # fmt: skip
def test_conditions_of_the_gates(
    world: World,
    state: InspectionState,
    key: str,
    change: Callable[[], Any],
    sentence: str,
    hard: bool,
) -> None:
    change()
    found = finding(standing_at(state), key)
    assert (found.verdict.sentence, found.condition.hard, found.holds) == (sentence, hard, hard)


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("state", "key"),
    [
        (S.NOTIFIED, "coordinator"),
        (S.NOTIFIED, "participation-coordinator"),
        (S.PHASE_ONE, "concerns-lead"),
        (S.PHASE_ONE, "team"),
    ],
)
def test_conditions_hold_once_everybody_is_there(
    world: World, state: InspectionState, key: str
) -> None:
    assert finding(standing_at(state), key).met


@pytest.mark.at_week(3)
def test_conditions_lead_to_a_page_that_exists(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    for state in CONDITIONS:
        for found in gates.findings(standing_at(state)):
            assert client.get(found.url, follow=True).status_code in (200, 403), found.url


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (S.PLANNED, "Phase one opens after notification."),
        (S.PHASE_THREE, "Phase three ends with publication of the report."),
        (S.CLOSED, "This inspection is closed."),
        (S.WITHDRAWN, "This plan was withdrawn."),
    ],
)
def test_may_open_next_phase_only_where_a_phase_follows(
    world: World, state: InspectionState, sentence: str
) -> None:
    inspection = Inspection.objects.get()
    inspection.state = state
    verdict = rules.may_open_next_phase(inspection)
    assert (verdict.sentence, verdict.source) == (sentence, "")


def test_no_state_is_a_dead_end() -> None:
    reached = {S.PLANNED}
    for _ in InspectionState:
        reached |= {S(to) for state in reached for to in INSPECTION_MOVES[state].moves.values()}
    assert reached == set(InspectionState)
    assert [state for state, stand in INSPECTION_MOVES.items() if not stand.moves] == [
        S.CLOSED,
        S.WITHDRAWN,
    ]


@pytest.mark.at_week(3)
def test_can_open_next_phase(world: World) -> None:
    inspection = standing_at(S.NOTIFIED)
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_open_next_phase(person, inspection)
    }
    assert allowed == {"lead"}


@pytest.mark.at_week(2, weekday=3)
def test_open_next_phase(world: World) -> None:
    before = record.count()
    open_next_phase(world.inspection, by=world.people["lead"], at=world.now)
    inspection = Inspection.objects.get()
    assert (inspection.state, inspection.state_since) == (S.PHASE_ONE, world.now)
    assert record.count() == before + 1
    assert record.last_sentence() == "Isla Dunmore moved the inspection on: phase one."


@pytest.mark.at_week(2, weekday=3)
def test_open_next_phase_is_held_by_its_gate_and_leaves_nothing_behind(world: World) -> None:
    before = record.count()
    undone(lambda: open_next_phase(world.inspection, by=world.people["lead"], at=world.now))
    Membership.objects.filter(role="inspection_coordinator").delete()
    with pytest.raises(Refused, match="Nobody has joined yet as inspection co-ordinator"):
        open_next_phase(world.inspection, by=world.people["lead"], at=world.now)
    assert (Inspection.objects.get().state, record.count()) == (S.NOTIFIED, before)


@pytest.mark.at_week(2, weekday=3)
def test_open_next_phase_page_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    page = client.get(url()).content.decode()
    assert "Inspection co-ordinator has joined" in page
    first = client.post(url(), {"from": "notified"}, follow=True)
    assert "The inspection stands at phase one now." in first.content.decode()
    second = client.post(url(), {"from": "notified"}, follow=True)
    assert "This was done already: the inspection stands at phase one." in second.content.decode()
    assert Inspection.objects.get().state == S.PHASE_ONE


@pytest.mark.at_week(2, weekday=3)
@pytest.mark.parametrize(
    ("key", "status", "sentence"),
    [
        ("depute", 403, "Only the inspection lead opens the next phase."),
        (
            "coordinator",
            403,
            "Only the inspectors, the associate assessors, the support officer, the service manager "
            "and the chair of the panel see this room.",
        ),
        ("other_lead", 404, ""),
    ],
)
def test_open_next_phase_page_refuses(
    world: World, client: StrictClient, key: str, status: int, sentence: str
) -> None:
    response = client.as_(world.people[key]).post(url(), {"from": "notified"})
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert Inspection.objects.get().state == S.NOTIFIED


@pytest.mark.at_week(2, weekday=1)
def test_open_next_phase_page_shows_what_holds_it(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    page = client.get(url()).content.decode()
    assert "Nobody has joined yet as inspection co-ordinator." in page
    assert 'name="from"' not in page
    response = client.post(url(), {"from": "notified"})
    assert response.status_code == 403


@pytest.mark.at_week(1)
def test_mark_published(world: World) -> None:
    inspection = standing_at(S.PHASE_THREE)
    before = record.count()
    day = Step.objects.get(key="publication").starts_on
    at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    mark_published(inspection, by=world.people["lead"], at=at)
    assert Inspection.objects.get().state == S.PUBLISHED
    assert Step.objects.get(key="publication").state == StepState.DONE
    assert record.count() == before + 1
    assert record.last_sentence() == "Publication of the report moved the inspection on: published."


@pytest.mark.at_week(1)
@pytest.mark.parametrize("days", [-98, 15])
def test_reckon_steps_begins_on_the_day_of_publication(world: World, days: int) -> None:
    """Six calendar weeks for the action plan and a year for the records, early or late; what is done stays as it was."""
    inspection, before = standing_at(S.PHASE_THREE), record.count()
    planned = {step.key: step for step in Step.objects.all()}
    day = planned["publication"].starts_on + timedelta(days=days)
    at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    mark_published(inspection, by=world.people["lead"], at=at)

    steps = {step.key: step for step in Step.objects.all()}
    assert steps["publication"].starts_on == day
    assert steps["action_plan_due"].ends_on == day + timedelta(weeks=6)
    assert steps["disposal_due"].ends_on == day.replace(year=day.year + 1)
    dates = {key: (one.starts_on, one.ends_on) for key, one in steps.items()}
    others = set(planned) - {"publication", "action_plan_due", "disposal_due"}
    assert all(dates[key] == (planned[key].starts_on, planned[key].ends_on) for key in others)
    assert "before the report was published" in steps["action_plan_due"].note
    assert steps["action_plan_due"].history.count() == 1
    assert record.count() == before + 2
    said = narrate(Event.objects.get(name="inspections.steps_reckoned"))
    assert said.startswith(f"Publication on {day:%A} {day.day} {day:%B %Y} moved")
    assert "“Joint action plan (six calendar weeks after publication)” from Tuesday" in said

    meeting = steps["end_phase_three"]
    later = day + timedelta(days=7)
    assert moves.verdict(meeting, later, later)
    assert reckon_steps(inspection, by=world.people["lead"], at=at) == []


@pytest.mark.at_week(1)
def test_reckon_steps_leaves_what_is_done(world: World) -> None:
    inspection, plan = standing_at(S.PHASE_THREE), Step.objects.get(key="action_plan_due")
    complete_step(plan, by=world.people["support_officer"], at=world.now)
    early = timezone.make_aware(datetime.combine(plan.ends_on - timedelta(weeks=20), time(9)))
    mark_published(inspection, by=world.people["lead"], at=early)
    assert Step.objects.get(key="action_plan_due").ends_on == plan.ends_on


@pytest.mark.at_week(1)
def test_mark_published_only_in_phase_three(world: World) -> None:
    inspection = standing_at(S.PHASE_TWO)
    with pytest.raises(Refused, match="Only an inspection in phase three is published"):
        mark_published(inspection, by=world.people["lead"], at=world.now)
    assert Step.objects.get(key="publication").state == StepState.UPCOMING


@pytest.mark.at_week(1)
def test_log_page(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(url("log")).content.decode()
    assert "Isla Dunmore notified the partnership of Glenmarrow." in page
    for key, status in (("inspector", 403), ("other_lead", 404), ("service_manager", 200)):
        assert client.as_(world.people[key]).get(url("log")).status_code == status


@pytest.mark.at_week(8)
def test_open_next_phase_is_refused_when_somebody_was_quicker(world: World) -> None:
    seen = Inspection.objects.get(pk=world.inspection.pk)
    Inspection.objects.filter(pk=seen.pk).update(state=InspectionState.PHASE_TWO)

    with pytest.raises(Refused, match="the inspection stands at phase two"):
        open_next_phase(seen, by=world.people["lead"], at=world.now)
