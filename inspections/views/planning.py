"""Planning an inspection."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.web import page
from inspections import permissions
from inspections.actions import planning
from inspections.enums import InspectionState
from inspections.forms.planning import PlanInspectionForm
from inspections.models import Inspection


@page("GET", "POST")
def plan_inspection(request: HttpRequest) -> HttpResponse:
    """Choose an area, a date and a method."""
    permissions.can_plan_inspection(request.user).enforce()

    form = PlanInspectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inspection = planning.plan_inspection(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            if again := _planned_already(request, form):
                messages.info(request, refusal.verdict.sentence)
                return redirect(again)
            form.add_error(None, refusal.verdict.sentence)
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


def _planned_already(request: HttpRequest, form: PlanInspectionForm) -> Inspection | None:
    """The inspection that the first click of a double click has planned."""
    return Inspection.objects.filter(
        area=form.cleaned_data["area"],
        planned_for=form.cleaned_data["planned_for"],
        planned_by=request.user,
        state=InspectionState.PLANNED,
    ).first()
