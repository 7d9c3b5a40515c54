"""Opening the next phase through its gate, and what publication does to the inspection."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from inspections import permissions, rules
from inspections.actions.after_publication import reckon_steps
from inspections.actions.steps import complete_step_by_deed
from inspections.enums import InspectionState
from inspections.models import Inspection


@transaction.atomic
def open_next_phase(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """The inspection stands in the next state, if every hard condition of its gate holds.

    It leaves the state that the caller saw, and no other: of two clicks at once, the second is refused.
    """
    seen = inspection.state
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    rules.may_leave(inspection, state=seen).enforce()
    permissions.can_open_next_phase(by, inspection).enforce()
    return _move(inspection, "open_next_phase", event="inspections.next_phase_opened", by=by, at=at)


@transaction.atomic
def mark_published(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """Called by the deed that publishes the report: phase three ends, its last step is done, and what follows is dated.

    Publishing so leaves two events: the report's says which edition is public, this one where the inspection stands now;
    and a third where it was not on the day of the timetable (``reckon_steps``).
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    rules.may_publish_inspection(inspection).enforce()
    complete_step_by_deed(inspection, key="publication", by=by, at=at)
    reckon_steps(inspection, by=by, at=at)
    return _move(inspection, "publish_report", event="inspections.report_published", by=by, at=at)


def _move(inspection: Inspection, deed: str, *, event: str, by: User, at: datetime) -> Inspection:
    inspection.state = InspectionState(inspection.stand.moves[deed])
    inspection.state_since = at
    inspection.save()
    record(
        event,
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        state=inspection.state.label.lower(),
    )
    return inspection
