"""Marking a step as done, and moving it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.web import find_or_404, page, posted
from inspections import permissions, queries, rules, steps
from inspections.actions import steps as actions
from inspections.enums import StepKind, StepState
from inspections.forms.steps import MoveStepForm
from inspections.models import Inspection, Step
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


@page("GET", "POST")
def move_step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Give the step new dates, with the reason: first see what that touches and breaks, then release it or walk away."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    step = find_or_404(inspection.steps.all(), key=key)
    step.inspection = inspection
    permissions.can_move_step(request.user, step).enforce()

    initial = {"starts_on": step.starts_on, "ends_on": step.ends_on}
    form = MoveStepForm(posted(request), one_day=step.starts_on == step.ends_on, initial=initial)
    touched = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if (typed["starts_on"], typed["ends_on"]) == (step.starts_on, step.ends_on):
            messages.info(request, f"“{step.title}” stands on these dates already.")
            return redirect("inspections:timetable", inspection.reference)
        touched = _touched(step, typed, by=request.user)
        for sentence in touched["stopped_by"]:
            form.add_error("starts_on", sentence)
        if form.is_valid() and request.POST.get("seen") == touched["seen"]:
            actions.move_step(step, **typed, by=request.user, at=timezone.now())
            told = len(touched["told"])
            messages.success(
                request,
                f"“{step.title}” has moved. {'1 person is' if told == 1 else f'{told} people are'} told.",
            )
            return redirect("inspections:timetable", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=timezone.localdate()),
        "title": f"Move “{step.title}”",
        "step": step,
        "form": form,
        "touched": touched,
        "looked_again": bool(touched and request.POST.get("seen")),
        "back_url": reverse("inspections:timetable", args=[inspection.reference]),
    }
    return render(request, "inspections/move_step.html", context)


def _touched(step: Step, typed: dict[str, Any], *, by: User) -> dict[str, Any]:
    """What a move touches, as the page shows it. ``seen`` stands for all of it: a release is of what was seen."""
    dates = {"starts_on": typed["starts_on"], "ends_on": typed["ends_on"]}
    breaks = rules.breaks_of_move(step, **dates) if dates["starts_on"] <= dates["ends_on"] else []
    verdict = rules.may_move_step(step, **dates, breaks=breaks)
    stops = [one.verdict.sentence for one in breaks if one.stops]
    shown = {
        "dates": dates,
        "reason": typed["reason"],
        "week": queries.week_of_step(step, dates["starts_on"]),
        "breaks": [one for one in breaks if not one.stops],
        "clashes": rules.clashes_of_move(step, **dates, on=timezone.localdate()) if verdict else [],
        "tied": queries.tied_to(step, **dates) if verdict else [],
        "told": queries.told_of_move(step.inspection, but=by.pk),
        "stopped_by": stops if verdict or verdict.sentence in stops else [verdict.sentence, *stops],
    }
    return shown | {"seen": sha256(repr(shown).encode()).hexdigest()}
