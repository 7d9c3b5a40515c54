"""Days away: who keeps whose, what is said of them, and when they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import system_user
from audit.models import Event
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from inspections import permissions, rules
from inspections.actions.leave import change_leave, let_leave_go, record_leave, remove_leave
from inspections.models import Leave
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World

TODAY = date(2025, 8, 29)  # the Friday of week 0
FIRST, LAST = date(2025, 11, 3), date(2025, 11, 7)


def away(
    world: World,
    key: str = "inspector",
    *,
    by: str = "",
    starts_on: date = FIRST,
    ends_on: date = LAST,
    words: str = "",
) -> Leave:
    return record_leave(
        world.people[key],
        starts_on=starts_on,
        ends_on=ends_on,
        words=words,
        by=world.people[by or key],
        at=world.now,
    )


def url(world: World, page: str, *args: Any, key: str = "inspector") -> str:
    return reverse(f"inspections:{page}", args=[world.people[key].pk, *args])


# ---------- Rules and permissions ----------


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (date(2025, 11, 10), date(2025, 11, 14), ""),
        (TODAY, TODAY, ""),
        (date(2025, 8, 1), TODAY, ""),
        (LAST, FIRST, "The last day away is before the first. Check both."),
        (
            date(2025, 8, 1),
            date(2025, 8, 28),
            "28 August 2025 has gone by. Only days from today on matter for planning.",
        ),
        (
            FIRST,
            date(2026, 11, 5),
            "That is more than a year. Check the years, or record it year by year.",
        ),
        (
            date(2035, 11, 3),
            date(2035, 11, 3),
            "3 November 2035 is more than three years ahead. Check the year.",
        ),
        (
            date(2025, 11, 7),
            date(2025, 11, 9),
            "3 November 2025 to 7 November 2025 is on record already. Change those days instead.",
        ),
    ],
)
def test_may_record_leave(world: World, starts_on: date, ends_on: date, sentence: str) -> None:
    away(world)
    verdict = rules.may_record_leave(
        world.people["inspector"], starts_on=starts_on, ends_on=ends_on, on=TODAY
    )
    assert verdict.sentence == sentence


@pytest.mark.at_week(0)
def test_may_keep_leave_of_inspectorates_people_alone(world: World) -> None:
    assert rules.may_keep_leave_of(world.people["volunteer"])
    assert rules.may_keep_leave_of(world.people["coordinator"]).sentence == (
        "Morag Finlas does not work for one of the four inspectorates, so no days away are kept."
    )


@pytest.mark.at_week(0)
def test_can_record_leave_of_oneself_and_of_those_whose_team_one_plans(world: World) -> None:
    def allowed(of: str) -> set[str]:
        return {
            key
            for key, person in world.people.items()
            if permissions.can_record_leave(person, world.people[of])
        }

    assert allowed("inspector") == {"inspector", "programme_manager", "support_officer"}
    assert allowed("other_lead") == {"other_lead", "programme_manager"}
    assert allowed("coordinator") == set()


# ---------- Deeds ----------


@pytest.mark.at_week(0)
def test_record_leave(world: World) -> None:
    before = record.count()
    leave = away(world, words="Sister's wedding")
    assert (leave.recorded_by, leave.recorded_at) == (world.people["inspector"], world.now)
    assert record.count() == before + 1
    assert record.last_sentence() == "Ewan Sleat recorded days away of their own."
    away(world, "associate", by="support_officer")
    assert record.last_sentence() == "Jean Alder recorded days away of Neil Orrin."


@pytest.mark.at_week(0)
def test_the_record_of_leave_says_neither_when_nor_why(world: World) -> None:
    leave = away(world, words="Sister's wedding")
    remove_leave(leave, by=world.people["inspector"], at=world.now)
    for event in Event.objects.filter(name__startswith="inspections.leave"):
        assert event.details == {"whose": "their own"}


@pytest.mark.at_week(0)
def test_record_leave_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count()
    undone(lambda: away(world))
    with pytest.raises(Refused, match="before the first"):
        away(world, starts_on=LAST, ends_on=FIRST)
    with pytest.raises(Refused, match="four inspectorates"):
        away(world, "coordinator")
    assert (record.count(), Leave.objects.count()) == (before, 0)


@pytest.mark.at_week(0)
def test_change_leave_keeps_the_words_that_others_never_saw(world: World) -> None:
    leave = away(world, words="Sister's wedding")
    changed = change_leave(
        leave,
        starts_on=FIRST,
        ends_on=LAST + timedelta(days=7),
        based_on=1,
        by=world.people["support_officer"],
        at=world.now,
    )
    assert (changed.ends_on, changed.words, changed.version) == (
        LAST + timedelta(days=7),
        "Sister's wedding",
        2,
    )
    assert record.last_sentence() == "Jean Alder changed days away of Ewan Sleat."


@pytest.mark.at_week(0)
def test_change_leave_overwrites_nothing_that_was_saved_meanwhile(world: World) -> None:
    leave, person = away(world), world.people["inspector"]
    days = {"starts_on": FIRST, "based_on": 1, "by": person, "at": world.now}
    change_leave(leave, ends_on=FIRST, **days)
    before = record.count()
    change_leave(leave, ends_on=FIRST, **days)  # the second of two clicks
    with pytest.raises(SavedMeanwhile, match="Ewan Sleat's days away"):
        change_leave(leave, ends_on=LAST, **days)
    assert record.count() == before
    assert Leave.objects.get().ends_on == FIRST


@pytest.mark.at_week(0)
def test_change_leave_and_remove_leave_not_once_it_has_gone_by(world: World) -> None:
    leave = Leave(person=world.people["inspector"], starts_on=TODAY, ends_on=TODAY)
    assert rules.may_change_leave(leave, on=TODAY)
    assert rules.may_remove_leave(leave, on=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert "have gone by" in rules.may_change_leave(leave, on=tomorrow).sentence
    assert "after ninety days" in rules.may_remove_leave(leave, on=tomorrow).sentence


@pytest.mark.at_week(0)
def test_remove_leave_twice_is_done_once(world: World) -> None:
    leave, before = away(world), record.count()
    for _ in range(2):
        remove_leave(leave, by=world.people["inspector"], at=world.now)
    assert record.count() == before + 1
    assert record.last_sentence() == "Ewan Sleat removed days away of their own."


@pytest.mark.at_week(0)
def test_let_leave_go_after_ninety_days(world: World) -> None:
    away(world, starts_on=TODAY, ends_on=TODAY)
    away(world)
    later = world.now + timedelta(days=91)
    assert timezone.localdate(later) - TODAY == timedelta(days=91)
    let_leave_go(by=system_user(), at=later)
    assert Leave.objects.get().starts_on == FIRST
    assert record.last_sentence() == "Days away that had gone by were let go: 1."


# ---------- Pages ----------


@pytest.mark.at_week(0)
def test_record_leave_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    typed = {"starts_on": "3 November 2025", "ends_on": "7/11/2025", "words": "Sister's wedding"}
    for sentence in ("On record as away: Monday 3 to Friday 7", "These days are on record already"):
        page = client.post(url(world, "record-leave"), typed, follow=True)
        assert page.redirect_chain == [(url(world, "leave"), 302)]
        assert sentence in page.content.decode()
    assert "Sister&#x27;s wedding" in page.content.decode()
    assert Leave.objects.count() == 1


@pytest.mark.at_week(0)
def test_the_words_of_leave_are_shown_to_nobody_else(world: World, client: StrictClient) -> None:
    leave = away(world, words="Sister's wedding")
    client.as_(world.people["support_officer"])
    for address in (url(world, "leave"), url(world, "change-leave", leave.pk)):
        page = client.get(address).content.decode()
        assert "3 November 2025" in page or "Monday 3" in page
        assert "wedding" not in page


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_on": ""}, "Write the first day away."),
        ({"starts_on": "soon"}, "Write the date as day, month and year"),
        ({"ends_on": "1 November 2025"}, "The last day away is before the first."),
        ({"words": "x" * 201}, "201 characters are too many"),
    ],
)
def test_record_leave_with_a_bad_form(
    world: World, client: StrictClient, typed: dict[str, str], sentence: str
) -> None:
    client.as_(world.people["inspector"])
    page = client.post(url(world, "record-leave"), {"starts_on": "3 November 2025", **typed})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Leave.objects.exists()


@pytest.mark.at_week(0)
def test_change_leave_page_shows_what_was_saved_meanwhile(
    world: World, client: StrictClient
) -> None:
    leave = away(world)
    change_leave(
        leave,
        starts_on=FIRST,
        ends_on=FIRST,
        based_on=1,
        by=world.people["programme_manager"],
        at=world.now,
    )
    client.as_(world.people["inspector"])
    typed = {"starts_on": "3 November 2025", "ends_on": "5 November 2025", "based_on": "1"}
    page = client.post(url(world, "change-leave", leave.pk), typed).content.decode()
    assert "Una Breck saved version 2" in page
    again = client.post(
        url(world, "change-leave", leave.pk), typed | {"based_on": "2"}, follow=True
    )
    assert "Changed to Monday 3 to Wednesday 5 November 2025" in again.content.decode()


@pytest.mark.at_week(0)
def test_remove_leave_page(world: World, client: StrictClient) -> None:
    leave = away(world)
    client.as_(world.people["inspector"])
    address = url(world, "remove-leave", leave.pk)
    assert "Remove these days away?" in client.get(address).content.decode()
    for sentence in ("Not away any more: Monday 3", "Those days are removed already."):
        assert sentence in client.post(address, follow=True).content.decode()


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("key", "status"), [("lead", 403), ("service_manager", 403), ("other_lead", 404)]
)
def test_leave_pages_refuse(world: World, client: StrictClient, key: str, status: int) -> None:
    leave = away(world)
    client.as_(world.people[key])
    for page, *args in (("leave",), ("record-leave",), ("change-leave", leave.pk)):
        response = client.get(url(world, page, *args))
        assert response.status_code == status
        if status == 403:
            assert "Only the person, the programme manager" in response.content.decode()
    client.post(url(world, "remove-leave", leave.pk))
    assert Leave.objects.exists()


LEAVE_QUERIES = 5


@pytest.mark.at_week(0)
def test_the_page_costs_the_same_for_one_and_three(
    world: World, client: StrictClient, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client.as_(world.people["inspector"])
    away(world)
    with django_assert_num_queries(LEAVE_QUERIES):
        client.get(url(world, "leave"))
    for weeks in (1, 2):
        away(world, starts_on=LAST + timedelta(weeks=weeks), ends_on=LAST + timedelta(weeks=weeks))
    with django_assert_num_queries(LEAVE_QUERIES):
        assert client.get(url(world, "leave")).content.decode().count("Remove<") == 3


@pytest.mark.at_week(0)
def test_your_details_lead_to_your_days_away(world: World, client: StrictClient) -> None:
    for key, offered in (("inspector", True), ("coordinator", False)):
        page = client.as_(world.people[key]).get(reverse("accounts:edit-details"))
        assert (url(world, "leave", key=key) in page.content.decode()) is offered
