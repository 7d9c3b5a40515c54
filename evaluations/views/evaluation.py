"""The room of evaluations: alone first, then together, then shared, then tested by the panel.

Before the reveal no view asks the database for anybody's level but the reader's own.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import answer_to_autosave, find_or_404, is_autosave, page
from evaluations import permissions, queries, rules
from evaluations.actions import evaluation as actions
from evaluations.enums import SealState
from evaluations.forms.evaluation import (
    ConfirmEvaluationForm,
    ExcuseEvaluatorForm,
    ProposeEvaluationForm,
    SealEvaluationForm,
    WriteEvaluationForm,
)
from evaluations.models import Evaluation, SealedEvaluation
from inspections.models import Inspection
from inspections.rooms import inspection_frame


def _admitted(request: HttpRequest, reference: str, *, team: bool = True) -> Inspection:
    """The inspection, for who may see its evaluations: the team's side, or also what is shared."""
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    inspection = find_or_404(visible, reference=reference)
    ask = permissions.sees_team_evaluations if team else permissions.can_see_evaluations
    ask(request.user, inspection).enforce()
    return inspection


def _found(inspection: Inspection, group: str) -> Evaluation:
    return find_or_404(queries.evaluations_of(inspection), group__key=group)


def _frame(request: HttpRequest, inspection: Inspection, **context: Any) -> dict[str, Any]:
    frame = inspection_frame(
        request.user, inspection, room="evaluations", today=timezone.localdate()
    )
    return {**frame, "level_names": queries.level_names(inspection), **context}


def _levels(inspection: Inspection) -> list[Any]:
    return list(queries.framework_of(inspection).levels.all())


def _back(evaluation: Evaluation) -> str:
    return reverse(
        "evaluations:evaluation", args=[evaluation.inspection.reference, evaluation.group.key]
    )


# ---------- Reading ----------


@page("GET")
def evaluations(request: HttpRequest, reference: str) -> HttpResponse:
    """The four, each with its state in words; for the partnership only what it has been shown."""
    inspection = _admitted(request, reference, team=False)

    if not permissions.sees_team_evaluations(request.user, inspection):
        context = _frame(
            request, inspection, title="Evaluations", rows=queries.shown_to_partnership(inspection)
        )
        return render(request, "evaluations/evaluations_shared.html", context)
    context = _frame(
        request,
        inspection,
        title="Evaluations",
        rows=queries.evaluation_board(inspection, request.user),
        evaluators=queries.evaluators_of(inspection),
        open_evaluating=permissions.can_open_evaluating(request.user, inspection),
        share_evaluations=permissions.can_share_evaluations(request.user, inspection),
        may_excuse=permissions.can_excuse_somebody(request.user, inspection),
    )
    return render(request, "evaluations/evaluations.html", context)


@page("GET")
def evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """One group: what the evidence says, one's own evaluation, and after the reveal everybody's."""
    inspection = _admitted(request, reference, team=False)
    if not permissions.sees_team_evaluations(request.user, inspection):
        return redirect("evaluations:evaluations", inspection.reference)
    found = _found(inspection, group)

    own = queries.own_evaluation(found, request.user)
    may_write = permissions.can_write_evaluation(request.user, found)
    form = _write_form(inspection, own) if may_write else None
    return render(
        request, "evaluations/evaluation.html", _evaluation_context(request, found, own, form)
    )


def _write_form(
    inspection: Inspection, own: SealedEvaluation | None, data: Any = None
) -> WriteEvaluationForm:
    initial = WriteEvaluationForm.stands(own) | {"based_on": own.version if own else 0}
    return WriteEvaluationForm(data, levels=_levels(inspection), initial=initial)


def _evaluation_context(
    request: HttpRequest,
    found: Evaluation,
    own: SealedEvaluation | None,
    form: WriteEvaluationForm | None,
) -> dict[str, Any]:
    inspection, person = found.inspection, request.user
    sealed = queries.revealed_evaluations(found)
    return _frame(
        request,
        inspection,
        title=str(found.group),
        evaluation=found,
        sides=queries.evidence_for_group(inspection, found.group),
        sources=rules.three_kinds_of_source(inspection, found.group),
        progress=queries.progress_of(inspection)[found.pk],
        own=own,
        form=form,
        sealed=sealed,
        picture=queries.spread_of(found, sealed),
        decision=getattr(found, "decision", None),
        write_evaluation=permissions.can_write_evaluation(person, found),
        unseal_evaluation=permissions.can_unseal_evaluation(person, found),
        propose_evaluation=permissions.can_propose_evaluation(person, found),
        confirm_evaluation=permissions.can_confirm_evaluation(person, found),
    )


# ---------- Alone ----------


@page("GET", "POST")
def open_evaluating(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who will seal, and open the four."""
    inspection = _admitted(request, reference)
    if inspection.evaluations.exists():
        messages.info(request, "Evaluating is open already.")
        return redirect("evaluations:evaluations", inspection.reference)
    permissions.can_open_evaluating(request.user, inspection).enforce()

    if request.method == "POST":
        actions.open_evaluating(inspection, by=request.user, at=timezone.now())
        messages.success(request, "Evaluating is open. Everybody evaluates alone first.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = _frame(
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

    form = ExcuseEvaluatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.excuse_evaluator(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Nobody waits for {found.person} any more.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = _frame(
        request,
        inspection,
        title=f"Excuse {found.person} from evaluating",
        form=form,
        back_url=reverse("evaluations:evaluations", args=[inspection.reference]),
    )
    return render(request, "evaluations/excuse_evaluator.html", context)


@page("GET", "POST")
def write_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Save one's own draft, and go back or on to sealing. The autosave sends the same form and asks for JSON."""
    inspection = _admitted(request, reference)
    found = _found(inspection, group)
    permissions.can_write_evaluation(request.user, found).enforce()
    own = queries.own_evaluation(found, request.user)

    form = _write_form(inspection, own, request.POST or None)
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
        messages.success(request, f"Your draft of {found.group.key} is saved. Nobody else sees it.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = _evaluation_context(request, found, own, form)
    return render(
        request, "evaluations/write_evaluation.html", context, status=409 if form.newer else 200
    )


@page("GET", "POST")
def seal_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Read what one has written once more, and seal it."""
    inspection = _admitted(request, reference)
    found = _found(inspection, group)
    own = queries.own_evaluation(found, request.user)
    if own and own.is_sealed:
        messages.info(request, f"You have sealed {found.group.key} already.")
        return redirect("evaluations:evaluation", inspection.reference, group)
    verdict = permissions.can_seal_evaluation(request.user, found)
    permissions.can_write_evaluation(request.user, found).enforce()

    form = SealEvaluationForm(request.POST or None, initial={"based_on": own.version if own else 1})
    form.cancel_url, form.cancel_words = _back(found), "Not yet"
    if request.method == "POST" and form.is_valid():
        try:
            actions.seal_evaluation(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, {}, then="Read here what is saved, and seal that.")
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(request, f"Your evaluation of {found.group.key} is sealed.")
            return redirect("evaluations:evaluation", inspection.reference, group)

    context = _frame(
        request,
        inspection,
        title=f"Seal your evaluation of {found.group.key}",
        evaluation=found,
        own=own,
        form=form,
        verdict=verdict,
        sources=rules.three_kinds_of_source(inspection, found.group),
        progress=queries.progress_of(inspection)[found.pk],
        back_url=_back(found),
    )
    return render(
        request, "evaluations/seal_evaluation.html", context, status=409 if form.newer else 200
    )


@page("POST")
def unseal_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Take one's own seal back, while not everybody has sealed."""
    inspection = _admitted(request, reference)
    found = _found(inspection, group)
    own = queries.own_evaluation(found, request.user)
    if own and own.state == SealState.DRAFT:
        messages.info(request, "Your evaluation is a draft already.")
        return redirect("evaluations:evaluation", inspection.reference, group)
    permissions.can_unseal_evaluation(request.user, found).enforce()

    actions.unseal_evaluation(found, by=request.user, at=timezone.now())
    messages.success(request, f"Your evaluation of {found.group.key} is a draft again.")
    return redirect("evaluations:evaluation", inspection.reference, group)


# ---------- Together ----------


@page("GET", "POST")
def propose_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """Record what the team proposes after it has seen the spread."""
    inspection = _admitted(request, reference)
    found = _found(inspection, group)
    permissions.can_propose_evaluation(request.user, found).enforce()

    initial = ProposeEvaluationForm.stands(found) | {"based_on": found.version}
    form = ProposeEvaluationForm(request.POST or None, levels=_levels(inspection), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_evaluation(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(meanwhile.newer.kept))
        else:
            messages.success(request, f"The proposal for {found.group.key} is on record.")
            return redirect("evaluations:evaluation", inspection.reference, group)

    sealed = queries.revealed_evaluations(found)
    context = _frame(
        request,
        inspection,
        title=f"What the team proposes for {found.group.key}",
        evaluation=found,
        sealed=sealed,
        picture=queries.spread_of(found, sealed),
        form=form,
        back_url=_back(found),
    )
    return render(
        request, "evaluations/propose_evaluation.html", context, status=409 if form.newer else 200
    )


@page("GET", "POST")
def share_evaluations(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the partnership all four, as provisional."""
    inspection = _admitted(request, reference)
    if request.method == "POST" and rules.evaluations_are_shared(inspection):
        messages.info(request, "The evaluations are shared already.")
        return redirect("evaluations:evaluations", inspection.reference)
    permissions.can_share_evaluations(request.user, inspection).enforce()

    if request.method == "POST":
        actions.share_evaluations(inspection, by=request.user, at=timezone.now())
        messages.success(request, "The partnership sees the four evaluations now, as provisional.")
        return redirect("evaluations:evaluations", inspection.reference)

    context = _frame(
        request,
        inspection,
        title="Share the provisional evaluations",
        evaluations=queries.evaluations_of(inspection),
        back_url=reverse("evaluations:evaluations", args=[inspection.reference]),
    )
    return render(request, "evaluations/share_evaluations.html", context)


@page("GET", "POST")
def confirm_evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """The panel's decision on one group, with its reason."""
    inspection = _admitted(request, reference)
    found = _found(inspection, group)
    if request.method == "POST" and hasattr(found, "decision"):
        messages.info(request, f"The panel's decision on {found.group.key} is on record already.")
        return redirect("evaluations:evaluation", inspection.reference, group)
    permissions.can_confirm_evaluation(request.user, found).enforce()

    form = ConfirmEvaluationForm(
        request.POST or None,
        levels=_levels(inspection),
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
        messages.success(request, f"The panel's decision on {found.group.key} is on record.")
        return redirect("evaluations:evaluation", inspection.reference, group)

    sealed = queries.revealed_evaluations(found)
    context = _frame(
        request,
        inspection,
        title=f"The panel's decision on {found.group.key}",
        evaluation=found,
        sealed=sealed,
        picture=queries.spread_of(found, sealed),
        form=form,
        back_url=_back(found),
    )
    return render(request, "evaluations/confirm_evaluation.html", context)
