"""An inspection and its timetable as they stood at a moment: from kept versions and the record, never from the clock of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from audit.models import Event
from inspections.enums import InspectionState, StepState
from inspections.models import Inspection, Step
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

    Dates are told back from the record: what a move made later says that it found is what stood before it.
    """
    notification = getattr(inspection, "notification", None)
    if notification is None or notification.sent_at > moment:
        return []
    before = _dates_found_by_later_moves(inspection, moment)
    return [_then(step, before.get(str(step.pk)), moment) for step in inspection.steps.all()]


def _dates_found_by_later_moves(inspection: Inspection, moment: datetime) -> dict[str, str]:
    later = Event.objects.about(inspection.reference).filter(
        name="inspections.step_moved", at__gt=moment
    )
    found: dict[str, str] = {}
    for event in later.order_by("number"):
        found.setdefault(event.subject_id, str(event.details.get("before", "")))
    return found


def _then(step: Step, found: str | None, moment: datetime) -> StepThen:
    was_done = step.state == StepState.DONE and step.done_at is not None and step.done_at <= moment
    return StepThen(
        step.title,
        found or span(step.starts_on, step.ends_on),
        timezone.localdate(step.done_at) if was_done and step.done_at else None,
        found is not None,
    )


def reckoned_after(inspection: Inspection, moment: datetime) -> str:
    """What publication moved after that moment, as the record has it; empty where it moved nothing, or before."""
    later = Event.objects.about(inspection.reference).filter(
        name="inspections.steps_reckoned", at__gt=moment
    )
    return "; ".join(str(event.details.get("steps", "")) for event in later.order_by("number"))
