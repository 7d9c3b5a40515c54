"""Alone: who evaluates, and when a level is written, sealed and taken back."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import Capability, roles_granting
from core.verdicts import Verdict, refuse, require
from evaluations import queries
from evaluations.enums import EvaluationState
from evaluations.models import Evaluation, Evaluator
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership

LEAST_EVALUATORS = 2


def people_who_seal(inspection: Inspection) -> list[User]:
    """Those whose role on this inspection includes evaluating, today, each once."""
    current = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(*roles_granting(Capability.SEAL_EVALUATION))
        .select_related("person__agency")
    )
    return list({membership.person_id: membership.person for membership in current}.values())


def may_open_evaluating(inspection: Inspection) -> Verdict:
    """Evaluating opens once, in phase three, with at least two people who will seal (E3)."""
    if inspection.evaluations.exists():
        return refuse("Evaluating is open already.")
    if inspection.state != InspectionState.PHASE_THREE:
        return refuse("Evaluating opens in phase three, when the fieldwork is done.", source="E3")
    return require(
        len(people_who_seal(inspection)) >= LEAST_EVALUATORS,
        "At least two members of the team must evaluate. Name another inspector first.",
        source="E3",
    )


def may_excuse_evaluator(evaluator: Evaluator, *, by: User) -> Verdict:
    """Somebody else excuses an evaluator who cannot seal, with a reason; at least two stay in the circle."""
    if evaluator.excused_at:
        return refuse(f"{evaluator.person} is excused already.")
    if evaluator.person_id == by.pk:
        return refuse(
            "Nobody excuses themselves. Ask the inspection lead, or the service manager if you are the lead."
        )
    if not evaluator.inspection.evaluations.filter(state=EvaluationState.EVALUATING).exists():
        return refuse(
            "Everybody has sealed all four evaluations; there is nothing to be excused from."
        )
    serving = evaluator.inspection.evaluators.serving().count()
    return require(
        serving > LEAST_EVALUATORS,
        f"Only {serving} evaluators are left, and two must seal. Somebody who cannot finish asks the service manager.",
        source="E3",
    )


def may_write_evaluation(evaluation: Evaluation, *, by: User) -> Verdict:
    """Each of the circle writes their own, until they seal it (R40)."""
    evaluator = evaluation.inspection.evaluators.filter(person=by).first()
    if evaluator is None:
        return refuse(
            "You are not one of the people who were to evaluate when evaluating opened.",
            source="R40",
        )
    if evaluation.state != EvaluationState.EVALUATING:
        return refuse(
            f"{evaluation} is sealed by everybody. What was sealed stays as it is.", source="R41"
        )
    if evaluator.excused_at:
        return refuse("You were excused from evaluating on this inspection.", source="R40")
    own = queries.own_evaluation(evaluation, by)
    return require(
        own is None or not own.is_sealed,
        "You have sealed this evaluation. Unseal it to change it.",
        source="R40",
    )


def may_seal_evaluation(evaluation: Evaluation, *, by: User) -> Verdict:
    """A level from 1 to 6 and the reason for it (R40)."""
    verdict = may_write_evaluation(evaluation, by=by)
    if not verdict:
        return verdict
    own = queries.own_evaluation(evaluation, by)
    if own is None or own.level is None:
        return refuse("Choose a level from 1 to 6 before you seal.", source="R40")
    return require(
        own.rationale.strip(), "Write why you chose this level before you seal.", source="R40"
    )


def may_unseal_evaluation(evaluation: Evaluation, *, by: User) -> Verdict:
    """One's own seal can be taken back until everybody has sealed."""
    if evaluation.state != EvaluationState.EVALUATING:
        return refuse(
            "Everybody has sealed, so the levels are open. A seal can no longer be taken back.",
            source="R41",
        )
    if not evaluation.inspection.evaluators.serving().filter(person=by).exists():
        return refuse("You do not evaluate on this inspection, or you were excused.", source="R40")
    own = queries.own_evaluation(evaluation, by)
    return require(own and own.is_sealed, "You have not sealed this evaluation.", source="R40")
