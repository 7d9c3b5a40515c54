"""Where the steps of a timetable stand, and where one would that moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from inspections import timetable
from inspections.enums import StepKind, StepState
from inspections.models import Step


def days_between(step: Step, starts_on: date, ends_on: date) -> list[str]:
    """The on-site days of a moved step: as many working days as it had, from its new first day."""
    if step.kind != StepKind.ONSITE:
        return []
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    return [day.isoformat() for day in days if day.weekday() < 5]


def stands_of(steps: Iterable[Step]) -> dict[str, timetable.Stand]:
    """Where each of these steps stands today, by its key."""
    return {
        step.key: timetable.Stand(
            step.key,
            step.starts_on,
            step.ends_on,
            tuple(date.fromisoformat(day) for day in step.days),
            timezone.localdate(step.done_at) if step.done_at else None,
            step.state == StepState.UPCOMING,
        )
        for step in steps
    }


def stand_after_move(step: Step, starts_on: date, ends_on: date) -> timetable.Stand:
    """Where a step would stand if it moved to these dates."""
    days = tuple(date.fromisoformat(day) for day in days_between(step, starts_on, ends_on))
    return timetable.Stand(step.key, starts_on, ends_on, days)
