"""Planning anew as a lead does it: days without work, a week without a number, an election; and the versions that are kept."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.after_publication import reckon_steps
from inspections.actions.replanning import add_election, add_week, close_days, move_step
from inspections.actions.steps import complete_step
from inspections.enums import Cause, StepState
from inspections.models import DateChange, Inspection, Step, TimetableVersion
from inspections.timetable import Stand
from tests.client import StrictClient
from tests.inspections import moves, record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

SNOW = "Snow closed the roads."


def step(key: str) -> Step:
    return Step.objects.select_related("inspection__area", "inspection__method").get(key=key)


def url(name: str, *more: object) -> str:
    return reverse(f"inspections:{name}", args=[Inspection.objects.get().reference, *more])


def stands(inspection: Inspection) -> dict[str, Stand]:
    return queries.stands_of(inspection.steps.all())


def snow(world: World, day: date, **more: Any) -> TimetableVersion:
    return close_days(
        world.inspection, starts_on=day, ends_on=day, reason=SNOW, by=world.people["lead"],
        at=world.now, **more,
    )  # fmt: skip


# ---------- Days without work ----------


@pytest.mark.at_week(11)
def test_close_days_moves_what_stands_on_them_and_keeps_the_version(world: World) -> None:
    before, first = record.count(), date.fromisoformat(step("records_reading").days[1])
    version = snow(world, first)
    moved = {change.step.key for change in version.changes.select_related("step")}
    assert {"records_reading", "fieldwork_children"} <= moved
    days = step("records_reading").days
    assert first.isoformat() not in days
    assert len(days) == 3
    assert (version.number, version.cause, version.reason) == (2, Cause.CLOSED, SNOW)
    assert record.count() == before + 1
    assert f"{len(moved)} dates moved" in record.last_sentence()
    assert step("records_reading").note.startswith("Moved with the timetable: No work on")
    assert step("records_reading").history.count() == 1
    assert not rules.is_open_day_of(world.inspection, first)
    assert not rules.may_move_step(step("emerging_themes"), starts_on=first, ends_on=first)


@pytest.mark.at_week(12, weekday=2)
def test_close_days_in_the_middle_of_a_block_keeps_the_days_that_were_held(world: World) -> None:
    reading = [date.fromisoformat(day) for day in step("records_reading").days]
    assert reading[0] <= world.now.date()
    snow(world, reading[1])
    days = [date.fromisoformat(day) for day in step("records_reading").days]
    assert days[0] == reading[0]
    assert reading[1] not in days
    assert len(days) == len(reading)


@pytest.mark.at_week(24)
def test_a_release_leaves_where_it_stands_what_somebody_leaves(world: World) -> None:
    stood = step("action_plan_due").starts_on
    later = step("publication").starts_on + timedelta(days=7)
    move_step(
        step("publication"), starts_on=later, ends_on=later, reason="Printing",
        stay=["action_plan_due"], by=world.people["lead"], at=world.now,
    )  # fmt: skip
    assert step("publication").starts_on == later
    assert step("action_plan_due").starts_on == stood
    last = TimetableVersion.objects.last()
    assert last is not None
    kept = {one.step.key for one in last.changes.all()}
    assert "publication" in kept
    assert "action_plan_due" not in kept


@pytest.mark.at_week(11)
def test_what_cannot_stay_is_refused_in_a_sentence(world: World) -> None:
    first = date.fromisoformat(step("records_reading").days[0])
    with pytest.raises(Refused) as refused:
        snow(world, first, stay=["fieldwork_children"])
    assert "would start before the on-site days before it end" in str(refused.value)


@pytest.mark.at_week(11)
def test_close_days_tells_each_once_with_every_date(world: World) -> None:
    run_jobs()
    Letter.objects.all().delete()
    version = snow(world, date.fromisoformat(step("records_reading").days[0]))
    run_jobs()
    run_jobs()
    letters = list(Letter.objects.filter(template="inspections/dates_changed"))
    assert len({one.to for one in letters}) == len(letters) > 3
    assert world.people["lead"].email not in {one.to for one in letters}
    for change in version.changes.select_related("step"):
        assert all(change.step.title in one.body for one in letters)


@pytest.mark.at_week(11)
def test_close_days_that_fails_leaves_nothing_behind(world: World) -> None:
    before = (record.count(), stands(world.inspection), TimetableVersion.objects.count())
    undone(lambda: snow(world, date.fromisoformat(step("records_reading").days[0])))
    after = (record.count(), stands(world.inspection), TimetableVersion.objects.count())
    assert after == before
    assert not world.inspection.closures.exists()


@pytest.mark.at_week(11)
def test_close_days_is_refused_where_the_on_site_days_would_leave_phase_two(world: World) -> None:
    stood = stands(world.inspection)
    first = step("fieldwork_staff").starts_on
    with pytest.raises(Refused) as refused:
        close_days(
            world.inspection, starts_on=first, ends_on=first + timedelta(days=30), reason="Flood",
            by=world.people["lead"], at=world.now,
        )  # fmt: skip
    assert "phase two" in str(refused.value)
    assert stands(world.inspection) == stood


@pytest.mark.at_week(11)
@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2025, 12, 3), date(2025, 12, 2), "The last day is before the first day."),
        (date(2025, 10, 1), date(2025, 10, 1), "is more than two weeks ago."),
        (date(2025, 12, 1), date(2026, 1, 9), "More than 31 days without work"),
        (date(2025, 12, 1), date(2025, 12, 2), ""),
    ],
)
def test_may_close_days(world: World, first: date, last: date, sentence: str) -> None:
    verdict = rules.may_close_days(
        world.inspection, starts_on=first, ends_on=last, today=world.now.date()
    )
    assert sentence in verdict.sentence
    assert bool(verdict) == (not sentence)


@pytest.mark.at_week(11)
def test_close_days_twice_is_said(world: World) -> None:
    day = date.fromisoformat(step("records_reading").days[0])
    snow(world, day)
    with pytest.raises(Refused) as refused:
        snow(world, day)
    assert "on record already" in str(refused.value)


# ---------- A week without a number ----------


@pytest.mark.at_week(5)
def test_add_week_numbers_every_later_week_anew(world: World) -> None:
    before = stands(world.inspection)
    day = date(2025, 11, 5)
    version = add_week(
        world.inspection, day=day, reason="Schools closed", by=world.people["lead"], at=world.now
    )
    after = stands(world.inspection)
    assert after["pir_due"] == before["pir_due"]
    assert after["publication"].starts_on == before["publication"].starts_on + timedelta(days=7)
    inspection = Inspection.objects.get(pk=world.inspection.pk)
    assert queries.week_of(inspection, day) is None
    for one in inspection.steps.exclude(phase="after"):
        assert one.week == queries.week_of(inspection, one.starts_on), one.key
    assert version.changes.count() > 15
    assert len(inspection.steps.exclude(note="").filter(note__startswith="Moved with")) > 15


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2025, 10, 1), "has begun or gone by"),
        (date(2025, 12, 24), "takes no number already"),
        (date(2026, 9, 21), "is after publication"),
        (date(2025, 11, 5), ""),
    ],
)
def test_may_add_week(world: World, day: date, sentence: str) -> None:
    verdict = rules.may_add_week(world.inspection, day=day, today=world.now.date())
    assert sentence in verdict.sentence
    assert bool(verdict) == (not sentence)


# ---------- Before an election ----------


@pytest.mark.at_week(24)
def test_add_election_lets_publication_come_after_it(world: World) -> None:
    publication = step("publication").starts_on
    last = publication + timedelta(days=10)
    add_election(
        world.inspection, starts_on=publication - timedelta(days=20), ends_on=last,
        reason="Scottish Parliament election", by=world.people["lead"], at=world.now,
    )  # fmt: skip
    assert step("publication").starts_on > last
    assert step("action_plan_due").starts_on > last + timedelta(weeks=5)
    plan = moves.plan(step("publication"), publication, publication)
    assert any(
        "in the pre-election period" in one.verdict.sentence for one in rules.breaks_of_plan(plan)
    )


@pytest.mark.at_week(24)
def test_add_election_that_touches_nothing_is_on_record_all_the_same(world: World) -> None:
    before = stands(world.inspection)
    version = add_election(
        world.inspection, starts_on=date(2027, 4, 1), ends_on=date(2027, 5, 6),
        reason="Local government election", by=world.people["lead"], at=world.now,
    )  # fmt: skip
    assert stands(world.inspection) == before
    assert version.changes.count() == 0
    assert "no date moved" in record.last_sentence()


@pytest.mark.at_week(24)
@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 5, 7), date(2026, 4, 1), "The last day is before the first day."),
        (date(2025, 4, 1), date(2025, 5, 7), "This period was over"),
        (date(2026, 4, 1), date(2026, 10, 7), "three months at most"),
        (date(2026, 4, 1), date(2026, 5, 7), ""),
    ],
)
def test_may_add_election(world: World, first: date, last: date, sentence: str) -> None:
    verdict = rules.may_add_election(
        world.inspection, starts_on=first, ends_on=last, today=world.now.date()
    )
    assert sentence in verdict.sentence
    assert bool(verdict) == (not sentence)


# ---------- Who may, and when ----------


@pytest.mark.at_week(5)
@pytest.mark.parametrize("asked", ["can_close_days", "can_add_week", "can_add_election"])
def test_only_the_lead_changes_the_calendar(world: World, asked: str) -> None:
    may = getattr(permissions, asked)
    allowed = {key for key, person in world.people.items() if may(person, world.inspection)}
    assert allowed == {"lead"}


@pytest.mark.at_week(0)
def test_may_replan_not_before_notification(world: World) -> None:
    assert (
        "a draft until the partnership is notified" in rules.may_replan(world.inspection).sentence
    )


@pytest.mark.at_week(36)
def test_may_replan_not_after_publication(world: World) -> None:
    assert "The report is published." in rules.may_replan(world.inspection).sentence


# ---------- Versions ----------


@pytest.mark.at_week(11)
def test_versions_say_what_each_changed_and_what_lies_between_two(
    world: World, client: StrictClient
) -> None:
    lead = world.people["lead"]
    stood = step("emerging_themes").starts_on
    there = stood + timedelta(days=1)
    move_step(
        step("emerging_themes"),
        starts_on=there,
        ends_on=there,
        reason="Room",
        by=lead,
        at=world.now,
    )
    snow(world, date.fromisoformat(step("records_reading").days[0]))
    move_step(
        step("emerging_themes"),
        starts_on=stood,
        ends_on=stood,
        reason="Room",
        by=lead,
        at=world.now,
    )
    first, second, third, fourth = TimetableVersion.objects.all()
    assert [one.number for one in (first, second, third, fourth)] == [1, 2, 3, 4]
    since_first = {one.step.key for one in queries.changes_between(world.inspection, first, fourth)}
    assert "emerging_themes" not in since_first  # it came back to where it stood
    assert "records_reading" in since_first

    page = unescape(client.as_(lead).get(url("timetable-versions")).content.decode())
    assert page.index(fourth.title) < page.index(third.title) < page.index("Drawn at notification")
    page = unescape(client.get(url("timetable-version", 3)).content.decode())
    assert "What changed since version 2" in page
    assert SNOW in page
    page = unescape(client.get(url("timetable-version", 4) + "?since=1").content.decode())
    assert "What changed since version 1" in page
    assert "On-site days 1 to 3" in page
    assert client.get(url("timetable-version", 9)).status_code == 404


@pytest.mark.at_week(1)
def test_the_first_version_is_the_timetable_as_it_was_drawn(
    world: World, client: StrictClient
) -> None:
    version = TimetableVersion.objects.get()
    assert (version.number, version.cause) == (1, Cause.DRAWN)
    page = client.as_(world.people["lead"]).get(url("timetable-version", 1))
    assert "It is the first: nothing stood before it." in page.content.decode()


@pytest.mark.at_week(34)
def test_publication_on_another_day_is_a_version_too(world: World) -> None:
    reckon_steps(world.inspection, by=world.people["lead"], at=world.now)
    version = TimetableVersion.objects.last()
    assert version is not None
    assert version.cause == Cause.PUBLISHED
    assert {"publication", "action_plan_due"} <= {one.step.key for one in version.changes.all()}


@pytest.mark.at_week(11)
def test_the_page_of_versions_asks_the_same_of_one_and_of_ten(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url("timetable-versions"))
        return len(asked)

    cost()
    few = cost()
    for day in range(1, 10):
        snow(world, date(2026, 2, 23) + timedelta(days=day))
    assert cost() == few


@pytest.mark.at_week(11)
def test_a_release_asks_the_same_whatever_moves(world: World) -> None:
    def cost(deed: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            deed()
        return len(asked)

    lead = world.people["lead"]
    day = date(2026, 2, 25)
    few = cost(lambda: snow(world, day))
    many = cost(
        lambda: add_week(
            world.inspection, day=date(2025, 12, 3), reason="Closed", by=lead, at=world.now
        )
    )
    assert DateChange.objects.filter(version__number=3).count() > 10
    assert many <= few + 6  # the steps, their history and their new numbers, each written at once


# ---------- The page ----------


@pytest.mark.at_week(11)
def test_close_days_page_shows_all_that_follows_and_releases_what_was_seen(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    day = date.fromisoformat(step("records_reading").days[0])
    typed = {"starts_on": f"{day:%d/%m/%Y}", "reason": SNOW}
    looked = unescape(client.post(url("close-days"), typed).content.decode())
    assert "Nothing has changed yet." in looked
    assert "On-site days 1 to 3" in looked
    assert not world.inspection.closures.exists()
    done = moves.release(client, url("close-days"), typed)
    assert "There is no work on" in done
    assert world.inspection.closures.count() == 1
    assert "Days without work" in done
    again = client.post(url("close-days"), typed | moves.seen(looked)).content.decode()
    assert "on record already" in again
    assert world.inspection.closures.count() == 1


@pytest.mark.at_week(24)
def test_the_page_shows_anew_what_somebody_leaves_where_it_stands(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    later = step("publication").starts_on + timedelta(days=7)
    typed: dict[str, Any] = {"starts_on": f"{later:%d/%m/%Y}", "reason": "Printing"}
    looked = client.post(url("move-step", "publication"), typed).content.decode()
    left = typed | {"stay": ["action_plan_due"]}
    again = client.post(url("move-step", "publication"), left | moves.seen(looked)).content.decode()
    assert "Look again" in again
    assert "You leave these where they stand" in again
    assert "six calendar weeks after" in again  # leaving it breaks a rule, which is said
    assert step("publication").starts_on != later
    done = client.post(url("move-step", "publication"), left | moves.seen(again), follow=True)
    assert "has moved." in done.content.decode()
    assert step("publication").starts_on == later


@pytest.mark.at_week(11)
def test_of_two_who_replan_at_once_the_second_sees_what_the_first_released(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    day = date.fromisoformat(step("records_reading").days[0])
    typed = {"starts_on": f"{day:%d/%m/%Y}", "reason": SNOW}
    looked = client.post(url("close-days"), typed).content.decode()
    snow(world, day + timedelta(days=1))
    again = client.post(url("close-days"), typed | moves.seen(looked)).content.decode()
    assert "What follows has changed since you looked." in again
    assert world.inspection.closures.count() == 1


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("close-days", {"starts_on": "", "reason": "x"}, "Write the first day."),
        ("close-days", {"starts_on": "1 December 2025", "reason": ""}, "Write the reason."),
        ("add-week", {"day": "soon", "reason": "x"}, "for example 8 December 2025"),
        ("add-week", {"day": "24 December 2025", "reason": "x"}, "takes no number already"),
        ("add-election", {"starts_on": "1 April 2026", "reason": "x"}, "Write the last day."),
    ],
)
def test_a_bad_form_is_said_and_nothing_typed_is_lost(
    world: World, client: StrictClient, name: str, typed: dict[str, str], sentence: str
) -> None:
    before = TimetableVersion.objects.count()
    page = unescape(client.as_(world.people["lead"]).post(url(name), typed).content.decode())
    assert sentence in page
    for value in typed.values():
        assert value in page
    assert TimetableVersion.objects.count() == before


@pytest.mark.at_week(9)
def test_what_is_done_is_never_moved(world: World) -> None:
    done = complete_step(step("records_sample"), by=world.people["lead"], at=world.now)
    plan = queries.plan_of_week(
        world.inspection, day=date(2025, 11, 12), reason="x", today=world.now.date()
    )
    assert done.key not in plan.keys


@pytest.mark.at_week(11, weekday=3)
def test_a_step_whose_day_went_by_without_it_is_put_on_another(world: World) -> None:
    """A meeting that was called off on the morning of its day: it is not done, and has a new day."""
    missed = step("end_phase_one")
    Step.objects.filter(pk=missed.pk).update(state=StepState.UPCOMING, done_at=None, done_by=None)
    missed.refresh_from_db()
    assert missed.ends_on < world.now.date()
    day = world.day(11, 4)
    move_step(
        missed, starts_on=day, ends_on=day, reason=SNOW, by=world.people["lead"], at=world.now
    )
    assert step("end_phase_one").starts_on == day
