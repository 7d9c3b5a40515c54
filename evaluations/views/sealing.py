"""Evaluating alone: opening it, writing, sealing, and who is no longer waited for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import answer_to_autosave, find_or_404, is_autosave, page, posted
from evaluations import permissions, queries, rules
from evaluations.actions import evaluation as actions
from evaluations.enums import SealState
from evaluations.forms.evaluation import ExcuseEvaluatorForm, SealEvaluationForm
from evaluations.views.evaluation import (
    admitted,
    back_to,
    evaluation_context,
    evaluations_frame,
    found_evaluation,
    on_record,
    write_form,
)
from inspections.models import Inspection


@page("GET", "POST")
def open_evaluating(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who will seal, and open the four."""
    inspection = admitted(request, reference)
    if inspection.evaluations.exists():
        messages.info(request, "Evaluating is open already.")
        return redirect("evaluations:evaluations", inspection.reference)
    permissions.can_open_evaluating(request.user, inspection).enforce()

    if request.method == "POST":
        actions.open_evaluating(inspection, by=request.user, at=timezone.now())
        messages.success(request, "Evaluating is open. Everybody evaluates alone first.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = evaluations_frame(
        request,
        inspection,
        title="Open evaluating",
        people=rules.people_who_seal(inspection),
        back_url=reverse("evaluations:evaluations", args=[inspection.reference]),
    )
    return render(request, "evaluations/open_evaluating.html", context)


@page("GET", "POST")
def excuse_evaluator(request: HttpRequest, reference: str, evaluator: int) -> HttpResponse:
    """Let the others no longer wait for somebody."""
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    inspection = find_or_404(visible, reference=reference)
    found = find_or_404(inspection.evaluators.select_related("person", "inspection"), pk=evaluator)
    if request.method == "POST" and found.excused_at:
        messages.info(request, f"{found.person} is excused already.")
        return redirect("evaluations:evaluations", inspection.reference)
    permissions.can_excuse_evaluator(request.user, found).enforce()

    form = ExcuseEvaluatorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.excuse_evaluator(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Nobody waits for {found.person} any more.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = evaluations_frame(
        request,
        inspection,
        title=f"Excuse {found.person} from evaluating",
        form=form,
        back_url=reverse("evaluations:evaluations", args=[inspection.reference]),
    )
    return render(request, "evaluations/excuse_evaluator.html", context)


@page("GET", "POST", records_reading=True)
def write_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Save one's own draft, and go back or on to sealing. The autosave sends the same form and asks for JSON."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)
    permissions.can_write_evaluation(request.user, found).enforce()
    own = queries.own_evaluation(found, request.user)

    form = write_form(inspection, own, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            own = actions.write_evaluation(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(meanwhile.newer.kept))
    if is_autosave(request):
        saved = own and form.is_valid()
        return answer_to_autosave(form, {"based_on": own.version} if saved else {})
    if request.method == "POST" and form.is_valid():
        if "seal" in request.POST:
            return redirect("evaluations:seal-evaluation", inspection.reference, group)
        messages.success(
            request, f"Your draft of {found.group.spoken} is saved. Nobody else sees it."
        )
        return redirect("evaluations:evaluations", inspection.reference)

    on_record(request, found)
    context = evaluation_context(request, found, own, form)
    return render(
        request, "evaluations/write_evaluation.html", context, status=409 if form.newer else 200
    )


@fresh_sign_in
@page("GET", "POST")
def seal_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Read what one has written once more, and seal it."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)
    own = queries.own_evaluation(found, request.user)
    if own and own.is_sealed:
        messages.info(request, f"You have sealed {found.group.spoken} already.")
        return redirect("evaluations:evaluation", inspection.reference, group)
    verdict = permissions.can_seal_evaluation(request.user, found)
    permissions.can_write_evaluation(request.user, found).enforce()

    form = SealEvaluationForm(posted(request), initial={"based_on": own.version if own else 1})
    form.cancel_url, form.cancel_words = back_to(found), "Not yet"
    if request.method == "POST" and form.is_valid():
        try:
            actions.seal_evaluation(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, {}, then="Read here what is saved, and seal that.")
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(request, f"Your evaluation of {found.group.spoken} is sealed.")
            return redirect("evaluations:evaluation", inspection.reference, group)

    context = evaluations_frame(
        request,
        inspection,
        title=f"Seal your evaluation of {found.group.spoken}",
        evaluation=found,
        own=own,
        form=form,
        verdict=verdict,
        sources=rules.three_kinds_of_source(inspection, found.group),
        progress=queries.progress_of(inspection)[found.pk],
        back_url=back_to(found),
    )
    return render(
        request, "evaluations/seal_evaluation.html", context, status=409 if form.newer else 200
    )


@page("POST")
def unseal_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Take one's own seal back, while not everybody has sealed."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)
    own = queries.own_evaluation(found, request.user)
    if own and own.state == SealState.DRAFT:
        messages.info(request, "Your evaluation is a draft already.")
        return redirect("evaluations:evaluation", inspection.reference, group)
    permissions.can_unseal_evaluation(request.user, found).enforce()

    actions.unseal_evaluation(found, by=request.user, at=timezone.now())
    messages.success(request, f"Your evaluation of {found.group.spoken} is a draft again.")
    return redirect("evaluations:evaluation", inspection.reference, group)
