"""Who: a capability of one of the person's roles here, then the rule."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import Verdict, refuse
from documents.holders import Holder
from evaluations import rules
from evaluations.models import Evaluation, Evaluator, EvidenceItem, EvidenceLink
from inspections.models import Inspection
from inspections.permissions import has, is_partnership


def can_see_evidence(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_EVIDENCE)


def can_record_evidence(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.RECORD_EVIDENCE) & rules.may_record_evidence(
        inspection
    )


def can_revise_evidence(person: User, item: EvidenceItem) -> Verdict:
    verdict = has(person, item.inspection, Capability.RECORD_EVIDENCE)
    return verdict and rules.may_revise_evidence(item, by=person)


def sees_team_evaluations(person: User, inspection: Inspection) -> Verdict:
    """The team's side of the room: progress, one's own, and what has been revealed."""
    return has(person, inspection, Capability.SEE_EVALUATIONS)


def can_see_evaluations(person: User, inspection: Inspection) -> Verdict:
    """The team at any time; the partnership's co-ordinators and chief officers once they are shared."""
    team = sees_team_evaluations(person, inspection)
    if team:
        return team
    shown = has(person, inspection, Capability.SEE_SHARED_EVALUATIONS)
    return rules.evaluations_are_shared(inspection) if shown else team


def can_open_evaluating(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.OPEN_EVALUATING) & rules.may_open_evaluating(
        inspection
    )


def can_excuse_evaluator(person: User, evaluator: Evaluator) -> Verdict:
    verdict = has(person, evaluator.inspection, Capability.EXCUSE_EVALUATOR)
    return verdict and rules.may_excuse_evaluator(evaluator, by=person)


def can_write_evaluation(person: User, evaluation: Evaluation) -> Verdict:
    verdict = has(person, evaluation.inspection, Capability.SEAL_EVALUATION)
    return verdict and rules.may_write_evaluation(evaluation, by=person)


def can_seal_evaluation(person: User, evaluation: Evaluation) -> Verdict:
    verdict = has(person, evaluation.inspection, Capability.SEAL_EVALUATION)
    return verdict and rules.may_seal_evaluation(evaluation, by=person)


def can_unseal_evaluation(person: User, evaluation: Evaluation) -> Verdict:
    verdict = has(person, evaluation.inspection, Capability.SEAL_EVALUATION)
    return verdict and rules.may_unseal_evaluation(evaluation, by=person)


def can_propose_evaluation(person: User, evaluation: Evaluation) -> Verdict:
    verdict = has(person, evaluation.inspection, Capability.PROPOSE_EVALUATION)
    return verdict and rules.may_propose_evaluation(evaluation)


def can_share_evaluations(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SHARE_EVALUATIONS) & rules.may_share_evaluations(
        inspection
    )


def can_confirm_evaluation(person: User, evaluation: Evaluation) -> Verdict:
    verdict = has(person, evaluation.inspection, Capability.CONFIRM_EVALUATION)
    return verdict and rules.may_confirm_evaluation(evaluation)


# ---------- The joint self-evaluation ----------


def can_see_self_evaluation(person: User, inspection: Inspection) -> Verdict:
    """Its room: the partnership's people and the team, who may see no more than that it is not in yet."""
    return has(person, inspection, Capability.SEE_SELF_EVALUATION)


def can_read_self_evaluation(person: User, inspection: Inspection) -> Verdict:
    """Its words and files: the partnership at any time, the team once it has been received."""
    verdict = can_see_self_evaluation(person, inspection)
    if not verdict or is_partnership(person, inspection):
        return verdict
    return rules.may_show_to_team(inspection)


def can_answer_question(person: User, inspection: Inspection) -> Verdict:
    verdict = has(person, inspection, Capability.ANSWER_SELF_EVALUATION)
    return verdict and rules.may_answer_question(inspection)


def can_link_evidence(person: User, inspection: Inspection) -> Verdict:
    verdict = has(person, inspection, Capability.ANSWER_SELF_EVALUATION)
    return verdict and rules.may_link_evidence(inspection)


def can_unlink_evidence(person: User, link: EvidenceLink) -> Verdict:
    verdict = has(person, link.self_evaluation.inspection, Capability.ANSWER_SELF_EVALUATION)
    return verdict and rules.may_unlink_evidence(link)


def can_submit_self_evaluation(person: User, inspection: Inspection) -> Verdict:
    verdict = has(person, inspection, Capability.SUBMIT_SELF_EVALUATION)
    return verdict and rules.may_submit_self_evaluation(inspection)


def _held(person: User, reference: str) -> Inspection | None:
    return Inspection.objects.visible_to(person).filter(reference=reference).first()


def _may_see_files(person: User, reference: str) -> Verdict:
    inspection = _held(person, reference)
    return (
        can_read_self_evaluation(person, inspection)
        if inspection
        else refuse(Capability.SEE_INSPECTION.value)
    )


def _may_add_files(person: User, reference: str) -> Verdict:
    inspection = _held(person, reference)
    return (
        can_link_evidence(person, inspection)
        if inspection
        else refuse(Capability.SEE_INSPECTION.value)
    )


def _title_of_files(reference: str) -> str:
    return f"the joint self-evaluation of {reference}"


def _room_of_files(reference: str) -> str:
    return reverse("evaluations:self-evaluation", args=[reference])


def _inspection_of_files(reference: str) -> str:
    return reference


SELF_EVALUATION_FILES = Holder(
    may_see=_may_see_files,
    may_add=_may_add_files,
    title=_title_of_files,
    url=_room_of_files,
    inspection=_inspection_of_files,
)


def _nobody_adds_receipts(person: User, reference: str) -> Verdict:
    return refuse("Receipts are made by the system when something is received.")


RECEIPTS = Holder(
    may_see=_may_see_files,
    may_add=_nobody_adds_receipts,
    title=_title_of_files,
    url=_room_of_files,
    inspection=_inspection_of_files,
)


def can_excuse_somebody(person: User, inspection: Inspection) -> Verdict:
    """Whether to offer it at all; each evaluator is asked about again."""
    return has(person, inspection, Capability.EXCUSE_EVALUATOR)
