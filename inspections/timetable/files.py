"""A version of the method as it comes with the product: three tables in one folder, read without a database."""

from __future__ import annotations

from pathlib import Path

from core.tables import BadRow, Row, read_csv
from inspections.timetable.method import Method, parse_method
from inspections.timetable.phases import Phases, parse_phases

METHOD_COLUMNS = ("key", "title", "framework_key", "weeks", "steps", "basis")
PHASE_COLUMNS = ("phase", "first_week", "last_week")
STEP_COLUMNS = (
    "key", "phase", "kind", "week", "weekday", "until_week", "until_weekday", "after", "title", "owner", "with",
    "basis",
)  # fmt: skip

LONGEST = {"key": 40, "after": 40, "title": 200, "owner": 80, "with": 200, "basis": 80}

# The steps that the product knows by name: a deed does them, a rule orders them, or a page stands behind them.
KNOWN_BY_NAME = (
    "notification", "name_coordinators", "pack_sent", "staff_survey", "children_survey", "parents_survey", "pir_due",
    "self_evaluation_due", "records_sample", "reader_training", "records_reading", "emerging_themes", "panel",
    "draft_to_partnership", "factual_accuracy_due", "comments_answered", "embargo_copy", "publication",
    "action_plan_due", "disposal_due",
)  # fmt: skip


def read_method(folder: Path, key: str) -> Method:
    """The method ``key`` from ``methods.csv``, ``phases_<key>.csv`` and ``method_<key>.csv``. Raises BadRow."""
    row = method_row(folder / "methods.csv", key)
    phases = read_phases(folder / f"phases_{key}.csv", row)
    rows = read_steps(folder / f"method_{key}.csv", row)
    return parse_method(rows, phases=phases, key=key, title=row["title"])


def method_row(path: Path, key: str) -> Row:
    """What ``methods.csv`` says of one version: its title, its framework and how many weeks it has."""
    found = read_csv(path, METHOD_COLUMNS, once=["key"])
    rows = {row["key"]: row for row in found}
    if key not in rows:
        raise BadRow(path.name, None, f"There is no method “{key}”; there is {', '.join(rows)}.")
    row = rows[key]
    for column in ("title", "framework_key"):
        if not row[column]:
            raise row.refuse(f"the {column} is missing.")
    for column in ("weeks", "steps"):
        count = row[column]
        if not (count.isascii() and count.isdecimal()) or not 1 <= int(count) <= 99:
            raise row.refuse(f"{column} “{count}” is not a number from 1 to 99.")
    return row


def read_phases(path: Path, method: Row) -> Phases:
    """The phases in the file at ``path``, which add up to the weeks of ``method``."""
    rows = read_csv(path, PHASE_COLUMNS, once=["phase"])
    return parse_phases(rows, weeks=int(method["weeks"]), file=path.name)


def read_steps(path: Path, method: Row) -> list[Row]:
    """The steps in the file at ``path``: as many as ``method`` says, and each that the product knows by name."""
    rows = read_csv(
        path, STEP_COLUMNS, once=["key"], filled=["key", "title", "owner", "basis"], longest=LONGEST
    )
    missing = [key for key in KNOWN_BY_NAME if key not in {row["key"] for row in rows}]
    if missing:
        raise BadRow(
            path.name, None, f"the step “{missing[0]}” is missing, which the product knows by name."
        )
    if len(rows) != int(method["steps"]):
        raise BadRow(
            path.name,
            len(rows) + 1,
            f"the method has {method['steps']} steps ({method.file}, row {method.number}); this file has {len(rows)}.",
        )
    return rows
