"""What a calendar program is given: the dates of the inspections on which somebody works today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from accounts.models import User
from inspections.enums import InspectionState, StepKind, StepState
from inspections.models import CalendarFeed, Inspection, Step
from inspections.queries.draft import steps_or_draft


@dataclass(frozen=True, slots=True)
class Dated:
    """One event of a calendar. ``sequence`` counts its changes, so that a program knows the newer of two (RFC 5545)."""

    key: str
    inspection: Inspection
    step: Step
    title: str
    starts_on: date
    ends_on: date
    sequence: int
    changed_at: datetime
    is_cancelled: bool


def inspections_of_feed(feed: CalendarFeed) -> list[Inspection]:
    """Those that its person sees today and whose dates are settled. None once the account is closed."""
    if not feed.person.is_active:
        return []
    seen = Inspection.objects.visible_to(feed.person).exclude(state=InspectionState.PLANNED)
    if feed.inspection_id:
        seen = seen.filter(pk=feed.inspection_id)
    return list(seen.select_related("area"))


def inspections_to_follow(person: User) -> list[Inspection]:
    """Those of which somebody may make a calendar of its own."""
    seen = Inspection.objects.visible_to(person).exclude(state=InspectionState.PLANNED)
    return list(seen.running().select_related("area"))


def dates_of(inspections: list[Inspection]) -> list[Dated]:
    """Every step as an event, and each on-site day as one of its own, in order. One query, however many inspections."""
    known = {one.pk: one for one in inspections}
    steps = (
        Step.objects.filter(inspection__in=inspections)
        .annotate(moves=Count("changes"), moved_at=Max("changes__version__made_at"))
        .order_by("starts_on", "inspection", "order")
    )
    return [
        dated
        for step in steps
        for dated in _dated(
            step, known[step.inspection_id], moves=step.moves, moved_at=step.moved_at
        )
    ]


def dates_or_draft(inspection: Inspection) -> list[Dated]:
    """The same of one inspection; of a plan those that the method would give it."""
    if inspection.state != InspectionState.PLANNED:
        return dates_of([inspection])
    return [
        dated
        for step in steps_or_draft(inspection)
        for dated in _dated(step, inspection, moves=0, moved_at=None)
    ]


def _dated(
    step: Step, inspection: Inspection, *, moves: int, moved_at: datetime | None
) -> Iterator[Dated]:
    days = [date.fromisoformat(day) for day in step.days] if step.kind == StepKind.ONSITE else []
    for number, (first, last) in enumerate(
        [(day, day) for day in days] or [(step.starts_on, step.ends_on)], start=1
    ):
        yield Dated(
            f"{step.key}-{number}" if days else step.key,
            inspection,
            step,
            step.title,
            first,
            last,
            moves,
            moved_at or inspection.state_since,
            step.state == StepState.WAIVED,
        )
