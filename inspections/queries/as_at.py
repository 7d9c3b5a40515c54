"""An inspection and its timetable as they stood at a moment: from kept versions and the record, never from the clock of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from inspections.enums import InspectionState, StepState
from inspections.models import DateChange, Inspection, Step
from inspections.queries.calendar import span


@dataclass(frozen=True, slots=True)
class StepThen:
    """One step at a moment: its dates in words as they then stood, and whether it was done."""

    title: str
    dates: str
    done_on: date | None
    is_moved_since: bool


def state_at(inspection: Inspection, moment: datetime) -> tuple[str, datetime] | None:
    """In which state it was, and since when; None before it was planned."""
    rows = Inspection.history.filter(id=inspection.pk, state_since__lte=moment)
    last = rows.order_by("-state_since", "-history_id").first()
    return (InspectionState(last.state).label, last.state_since) if last else None


def steps_at(inspection: Inspection, moment: datetime) -> list[StepThen]:
    """Every step with the dates that then stood; none before the partnership was notified, when they were a draft.

    Dates are told back from the versions of the timetable: what a later one says that it found is what stood before it.
    """
    notification = getattr(inspection, "notification", None)
    if notification is None or notification.sent_at > moment:
        return []
    before = _dates_found_by_later_versions(inspection, moment)
    return [_then(step, before.get(step.pk), moment) for step in inspection.steps.all()]


def _dates_found_by_later_versions(inspection: Inspection, moment: datetime) -> dict[int, str]:
    later = DateChange.objects.filter(
        version__inspection=inspection, version__made_at__gt=moment
    ).order_by("version__number")
    found: dict[int, str] = {}
    for change in later:
        found.setdefault(change.step_id, span(change.stood_from_on, change.stood_until_on))
    return found


def _then(step: Step, found: str | None, moment: datetime) -> StepThen:
    was_done = step.state == StepState.DONE and step.done_at is not None and step.done_at <= moment
    return StepThen(
        step.title,
        found or span(step.starts_on, step.ends_on),
        timezone.localdate(step.done_at) if was_done and step.done_at else None,
        found is not None,
    )
