"""Who: a capability of one of the person's roles here, then the rule."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from accounts.roles import Capability, Role
from core.verdicts import Verdict, refuse, require
from documents.holders import Holder
from documents.models import Document
from documents.models.document import DocumentQuerySet
from evaluations import queries, rules
from evaluations.models import Evaluation, Evaluator, EvidenceItem, EvidenceLink, Question
from inspections.models import Inspection
from inspections.permissions import has, is_partnership, roles_of


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


def can_read_whole_self_evaluation(person: User, inspection: Inspection) -> Verdict:
    """All five answers and every file: the co-ordinators at any time, an agency when the others' answers are no drafts
    any more."""
    verdict = can_read_self_evaluation(person, inspection)
    if not verdict or not is_partnership(person, inspection):
        return verdict
    if has(person, inspection, Capability.SEE_WHOLE_DRAFT):
        return verdict
    if Role.CHIEF_OFFICER in roles_of(person, inspection):
        return rules.whole_is_shown_to_chief_officers(inspection)
    return rules.whole_is_shown_to_agencies(inspection)


def can_read_answer(person: User, inspection: Inspection, question: Question) -> Verdict:
    """One answer: whoever reads them all, and the agency that writes it."""
    whole = can_read_whole_self_evaluation(person, inspection)
    if whole or not can_read_self_evaluation(person, inspection):
        return whole
    return rules.is_given_to(person, inspection, question)


def can_read_earlier_answers(person: User, inspection: Inspection, question: Question) -> Verdict:
    """The partnership's drafts are its own: the team is shown what was sent in, and nothing of what stood there before.

    Among themselves, an agency's drafts stay its own too, after sending in as before: co-ordinators alone see them all.
    """
    verdict = can_read_answer(person, inspection, question)
    if verdict and is_partnership(person, inspection):
        whole = has(person, inspection, Capability.SEE_WHOLE_DRAFT)
        own = whole or rules.is_given_to(person, inspection, question)
        return require(own, Capability.SEE_WHOLE_DRAFT.value)
    if not verdict:
        return verdict
    return refuse(
        "Only the partnership sees the earlier versions of its answers. What it sent in stands on the page of the question."
    )


def can_give_parts(person: User, inspection: Inspection) -> Verdict:
    verdict = has(person, inspection, Capability.GIVE_PARTS)
    return verdict and rules.may_give_parts(inspection)


def can_answer_question(
    person: User, inspection: Inspection, question: Question | None = None
) -> Verdict:
    """Who gives out the questions writes in all of them, an agency in those given to it. ``question`` left out: in any."""
    verdict = has(person, inspection, Capability.ANSWER_SELF_EVALUATION)
    verdict = verdict and rules.may_answer_question(inspection)
    if not verdict or has(person, inspection, Capability.GIVE_PARTS):
        return verdict
    return rules.is_given_to(person, inspection, question)


def can_link_evidence(
    person: User, inspection: Inspection, question: Question | None = None
) -> Verdict:
    verdict = can_answer_question(person, inspection, question)
    return verdict and rules.may_link_evidence(inspection)


def can_unlink_evidence(person: User, link: EvidenceLink) -> Verdict:
    verdict = can_answer_question(person, link.self_evaluation.inspection, link.question)
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


def readable_files(person: User, reference: str, files: DocumentQuerySet) -> DocumentQuerySet:
    """Of the partnership's files, those this person reads: all, or those of their own agency and its answers."""
    inspection = _held(person, reference)
    if inspection is None:
        return files.none()
    if can_read_whole_self_evaluation(person, inspection):
        return files
    if not can_read_self_evaluation(person, inspection):
        return files.none()
    return queries.files_of_given_parts(person, inspection, files)


def _may_read_file(person: User, document: Document) -> Verdict:
    found = Document.objects.filter(pk=document.pk)
    return require(
        readable_files(person, document.holder_id, found).exists(),
        Capability.SEE_WHOLE_DRAFT.value,
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
    may_read=_may_read_file,
    which=readable_files,
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
