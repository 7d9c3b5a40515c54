"""The timetable as picture, list, calendar feed and table."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from core.web import find_or_404, page
from inspections import exports, permissions, queries
from inspections.enums import InspectionState
from inspections.models import Inspection
from inspections.rooms import inspection_frame

UNTIL_OFF_SITE = (
    InspectionState.PLANNED,
    InspectionState.NOTIFIED,
    InspectionState.PHASE_ONE,
    InspectionState.PHASE_TWO,
)


@page("GET")
def timetable(request: HttpRequest, reference: str) -> HttpResponse:
    """Every step by counted week, holidays among them."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    today = timezone.localdate()

    steps = queries.steps_or_draft(inspection)
    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=today),
        "title": "Timetable",
        "chart": queries.chart(inspection, steps, today),
        "phases": queries.weeks_by_phase(inspection, steps, today) if steps else [],
        "is_draft": inspection.state == InspectionState.PLANNED,
        "is_withdrawn": inspection.state == InspectionState.WITHDRAWN,
        "late": [step for step in steps if step.pk and step.is_late(today)],
        "holidays_not_known": _holidays_not_known(request.user, inspection),
        "can_edit_reference_data": permissions.can_edit_reference_data(request.user),
        "publication": next((step for step in steps if step.key == "publication"), None),
        "closures": list(inspection.closures.all()),
        "can_close_days": permissions.can_close_days(request.user, inspection),
        "may_complete": bool(
            permissions.has(request.user, inspection, permissions.Capability.COMPLETE_STEP)
        ),
        "may_move": bool(
            permissions.has(request.user, inspection, permissions.Capability.MOVE_STEP)
        ),
    }
    return render(request, "inspections/timetable.html", context)


def _holidays_not_known(person: User, inspection: Inspection) -> str:
    """For those who plan and inspect, until the inspection has left the site; nothing for the partnership."""
    open_to_holidays = inspection.state in UNTIL_OFF_SITE
    if not open_to_holidays or permissions.is_partnership(person, inspection):
        return ""
    return queries.holidays_not_known(inspection)


@page("GET")
def timetable_ics(request: HttpRequest, reference: str) -> HttpResponse:
    """The timetable as a calendar file."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)

    content = exports.calendar(
        f"{inspection.area} {inspection.reference}", queries.dates_or_draft(inspection)
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{inspection.reference}-timetable.ics"'
    return response


@page("GET")
def timetable_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The timetable as a table."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)

    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{inspection.reference}-timetable.csv"'
    csv.writer(response).writerows(exports.timetable_rows(queries.steps_or_draft(inspection)))
    return response
