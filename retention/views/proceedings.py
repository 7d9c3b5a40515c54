"""Recording the dates from which the year is counted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections.models import Inspection
from retention import permissions, rules
from retention.actions import proceedings as actions
from retention.forms.proceedings import (
    EndProceedingsForm,
    RecordProceedingsForm,
    RecordSubmissionForm,
)
from retention.models import Submission


def _inspection(request: HttpRequest, reference: str) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("area")
    return find_or_404(found, reference=reference)


def _frame(inspection: Inspection, title: str, form: Any) -> dict[str, Any]:
    return {
        "title": title,
        "inspection": inspection,
        "form": form,
        "is_example": inspection.area.is_invented,
        "back_url": reverse("retention:inspection-keeping", args=[inspection.reference]),
    }


@page("GET", "POST")
def record_submission(request: HttpRequest, reference: str) -> HttpResponse:
    """The day on which the report went to Ministers; another day corrects it."""
    inspection = _inspection(request, reference)
    permissions.can_record_submission(request.user, inspection).enforce()

    known = Submission.objects.filter(inspection=inspection).first()
    initial = {"submitted_on": known.submitted_on} if known else None
    form = RecordSubmissionForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_submission(
                inspection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "The submission is on record.")
            return redirect("retention:inspection-keeping", inspection.reference)

    context = _frame(inspection, "Record the submission to Ministers", form)
    return render(request, "retention/record_submission.html", context)


@page("GET", "POST")
def record_proceedings(request: HttpRequest, reference: str) -> HttpResponse:
    """Proceedings connected with this inspection have begun."""
    inspection = _inspection(request, reference)
    permissions.can_record_proceedings(request.user, inspection).enforce()

    form = RecordProceedingsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.record_proceedings(
            inspection, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, "The proceedings are on record. Nothing goes before a year after their end.")  # fmt: skip
        return redirect("retention:inspection-keeping", inspection.reference)

    context = _frame(inspection, "Record connected proceedings", form)
    return render(request, "retention/record_proceedings.html", context)


@page("GET", "POST")
def end_proceedings(request: HttpRequest, reference: str, proceedings: int) -> HttpResponse:
    """The proceedings were finally determined. A second click says so."""
    inspection = _inspection(request, reference)
    permissions.can_record_proceedings(request.user, inspection).enforce()
    found = find_or_404(inspection.proceedings.select_related("inspection"), pk=proceedings)
    if not (running := rules.may_end_proceedings(found)):
        messages.info(request, running.sentence)
        return redirect("retention:inspection-keeping", inspection.reference)
    permissions.can_end_proceedings(request.user, found).enforce()

    form = EndProceedingsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_proceedings(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "The determination is on record.")
            return redirect("retention:inspection-keeping", inspection.reference)

    context = {
        **_frame(inspection, "Record the end of proceedings", form),
        "proceedings": found,
    }
    return render(request, "retention/end_proceedings.html", context)
