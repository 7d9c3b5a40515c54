"""The versions of a timetable, and what lies between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from inspections.models import DateChange, Inspection, Step, TimetableVersion


@dataclass(frozen=True, slots=True)
class Changed:
    """One step that stands on other days in a later version than in an earlier one."""

    step: Step
    stood: tuple[date, date]
    stands: tuple[date, date]
    is_asked: bool


def versions_of(inspection: Inspection) -> QuerySet[TimetableVersion]:
    """Every version, the newest first, with how many dates it changed."""
    return (
        inspection.versions.select_related("made_by")
        .annotate(dates=Count("changes"))
        .order_by("-number")
    )


def changes_between(
    inspection: Inspection, since: TimetableVersion, until: TimetableVersion
) -> list[Changed]:
    """What ``until`` says otherwise than ``since``: each step once, and none that came back to its place."""
    rows = (
        DateChange.objects.filter(
            version__inspection=inspection,
            version__number__gt=since.number,
            version__number__lte=until.number,
        )
        .select_related("step")
        .order_by("version__number")
    )
    first: dict[int, DateChange] = {}
    last: dict[int, DateChange] = {}
    asked: set[int] = set()
    for row in rows:
        first.setdefault(row.step_id, row)
        last[row.step_id] = row
        if row.is_asked:
            asked.add(row.step_id)
    found = []
    for key, row in first.items():
        then, now = (row.stood_from_on, row.stood_until_on), last[key]
        if then != (now.starts_on, now.ends_on) or row.stood_days != now.days:
            found.append(Changed(row.step, then, (now.starts_on, now.ends_on), key in asked))
    return sorted(found, key=lambda one: (not one.is_asked, one.step.starts_on, one.step.order))
