"""Working days in Scotland, offline."""

from datetime import date

import pytest

from core.workdays import (
    count_on,
    is_working_day,
    monday_of,
    public_holidays,
    working_days_after,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 12, 8), True),
        (date(2025, 12, 6), False),  # Saturday
        (date(2025, 12, 1), False),  # St Andrew's Day, kept on the Monday
        (date(2026, 1, 2), False),  # a holiday in Scotland alone
        (date(2026, 4, 6), True),  # Easter Monday, none in Scotland
        (date(2026, 5, 4), False),  # May Day
        (date(2026, 8, 31), True),  # the English summer holiday
    ],
)
def test_is_working_day_follows_the_scottish_calendar(day: date, works: bool):
    assert is_working_day(day) is works


def test_is_working_day_knows_local_days():
    monday = date(2025, 9, 15)
    assert is_working_day(monday)
    assert not is_working_day(monday, also_closed={monday})


def test_public_holidays_are_named_and_in_order():
    listed = public_holidays([2026, 2025])
    assert listed[date(2026, 4, 3)] == "Good Friday"
    assert list(listed) == sorted(listed)
    assert {day.year for day in listed} == {2025, 2026}


def test_public_holidays_of_a_year_nobody_knows_are_refused():
    with pytest.raises(ValueError, match="from 2000 to 2099; 3025 is outside"):
        public_holidays([3025])


def test_working_days_after_passes_over_weekends_and_holidays():
    assert working_days_after(date(2025, 6, 2), 10) == date(2025, 6, 16)
    assert working_days_after(date(2026, 5, 1), 1) == date(2026, 5, 5)
    assert working_days_after(date(2026, 5, 1), 1, also_closed=[date(2026, 5, 5)]) == date(
        2026, 5, 6
    )
    assert working_days_after(date(2025, 12, 24), 3) == date(2025, 12, 31)
    assert working_days_after(date(2026, 5, 2), 0) == date(2026, 5, 2)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="-1 is negative"):
        working_days_after(date(2026, 5, 1), -1)
    with pytest.raises(ValueError, match="-1 is negative"):
        count_on(date(2026, 5, 1), -1, ())


def test_working_days_between_counts_up_to_and_with_the_later_day():
    assert working_days_between(date(2026, 5, 1), date(2026, 5, 5)) == 1
    assert working_days_between(date(2026, 5, 1), date(2026, 5, 8), {date(2026, 5, 6)}) == 3
    assert working_days_between(date(2026, 5, 5), date(2026, 5, 5)) == 0
    assert working_days_between(date(2026, 5, 5), date(2026, 5, 1)) == 0


def test_count_on_asks_no_calendar():
    assert count_on(date(2026, 5, 1), 1, ()) == date(2026, 5, 4)
    assert count_on(date(2026, 5, 1), 1, {date(2026, 5, 4)}) == date(2026, 5, 5)


def test_a_week_begins_on_monday():
    assert monday_of(date(2025, 9, 7)) == date(2025, 9, 1)
    assert monday_of(date(2025, 9, 1)) == date(2025, 9, 1)
