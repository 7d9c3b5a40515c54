"""Planning an inspection, changing the plan and withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import find_or_404, page, posted
from inspections import permissions, queries, rules
from inspections.actions import planning
from inspections.enums import InspectionState
from inspections.forms.planning import ChangePlanForm, PlanInspectionForm, WithdrawPlanForm
from inspections.models import Inspection


@page("GET", "POST")
def plan_inspection(request: HttpRequest) -> HttpResponse:
    """Choose an area, a date and a method."""
    permissions.can_plan_inspection(request.user).enforce()

    form = PlanInspectionForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _has_seen_clashes(form):
        try:
            inspection = planning.plan_inspection(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            if again := _planned_already(request, form):
                messages.info(request, refusal.verdict.sentence)
                return redirect(again)
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(
                request,
                f"The inspection of {inspection.area} is planned as {inspection.reference}.",
            )
            return redirect(inspection)

    context = {
        "title": "Plan an inspection",
        "form": form,
        "back_url": reverse("workspace:programme"),
    }
    return render(request, "inspections/plan_inspection.html", context)


def _has_seen_clashes(
    form: PlanInspectionForm | ChangePlanForm, plan: Inspection | None = None
) -> bool:
    """Whether whoever plans has seen what clashes with a new date. Where a rule refuses anyway, its sentence comes first."""
    typed, today = form.cleaned_data, timezone.localdate()
    area, method = (plan.area, plan.method) if plan else (typed["area"], typed["method"])
    day = typed["planned_for"]
    if plan is not None and day == plan.planned_for:
        return True
    verdict = rules.may_plan_for(area, day, on=today)
    if not (verdict if plan else verdict & rules.may_plan_inspection(area)):
        return True
    found = rules.clashes_of_plan(area, method=method, planned_for=day, plan=plan, on=today)
    return form.has_seen([one.sentence for one in found])


def _planned_already(request: HttpRequest, form: PlanInspectionForm) -> Inspection | None:
    """The inspection that the first click of a double click has planned."""
    return Inspection.objects.filter(
        area=form.cleaned_data["area"],
        planned_for=form.cleaned_data["planned_for"],
        planned_by=request.user,
        state=InspectionState.PLANNED,
    ).first()


@page("GET", "POST")
def change_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the plan other dates, until notification."""
    inspection = _plan(request, reference)
    permissions.can_change_plan(request.user, inspection).enforce()

    stands = {name: getattr(inspection, name) for name in queries.PLAN_WORDS}
    initial = stands | {"based_on": inspection.plan_version}
    form = ChangePlanForm(posted(request), today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        if not queries.changes_of_plan(inspection, **form.plan()):
            messages.info(request, "The plan says this already.")
            return redirect(inspection)
        try:
            if _has_seen_clashes(form, inspection):
                planning.change_plan(
                    inspection, **form.cleaned_data, by=request.user, at=timezone.now()
                )
                messages.success(request, "The plan is changed. Its timetable is drawn anew.")
                return redirect(inspection)
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, stands)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)

    context = {
        "title": "Change the plan",
        "inspection": inspection,
        "form": form,
        "is_example": inspection.area.is_invented,
        "can_withdraw_plan": permissions.can_withdraw_plan(request.user, inspection),
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "inspections/change_plan.html", context)


@page("GET", "POST")
def withdraw_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw the plan, with the reason. A second click, at once or later, finds it withdrawn and says so."""
    inspection = _plan(request, reference)
    permissions.has(request.user, inspection, permissions.Capability.WITHDRAW_PLAN).enforce()
    if inspection.state == InspectionState.WITHDRAWN:
        messages.info(request, f"The plan {inspection.reference} is withdrawn already.")
        return redirect(inspection)
    permissions.can_withdraw_plan(request.user, inspection).enforce()

    form = WithdrawPlanForm(posted(request))
    if request.method == "POST" and form.is_valid():
        planning.withdraw_plan(inspection, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(
            request,
            f"The plan {inspection.reference} is withdrawn. {inspection.area} can be planned anew.",
        )
        return redirect(inspection)

    context = {
        "title": "Withdraw the plan",
        "inspection": inspection,
        "form": form,
        "is_example": inspection.area.is_invented,
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "inspections/withdraw_plan.html", context)


def _plan(request: HttpRequest, reference: str) -> Inspection:
    """The inspection; locked where it is about to change, so that of two clicks at once the second finds what the first did."""
    found = Inspection.objects.visible_to(request.user).select_related("area", "method")
    if request.method == "POST":
        found = found.select_for_update(of=("self",))
    return find_or_404(found, reference=reference)
