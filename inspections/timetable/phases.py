"""The phases of a method as data (R7): which counted weeks belong to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from core.tables import BadRow, Row

Phases = Mapping[int, tuple[int, int]]


def parse_phases(rows: Iterable[Row], *, weeks: int, file: str = "phases") -> Phases:
    """First and last counted week of each phase, from rows with the columns of ``inspections/reference/phases_2018.csv``.

    Raises BadRow with the row's number and a reason where phases are not numbered from 1 on, leave a week out, share a week,
    or do not add up to the ``weeks`` of the method.
    """
    phases: dict[int, tuple[int, int]] = {}
    reached = 0
    last_row: Row | None = None
    for row in rows:
        wanted = len(phases) + 1
        if row.get("phase", "") != str(wanted):
            raise row.refuse(
                f"the phase “{row.get('phase', '')}” is not {wanted}, which comes next."
            )
        first, last = _week(row, "first_week"), _week(row, "last_week")
        if last < first:
            raise row.refuse(f"phase {wanted} ends in week {last}, before it begins.")
        if first <= reached:
            raise row.refuse(
                f"phase {wanted} begins in week {first}, which belongs to phase {wanted - 1} already (R7)."
            )
        if first > reached + 1:
            raise row.refuse(
                f"phase {wanted} begins in week {first}; {_weeks(reached + 1, first - 1)} to no phase (R7)."
            )
        phases[wanted], reached, last_row = (first, last), last, row
    if last_row is None:
        raise BadRow(file, None, "the method has no phases.")
    if reached != weeks:
        raise last_row.refuse(f"the phases have {reached} weeks together; the method has {weeks}.")
    return MappingProxyType(phases)


def _week(row: Row, column: str) -> int:
    text = row.get(column, "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or int(text) < 1:
        raise row.refuse(f"{column} “{text}” is not a week from 1 on.")
    return int(text)


def _weeks(first: int, last: int) -> str:
    return f"week {first} belongs" if first == last else f"weeks {first} to {last} belong"
