"""Evaluating together: what the team proposes, what the partnership is shown, what the panel decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.views.fresh import fresh_sign_in
from core.versions import SavedMeanwhile
from core.web import page, posted
from evaluations import permissions, queries, rules
from evaluations.actions import evaluation as actions
from evaluations.actions import readings
from evaluations.forms.evaluation import ConfirmEvaluationForm, ProposeEvaluationForm
from evaluations.views.evaluation import (
    admitted,
    back_to,
    evaluations_frame,
    found_evaluation,
    levels_of,
    on_record,
)


@page("GET", "POST", records_reading=True)
def propose_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Record what the team proposes after it has seen the spread."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)
    permissions.can_propose_evaluation(request.user, found).enforce()

    initial = ProposeEvaluationForm.stands(found) | {"based_on": found.version}
    form = ProposeEvaluationForm(posted(request), levels=levels_of(inspection), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_evaluation(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(meanwhile.newer.kept))
        else:
            messages.success(request, f"The proposal for {found.group.spoken} is on record.")
            return redirect("evaluations:evaluation", inspection.reference, group)

    on_record(request, found)
    sealed = queries.revealed_evaluations(found)
    context = evaluations_frame(
        request,
        inspection,
        title=f"What the team proposes for {found.group.spoken}",
        evaluation=found,
        sealed=sealed,
        picture=queries.spread_of(found, sealed),
        form=form,
        back_url=back_to(found),
    )
    return render(
        request, "evaluations/propose_evaluation.html", context, status=409 if form.newer else 200
    )


@fresh_sign_in
@page("GET", "POST", records_reading=True)
def share_evaluations(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the partnership all four, as provisional."""
    inspection = admitted(request, reference)
    if request.method == "POST" and rules.evaluations_are_shared(inspection):
        messages.info(request, "The evaluations are shared already.")
        return redirect("evaluations:evaluations", inspection.reference)
    permissions.can_share_evaluations(request.user, inspection).enforce()

    if request.method == "POST":
        actions.share_evaluations(inspection, by=request.user, at=timezone.now())
        messages.success(request, "The partnership sees the four evaluations now, as provisional.")
        return redirect("evaluations:evaluations", inspection.reference)

    readings.read_evaluations(
        inspection, part="the evaluations", by=request.user, at=timezone.now()
    )
    context = evaluations_frame(
        request,
        inspection,
        title="Share the provisional evaluations",
        evaluations=queries.evaluations_of(inspection),
        back_url=reverse("evaluations:evaluations", args=[inspection.reference]),
    )
    return render(request, "evaluations/share_evaluations.html", context)


@page("GET", "POST", records_reading=True)
def confirm_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """The panel's decision on one group, with its reason."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)
    if request.method == "POST" and hasattr(found, "decision"):
        messages.info(
            request, f"The panel's decision on {found.group.spoken} is on record already."
        )
        return redirect("evaluations:evaluation", inspection.reference, group)
    permissions.can_confirm_evaluation(request.user, found).enforce()

    form = ConfirmEvaluationForm(
        posted(request),
        levels=levels_of(inspection),
        initial={"level": found.level},
    )
    if request.method == "POST" and form.is_valid():
        actions.confirm_evaluation(
            found,
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"The panel's decision on {found.group.spoken} is on record.")
        return redirect("evaluations:evaluation", inspection.reference, group)

    on_record(request, found)
    sealed = queries.revealed_evaluations(found)
    context = evaluations_frame(
        request,
        inspection,
        title=f"The panel's decision on {found.group.spoken}",
        evaluation=found,
        sealed=sealed,
        picture=queries.spread_of(found, sealed),
        form=form,
        back_url=back_to(found),
    )
    return render(request, "evaluations/confirm_evaluation.html", context)
