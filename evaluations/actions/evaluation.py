"""The four evaluations, from opening to final. Who may see a level when is the heart of it (invariant 4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record, record_sitting
from core.versions import enforce_newest
from evaluations import permissions, queries, rules
from evaluations.enums import EvaluationState, SealState
from evaluations.models import Evaluation, Evaluator, PanelDecision, SealedEvaluation
from inspections.models import Inspection


def _hold(evaluation: Evaluation) -> Evaluation:
    """The evaluation as it is now, its inspection locked, so that two last seals come one after the other."""
    Inspection.objects.select_for_update().get(pk=evaluation.inspection_id)
    return (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("inspection", "group", "proposed_by")
        .get(pk=evaluation.pk)
    )


@transaction.atomic
def open_evaluating(inspection: Inspection, *, by: User, at: datetime) -> list[Evaluation]:
    """The four evaluations are open and the circle of evaluators is fixed: those who may seal today.

    From now on somebody who joins the team neither unlocks the levels nor blocks them, and
    somebody who leaves blocks them only until the lead excuses them.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_open_evaluating(by, inspection).enforce()
    people = rules.people_who_seal(inspection)
    Evaluator.objects.bulk_create(
        Evaluator(inspection=inspection, person=person, named_at=at) for person in people
    )
    evaluations = [
        Evaluation.objects.create(inspection=inspection, group=group, opened_at=at, opened_by=by)
        for group in queries.framework_of(inspection).groups.all()
    ]
    record(
        "evaluations.evaluating_opened",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        count=len(people),
    )
    return evaluations


@transaction.atomic
def excuse_evaluator(evaluator: Evaluator, *, reason: str, by: User, at: datetime) -> Evaluator:
    """The circle no longer waits for this person. What they had sealed stays sealed; what they had not is never shown.

    Where they were the last to wait for, the levels are revealed now.
    """
    Inspection.objects.select_for_update().get(pk=evaluator.inspection_id)
    evaluator = (
        Evaluator.objects.select_for_update(of=("self",))
        .select_related("inspection", "person")
        .get(pk=evaluator.pk)
    )
    permissions.can_excuse_evaluator(by, evaluator).enforce()
    evaluator.excused_at, evaluator.excused_by, evaluator.reason = at, by, reason
    evaluator.full_clean()
    evaluator.save()
    _reveal_what_is_complete(evaluator.inspection, at=at)
    record(
        "evaluations.evaluator_excused",
        by=by,
        at=at,
        subject=evaluator,
        inspection=evaluator.inspection,
        person=str(evaluator.person),
    )
    return evaluator


@transaction.atomic
def write_evaluation(
    evaluation: Evaluation,
    *,
    based_on: int,
    level: int | None,
    rationale: str,
    by: User,
    at: datetime,
) -> SealedEvaluation:
    """The person's own draft is saved as the next version. ``based_on`` is the version they had before, 0 for none.

    Raises ``SavedMeanwhile``, with nothing changed, when they have saved another since, say in a second window. Saving what
    is there already changes nothing. The log gets one event for a quarter of an hour of writing: the autosave calls this.
    """
    evaluation = _hold(evaluation)
    permissions.can_write_evaluation(by, evaluation).enforce()
    own = SealedEvaluation.objects.of(by).select_for_update().filter(evaluation=evaluation).first()
    if own is None:
        own = SealedEvaluation(evaluation=evaluation, inspector=by, version=0)
    elif (own.level, own.rationale) == (level, rationale):
        return own
    enforce_newest(own, based_on=based_on, by=by)
    own.level, own.rationale, own.saved_at, own.version = level, rationale, at, own.version + 1
    _keep(own, by=by)
    record_sitting(
        "evaluations.evaluation_written",
        by=by,
        at=at,
        subject=own,
        inspection=evaluation.inspection,
        group=evaluation.group.key,
    )
    return own


@transaction.atomic
def seal_evaluation(
    evaluation: Evaluation, *, based_on: int, by: User, at: datetime
) -> SealedEvaluation:
    """The person's draft is sealed. When they are the last of the circle, every level of this group is revealed (R40).

    ``based_on`` is the version that they read when they sealed, so that nobody seals what they have not seen.
    """
    evaluation = _hold(evaluation)
    permissions.can_seal_evaluation(by, evaluation).enforce()
    own = SealedEvaluation.objects.of(by).select_for_update().get(evaluation=evaluation)
    enforce_newest(own, based_on=based_on, by=by)
    own.state, own.sealed_at = SealState.SEALED, at
    _keep(own, by=by)
    _reveal_what_is_complete(evaluation.inspection, at=at)
    progress = queries.progress_of(evaluation.inspection)[evaluation.pk]
    record(
        "evaluations.evaluation_sealed",
        by=by,
        at=at,
        subject=own,
        inspection=evaluation.inspection,
        group=evaluation.group.key,
        sealed=len(progress.sealed),
        of=progress.of,
    )
    return own


@transaction.atomic
def unseal_evaluation(evaluation: Evaluation, *, by: User, at: datetime) -> SealedEvaluation:
    """The person's own evaluation is a draft again, with its level and reason as they were."""
    evaluation = _hold(evaluation)
    permissions.can_unseal_evaluation(by, evaluation).enforce()
    own = SealedEvaluation.objects.of(by).select_for_update().get(evaluation=evaluation)
    own.state, own.sealed_at = SealState.DRAFT, None
    _keep(own, by=by)
    record(
        "evaluations.evaluation_unsealed",
        by=by,
        at=at,
        subject=own,
        inspection=evaluation.inspection,
        group=evaluation.group.key,
    )
    return own


@transaction.atomic
def propose_evaluation(
    evaluation: Evaluation,
    *,
    based_on: int,
    level: int,
    rationale: str,
    dissent: str,
    by: User,
    at: datetime,
) -> Evaluation:
    """The team's proposal is on record with its reason and the dissent (E4). Until shared it may change.

    Raises ``SavedMeanwhile`` when somebody has saved another since ``based_on``; the same proposal again changes nothing.
    """
    evaluation = _hold(evaluation)
    permissions.can_propose_evaluation(by, evaluation).enforce()
    kept = evaluation.proposed_level, evaluation.rationale, evaluation.dissent
    if kept == (level, rationale, dissent):
        return evaluation
    enforce_newest(evaluation, based_on=based_on, by=by)
    evaluation.state = EvaluationState.TEAM_PROPOSED
    evaluation.level = evaluation.proposed_level = level
    evaluation.rationale, evaluation.dissent = rationale, dissent
    evaluation.proposed_at, evaluation.proposed_by, evaluation.version = (
        at,
        by,
        evaluation.version + 1,
    )
    _keep(evaluation, by=by)
    record(
        "evaluations.evaluation_proposed",
        by=by,
        at=at,
        subject=evaluation,
        inspection=evaluation.inspection,
        group=evaluation.group.key,
    )
    return evaluation


@transaction.atomic
def share_evaluations(inspection: Inspection, *, by: User, at: datetime) -> list[Evaluation]:
    """The partnership's co-ordinators and chief officers see all four, labelled provisional (E6, E7)."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_share_evaluations(by, inspection).enforce()
    evaluations = list(queries.evaluations_of(inspection))
    for evaluation in evaluations:
        evaluation.state, evaluation.shared_at, evaluation.shared_by = (
            EvaluationState.SHARED,
            at,
            by,
        )
        _keep(evaluation, by=by)
    record(
        "evaluations.evaluations_shared", by=by, at=at, subject=inspection, inspection=inspection
    )
    return evaluations


@transaction.atomic
def confirm_evaluation(
    evaluation: Evaluation, *, level: int, reason: str, by: User, at: datetime
) -> PanelDecision:
    """The panel's decision stands: level before, level after, and why, whether it changed or not (R41, R42)."""
    evaluation = _hold(evaluation)
    permissions.can_confirm_evaluation(by, evaluation).enforce()
    decision = PanelDecision(
        evaluation=evaluation,
        before=evaluation.proposed_level or 0,  # 0 is no level: the check below refuses it
        after=level,
        reason=reason,
        decided_at=at,
        decided_by=by,
    )
    decision.full_clean()
    decision.save()
    evaluation.state, evaluation.level = EvaluationState.PANEL_CONFIRMED, level
    _keep(evaluation, by=by)
    record(
        "evaluations.evaluation_confirmed",
        by=by,
        at=at,
        subject=decision,
        inspection=evaluation.inspection,
        group=evaluation.group.key,
    )
    return decision


@transaction.atomic
def settle_evaluations(inspection: Inspection, *, by: User, at: datetime) -> list[Evaluation]:
    """The four evaluations are final, as the panel confirmed them. Called when the report's text is settled (R41)."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    rules.may_settle_evaluations(inspection).enforce()
    evaluations = list(queries.evaluations_of(inspection))
    for evaluation in evaluations:
        evaluation.state, evaluation.settled_at, evaluation.settled_by = (
            EvaluationState.FINAL,
            at,
            by,
        )
        _keep(evaluation, by=by)
    record(
        "evaluations.evaluations_settled", by=by, at=at, subject=inspection, inspection=inspection
    )
    return evaluations


def _reveal_what_is_complete(inspection: Inspection, *, at: datetime) -> None:
    """Reveal each group that everybody of the circle has sealed. It counts people and reads no level."""
    progress = queries.progress_of(inspection)
    for evaluation in inspection.evaluations.select_for_update().filter(
        state=EvaluationState.EVALUATING
    ):
        if progress[evaluation.pk].complete:
            evaluation.state, evaluation.revealed_at = EvaluationState.REVEALED, at
            evaluation.save()


def _keep(row: Evaluation | SealedEvaluation, *, by: User) -> None:
    """Save with its fields and constraints checked, and with who it was in the kept version."""
    row._history_user = by  # type: ignore[union-attr]  # simple_history reads it
    row.full_clean()
    row.save()
