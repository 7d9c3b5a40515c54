"""The timetable against the oracle and against a real inspection, and what it does around holidays."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.tables import read_csv
from core.workdays import public_holidays
from inspections.timetable import (
    CountedWeek,
    Entry,
    Override,
    TimetableRefused,
    counted_weeks,
    draw_timetable,
    monday_of,
    parse_method,
    read_method,
    week_of,
)

REFERENCE = Path(__file__).resolve().parents[2] / "inspections" / "reference"
ROWS = read_csv(REFERENCE / "method_2018.csv")
METHOD = read_method(REFERENCE, "2018")
NOTIFIED = date(2025, 9, 1)
HOLIDAYS = {
    date(2025, 10, 13): "October holiday",
    date(2025, 12, 22): "Christmas holiday",
    date(2025, 12, 29): "Christmas holiday",
    date(2026, 2, 16): "February holiday",
    date(2026, 4, 6): "Easter holiday",
    date(2026, 4, 13): "Easter holiday",
}
ORACLE = {
    2: date(2025, 9, 8),
    3: date(2025, 9, 15),
    4: date(2025, 9, 22),
    7: date(2025, 10, 20),
    8: date(2025, 10, 27),
    11: date(2025, 11, 17),
    12: date(2025, 11, 24),
    13: date(2025, 12, 1),
    14: date(2025, 12, 8),
    15: date(2025, 12, 15),
    16: date(2026, 1, 5),
    17: date(2026, 1, 12),
    19: date(2026, 1, 26),
    20: date(2026, 2, 2),
    30: date(2026, 5, 4),
    34: date(2026, 6, 1),
    35: date(2026, 6, 8),
}


def drawn(
    notified_on: date = NOTIFIED,
    holidays: object = HOLIDAYS,
    closed: object = (),
    overrides: tuple[Override, ...] = (),
) -> dict[str, Entry]:
    entries = draw_timetable(METHOD, notified_on, holidays, closed, overrides)
    return {entry.key: entry for entry in entries}


# The oracle


@pytest.mark.parametrize(("number", "monday"), ORACLE.items())
def test_week_is_the_oracles_to_the_day(number: int, monday: date):
    mondays = {
        week.number: week.monday for week in counted_weeks(NOTIFIED, HOLIDAYS, date(2026, 6, 14))
    }
    assert mondays[number] == monday
    assert week_of(monday, NOTIFIED, HOLIDAYS) == number
    assert {monday_of(entry.starts_on) for entry in drawn().values() if entry.week == number} == {
        monday
    }


def test_the_oracles_span_is_41_weeks_for_35_counted():
    weeks = counted_weeks(NOTIFIED, HOLIDAYS, date(2026, 6, 9))
    assert len(weeks) == 41
    assert [week.number for week in weeks if week.number] == list(range(1, 36))
    assert weeks[6] == CountedWeek(None, date(2025, 10, 13), "October holiday")


def test_every_step_stands_on_the_weekday_of_its_week_where_nothing_is_closed():
    timetable = drawn()
    for row in read_csv(REFERENCE / "method_2018.csv"):
        if not row["week"] or row["phase"] == "after":
            continue
        weekday = ["Mon", "Tue", "Wed", "Thu", "Fri"].index(row["weekday"])
        mondays = {w.number: w.monday for w in counted_weeks(NOTIFIED, HOLIDAYS, date(2026, 8, 1))}
        entry = timetable[row["key"]]
        assert entry.starts_on == mondays[int(row["week"])] + timedelta(days=weekday), row["key"]
        assert entry.week == int(row["week"])
        assert entry.note == ""


def test_what_comes_after_publication_is_reckoned_from_it():
    timetable = drawn()
    assert timetable["publication"].starts_on == date(2026, 6, 9)
    assert timetable["action_plan_due"].starts_on == date(2026, 7, 21)
    assert timetable["action_plan_due"].week == 41
    assert timetable["disposal_due"].starts_on == date(2027, 6, 9)
    assert timetable["disposal_due"].week is None
    assert timetable["factual_accuracy_due"].starts_on == date(2026, 5, 18)


def test_a_year_after_29_february_is_not_later_than_a_year():
    timetable = drawn(date(2027, 7, 5), ())
    assert timetable["publication"].starts_on == date(2028, 2, 29)
    assert timetable["disposal_due"].starts_on == date(2029, 2, 28)


def test_a_holiday_week_may_be_named_by_any_of_its_days():
    assert drawn(holidays=[day + timedelta(days=4) for day in HOLIDAYS]) == drawn()


# A real inspection: Orkney, whose reports and press say when inspectors were there and when it was published


@pytest.mark.parametrize("notified_on", [date(2019, 4, 15), date(2019, 4, 22), date(2019, 4, 29)])
def test_orkney_2019_fits_what_is_known_of_it(notified_on: date):
    rows = read_csv(REFERENCE / "school_holidays.csv")
    holidays = {
        date.fromisoformat(row["monday"]): row["name"]
        for row in rows
        if row["gss_code"] == "S12000023"
    }
    timetable = drawn(notified_on, holidays, public_holidays(range(2019, 2022)))
    for fact in read_csv(REFERENCE / "replay_orkney_2019.csv"):
        first, last = date.fromisoformat(fact["not_before"]), date.fromisoformat(fact["not_after"])
        found = [entry for entry in timetable.values() if entry.week == int(fact["counted_week"])]
        assert found
        assert all(first <= entry.starts_on <= entry.ends_on <= last for entry in found), fact
    assert timetable["publication"].week == 35


def test_the_replay_names_one_of_the_dates_that_fit():
    assert {fact["notified_on"] for fact in read_csv(REFERENCE / "replay_orkney_2019.csv")} == {
        "2019-04-22"
    }


# Week 1 is the week of notification


def test_notification_on_a_wednesday_keeps_its_day_and_its_week():
    timetable = drawn(date(2025, 9, 3))
    assert timetable["notification"].starts_on == date(2025, 9, 3)
    assert timetable["notification"].week == 1
    assert timetable["team_prepares"].starts_on == date(2025, 9, 8)


def test_notification_on_a_public_holiday_is_kept_and_noted():
    entry = drawn(date(2025, 12, 1), (), {date(2025, 12, 1): "Saint Andrew's Day"})["notification"]
    assert entry.starts_on == date(2025, 12, 1)
    assert entry.note == (
        "Monday 1 December 2025 is a public holiday (Saint Andrew's Day); the date is kept as given."
    )


@pytest.mark.parametrize(
    ("notified_on", "sentence"),
    [
        (
            date(2025, 9, 6),
            "Saturday 6 September 2025 is at a weekend; choose a weekday in a week that counts",
        ),
        (
            date(2025, 10, 15),
            "Wednesday 15 October 2025 is in a school-holiday week (October holiday); choose a weekday",
        ),
        (date(3025, 9, 1), "The year of notification, 3025, is not between 2000 and 2095."),
    ],
)
def test_notification_is_refused_with_a_sentence(notified_on: date, sentence: str):
    with pytest.raises(TimetableRefused) as refused:
        drawn(notified_on)
    assert refused.value.sentence.startswith(sentence)
    assert refused.value.source == "R6"


# Public holidays


def test_on_site_days_move_past_a_public_holiday_and_stay_ten():
    timetable = drawn(closed={date(2026, 1, 12): "a local holiday"})
    staff = timetable["fieldwork_staff"]
    assert staff.days == tuple(date(2026, 1, day) for day in (13, 14, 15, 16, 19))
    assert (staff.starts_on, staff.ends_on, staff.week, staff.until_week) == (
        date(2026, 1, 13),
        date(2026, 1, 19),
        17,
        18,
    )
    assert staff.note == "Moved: Monday 12 January 2026 is a public holiday (a local holiday)."
    assert timetable["records_reading"] == drawn()["records_reading"]


def test_records_reading_stays_together_when_its_second_day_is_closed():
    timetable = drawn(closed=[date(2025, 11, 25)])
    assert timetable["records_reading"].days == tuple(date(2025, 11, day) for day in (26, 27, 28))
    assert timetable["fieldwork_children"].days == (date(2025, 12, 1), date(2025, 12, 2))
    assert (
        timetable["fieldwork_children"].note == "Moved, because the on-site days before it moved."
    )
    sessions = timetable["participation_fieldwork"]
    assert (sessions.starts_on, sessions.ends_on) == (date(2025, 11, 28), date(2025, 12, 2))


def test_records_reading_is_split_only_where_its_week_has_no_three_days_in_a_row():
    reading = drawn(closed=[date(2025, 11, 26)])["records_reading"]
    assert reading.days == tuple(date(2025, 11, day) for day in (24, 25, 27))


def test_on_site_days_pass_over_a_holiday_week():
    holidays = {**HOLIDAYS, date(2025, 12, 1): "a week of its own"}
    timetable = drawn(holidays=holidays, closed=[date(2025, 11, 24)])
    assert timetable["fieldwork_children"].days == (date(2025, 11, 28), date(2025, 12, 8))


def test_on_site_days_that_do_not_fit_into_phase_two_are_refused():
    closed = [date(2026, 1, 12) + timedelta(days=ahead) for ahead in range(19)]
    with pytest.raises(TimetableRefused, match="outside phase two") as refused:
        drawn(closed=closed)
    assert refused.value.source == "R9"


def test_a_due_date_on_a_public_holiday_moves_to_the_next_working_day():
    entry = drawn(closed={date(2025, 10, 20): "a local holiday"})["pir_due"]
    assert entry.starts_on == date(2025, 10, 21)
    assert (
        entry.note
        == "Moved from Monday 20 October 2025, which is a public holiday (a local holiday)."
    )


def test_a_friday_moves_over_the_weekend_but_not_into_another_phase_or_a_holiday_week():
    timetable = drawn(closed=[date(2025, 10, 31), date(2025, 11, 21)])
    assert timetable["self_evaluation_due"].starts_on == date(2025, 11, 3)
    assert timetable["self_evaluation_due"].week == 9
    assert timetable["participation_timetable"].starts_on == date(2025, 11, 21)
    before_holidays = {**HOLIDAYS, date(2025, 11, 3): "a week of its own"}
    assert drawn(holidays=before_holidays, closed=[date(2025, 10, 31)])[
        "self_evaluation_due"
    ].starts_on == date(2025, 10, 30)


def test_the_draft_keeps_its_day_on_may_day_says_so_and_comments_keep_ten_working_days():
    timetable = drawn(closed=public_holidays([2025, 2026]))
    assert timetable["draft_to_partnership"].starts_on == date(2026, 5, 4)
    assert (
        timetable["draft_to_partnership"].note
        == "Monday 4 May 2026 is a public holiday (May Day); the date is kept."
    )
    assert timetable["factual_accuracy_due"].starts_on == date(2026, 5, 18)
    assert (timetable["draft_to_partnership"].week, timetable["factual_accuracy_due"].week) == (
        30,
        32,
    )


def test_comments_keep_their_counted_week_when_schools_close_in_between():
    timetable = drawn(holidays={**HOLIDAYS, date(2026, 5, 11): "a week of its own"})
    assert timetable["factual_accuracy_due"].starts_on == date(2026, 5, 25)
    assert timetable["factual_accuracy_due"].week == 32


def test_nothing_is_earlier_than_the_notification():
    early = [{**row, "week": "1"} if row["key"] == "name_coordinators" else row for row in ROWS]
    on_monday = [
        {**row, "weekday": "Mon"} if row["key"] == "name_coordinators" else row for row in early
    ]
    entries = draw_timetable(
        parse_method(on_monday, phases=METHOD.phases), date(2025, 9, 3), HOLIDAYS
    )
    assert [entry.starts_on for entry in entries if entry.week == 1] == [date(2025, 9, 3)] * 2
    friday, next_week = date(2025, 9, 5), date(2025, 9, 8)
    with pytest.raises(TimetableRefused, match="no working day near Friday 5 September 2025"):
        draw_timetable(parse_method(early, phases=METHOD.phases), friday, [next_week], [friday])


def test_a_window_keeps_its_weeks():
    window = drawn(closed=[date(2025, 12, 1), date(2025, 12, 5)])["write_up_one"]
    assert (window.starts_on, window.ends_on, window.note) == (
        date(2025, 12, 1),
        date(2025, 12, 5),
        "",
    )


def test_the_action_plan_moves_off_a_public_holiday_and_disposal_never_does():
    timetable = drawn(closed=[date(2026, 7, 21), date(2027, 6, 9)])
    assert timetable["action_plan_due"].starts_on == date(2026, 7, 22)
    assert timetable["disposal_due"].starts_on == date(2027, 6, 9)


# Moves by hand


def moved(
    key: str, starts_on: date, ends_on: date | None = None, reason: str = "Snow closed the roads"
) -> Override:
    return Override(key, starts_on, ends_on or starts_on, reason)


def test_a_move_is_kept_with_its_reason_and_carries_what_is_reckoned_from_it():
    timetable = drawn(overrides=(moved("publication", date(2026, 6, 16)),))
    assert timetable["publication"].note == "Moved by hand: Snow closed the roads"
    assert timetable["publication"].week == 36
    assert timetable["action_plan_due"].starts_on == date(2026, 7, 28)
    assert timetable["disposal_due"].starts_on == date(2027, 6, 16)


def test_moved_records_reading_takes_the_following_on_site_days_along():
    timetable = drawn(overrides=(moved("records_reading", date(2025, 12, 1), date(2025, 12, 3)),))
    assert timetable["records_reading"].days == tuple(date(2025, 12, day) for day in (1, 2, 3))
    assert timetable["records_reading"].note == "Moved by hand: Snow closed the roads"
    assert timetable["fieldwork_children"].days == (date(2025, 12, 4), date(2025, 12, 5))
    assert timetable["participation_fieldwork"].starts_on == date(2025, 12, 3)


def test_a_later_draft_pushes_what_must_follow_it():
    timetable = drawn(overrides=(moved("draft_to_partnership", date(2026, 5, 25)),))
    assert timetable["factual_accuracy_due"].starts_on == date(2026, 6, 8)
    assert timetable["comments_answered"].starts_on == date(2026, 6, 9)
    assert timetable["embargo_copy"].starts_on == date(2026, 6, 10)
    assert timetable["publication"].starts_on == date(2026, 6, 11)
    assert timetable["publication"].note.startswith("Moved from Tuesday 9 June 2026, to come after")


@pytest.mark.parametrize(
    ("override", "source", "sentence"),
    [
        (
            moved("no_such_step", date(2025, 9, 9)),
            "R8",
            "The method has no step “no_such_step” to move.",
        ),
        (moved("pir_due", date(2025, 10, 21), reason=" "), "R8", "a move needs a reason"),
        (
            moved("pir_due", date(2025, 10, 25)),
            "R8",
            "Saturday 25 October 2025 is at a weekend; choose another day",
        ),
        (
            moved("pir_due", date(2025, 10, 14)),
            "R8",
            "is in a school-holiday week (October holiday)",
        ),
        (
            moved("pir_due", date(2025, 10, 21), date(2025, 10, 22)),
            "R8",
            "is one day; give the same day as its end",
        ),
        (
            moved("briefings", date(2025, 9, 24), date(2025, 9, 22)),
            "R8",
            "would end before it starts",
        ),
        (
            moved("pir_due", date(2025, 8, 29)),
            "R6",
            "cannot be before the notification, Monday 1 September 2025",
        ),
        (moved("notification", date(2025, 9, 2)), "R6", "is moved by notifying on another day"),
        (moved("publication", date(2026, 5, 29)), "R12", "it comes after “Embargoed final copy"),
        (
            moved("fieldwork_staff", date(2026, 1, 12), date(2026, 1, 15)),
            "R9",
            "would be 9; an inspection has 10",
        ),
        (
            moved("fieldwork_staff", date(2026, 2, 2), date(2026, 2, 6)),
            "R9",
            "is in week 20, outside phase two",
        ),
        (
            moved("fieldwork_children", date(2025, 11, 24), date(2025, 11, 25)),
            "R9",
            "before the on-site days before",
        ),
        (
            moved("fieldwork_staff", date(2026, 1, 10), date(2026, 1, 16)),
            "R11",
            "an on-site day cannot be there",
        ),
        (
            moved("fieldwork_staff", date(2025, 12, 22), date(2025, 12, 26)),
            "R11",
            "school-holiday week (Christmas",
        ),
    ],
)
def test_a_move_is_refused_with_a_sentence(override: Override, source: str, sentence: str):
    with pytest.raises(TimetableRefused) as refused:
        drawn(overrides=(override,))
    assert sentence in refused.value.sentence
    assert refused.value.source == source


def test_an_on_site_day_by_hand_on_a_public_holiday_is_refused():
    override = moved("fieldwork_staff", date(2026, 1, 19), date(2026, 1, 23))
    with pytest.raises(TimetableRefused, match="Monday 19 January 2026 is a public holiday"):
        drawn(closed=[date(2026, 1, 19)], overrides=(override,))


def test_the_same_step_is_not_moved_twice():
    with pytest.raises(TimetableRefused, match="is moved twice"):
        drawn(
            overrides=(moved("pir_due", date(2025, 10, 21)), moved("pir_due", date(2025, 10, 22)))
        )
