"""Marking a step as done, and moving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.web import find_or_404, page
from inspections import permissions, queries
from inspections.actions import steps as actions
from inspections.enums import StepState
from inspections.forms.steps import MoveStepForm
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET")
def step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One step: when, whose, with whom, why it moved, and what may be done with it."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    found = find_or_404(inspection.steps.select_related("inspection__area", "done_by"), key=key)
    today = timezone.localdate()

    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=today),
        "title": found.title,
        "step": found,
        "is_done": found.state != StepState.UPCOMING,
        "rows": queries.about_step(found),
        "can_complete_step": permissions.can_complete_step(request.user, found, on=today),
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


@page("GET", "POST")
def move_step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Give the step new dates, with the reason."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    step = find_or_404(inspection.steps.select_related("inspection__area"), key=key)
    permissions.can_move_step(request.user, step).enforce()

    initial = {"starts_on": step.starts_on, "ends_on": step.ends_on}
    form = MoveStepForm(
        request.POST or None, one_day=step.starts_on == step.ends_on, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        dates = (form.cleaned_data["starts_on"], form.cleaned_data["ends_on"])
        if dates == (step.starts_on, step.ends_on):
            messages.info(request, f"“{step.title}” stands on these dates already.")
            return redirect("inspections:timetable", inspection.reference)
        try:
            actions.move_step(step, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("starts_on", refusal.verdict.sentence)
        else:
            messages.success(request, f"“{step.title}” has moved.")
            return redirect("inspections:timetable", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=timezone.localdate()),
        "title": f"Move “{step.title}”",
        "step": step,
        "form": form,
        "back_url": reverse("inspections:timetable", args=[inspection.reference]),
    }
    return render(request, "inspections/move_step.html", context)
