"""School-holiday weeks from the files that councils hand over."""

from datetime import date
from pathlib import Path

import pytest

from core.tables import BadRow, read_csv
from inspections.school_holidays import (
    HolidayWeek,
    parse_school_holidays_csv,
    parse_school_holidays_ics,
    read_weeks,
    school_year_of,
)

REFERENCE = Path(__file__).resolve().parents[2] / "inspections" / "reference"
KNOWN = {row["gss_code"] for row in read_csv(REFERENCE / "areas.csv")}
ORKNEY = "S12000023"


def calendar(*events: str) -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n{event}\r\nEND:VEVENT\r\n"
        for number, event in enumerate(events)
    )
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{body}END:VCALENDAR\r\n".encode()
    )


def all_day(name: str, first: str, after: str = "") -> str:
    end = f"\r\nDTEND;VALUE=DATE:{after}" if after else ""
    return f"SUMMARY:{name}\r\nDTSTART;VALUE=DATE:{first}{end}"


def test_the_stored_weeks_of_orkney_are_weeks_of_a_known_area_and_say_how_sure_they_are():
    weeks = parse_school_holidays_csv((REFERENCE / "school_holidays.csv").read_bytes(), KNOWN)
    assert {week.gss_code for week in weeks} == {ORKNEY}
    assert all(week.monday.weekday() == 0 and week.source for week in weeks)
    assert {week.certainty for week in weeks} == {"likely", "assumed"}
    assert all(week.school_year == school_year_of(week.monday) for week in weeks)
    october = [week.monday for week in weeks if week.name == "October holiday"]
    assert october == [date(2019, 10, 14), date(2019, 10, 21)]


def test_any_day_names_its_week():
    table = "gss_code,monday,name\nS12000023,2025-10-16,October holiday\n"
    assert parse_school_holidays_csv(table, KNOWN) == [
        HolidayWeek(ORKNEY, date(2025, 10, 13), "October holiday", "2025-26")
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "school holidays: the table has no rows under its first line."),
        (
            "S12999999,2025-10-13,October",
            "school holidays, row 2: the area code “S12999999” is not known here.",
        ),
        (
            "S12000023,13/10/2025,October",
            "school holidays, row 2: “13/10/2025” is not a date like 2025-10-13.",
        ),
        (
            "S12000023,2025-02-30,October",
            "school holidays, row 2: “2025-02-30” is not a date like 2025-10-13.",
        ),
        (
            "S12000023,3025-10-13,October",
            "school holidays, row 2: the year 3025 is not between 2000 and 2099.",
        ),
        (
            "S12000023,2025-10-13,October\nS12000023,2025-10-14,October",
            "school holidays, row 3: the week of 2025-10-13 stands twice for S12000023.",
        ),
        (
            "S12000023,2025-10-13," + "x" * 81,
            "school holidays, row 2: the name is longer than 80 characters.",
        ),
    ],
)
def test_a_wrong_table_is_refused_with_row_and_reason(lines: str, sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_school_holidays_csv(f"gss_code,monday,name\n{lines}\n", KNOWN)
    assert str(refused.value) == sentence


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(BadRow, match="row 1: the first line has no column “monday”, “name”"):
        parse_school_holidays_csv("gss_code\nS12000023\n", KNOWN)


def test_a_calendar_gives_the_weeks_that_are_mostly_holiday():
    content = calendar(
        all_day("Term 1 starts", "20250818", "20251011"),
        all_day("October holiday", "20251011", "20251027"),
        all_day("In-service day", "20251117"),
        all_day("Christmas holiday", "20251222", "20260106"),
        all_day("Mid-term break", "20260216", "20260218"),
        all_day("Spring break", "20260401", "20260404"),
        "SUMMARY:Parents' evening\r\nDTSTART:20251103T180000Z\r\nDTEND:20251105T200000Z",
    )
    weeks = parse_school_holidays_ics(content, ORKNEY, KNOWN, "orkney.ics")
    assert [(week.monday, week.name) for week in weeks] == [
        (date(2025, 10, 13), "October holiday"),
        (date(2025, 10, 20), "October holiday"),
        (date(2025, 12, 22), "Christmas holiday"),
        (date(2025, 12, 29), "Christmas holiday"),
        (date(2026, 3, 30), "Spring break"),
    ]
    assert {(week.gss_code, week.school_year, week.source) for week in weeks} == {
        (ORKNEY, "2025-26", "orkney.ics")
    }


def test_three_single_days_make_a_week_and_two_do_not():
    days = [
        all_day("Closed", day)
        for day in ("20251013", "20251015", "20251017", "20251020", "20251021")
    ]
    assert [week.monday for week in parse_school_holidays_ics(calendar(*days), ORKNEY, KNOWN)] == [
        date(2025, 10, 13)
    ]


def test_a_holiday_given_by_its_length_is_read():
    content = calendar("SUMMARY:October\r\nDTSTART;VALUE=DATE:20251013\r\nDURATION:P5D")
    assert [week.monday for week in parse_school_holidays_ics(content, ORKNEY, KNOWN)] == [
        date(2025, 10, 13)
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "calendar: the file is empty."),
        (b"%PDF-1.7 not a calendar", "calendar: the file is not a calendar file (.ics)."),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe", "calendar: the calendar file is damaged or cut short."),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY",
            "calendar: the calendar file is damaged or cut short.",
        ),
        (calendar(), "calendar: the calendar has no events."),
        (
            calendar(all_day("x", "20251013"))[:-40],
            "calendar: the calendar file is damaged or cut short.",
        ),
        (
            calendar(all_day("October", "soon")),
            "row 1: the event has no date, or one that is not a date.",
        ),
        (calendar("SUMMARY:October"), "row 1: the event has no date, or one that is not a date."),
        (
            calendar(all_day("October", "30251013", "30251018")),
            "“October” is in the year 3025, not between",
        ),
        (
            calendar(all_day("October", "20251018", "20251013")),
            "row 1: “October” ends before it starts.",
        ),
        (
            calendar(all_day("All year", "20250801", "20260801")),
            "“All year” lasts 365 days, which no school holiday",
        ),
        (
            calendar(all_day("October", "20251013", "20251018") + "\r\nRRULE:FREQ=YEARLY"),
            "“October” repeats; give each holiday an event of its own.",
        ),
        (
            calendar(all_day("In-service day", "20251117")),
            "no week in the calendar has 3 or more school days",
        ),
        (b"x" * 2_000_001, "calendar: the file is larger than 2 MB; no school calendar is."),
    ],
)
def test_a_wrong_calendar_is_refused_with_a_reason(content: bytes, sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_school_holidays_ics(content, ORKNEY, KNOWN)
    assert sentence in str(refused.value)


def test_an_uploaded_file_is_read_by_its_kind_and_for_one_area():
    table = b"gss_code,monday,name\nS12000023,2025-10-13,October\n"
    content = calendar(all_day("October", "20251013", "20251018"))
    expected = [(ORKNEY, date(2025, 10, 13))]
    for name, bytes_of in (("a.CSV", table), ("a.ics", content)):
        assert [
            (week.gss_code, week.monday) for week in read_weeks(name, bytes_of, ORKNEY)
        ] == expected
    with pytest.raises(BadRow, match=r"a\.csv, row 2: the area code “S12000023” is not known here"):
        read_weeks("a.csv", table, "S12000033")
    with pytest.raises(BadRow, match=r"a\.pdf: the file is neither a calendar"):
        read_weeks("a.pdf", table, ORKNEY)


def test_a_calendar_of_an_unknown_area_is_refused():
    with pytest.raises(BadRow, match="the area code “S12999999” is not known"):
        parse_school_holidays_ics(
            calendar(all_day("October", "20251013", "20251018")), "S12999999", KNOWN
        )
