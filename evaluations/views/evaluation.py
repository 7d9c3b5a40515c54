"""The room of evaluations: alone first, then together, then shared, then tested by the panel.

Before the reveal no view asks the database for anybody's level but the reader's own.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.web import find_or_404, page
from evaluations import permissions, queries, rules
from evaluations.actions import readings
from evaluations.forms.evaluation import WriteEvaluationForm
from evaluations.models import Evaluation, SealedEvaluation
from inspections.models import Inspection
from inspections.rooms import inspection_frame


def admitted(request: HttpRequest, reference: str, *, team: bool = True) -> Inspection:
    """The inspection, for who may see its evaluations: the team's side, or also what is shared."""
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    inspection = find_or_404(visible, reference=reference)
    ask = permissions.sees_team_evaluations if team else permissions.can_see_evaluations
    ask(request.user, inspection).enforce()
    return inspection


def found_evaluation(inspection: Inspection, group: str) -> Evaluation:
    """One of the four by its key, or 404."""
    return find_or_404(queries.evaluations_of(inspection), group__key=group)


def evaluations_frame(
    request: HttpRequest, inspection: Inspection, **context: Any
) -> dict[str, Any]:
    """What every page of this room has, and what this one adds."""
    frame = inspection_frame(
        request.user, inspection, room="evaluations", today=timezone.localdate()
    )
    return {**frame, "level_names": queries.level_names(inspection), **context}


def on_record(request: HttpRequest, evaluation: Evaluation) -> None:
    """Whoever opens a page that shows what stands on this one has read it."""
    readings.read_evaluations(
        evaluation.inspection,
        part=f"the evaluation of {evaluation.group.spoken}",
        by=request.user,
        at=timezone.now(),
    )


def levels_of(inspection: Inspection) -> list[Any]:
    """The six levels of the framework, as its forms take them."""
    return list(queries.framework_of(inspection).levels.all())


def back_to(evaluation: Evaluation) -> str:
    """The address of the page of this one."""
    return reverse(
        "evaluations:evaluation", args=[evaluation.inspection.reference, evaluation.group.key]
    )


@page("GET", records_reading=True)
def evaluations(request: HttpRequest, reference: str) -> HttpResponse:
    """The four, each with its state in words; for the partnership only what it has been shown."""
    inspection = admitted(request, reference, team=False)

    readings.read_evaluations(
        inspection, part="the evaluations", by=request.user, at=timezone.now()
    )

    if not permissions.sees_team_evaluations(request.user, inspection):
        shown = queries.shown_to_partnership(inspection)
        context = evaluations_frame(
            request,
            inspection,
            title="Evaluations",
            rows=shown,
            some_may_change=any(not row.is_final for row in shown),
        )
        return render(request, "evaluations/evaluations_shared.html", context)
    rows = queries.evaluation_board(inspection, request.user)
    evaluators = queries.evaluators_of(inspection)
    may_excuse = permissions.can_excuse_somebody(request.user, inspection)
    context = evaluations_frame(
        request,
        inspection,
        title="Evaluations",
        rows=rows,
        evaluators=evaluators,
        open_evaluating=permissions.can_open_evaluating(request.user, inspection),
        share_evaluations=permissions.can_share_evaluations(request.user, inspection),
        excusable=[
            row.evaluator.pk
            for row in evaluators
            if may_excuse and row.sealed < len(rows) and row.evaluator.person_id != request.user.pk
        ],
    )
    return render(request, "evaluations/evaluations.html", context)


@page("GET", records_reading=True)
def evaluation(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """One group: what the evidence says, one's own evaluation, and after the reveal everybody's."""
    inspection = admitted(request, reference, team=False)
    if not permissions.sees_team_evaluations(request.user, inspection):
        return redirect("evaluations:evaluations", inspection.reference)
    found = found_evaluation(inspection, group)

    on_record(request, found)

    own = queries.own_evaluation(found, request.user)
    may_write = permissions.can_write_evaluation(request.user, found)
    form = write_form(inspection, own) if may_write else None
    return render(
        request, "evaluations/evaluation.html", evaluation_context(request, found, own, form)
    )


def write_form(
    inspection: Inspection, own: SealedEvaluation | None, data: Any = None
) -> WriteEvaluationForm:
    """The form as the server has it, or over what was typed."""
    initial = WriteEvaluationForm.stands(own) | {"based_on": own.version if own else 0}
    return WriteEvaluationForm(data, levels=levels_of(inspection), initial=initial)


def evaluation_context(
    request: HttpRequest,
    found: Evaluation,
    own: SealedEvaluation | None,
    form: WriteEvaluationForm | None,
) -> dict[str, Any]:
    """The page of one group: for reading it, and for writing one's own upon it."""
    inspection, person = found.inspection, request.user
    sealed = queries.revealed_evaluations(found)
    return evaluations_frame(
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
        anchor=queries.anchor_of_decision(found),
        write_evaluation=permissions.can_write_evaluation(person, found),
        unseal_evaluation=permissions.can_unseal_evaluation(person, found),
        propose_evaluation=permissions.can_propose_evaluation(person, found),
        confirm_evaluation=permissions.can_confirm_evaluation(person, found),
    )
