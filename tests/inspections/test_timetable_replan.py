"""What holds of every re-planning, whatever the calendar: least change, nothing in the past, and the method's own answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inspections.timetable import (
    Entry,
    Stand,
    TimetableRefused,
    Weeks,
    broken_rules,
    draw_timetable,
    monday_of,
    replan,
)
from tests.inspections.test_timetable_properties import (
    METHOD,
    PUBLIC,
    calendar_of,
    draw,
    local_days,
    notified,
    weeks_ahead,
)

NOTIFIED = date(2025, 9, 1)
HOLIDAYS = {
    date(2025, 10, 13): "October",
    date(2025, 12, 22): "Christmas",
    date(2025, 12, 29): "Christmas",
    date(2026, 2, 16): "February",
    date(2026, 4, 6): "Easter",
    date(2026, 4, 13): "Easter",
}


def as_stands(entries: list[Entry]) -> dict[str, Stand]:
    return {
        entry.key: Stand(entry.key, entry.starts_on, entry.ends_on, entry.days) for entry in entries
    }


def stands_of(notified_on: date, holidays: set[date], closed: dict[date, str]) -> dict[str, Stand]:
    return as_stands(draw(notified_on, holidays, closed))


def glenmarrow() -> tuple[Weeks, dict[str, Stand]]:
    drawn = draw_timetable(METHOD, NOTIFIED, HOLIDAYS, PUBLIC)
    return Weeks(NOTIFIED, HOLIDAYS, PUBLIC), as_stands(drawn)


def at(key: str, day: date, until: date | None = None) -> dict[str, Stand]:
    return {key: Stand(key, day, until or day)}


@given(notified, weeks_ahead, local_days, st.integers(0, 400))
@settings(max_examples=80, deadline=None)
def test_where_nothing_changes_nothing_moves(
    notified_on: date, ahead: set[int], local: set[int], since: int
) -> None:
    holidays, closed = calendar_of(notified_on, ahead, local)
    stands = stands_of(notified_on, holidays, closed)
    weeks = Weeks(notified_on, holidays, closed)
    found = replan(
        METHOD, notified_on, weeks, weeks, stands, since=notified_on + timedelta(days=since)
    )
    assert found.moved == ()
    assert found.stands == stands


@given(notified, weeks_ahead, local_days, st.integers(2, 40))
@settings(max_examples=80, deadline=None)
def test_a_further_week_without_a_number_makes_the_timetable_that_the_method_draws_with_it(
    notified_on: date, ahead: set[int], local: set[int], new: int
) -> None:
    holidays, closed = calendar_of(notified_on, ahead, local)
    stands = stands_of(notified_on, holidays, closed)
    monday = monday_of(notified_on) + timedelta(weeks=new)
    drawn = stands_of(notified_on, holidays | {monday}, closed)
    found = replan(
        METHOD,
        notified_on,
        Weeks(notified_on, holidays, closed),
        Weeks(notified_on, holidays | {monday}, closed),
        stands,
        since=notified_on,
    )
    assert found.stands == drawn


@given(notified, weeks_ahead, local_days, st.integers(1, 300), st.integers(0, 300))
@settings(max_examples=80, deadline=None)
def test_a_closed_day_moves_nothing_that_was_before_and_puts_nothing_on_it(
    notified_on: date, ahead: set[int], local: set[int], shut: int, since: int
) -> None:
    holidays, closed = calendar_of(notified_on, ahead, local)
    stands = stands_of(notified_on, holidays, closed)
    day, today = notified_on + timedelta(days=shut), notified_on + timedelta(days=since)
    assume(day >= today)
    after = Weeks(notified_on, holidays, closed, {day: "snow"})
    try:
        found = replan(
            METHOD, notified_on, Weeks(notified_on, holidays, closed), after, stands, since=today
        )
    except TimetableRefused as refused:
        if refused.source != "R9":  # on-site days that no longer fit into phase two
            raise
        return
    for key in found.moved:
        before, moved = stands[key], found.stands[key]
        assert before.ends_on >= today
        assert moved.ends_on >= today
        assert [one for one in moved.days if one < today] == [
            one for one in before.days if one < today
        ]
    assert day not in {one for stand in found.stands.values() for one in stand.days}
    known = {(one.keys, one.source) for one in broken_rules(METHOD, after, stands) if one.stops}
    broken = {
        (one.keys, one.source) for one in broken_rules(METHOD, after, found.stands) if one.stops
    }
    assert broken <= known


def test_a_snow_day_in_the_first_block_moves_its_days_and_those_that_hang_on_them() -> None:
    weeks, stands = glenmarrow()
    first = stands["records_reading"].days[1]
    after = Weeks(NOTIFIED, HOLIDAYS, PUBLIC, {first: "snow"})
    found = replan(METHOD, NOTIFIED, weeks, after, stands, since=first)
    assert "records_reading" in found.moved
    days = found.stands["records_reading"].days
    assert days[0] == stands["records_reading"].days[0]  # it has begun
    assert first not in days
    assert len(days) == len(stands["records_reading"].days)
    assert "fieldwork_children" in found.moved  # pushed by the day that took its first
    assert "pir_due" not in found.moved


def test_what_somebody_moved_earlier_stays_moved_and_keeps_its_week_and_weekday() -> None:
    weeks, stands = glenmarrow()
    thursday = date(2025, 10, 23)  # week 7; the method has the Monday
    stands["pir_due"] = Stand("pir_due", thursday, thursday)
    after = Weeks(NOTIFIED, HOLIDAYS | {date(2025, 9, 22): "a new week"}, PUBLIC)
    found = replan(METHOD, NOTIFIED, weeks, after, stands, since=date(2025, 9, 15))
    assert found.stands["pir_due"].starts_on == thursday + timedelta(weeks=1)
    assert after.number(found.stands["pir_due"].starts_on) == weeks.number(thursday)


def test_what_is_done_does_not_move_and_what_leans_on_it_counts_from_it() -> None:
    weeks, stands = glenmarrow()
    draft = stands["draft_to_partnership"]
    stands["draft_to_partnership"] = Stand(
        draft.key, draft.starts_on, draft.ends_on, (), draft.starts_on, is_open=False
    )
    after = Weeks(NOTIFIED, HOLIDAYS | {monday_of(draft.starts_on): "a new week"}, PUBLIC)
    found = replan(METHOD, NOTIFIED, weeks, after, stands, since=draft.starts_on)
    assert "draft_to_partnership" not in found.moved
    assert "publication" in found.moved


def test_a_step_that_moves_takes_along_what_is_reckoned_from_it() -> None:
    weeks, stands = glenmarrow()
    day = stands["publication"].starts_on + timedelta(days=7)
    found = replan(
        METHOD, NOTIFIED, weeks, weeks, stands, since=NOTIFIED, given=at("publication", day)
    )
    assert set(found.moved) >= {"publication", "action_plan_due", "disposal_due"}
    assert all(METHOD.step(key).phase == "after" for key in found.moved if key != "publication")
    left = replan(
        METHOD,
        NOTIFIED,
        weeks,
        weeks,
        stands,
        since=NOTIFIED,
        given=at("publication", day),
        stay=["action_plan_due"],
    )
    assert set(left.moved) == set(found.moved) - {"action_plan_due"}


def test_where_no_timetable_can_be_drawn_it_says_why() -> None:
    weeks, stands = glenmarrow()
    closed = {date(2026, 1, 5) + timedelta(days=n): "flood" for n in range(60)}
    with pytest.raises(TimetableRefused) as refused:
        replan(
            METHOD,
            NOTIFIED,
            weeks,
            Weeks(NOTIFIED, HOLIDAYS, PUBLIC, closed),
            stands,
            since=NOTIFIED,
        )
    assert "phase two" in refused.value.sentence
