"""Reading the data files of areas and school holidays and checking them whole, before anything is written.

What is wrong is said with file, row and reason (``core.tables.BadRow``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from core.tables import BadRow, Row, read_csv
from core.workdays import monday_of
from inspections.school_holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_NAME,
    HolidayWeek,
    school_year_of,
)

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
AREAS, BOARDS, DIVISIONS = 32, 14, 13  # inspections/reference/README.md
AREA_CODE = re.compile(r"S12\d{6}")
AREA_FIELDS = {
    "gss_code": "code",
    "former_gss_code": "former_code",
    "council_area": "name",
    "nhs_board": "nhs_board",
    "nhs_board_code": "nhs_board_code",
    "police_division_letter": "police_division_letter",
    "police_division": "police_division",
}
HOLIDAY_COLUMNS = ("gss_code", "monday", "name", "school_year", "source", "certainty")
CERTAINTIES = ("published", "likely", "assumed")


def read_areas(path: Path = REFERENCE / "areas.csv") -> list[Row]:
    """The 32 areas, each with one of the 14 boards and one of the 13 divisions. Raises BadRow."""
    boards = _closed_list("nhs_boards.csv", "code", BOARDS)
    divisions = _closed_list("police_divisions.csv", "letter", DIVISIONS)
    rows = read_csv(
        path,
        AREA_FIELDS,
        once=("gss_code", "council_area"),
        filled=[column for column in AREA_FIELDS if column != "former_gss_code"],
        longest={"council_area": 80},
    )
    for row in rows:
        for column in ("gss_code", "former_gss_code"):
            if row[column] and not AREA_CODE.fullmatch(row[column]):
                raise row.refuse(f"{row[column]} is not the code of a council area.")
        _check_pair(row, "nhs_board_code", "nhs_board", boards)
        _check_pair(row, "police_division_letter", "police_division", divisions)
    if len(rows) != AREAS:
        reason = f"Scotland has {AREAS} council areas; this file has {len(rows)}."
        raise BadRow(path.name, len(rows) + 1, reason)
    _check_codes_differ(rows)
    for column, known in (("nhs_board_code", boards), ("police_division_letter", divisions)):
        for key in known.keys() - {row[column] for row in rows}:
            raise BadRow(path.name, None, f"no area has {known[key]['name']} ({column} {key}).")
    return rows


def read_school_holidays(path: Path = REFERENCE / "school_holidays.csv") -> list[HolidayWeek]:
    """The school-holiday weeks that come with the product, each named by its Monday. Raises BadRow."""
    codes = {row["gss_code"] for row in read_areas()}
    rows = read_csv(
        path,
        HOLIDAY_COLUMNS,
        once=[("gss_code", "monday")],
        filled=HOLIDAY_COLUMNS,
        longest={"name": LONGEST_NAME, "source": 200},
    )
    for row in rows:
        if row["gss_code"] not in codes:
            raise row.refuse(f"{row['gss_code']} is not the code of a known area.")
    return [_holiday_week(row) for row in rows]


def _closed_list(file: str, key: str, count: int) -> dict[str, Row]:
    rows = read_csv(REFERENCE / file, [key, "name"], once=(key, "name"), filled=(key, "name"))
    if len(rows) != count:
        raise BadRow(file, None, f"holds {len(rows)} rows; there are {count}.")
    return {row[key]: row for row in rows}


def _check_pair(row: Row, key: str, name: str, known: Mapping[str, Row]) -> None:
    """A code goes with one name and a name with one code, as the closed list has them."""
    listed = known.get(row[key])
    if listed is None:
        raise row.refuse(f"{key} “{row[key]}” is not one of the {len(known)}.")
    if listed["name"] != row[name]:
        raise row.refuse(
            f"{key} {row[key]} is {listed['name']} ({listed.file}, row {listed.number}), not “{row[name]}”."
        )


def _check_codes_differ(rows: list[Row]) -> None:
    """A code that was reissued is no area's any more, and was one area's only."""
    row_of = {row["gss_code"]: row.number for row in rows}
    for row in rows:
        former = row["former_gss_code"]
        if former and former in row_of:
            raise row.refuse(f"{former} stands in row {row_of[former]} already.")
        if former:
            row_of[former] = row.number


def _holiday_week(row: Row) -> HolidayWeek:
    monday = _day(row, "monday")
    if monday != monday_of(monday):
        raise row.refuse(f"{monday.isoformat()} is a {monday:%A}; a week is named by its Monday.")
    if row["school_year"] != school_year_of(monday):
        raise row.refuse(
            f"{monday.isoformat()} is in the school year {school_year_of(monday)}, not “{row['school_year']}”."
        )
    if row["certainty"] not in CERTAINTIES:
        raise row.refuse(f"certainty “{row['certainty']}” is not {', '.join(CERTAINTIES)}.")
    return HolidayWeek(
        row["gss_code"], monday, row["name"], row["school_year"], row["source"], row["certainty"]
    )


def _day(row: Row, column: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row[column], re.ASCII):
            raise ValueError
        day = date.fromisoformat(row[column])
    except ValueError as problem:
        raise row.refuse(f"“{row[column]}” is not a date like 2025-10-13.") from problem
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise row.refuse(f"the year {day.year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    return day
