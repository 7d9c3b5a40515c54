"""``manage.py timetable`` at the terminal."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.workdays import public_holidays, working_days_after
from inspections.models import Area, SchoolHolidayWeek

ORACLE = [
    "--notified=2025-09-01",
    "--holiday-week=2025-10-13",
    "--holiday-week=2025-12-22",
    "--holiday-week=2025-12-29",
    "--holiday-week=2026-02-16",
    "--holiday-week=2026-04-06",
    "--holiday-week=2026-04-13",
]


def told(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("timetable", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def listed(*arguments: str) -> dict[str, dict[str, object]]:
    return {entry["key"]: entry for entry in json.loads(told(*arguments, "--format=json")[0])}


def test_timetable_prints_the_oracle_without_a_database():
    entries = json.loads(told(*ORACLE, "--format=json")[0])
    assert all(
        list(entry) == ["key", "title", "kind", "phase", "week", "starts_on", "ends_on"]
        for entry in entries
    )
    assert [entry["starts_on"] for entry in entries] == sorted(
        entry["starts_on"] for entry in entries
    )
    assert {entry["kind"] for entry in entries} == {
        "milestone",
        "due",
        "window",
        "meeting",
        "onsite",
    }
    assert {entry["phase"] for entry in entries} == {1, 2, 3, "after"}
    assert entries[0] == {
        "key": "notification",
        "title": "Notification letter to the five addressees",
        "kind": "milestone",
        "phase": 1,
        "week": 1,
        "starts_on": "2025-09-01",
        "ends_on": "2025-09-01",
    }
    by_key = {entry["key"]: entry for entry in entries}
    assert (by_key["records_reading"]["starts_on"], by_key["records_reading"]["ends_on"]) == (
        "2025-11-24",
        "2025-11-26",
    )
    assert (by_key["publication"]["week"], by_key["publication"]["starts_on"]) == (35, "2026-06-09")
    assert by_key["disposal_due"]["week"] is None


def test_timetable_as_a_table_shows_why_something_moved():
    table, _ = told(*ORACLE)
    assert "Mon 2025-11-24  Wed 2025-11-26  On-site days 1 to 3" in table
    assert "Monday 4 May 2026 is a public holiday (May Day); the date is kept." in table


def test_timetable_leaves_out_a_local_day():
    assert listed(*ORACLE, "--closed=2026-01-12")["fieldwork_staff"]["starts_on"] == "2026-01-13"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--notified=soon"], "--notified: “soon” is not a date; write it like 2025-09-01."),
        (
            ["--notified=20250901"],
            "--notified: “20250901” is not a date; write it like 2025-09-01.",
        ),
        (
            ["--notified=2025-02-30"],
            "--notified: “2025-02-30” is not a date; write it like 2025-09-01.",
        ),
        (["--notified=3025-09-01"], "--notified: the year 3025 is not between 2000 and 2095."),
        (["--notified=2025-09-06"], "Saturday 6 September 2025 is at a weekend; choose a weekday"),
        (["--notified=2025-09-01", "--holiday-week=x"], "--holiday-week: “x” is not a date"),
        (["--notified=2025-09-01", "--closed=x"], "--closed: “x” is not a date"),
        (
            ["--notified=2025-10-13", "--holiday-week=2025-10-15"],
            "Monday 13 October 2025 is in a school-holiday week",
        ),
        (["--notified=2025-09-01", "--method=1999"], "There is no method “1999”; there is 2018."),
        (
            ["--notified=2025-09-01", "--method=../areas"],
            "There is no method “../areas”; there is 2018.",
        ),
    ],
)
def test_timetable_is_refused_with_a_sentence(arguments: list[str], sentence: str):
    with pytest.raises(CommandError) as refused:
        told(*arguments)
    assert sentence in str(refused.value)


@pytest.mark.django_db
def test_timetable_of_an_unknown_area_is_refused():
    with pytest.raises(
        CommandError, match="There is no area “S99”; an area's code is like S12000023"
    ):
        told("--notified=2025-09-01", "--area=S99")


@pytest.mark.django_db
def test_timetable_of_an_area_takes_its_holidays_from_the_files_where_the_database_has_none():
    entries = listed("--notified=2019-04-22", "--area=S12000023")
    assert entries["records_reading"]["starts_on"] == "2019-08-26"
    assert entries["publication"]["starts_on"] == "2020-03-03"


@pytest.mark.django_db
def test_timetable_of_an_area_takes_its_holidays_from_the_database_where_it_has_some():
    area = Area.objects.create(code="S12999901", name="Glenmarrow", is_invented=True)
    for monday in ("2025-10-13", "2025-12-22", "2025-12-29", "2026-02-16", "2026-04-06"):
        SchoolHolidayWeek.objects.create(area=area, monday=monday, name="Holiday")
    table, warning = told("--notified=2025-09-01", "--area=S12999901", "--holiday-week=2026-04-13")
    assert table == told(*ORACLE)[0]
    assert warning.strip() == (
        "The stored school holidays of S12999901 stop with the week of 2026-04-06, before 2026-06-09, "
        "the end of this timetable; later ones are not left out."
    )
    SchoolHolidayWeek.objects.create(area=area, monday="2026-06-29", name="Summer holiday")
    assert told("--notified=2025-09-01", "--area=S12999901", "--holiday-week=2026-04-13")[1] == ""


@pytest.mark.django_db
def test_timetable_says_when_an_area_has_no_stored_holidays():
    table, warning = told("--notified=2025-09-01", "--area=S12000033")
    assert table == told("--notified=2025-09-01")[0]
    assert warning.strip() == "No school-holiday weeks are stored for S12000033; none are left out."


@pytest.mark.django_db
def test_timetable_knows_an_area_by_its_former_code():
    _, warning = told("--notified=2025-09-01", "--area=S12000015")
    assert "S12000015" in warning


def test_timetable_knows_the_public_holidays_after_years_of_holiday_weeks():
    """Ten working days from 22 December 2031 pass over four public holidays."""
    first = date(2025, 9, 8)
    weeks = [first + timedelta(weeks=number) for number in range(300)]
    entries = listed("--notified=2025-09-01", *(f"--holiday-week={week}" for week in weeks))
    ends = max(date.fromisoformat(str(entry["ends_on"])) for entry in entries.values())
    assert ends.year > 2029
    closed = public_holidays(range(2025, ends.year + 1))
    onsite = [entry for entry in entries.values() if entry["kind"] == "onsite"]
    assert all(date.fromisoformat(str(entry["starts_on"])) not in closed for entry in onsite)
    issued = date.fromisoformat(str(entries["draft_to_partnership"]["starts_on"]))
    due = date.fromisoformat(str(entries["factual_accuracy_due"]["ends_on"]))
    assert due == working_days_after(issued, 10)
