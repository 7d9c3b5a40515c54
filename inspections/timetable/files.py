"""A version of the method as it comes with the product: three tables in one folder, read without a database."""

from __future__ import annotations

from pathlib import Path

from core.tables import BadRow, Row, read_csv
from inspections.timetable.method import Method, parse_method
from inspections.timetable.phases import Phases, parse_phases

METHOD_COLUMNS = ("key", "title", "framework_key", "weeks")
PHASE_COLUMNS = ("phase", "first_week", "last_week")


def read_method(folder: Path, key: str) -> Method:
    """The method ``key`` from ``methods.csv``, ``phases_<key>.csv`` and ``method_<key>.csv``. Raises BadRow."""
    row = method_row(folder / "methods.csv", key)
    phases = read_phases(folder / f"phases_{key}.csv", row)
    rows = read_csv(folder / f"method_{key}.csv")
    return parse_method(rows, phases=phases, key=key, title=row["title"])


def method_row(path: Path, key: str) -> Row:
    """What ``methods.csv`` says of one version: its title, its framework and how many weeks it has."""
    rows = {row["key"]: row for row in read_csv(path, METHOD_COLUMNS)}
    if key not in rows:
        raise BadRow(path.name, None, f"There is no method “{key}”; there is {', '.join(rows)}.")
    row = rows[key]
    for column in ("title", "framework_key"):
        if not row[column]:
            raise row.refuse(f"the {column} is missing.")
    if (
        not (row["weeks"].isascii() and row["weeks"].isdecimal())
        or not 1 <= int(row["weeks"]) <= 99
    ):
        raise row.refuse(f"weeks “{row['weeks']}” is not a number from 1 to 99.")
    return row


def read_phases(path: Path, method: Row) -> Phases:
    """The phases in the file at ``path``, which add up to the weeks of ``method``."""
    rows = read_csv(path, PHASE_COLUMNS)
    return parse_phases(rows, weeks=int(method["weeks"]), file=path.name)
