"""One step, and marking it as done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.web import find_or_404, page
from inspections import permissions, queries, steps
from inspections.actions import steps as actions
from inspections.enums import StepKind, StepState
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET")
def step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One step: when, whose, with whom, why it moved, and what may be done with it."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    found = find_or_404(inspection.steps.select_related("done_by"), key=key)
    found.inspection = inspection
    today = timezone.localdate()

    may_complete = permissions.can_complete_step(request.user, found, on=today)
    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=today),
        "title": found.title,
        "step": found,
        "is_done": found.state != StepState.UPCOMING,
        "is_due": found.kind == StepKind.DUE,
        "rows": queries.about_step(found),
        "can_complete_step": may_complete,
        "way_on": steps.way_on(request.user, found, verdict=may_complete),
        "can_move_step": permissions.can_move_step(request.user, found),
    }
    return render(request, "inspections/step.html", context)


@page("POST")
def complete_step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Mark it as done. A second click finds it done already and says so."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    step = find_or_404(inspection.steps.select_related("inspection"), key=key)

    if step.state == StepState.DONE:
        messages.info(request, f"“{step.title}” is marked as done already.")
    else:
        permissions.can_complete_step(request.user, step, on=timezone.localdate()).enforce()
        actions.complete_step(step, by=request.user, at=timezone.now())
        messages.success(request, f"“{step.title}” is marked as done.")
    return redirect("inspections:timetable", inspection.reference)
