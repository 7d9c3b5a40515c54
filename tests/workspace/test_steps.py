"""Every step's page says what to do about it and where, for each who opens it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from inspections import permissions
from inspections.models import MethodStep, Step
from inspections.steps import WayOn, way_on
from tests.client import StrictClient
from workspace.example.world import World
from workspace.steps import PAGES


def _way_on(world: World, person: str, key: str) -> WayOn:
    step = Step.objects.get(inspection=world.inspection, key=key)
    step.inspection = world.inspection
    who = world.people[person]
    verdict = permissions.can_complete_step(who, step, on=timezone.localdate())
    return way_on(who, step, verdict=verdict)


def _page(world: World, client: StrictClient, person: str, key: str) -> str:
    address = reverse("inspections:step", args=[world.inspection.reference, key])
    return client.as_(world.people[person]).get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
def test_every_page_belongs_to_a_step_of_the_method() -> None:
    assert set(PAGES) <= set(MethodStep.objects.values_list("key", flat=True))


@pytest.mark.at_week(8, weekday=0)
@pytest.mark.parametrize(
    ("person", "key", "words", "sentence"),
    [
        ("coordinator", "self_evaluation_due", "Open the self-evaluation", "marks this step"),
        ("inspector", "initial_analysis", "Open the evidence", "It is with "),
        ("coordinator", "initial_analysis", "", "(Inspection team)"),
        ("coordinator", "staff_told", "", ", or tell them that it is done: they mark it here."),
        ("lead", "staff_told", "", "Mark it as done when it is."),
        (
            "lead",
            "end_phase_one",
            "Open the meeting",
            "Mark it as done that day or later, or move it first.",
        ),
        ("volunteer", "staff_told", "", "(Inspection co-ordinator)"),
    ],
)
def test_way_on_before_the_site(
    world: World, person: str, key: str, words: str, sentence: str
) -> None:
    found = _way_on(world, person, key)
    assert (found.words, sentence in found.sentence) == (words, True), found
    assert bool(found.url) == bool(words)


@pytest.mark.at_week(30)
@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("coordinator", "Check the facts in the draft"),
        ("lead", "Open the comments on facts"),
        ("chief_officer", "Open the report"),
        ("inspector", "Open the report"),
        ("health_contributor", ""),
    ],
)
def test_way_on_from_the_comments_on_facts(world: World, person: str, words: str) -> None:
    assert _way_on(world, person, "factual_accuracy_due").words == words


@pytest.mark.at_week(30)
def test_way_on_opens_for_whom_it_is_offered(world: World, client: StrictClient) -> None:
    for person in ("coordinator", "chief_officer", "lead", "support_officer", "inspector"):
        client.as_(world.people[person])
        found = {_way_on(world, person, key).url for key in PAGES} - {""}
        assert len(found) > 1
        assert {url: client.get(url).status_code for url in found} == dict.fromkeys(found, 200)


@pytest.mark.at_week(8, weekday=0)
def test_step_page_says_whom_the_partnership_sends_it_to(
    world: World, client: StrictClient
) -> None:
    officer = world.people["support_officer"]
    page = _page(world, client, "coordinator", "staff_told")
    assert f"Send it to {officer.name}, or tell them that it is done: they mark it here." in page
    assert f'<a href="mailto:{officer.email}">' in page
    assert officer.telephone in page


@pytest.mark.at_week(11, weekday=2)
def test_step_page_of_a_meeting_is_on_a_day_and_not_due(world: World, client: StrictClient) -> None:
    page = _page(world, client, "inspector", "end_phase_one")
    main = page.partition("<main")[2]
    assert "(week 11), today" in main
    assert "Due" not in main
    assert "Meeting</dd>" in main and "Inspection lead</dd>" in main


@pytest.mark.at_week(2)
def test_weeks_after_publication_carry_no_number(world: World, client: StrictClient) -> None:
    after = Step.objects.filter(inspection=world.inspection, phase="after")
    assert set(after.values_list("week", flat=True)) == {None}
    page = _page(world, client, "lead", "action_plan_due")
    assert "Not counted, after publication" in page
    timetable = reverse("inspections:timetable", args=[world.inspection.reference])
    shown = client.get(timetable).content.decode()
    assert "<h3>After publication</h3>" in shown and "<h3>Week 2, now</h3>" in shown
