"""Planning anew: first see everything that follows, then release all of it together, or walk away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.forms import DeskForm
from core.verdicts import Refused, Verdict
from core.web import find_or_404, page, posted
from inspections import permissions, queries, rules
from inspections.actions import replanning as actions
from inspections.forms.steps import AddElectionForm, AddWeekForm, CloseDaysForm, MoveStepForm
from inspections.models import Inspection, Step
from inspections.rooms import inspection_frame


@dataclass(frozen=True, slots=True)
class _Deed:
    """What the page of one kind of re-planning needs. ``typed`` is what its form was filled in with."""

    template: str
    title: str
    done: Callable[[dict[str, Any]], str]
    may: Callable[[dict[str, Any]], Verdict]
    plan: Callable[[dict[str, Any], list[str]], queries.Plan]
    release: Callable[[dict[str, Any], list[str]], object]


@page("GET", "POST")
def move_step(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Give the step new dates, with the reason."""
    inspection = _found(request, reference)
    step = find_or_404(inspection.steps.all(), key=key)
    step.inspection = inspection
    permissions.can_move_step(request.user, step).enforce()
    now = timezone.now()
    today = timezone.localdate(now)

    initial = {"starts_on": step.starts_on, "ends_on": step.ends_on}
    form = MoveStepForm(posted(request), one_day=step.starts_on == step.ends_on, initial=initial)
    if form.is_bound and form.is_valid() and _stands_there(step, form.cleaned_data):
        messages.info(request, f"“{step.title}” stands on these dates already.")
        return redirect("inspections:timetable", inspection.reference)
    deed = _Deed(
        template="inspections/move_step.html",
        title=f"Move “{step.title}”",
        done=lambda typed: f"“{step.title}” has moved.",
        may=lambda typed: rules.may_move_step(step, **_days(typed)),
        plan=lambda typed, stay: queries.plan_of_move(step, **_days(typed), stay=stay, today=today),
        release=lambda typed, stay: actions.move_step(
            step, **typed, stay=stay, by=request.user, at=now
        ),
    )
    return _replan(request, inspection, form, deed, step=step)


@page("GET", "POST")
def close_days(request: HttpRequest, reference: str) -> HttpResponse:
    """Say on which days the inspection does not work: snow, a strike, a holiday declared since."""
    inspection = _found(request, reference)
    permissions.can_close_days(request.user, inspection).enforce()
    now = timezone.now()
    today = timezone.localdate(now)

    deed = _Deed(
        template="inspections/close_days.html",
        title="Days without work",
        done=lambda typed: f"There is no work on {queries.span(**_days(typed))}.",
        may=lambda typed: rules.may_close_days(inspection, **_days(typed), today=today),
        plan=lambda typed, stay: queries.plan_of_closing(
            inspection, **typed, stay=stay, today=today
        ),
        release=lambda typed, stay: actions.close_days(
            inspection, **typed, stay=stay, by=request.user, at=now
        ),
    )
    return _replan(request, inspection, CloseDaysForm(posted(request)), deed)


@page("GET", "POST")
def add_week(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a week take no number: the weeks after it are numbered anew."""
    inspection = _found(request, reference)
    permissions.can_add_week(request.user, inspection).enforce()
    now = timezone.now()
    today = timezone.localdate(now)

    deed = _Deed(
        template="inspections/add_week.html",
        title="A week without a number",
        done=lambda typed: "The week takes no number.",
        may=lambda typed: rules.may_add_week(inspection, day=typed["day"], today=today),
        plan=lambda typed, stay: queries.plan_of_week(inspection, **typed, stay=stay, today=today),
        release=lambda typed, stay: actions.add_week(
            inspection, **typed, stay=stay, by=request.user, at=now
        ),
    )
    return _replan(request, inspection, AddWeekForm(posted(request)), deed)


@page("GET", "POST")
def add_election(request: HttpRequest, reference: str) -> HttpResponse:
    """Say in which days before an election no report is published."""
    inspection = _found(request, reference)
    permissions.can_add_election(request.user, inspection).enforce()
    now = timezone.now()
    today = timezone.localdate(now)

    deed = _Deed(
        template="inspections/add_election.html",
        title="A pre-election period",
        done=lambda typed: "The pre-election period is on record.",
        may=lambda typed: rules.may_add_election(inspection, **_days(typed), today=today),
        plan=lambda typed, stay: queries.plan_of_election(
            inspection, **_days(typed), stay=stay, today=today
        ),
        release=lambda typed, stay: actions.add_election(
            inspection, **typed, stay=stay, by=request.user, at=now
        ),
    )
    return _replan(request, inspection, AddElectionForm(posted(request)), deed)


def _found(request: HttpRequest, reference: str) -> Inspection:
    return find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )


def _days(typed: dict[str, Any]) -> dict[str, Any]:
    return {"starts_on": typed["starts_on"], "ends_on": typed["ends_on"]}


def _stands_there(step: Step, typed: dict[str, Any]) -> bool:
    return (typed["starts_on"], typed["ends_on"]) == (step.starts_on, step.ends_on)


def _replan(
    request: HttpRequest,
    inspection: Inspection,
    form: DeskForm,
    deed: _Deed,
    *,
    step: Step | None = None,
) -> HttpResponse:
    """The page before a release: what follows, and a button that releases what was seen and nothing else."""
    shown = None
    stay = sorted(set(request.POST.getlist("stay")))
    if form.is_bound and form.is_valid():
        verdict = deed.may(form.cleaned_data)
        if not verdict:
            about = verdict.about if verdict.about in form.fields else next(iter(form.fields))
            form.add_error(about, verdict.sentence)
        else:
            shown = _what_follows(request, inspection, deed, form.cleaned_data, stay)
            for sentence in shown["stopped_by"]:
                form.add_error(None, sentence)
        if shown and form.is_valid() and request.POST.get("seen") == shown["seen"]:
            try:
                deed.release(form.cleaned_data, stay)
            except Refused as refusal:
                form.add_error(None, refusal.verdict.sentence)
            else:
                count = len(shown["told"])
                told = "1 person is" if count == 1 else f"{count} people are"
                messages.success(request, f"{deed.done(form.cleaned_data)} {told} told.")
                return redirect("inspections:timetable", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=timezone.localdate()),
        "title": deed.title,
        "step": step,
        "form": form,
        "hidden": [(name, request.POST.get(name, "")) for name in form.fields],
        "shown": shown,
        "looked_again": bool(shown and request.POST.get("seen")),
        "back_url": reverse("inspections:timetable", args=[inspection.reference]),
    }
    return render(request, deed.template, context)


def _what_follows(
    request: HttpRequest,
    inspection: Inspection,
    deed: _Deed,
    typed: dict[str, Any],
    stay: list[str],
) -> dict[str, Any]:
    """Everything that would follow, as the page shows it. ``seen`` stands for all of it: a release is of what was seen."""
    plan = deed.plan(typed, stay)
    breaks = rules.breaks_of_plan(plan)
    verdict = rules.may_release(plan, breaks=breaks)
    stops = [one.verdict.sentence for one in breaks if one.stops]
    owners = {one.step.owner for one in plan.moved}
    shown = {
        "reason": typed["reason"],
        "asked": [one for one in plan.moved if one.is_asked],
        "followers": plan.followers,
        "count": len(plan.moved),
        "left": plan.left,
        "breaks": [one for one in breaks if not one.stops],
        "clashes": rules.clashes_of_replanning(plan, on=timezone.localdate()) if verdict else [],
        "told": queries.told_of_dates(inspection, owners, but=request.user.pk),
        "stopped_by": stops if verdict or verdict.sentence in stops else [verdict.sentence, *stops],
    }
    told_back = {
        **shown,
        "asked": [(one.step.key, one.stand) for one in shown["asked"]],
        "followers": [(one.step.key, one.stood, one.stand) for one in plan.followers],
        "left": [one.key for one in plan.left],
        "typed": sorted((name, str(value)) for name, value in typed.items()),
    }
    return shown | {"seen": sha256(repr(told_back).encode()).hexdigest()}
