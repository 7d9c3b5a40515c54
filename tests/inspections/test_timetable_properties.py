"""What holds of every timetable, whatever the holidays: dates and calendars that nobody tried before."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.workdays import public_holidays
from inspections.timetable import (
    Entry,
    Stand,
    TimetableRefused,
    Weeks,
    broken_rules,
    counted_weeks,
    draw_timetable,
    monday_of,
    read_method,
)

METHOD = read_method(Path(__file__).resolve().parents[2] / "inspections" / "reference", "2018")
YEARS = range(2018, 2032)
PUBLIC = public_holidays(YEARS)
ORDER = (
    "panel",
    "draft_to_partnership",
    "factual_accuracy_due",
    "comments_answered",
    "embargo_copy",
    "publication",
)

notified = st.dates(date(2018, 1, 1), date(2028, 12, 31))
weeks_ahead = st.sets(st.integers(1, 60), max_size=16)
local_days = st.sets(st.integers(1, 300), max_size=6)


def calendar_of(
    notified_on: date, holidays: set[int], local: set[int]
) -> tuple[set[date], dict[date, str]]:
    first = monday_of(notified_on)
    closed = {notified_on + timedelta(days=ahead): "a local day" for ahead in local}
    return {first + timedelta(weeks=ahead) for ahead in holidays}, PUBLIC | closed


def draw(notified_on: date, holidays: set[date], closed: dict[date, str]) -> list[Entry]:
    assume(notified_on.weekday() < 5)
    try:
        return draw_timetable(METHOD, notified_on, holidays, closed)
    except TimetableRefused as refused:
        # The one thing that may not fit, and it has to say so: on-site days pushed out of phase two.
        if refused.source != "R9":
            raise
    assume(False)
    return []


@given(notified, weeks_ahead, local_days)
@settings(max_examples=150, deadline=None)
def test_on_site_days_are_ten_working_days_of_phase_two(
    notified_on: date, ahead: set[int], local: set[int]
):
    holidays, closed = calendar_of(notified_on, ahead, local)
    entries = draw(notified_on, holidays, closed)
    days = [day for entry in entries for day in entry.days]
    numbers = {week.monday: week.number for week in counted_weeks(notified_on, holidays, max(days))}
    assert len(days) == len(set(days)) == 10
    assert days == sorted(days)
    for day in days:
        assert day.weekday() < 5
        assert day not in closed
        assert 12 <= (numbers[monday_of(day)] or 0) <= 19


@given(notified, weeks_ahead, local_days)
@settings(max_examples=150, deadline=None)
def test_entries_are_in_order_of_date_and_their_weeks_never_go_back(
    notified_on: date, ahead: set[int], local: set[int]
):
    holidays, closed = calendar_of(notified_on, ahead, local)
    entries = draw(notified_on, holidays, closed)
    assert len(entries) == len(METHOD.steps)
    assert entries[0].key == "notification"
    assert [entry.starts_on for entry in entries] == sorted(entry.starts_on for entry in entries)
    numbers = [entry.week for entry in entries if entry.week is not None]
    assert numbers == sorted(numbers)
    assert all(entry.starts_on <= entry.ends_on for entry in entries)


@given(notified, weeks_ahead, local_days)
@settings(max_examples=150, deadline=None)
def test_single_days_are_working_days_and_publication_comes_last(
    notified_on: date, ahead: set[int], local: set[int]
):
    holidays, closed = calendar_of(notified_on, ahead, local)
    entries = {entry.key: entry for entry in draw(notified_on, holidays, closed)}
    for entry in entries.values():
        if entry.key in ("notification", "disposal_due") or entry.kind in ("window", "onsite"):
            continue
        assert entry.starts_on.weekday() < 5, entry
        is_kept = entry.kind == "milestone" and entry.key != "publication"
        assert entry.starts_on not in closed or (is_kept and "the date is kept" in entry.note), (
            entry
        )
        assert entry.phase == "after" or entry.week is not None, entry
    reached = [entries[key].starts_on for key in ORDER]
    assert reached == sorted(set(reached))


@given(notified, weeks_ahead, local_days)
@settings(max_examples=150, deadline=None)
def test_what_is_drawn_breaks_no_hard_rule(notified_on: date, ahead: set[int], local: set[int]):
    holidays, closed = calendar_of(notified_on, ahead, local)
    entries = draw(notified_on, holidays, closed)
    stands = {
        entry.key: Stand(entry.key, entry.starts_on, entry.ends_on, entry.days) for entry in entries
    }
    broken = broken_rules(METHOD, Weeks(notified_on, holidays, closed), stands)
    assert not [one.sentence for one in broken if one.stops]


@given(notified, weeks_ahead)
@settings(max_examples=150, deadline=None)
def test_35_counted_weeks_have_35_numbered_mondays(notified_on: date, ahead: set[int]):
    holidays = {monday_of(notified_on) + timedelta(weeks=number) for number in ahead}
    weeks = counted_weeks(notified_on, holidays, notified_on + timedelta(weeks=35 + len(holidays)))
    numbered = [week for week in weeks if week.number is not None and week.number <= 35]
    assert [week.number for week in numbered] == list(range(1, 36))
    assert all(week.monday.weekday() == 0 and week.monday not in holidays for week in numbered)
    assert [week.monday for week in weeks if week.number is None] == sorted(
        monday for monday in holidays if monday <= weeks[-1].monday
    )
    assert all(later.monday - earlier.monday == timedelta(7) for earlier, later in pairwise(weeks))


@given(notified, weeks_ahead, st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_a_holiday_week_after_publication_changes_nothing_before_it(
    notified_on: date, ahead: set[int], later: int
):
    holidays, closed = calendar_of(notified_on, ahead, set())
    entries = draw(notified_on, holidays, closed)
    published = next(entry.starts_on for entry in entries if entry.key == "publication")
    more = holidays | {monday_of(published) + timedelta(weeks=later)}
    again = draw(notified_on, more, closed)
    assert [e for e in again if e.phase != "after"] == [e for e in entries if e.phase != "after"]
    dates = {e.key: e.starts_on for e in entries}
    assert {e.key: e.starts_on for e in again}["action_plan_due"] == dates["action_plan_due"]


@given(notified, weeks_ahead, st.integers(1, 34))
@settings(max_examples=100, deadline=None)
def test_a_further_holiday_week_never_brings_a_counted_week_forward(
    notified_on: date, ahead: set[int], extra: int
):
    first = monday_of(notified_on)
    holidays = {first + timedelta(weeks=number) for number in ahead}
    more = holidays | {first + timedelta(weeks=extra)}
    until = first + timedelta(weeks=90)
    before = {week.number: week.monday for week in counted_weeks(notified_on, holidays, until)}
    after = {week.number: week.monday for week in counted_weeks(notified_on, more, until)}
    assert all(after[number] >= before[number] for number in range(1, 36))
