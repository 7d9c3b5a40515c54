"""School-holiday weeks from the files that councils hand over."""

from datetime import date
from pathlib import Path

import pytest

from core.tables import BadRow
from inspections.school_holidays import (
    HolidayWeek,
    holidays_not_known,
    parse_school_holidays_csv,
    parse_school_holidays_ics,
    read_weeks,
    school_year_of,
)

REFERENCE = Path(__file__).resolve().parents[2] / "inspections" / "reference"
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
    weeks = parse_school_holidays_csv(
        (REFERENCE / "school_holidays.csv").read_bytes(), ORKNEY
    ).weeks
    assert {week.gss_code for week in weeks} == {ORKNEY}
    assert all(week.monday.weekday() == 0 and week.source for week in weeks)
    assert {week.certainty for week in weeks} == {"likely", "assumed"}
    assert all(week.school_year == school_year_of(week.monday) for week in weeks)
    october = [week.monday for week in weeks if week.name == "October holiday"]
    assert october == [date(2019, 10, 14), date(2019, 10, 21)]


def test_any_day_names_its_week():
    table = "gss_code,monday,name\nS12000023,2025-10-16,October holiday\n"
    reading = parse_school_holidays_csv(table, ORKNEY)
    assert reading.weeks == [HolidayWeek(ORKNEY, date(2025, 10, 13), "October holiday", "2025-26")]
    assert reading.taken == {date(2025, 10, 13): "named by Thursday 16 October 2025"}


@pytest.mark.parametrize(
    "day", ["12/10/2026", "12 October 2026", "2026-10-12", "Mon 12th Oct 2026", "12.10.26"]
)
def test_a_date_is_read_as_people_write_it_and_the_area_is_the_pages(day: str):
    reading = parse_school_holidays_csv(f"Monday;Name\n{day};October holiday\n", ORKNEY)
    assert [(week.gss_code, week.monday) for week in reading.weeks] == [
        (ORKNEY, date(2026, 10, 12))
    ]
    assert (reading.taken, reading.left_out) == ({}, [])


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "school holidays: the table has no rows under its first line."),
        (
            "S12999999,2025-10-13,October",
            "school holidays, row 2: this row is about the area S12999999, and this page about S12000023. "
            "Take the row out, or bring it in on the page of its area.",
        ),
        (
            "S12000023,October 2025,October",
            "school holidays, row 2: “October 2025” cannot be read as a date. "
            "Write the date as day, month and year, for example 8 December 2025.",
        ),
        (
            "S12000023,2025-02-30,October",
            "school holidays, row 2: “2025-02-30” cannot be read as a date. "
            "There is no 30 February: February 2025 has 28 days.",
        ),
        (
            "S12000023,3025-10-13,October",
            "school holidays, row 2: “3025-10-13” cannot be read as a date. "
            "Check the year: 3025 is not one that an inspection can fall in.",
        ),
        (
            "S12000023,2025-10-13,October\nS12000023,2025-10-14,October",
            "school holidays, row 3: the week of Monday 13 October 2025 stands twice.",
        ),
        (
            "S12000023,2025-10-13," + "x" * 81,
            "school holidays, row 2: the name is longer than 80 characters.",
        ),
    ],
)
def test_a_wrong_table_is_refused_with_row_and_reason(lines: str, sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_school_holidays_csv(f"gss_code,monday,name\n{lines}\n", ORKNEY)
    assert str(refused.value) == sentence


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(BadRow, match="row 1: the first line has no column “monday”, “name”"):
        parse_school_holidays_csv("gss_code\nS12000023\n", ORKNEY)


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
    reading = parse_school_holidays_ics(content, ORKNEY, "orkney.ics")
    weeks = reading.weeks
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
    assert reading.taken == {date(2026, 3, 30): "3 of its 5 school days"}
    why = "a week takes no number when 3 or more of its 5 school days are holidays."
    assert reading.left_out == [
        f"The week of Monday 17 November 2025 has only Monday 17 November (“In-service day”); {why}",
        f"The week of Monday 5 January 2026 has only Monday 5 January (“Christmas holiday”); {why}",
        "The week of Monday 16 February 2026 has only Monday 16 February and Tuesday 17 February "
        f"(“Mid-term break”); {why}",
        "“Term 1 starts”, Monday 18 August 2025, says that school is open.",
        "“Parents' evening” has a time of day, so it is no holiday.",
    ]


def test_a_break_from_friday_to_monday_says_which_of_its_weeks_are_too_short():
    content = calendar(
        all_day("October break", "20261009", "20261020"), all_day("Fair", "20261024", "20261026")
    )
    reading = parse_school_holidays_ics(content, ORKNEY)
    assert [week.monday for week in reading.weeks] == [date(2026, 10, 12)]
    assert [sentence.partition(";")[0] for sentence in reading.left_out] == [
        "The week of Monday 5 October 2026 has only Friday 9 October (“October break”)",
        "The week of Monday 19 October 2026 has only Monday 19 October (“October break”)",
        "“Fair”, Saturday 24 October 2026, is at a weekend.",
    ]


def test_three_single_days_make_a_week_and_two_do_not():
    days = [
        all_day("Closed", day)
        for day in ("20251013", "20251015", "20251017", "20251020", "20251021")
    ]
    reading = parse_school_holidays_ics(calendar(*days), ORKNEY)
    assert [week.monday for week in reading.weeks] == [date(2025, 10, 13)]


def test_a_holiday_given_by_its_length_is_read():
    content = calendar("SUMMARY:October\r\nDTSTART;VALUE=DATE:20251013\r\nDURATION:P5D")
    reading = parse_school_holidays_ics(content, ORKNEY)
    assert [week.monday for week in reading.weeks] == [date(2025, 10, 13)]


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
        (
            calendar(all_day("October", "99991231")),
            "row 1: the event has a date that is not a date.",
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
            "no week in the calendar has 3 or more school days of holiday as all-day events. "
            "Left out: The week of Monday 17 November 2025 has only Monday 17 November (“In-service day”);",
        ),
        (b"x" * 2_000_001, "calendar: the file is larger than 2 MB; no school calendar is."),
    ],
)
def test_a_wrong_calendar_is_refused_with_a_reason(content: bytes, sentence: str):
    with pytest.raises(BadRow) as refused:
        parse_school_holidays_ics(content, ORKNEY)
    assert sentence in str(refused.value)


def test_an_uploaded_file_is_read_by_its_kind_and_for_one_area():
    table = b"gss_code,monday,name\nS12000023,2025-10-13,October\n"
    content = calendar(all_day("October", "20251013", "20251018"))
    expected = [(ORKNEY, date(2025, 10, 13))]
    for name, bytes_of in (("a.CSV", table), ("a.ics", content)):
        reading = read_weeks(name, bytes_of, ORKNEY)
        assert [(week.gss_code, week.monday) for week in reading.weeks] == expected
    with pytest.raises(BadRow, match=r"a\.csv, row 2: this row is about the area S12000023"):
        read_weeks("a.csv", table, "S12000033")
    with pytest.raises(BadRow, match=r"a\.pdf: the file is neither a calendar"):
        read_weeks("a.pdf", table, ORKNEY)


def test_the_usual_holidays_that_a_calendar_lacks():
    first, last = date(2026, 9, 7), date(2027, 5, 30)
    assert holidays_not_known([], first, last) == ["October 2026", "Christmas 2026", "Easter 2027"]
    known = [date(2026, 10, 12), date(2026, 12, 21)]
    assert holidays_not_known(known, first, last) == ["Easter 2027"]
    assert holidays_not_known([*known, date(2027, 3, 22)], first, last) == []
    assert holidays_not_known([], date(2026, 2, 2), date(2026, 8, 2)) == [
        "Easter 2026",
        "summer 2026",
    ]
    assert holidays_not_known([], date(2027, 1, 11), date(2027, 3, 1)) == []
    assert holidays_not_known([], date(2027, 1, 1), date(2027, 3, 1)) == ["Christmas 2026"]
