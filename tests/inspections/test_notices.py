"""Reminders before a due date and notices after it: each once, whatever the clock did."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from core.models import Letter
from inspections import queries
from inspections.actions.notices import send_step_notice
from inspections.actions.replanning import move_step
from inspections.actions.steps import complete_step
from inspections.models import Membership, NoticeKind, Step, StepNotice
from inspections.tasks import send_step_notices
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World

DUE = date(2025, 9, 12)  # the partnership names its co-ordinators: Friday of week 2


def clock(day: date, hour: int = 7) -> None:
    """The clock looks, on that day."""
    send_step_notices(now=timezone.make_aware(datetime.combine(day, time(hour))))


def letters() -> list[tuple[str, str]]:
    """Who got what about this step, in order."""
    rows = Letter.objects.filter(template__startswith="inspections/step_").order_by("pk")
    return [(letter.template.rpartition("/")[2], letter.to.partition("@")[0]) for letter in rows]


@pytest.fixture
def due(world: World) -> Step:
    Step.objects.exclude(key="name_coordinators").update(kind="window")
    return Step.objects.get(key="name_coordinators")


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (8, None),
        (7, NoticeKind.WEEK_BEFORE),
        (3, NoticeKind.WEEK_BEFORE),
        (2, NoticeKind.DAYS_BEFORE),
        (0, NoticeKind.DAYS_BEFORE),
        (-1, NoticeKind.OVERDUE),
        (-30, NoticeKind.OVERDUE),
    ],
)
def test_notice_for(due: Step, days: int, kind: NoticeKind | None) -> None:
    assert due.ends_on == DUE
    assert queries.notice_for(due, DUE - timedelta(days=days)) == kind


@pytest.mark.at_week(1)
def test_send_step_notice_seven_and_two_days_before_and_once_after(due: Step) -> None:
    for back in range(10, -5, -1):
        clock(DUE - timedelta(days=back), hour=7)
        clock(DUE - timedelta(days=back), hour=8)
    kinds = [(notice.kind, notice.due_on) for notice in StepNotice.objects.order_by("pk")]
    assert kinds == [("week_before", DUE), ("days_before", DUE), ("overdue", DUE)]
    told = ["lead", "support.officer"]
    assert letters() == [
        *(("step_due", who) for who in told),
        *(("step_due", who) for who in told),
        *(("step_overdue", who) for who in (*told, "depute")),
    ]


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("back", "kinds"), [(2, ["days_before"]), (-3, ["overdue"]), (5, ["week_before"])]
)
def test_send_step_notice_after_an_outage_sends_the_nearest_only(
    due: Step, back: int, kinds: list[str]
) -> None:
    clock(DUE - timedelta(days=back))
    assert [notice.kind for notice in StepNotice.objects.all()] == kinds


@pytest.mark.at_week(1)
def test_send_step_notice_of_a_moved_step_is_about_its_new_date(world: World, due: Step) -> None:
    clock(DUE - timedelta(days=7))
    move_step(
        due,
        starts_on=date(2025, 9, 19),
        ends_on=date(2025, 9, 19),
        reason="asked",
        by=world.people["lead"],
        at=world.now,
    )
    clock(DUE - timedelta(days=2))
    assert StepNotice.objects.count() == 1
    clock(DUE)
    assert [notice.due_on for notice in StepNotice.objects.order_by("pk")] == [
        DUE,
        date(2025, 9, 19),
    ]


@pytest.mark.at_week(1)
def test_send_step_notice_not_about_what_is_done(world: World, due: Step) -> None:
    complete_step(due, by=world.people["lead"], at=world.now)
    clock(DUE)
    clock(DUE + timedelta(days=1))
    before = record.count()
    assert send_step_notice(due, kind=NoticeKind.OVERDUE, at=world.now) is None
    assert (letters(), record.count()) == ([], before)


@pytest.mark.at_week(1)
def test_send_step_notice_that_is_stale_is_not_sent(world: World, due: Step) -> None:
    assert send_step_notice(due, kind=NoticeKind.OVERDUE, at=world.now) is None
    assert letters() == []


@pytest.mark.at_week(1)
def test_send_step_notice_is_on_record_as_the_clocks(world: World, due: Step) -> None:
    at = timezone.make_aware(datetime(2025, 9, 15, 7))
    before = record.count()
    send_step_notice(due, kind=NoticeKind.OVERDUE, at=at)
    assert record.count() == before + 1
    assert record.last_event().by_name == "The clock"
    assert record.last_sentence() == (
        "Notice that “Partnership names its inspection and participation co-ordinators” is overdue "
        "went to 3 people."
    )


@pytest.mark.at_week(1)
def test_send_step_notice_that_fails_is_sent_at_the_next_look(world: World, due: Step) -> None:
    at = timezone.make_aware(datetime(2025, 9, 15, 7))
    undone(lambda: send_step_notice(due, kind=NoticeKind.OVERDUE, at=at))
    assert letters() == []
    clock(date(2025, 9, 15))
    assert len(letters()) == 3


@pytest.mark.at_week(3)
def test_send_step_notice_goes_to_whose_move_it_is_and_overdue_to_the_lead_too(
    world: World,
) -> None:
    Step.objects.exclude(key="self_evaluation_due").update(kind="window")
    step = Step.objects.get(key="self_evaluation_due")
    clock(step.ends_on - timedelta(days=1))
    assert letters() == [("step_due", "coordinator")]
    clock(step.ends_on + timedelta(days=1))
    assert set(letters()[1:]) == {
        ("step_overdue", "coordinator"),
        ("step_overdue", "lead"),
        ("step_overdue", "depute"),
    }


@pytest.mark.at_week(3)
def test_send_step_notice_goes_on_after_publication(world: World) -> None:
    Step.objects.exclude(key="action_plan_due").update(kind="window")
    step = Step.objects.get(key="action_plan_due")
    type(world.inspection).objects.update(state="published")
    clock(step.ends_on - timedelta(days=2))
    assert letters() == [("step_due", "coordinator")]


@pytest.mark.at_week(1)
def test_steps_to_notice_asks_the_same_number_of_queries_however_many(
    world: World, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for count in (1, 5):
        Step.objects.update(kind="window")
        keys = Step.objects.values_list("pk", flat=True)[:count]
        Step.objects.filter(pk__in=list(keys)).update(
            kind="due", state="upcoming", done_at=None, done_by=None
        )
        with django_assert_num_queries(2):
            queries.steps_to_notice(date(2027, 1, 1))


@pytest.mark.at_week(1)
def test_owners_of_is_never_nobody(world: World, due: Step) -> None:
    assert {person.name for person in queries.owners_of(due)} == {"Isla Dunmore", "Jean Alder"}
    Membership.objects.filter(role="support_officer").delete()
    assert [person.name for person in queries.owners_of(due)] == ["Isla Dunmore"]
