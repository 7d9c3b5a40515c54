"""What the page says before a step moves: what is tied to it, what breaks, who is told; and that they are."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Job, Letter
from inspections import queries, rules
from inspections.actions.replanning import move_step
from inspections.actions.steps import complete_step
from inspections.models import Inspection, Membership, Step
from tests.client import StrictClient
from tests.inspections import moves, record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

WHY = "Snow closed the roads."


def step(key: str) -> Step:
    return Step.objects.select_related("inspection__area", "inspection__method").get(key=key)


def url(key: str) -> str:
    return reverse("inspections:move-step", args=[Inspection.objects.get().reference, key])


def look(client: StrictClient, key: str, **typed: str) -> str:
    return unescape(client.post(url(key), {"reason": WHY} | typed).content.decode())


def letters() -> list[str]:
    moved = Letter.objects.filter(template="inspections/dates_changed")
    return sorted(moved.values_list("to", flat=True))


# ---------- What breaks ----------


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("key", "starts_on", "ends_on", "broken"),
    [
        ("pir_due", "2025-10-22", "2025-10-22", {}),
        ("end_phase_one", "2025-11-18", "2025-11-18", {}),
        (
            "pir_due",
            "2025-11-03",
            "2025-11-03",
            {
                "R32": "the first would be on Monday 3 November 2025 and the second be on Friday 31 October 2025",
                "R18": "has its place in week 7; Monday 3 November 2025 is in week 9",
            },
        ),
        (
            "records_reading",
            "2025-12-02",
            "2025-12-04",
            {"R9": "would be in week 13; the method has these days in week 12"},
        ),
        (
            "records_reading",
            "2025-12-11",
            "2025-12-15",
            {
                "R9": "would be in weeks 14 and 15",
                "R10": "would not be on days that follow each other",
            },
        ),
        ("fieldwork_staff", "2026-01-19", "2026-01-23", {"R9": "in week 18; the method"}),
        (
            "publication",
            "2026-06-22",
            "2026-06-22",
            {
                "R8": "would end on Monday 22 June 2026, after week 35, the last of the method",
                "": "“Post-inspection questionnaire” follows publication",
            },
        ),
        (
            "action_plan_due",
            "2026-12-01",
            "2026-12-01",
            {"R50": "which makes Tuesday 21 July 2026"},
        ),
        ("emerging_themes", "2025-12-22", "2025-12-22", {"": "is in a school-holiday week"}),
        ("draft_to_partnership", "2026-05-11", "2026-05-11", {}),
        ("process_feedback", "2026-06-01", "2026-06-05", {"": "follows publication"}),
    ],
)
def test_breaks_of_plan_says_every_rule_that_warns(
    world: World, key: str, starts_on: str, ends_on: str, broken: dict[str, str]
) -> None:
    found = rules.breaks_of_plan(
        moves.plan(step(key), date.fromisoformat(starts_on), date.fromisoformat(ends_on))
    )
    assert {one.verdict.source for one in found} == set(broken)
    for source, words in broken.items():
        assert any(words in one.verdict.sentence for one in found if one.verdict.source == source)
    assert not any(one.stops or one.stands_already for one in found)


@pytest.mark.at_week(1)
def test_breaks_of_plan_says_what_another_move_broke_and_lets_it_be(world: World) -> None:
    day = date(2025, 11, 3)
    lead = world.people["lead"]
    move_step(step("pir_due"), starts_on=day, ends_on=day, reason=WHY, by=lead, at=world.now)
    day = date(2025, 9, 25)
    found = rules.breaks_of_plan(moves.plan(step("start_meeting"), day, day))
    assert {(one.verdict.source, one.words) for one in found} == {
        ("R32", "Broken already"),
        ("R18", "Broken already"),
    }


@pytest.mark.at_week(8)
def test_breaks_of_plan_holds_what_is_done_to_no_date(world: World) -> None:
    complete_step(step("records_sample"), by=world.people["lead"], at=world.now)
    day = date(2025, 11, 5)
    found = rules.breaks_of_plan(moves.plan(step("pir_due"), day, day))
    assert "R32" not in {one.verdict.source for one in found}


# ---------- The page before the move ----------


@pytest.mark.at_week(2)
def test_move_step_page_says_what_it_touches_and_moves_nothing(
    world: World, client: StrictClient
) -> None:
    before, old = record.count(), step("publication").starts_on
    client.as_(world.people["lead"])
    page = look(client, "publication", starts_on="22 June 2026")

    assert "Nothing has changed yet." in page
    assert "to Monday 22 June 2026 (week 37)" in page
    assert "This moves with it" in page
    assert "Tuesday 4 August 2026" in page  # the joint action plan, six weeks after publication
    assert "Its weeks are indicative, so this may be, with your reason." in page
    assert "Rule R8" in page
    assert str(world.people["coordinator"]) in page
    assert str(world.people["inspector"]) in page
    assert f"The reason: {WHY}" in page
    assert ">Leave everything as it is</a>" in page
    assert (step("publication").starts_on, record.count(), letters()) == (old, before, [])


@pytest.mark.at_week(1)
def test_move_step_page_that_touches_nothing_says_so(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    page = look(client, "end_phase_one", starts_on="18 November 2025")
    assert "No rule of the timetable." in page
    assert "Nothing moves with it." in page


@pytest.mark.at_week(1)
def test_move_step_page_that_is_stopped_keeps_what_was_typed(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    page = look(client, "pir_due", starts_on="24 November 2025")
    assert "which is phase two. Choose days in those weeks." in page
    assert "What this would also break" in page
    assert "Rule R18" in page
    assert 'name="seen"' not in page
    assert 'value="24 November 2025"' in page
    assert WHY in page


@pytest.mark.at_week(1)
def test_move_step_page_releases_only_what_was_seen(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    typed = {"starts_on": "22 October 2025", "reason": WHY}
    looked = moves.seen(client.post(url("pir_due"), typed).content.decode())

    other = client.post(url("pir_due"), typed | {"starts_on": "23 October 2025"} | looked)
    assert "What follows has changed since you looked." in other.content.decode()
    Membership.objects.filter(role="inspection_coordinator").delete()
    Membership.objects.filter(person=world.people["inspector"]).delete()
    again = client.post(url("pir_due"), typed | looked).content.decode()
    assert "What follows has changed since you looked." in again
    assert step("pir_due").starts_on == date(2025, 10, 20)

    page = client.post(url("pir_due"), typed | moves.seen(again), follow=True).content.decode()
    assert "“Pre-inspection return comes back” has moved." in page


@pytest.mark.at_week(1)
def test_move_step_page_asks_the_same_however_many_are_told(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            look(client, "publication", starts_on="22 June 2026")
        return len(asked)

    cost()
    many = cost()
    told = [
        person.pk
        for person in queries.told_of_dates(
            step("pir_due").inspection, [], but=world.people["lead"].pk
        )
    ]
    assert len(told) > 3
    Membership.objects.filter(person__in=told[1:]).delete()
    assert cost() == many


# ---------- Those who are told ----------


@pytest.mark.at_week(2)
def test_move_step_tells_the_coordinators_and_the_team_after_commit(world: World) -> None:
    Letter.objects.all().delete()
    day = date(2025, 10, 22)
    moved = move_step(
        step("pir_due"),
        starts_on=day,
        ends_on=day,
        reason=WHY,
        by=world.people["lead"],
        at=world.now,
    )
    assert letters() == []
    run_jobs()
    told = letters()
    assert world.people["coordinator"].email in told
    assert world.people["depute"].email in told
    assert world.people["lead"].email not in told
    assert world.people["health_contributor"].email not in told
    assert world.people["other_lead"].email not in told
    assert told == sorted(
        person.email
        for person in queries.told_of_dates(
            moved.inspection, ["partnership"], but=world.people["lead"].pk
        )
    )

    sent = next(one for one in outbox.outbox if one.to == [world.people["coordinator"].email])
    assert sent.subject == "Glenmarrow: a date has changed"
    assert "Pre-inspection return comes back\n  was Monday 20 October 2025\n" in sent.body
    assert "is now Wednesday 22 October 2025" in sent.body
    assert f"The reason: {WHY}" in sent.body
    assert "Isla Dunmore has changed the timetable" in sent.body


@pytest.mark.at_week(2)
def test_move_step_that_fails_tells_nobody(world: World) -> None:
    day = date(2025, 10, 22)
    undone(
        lambda: move_step(
            step("pir_due"),
            starts_on=day,
            ends_on=day,
            reason=WHY,
            by=world.people["lead"],
            at=world.now,
        )
    )
    run_jobs()
    assert (letters(), Job.objects.filter(name="inspections.tell_of_dates").count()) == ([], 0)
