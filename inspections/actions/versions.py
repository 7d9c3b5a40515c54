"""Keeping what a release of dates changed, as a version of the inspection's timetable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from inspections.enums import Cause
from inspections.models import DateChange, Inspection, Step, TimetableVersion


def keep_version(
    inspection: Inspection,
    *,
    cause: Cause,
    title: str,
    reason: str = "",
    changes: Iterable[tuple[Step, DateChange]] = (),
    by: User,
    at: datetime,
) -> TimetableVersion:
    """Part of a deed: the next version of the timetable, with where each step stood and stands.

    The inspection's row is locked by the deed, so that no two versions have one number.
    """
    last = inspection.versions.order_by("number").last()
    version = TimetableVersion.objects.create(
        inspection=inspection,
        number=last.number + 1 if last else 1,
        cause=cause,
        title=title[:300],
        reason=reason,
        made_at=at,
        made_by=by,
    )
    kept = []
    for step, change in changes:
        change.version, change.step = version, step
        change.starts_on, change.ends_on, change.days = step.starts_on, step.ends_on, step.days
        kept.append(change)
    DateChange.objects.bulk_create(kept)
    return version


def as_it_stands(step: Step, *, is_asked: bool = False) -> DateChange:
    """Where a step stands before it moves, to be kept with the version that moves it."""
    return DateChange(
        is_asked=is_asked,
        stood_from_on=step.starts_on,
        stood_until_on=step.ends_on,
        stood_days=step.days,
    )
