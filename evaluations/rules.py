"""What phase, circle and completeness allow. Every sentence here is what the user reads."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import GRANTS, Capability, Role
from core.verdicts import ALLOWED, Verdict, refuse, require
from documents.enums import DocumentState
from evaluations import queries
from evaluations.enums import CONFIRMED_OR_LATER, EvaluationState
from evaluations.models import (
    Evaluation,
    EvaluationGroup,
    Evaluator,
    EvidenceItem,
    EvidenceLink,
    Framework,
    Indicator,
    Question,
)
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership

# ---------- Evidence ----------

COLLECTING = [
    InspectionState.NOTIFIED,
    InspectionState.PHASE_ONE,
    InspectionState.PHASE_TWO,
    InspectionState.PHASE_THREE,
]


def may_record_evidence(inspection: Inspection) -> Verdict:
    """Evidence is recorded from notification until publication (R39)."""
    if inspection.state == InspectionState.PLANNED:
        return refuse("Evidence is recorded once the partnership has been notified.", source="R39")
    return require(
        inspection.state in COLLECTING,
        "The report is published. Its evidence is kept as it was and takes nothing more.",
        source="R39",
    )


def may_revise_evidence(item: EvidenceItem, *, by: User) -> Verdict:
    """Who wrote it, or the inspection lead, until publication; every earlier version is kept (R39)."""
    leads = (
        Membership.objects.current()
        .filter(inspection=item.inspection, person=by)
        .in_role(Role.INSPECTION_LEAD)
    )
    return may_record_evidence(item.inspection) & require(
        item.author_id == by.pk or leads.exists(),
        f"Only {item.author}, who recorded {item.reference}, or the inspection lead revises it.",
        source="R39",
    )


def evidence_is_linked(indicators: list[Indicator], questions: list[Question]) -> Verdict:
    """Each piece of evidence speaks to at least one indicator and at least one question (R39)."""
    return require(
        indicators, "Choose at least one indicator that this evidence speaks to.", source="R39"
    ) & require(
        questions, "Choose at least one question that this evidence helps to answer.", source="R39"
    )


def evidence_for_every_question(inspection: Inspection) -> Verdict:
    """Phase two does not end before evidence has been recorded for each of the five questions (R39)."""
    missing = [str(question.number) for question in queries.questions_without_evidence(inspection)]
    said = " and ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))
    return require(
        not missing,
        f"No evidence is recorded yet for question {said}.",
        source="R39",
    )


KINDS_WANTED = 3


def three_kinds_of_source(inspection: Inspection, group: EvaluationGroup) -> Verdict:
    """An evaluation rests on at least three kinds of source. It warns (R40)."""
    kinds = queries.kinds_of_source(inspection, group)
    if len(kinds) >= KINDS_WANTED:
        return ALLOWED
    if not kinds:
        return refuse(
            f"{group.key} has no evidence yet; three kinds of source are wanted.", source="R40"
        )
    said = (
        f"one kind of source ({kinds[0]})"
        if len(kinds) == 1
        else f"two kinds of source ({' and '.join(kinds)})"
    )
    return refuse(f"{group.key} rests on {said}; three are wanted.", source="R40")


def three_kinds_for_every_group(inspection: Inspection) -> Verdict:
    """Each evaluated group rests on at least three kinds of source. It warns (R40)."""
    thin = [
        three_kinds_of_source(inspection, group)
        for group in queries.framework_of(inspection).groups.all()
    ]
    sentences = [verdict.sentence for verdict in thin if not verdict]
    return refuse(" ".join(sentences), source="R40") if sentences else ALLOWED


# ---------- The four evaluations ----------

LEAST_EVALUATORS = 2


def people_who_seal(inspection: Inspection) -> list[User]:
    """Those whose role on this inspection includes evaluating, today, each once."""
    roles = [role for role, granted in GRANTS.items() if Capability.SEAL_EVALUATION in granted]
    current = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(*roles)
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
            "Nobody excuses themselves. The inspection lead or the service manager does it."
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


def may_propose_evaluation(evaluation: Evaluation) -> Verdict:
    """The team proposes after the reveal, and may correct its proposal until it is shared (R41)."""
    if evaluation.state == EvaluationState.EVALUATING:
        return refuse(
            f"{evaluation}: not everybody has sealed yet. The team proposes after that.",
            source="R41",
        )
    return require(
        "propose_evaluation" in evaluation.stand.moves,
        f"{evaluation} has been shared with the partnership. From now on only the panel changes it.",
        source="R41",
    )


def may_share_evaluations(inspection: Inspection) -> Verdict:
    """All four are shared together, as provisional, once the team has proposed all four (E6, E7, R41)."""
    evaluations = list(queries.evaluations_of(inspection))
    if not evaluations:
        return refuse("Evaluating is not open yet, so there is nothing to share.", source="R41")
    if all(one.is_shared for one in evaluations):
        return refuse("The evaluations are shared already.", source="R41")
    missing = [
        str(one.group.key) for one in evaluations if one.state != EvaluationState.TEAM_PROPOSED
    ]
    return require(
        not missing,
        f"The team has not yet proposed an evaluation of {', '.join(missing)}.",
        source="R41",
    )


def may_confirm_evaluation(evaluation: Evaluation) -> Verdict:
    """The panel decides on what the team proposed and the partnership was shown (R41)."""
    if evaluation.state in CONFIRMED_OR_LATER:
        return refuse(f"The panel has already decided on {evaluation}.", source="R41")
    if evaluation.state == EvaluationState.TEAM_PROPOSED:
        return refuse(
            "The inspection lead first shares the proposals with the partnership, as provisional.",
            source="R41",
        )
    return require(
        evaluation.state == EvaluationState.SHARED,
        f"The team has not yet proposed an evaluation of {evaluation}.",
        source="R41",
    )


def evaluations_confirmed(inspection: Inspection) -> Verdict:
    """Publication waits for four evaluations confirmed by the panel (R41, R44)."""
    evaluations = list(queries.evaluations_of(inspection))
    if not evaluations:
        return refuse(
            "Evaluating is not open yet: the panel has confirmed none of the four evaluations.",
            source="R41",
        )
    waiting = [str(one.group.key) for one in evaluations if one.state not in CONFIRMED_OR_LATER]
    return require(
        not waiting,
        f"The panel has not yet confirmed the evaluation of {', '.join(waiting)}.",
        source="R41",
    )


def may_settle_evaluations(inspection: Inspection) -> Verdict:
    """The evaluations become final with the report's text, once the panel has confirmed all four (R41)."""
    confirmed = evaluations_confirmed(inspection)
    final = inspection.evaluations.filter(state=EvaluationState.FINAL).exists()
    return confirmed & require(not final, "The evaluations are final already.", source="R41")


def evaluations_are_shared(inspection: Inspection) -> Verdict:
    """The partnership sees evaluations once they have been shared with it, and nothing before (E6, E7)."""
    return require(
        inspection.evaluations.filter(shared_at__isnull=False).exists(),
        "The evaluations have not been shared with the partnership yet.",
        source="E6",
    )


# ---------- The framework ----------


def may_change_framework(framework: Framework) -> Verdict:
    """A framework that an inspection uses is never changed; a new wording is a new framework (invariant 10, R5)."""
    using = list(
        Inspection.objects.filter(framework_key=framework.key).values_list("reference", flat=True)[
            :3
        ]
    )
    return require(
        not using,
        f"The {framework.title.lower()} is in use by {', '.join(using)} and is not changed any more. "
        "Load the new wording as a framework of its own.",
        source="R5",
    )


# ---------- The joint self-evaluation ----------

ANSWERING = COLLECTING
LONGEST_TEXT = (
    40_000  # characters in one part: some fourteen sides, well past the five that are recommended
)


def may_answer_question(inspection: Inspection) -> Verdict:
    """The partnership writes from notification until it sends the joint self-evaluation in (R21)."""
    if inspection.state == InspectionState.PLANNED:
        return refuse(
            "The joint self-evaluation opens once the partnership has been notified.", source="R21"
        )
    kept = queries.self_evaluation_of(inspection)
    if kept and kept.is_received:
        sent = f"{kept.received_at:%-d %B %Y}"
        return refuse(
            f"The joint self-evaluation was sent in on {sent}. It is kept as it was sent.",
            source="R21",
        )
    return require(
        inspection.state in ANSWERING,
        "The inspection is published; nothing more is sent in.",
        source="R21",
    )


def may_link_evidence(inspection: Inspection) -> Verdict:
    """Files are linked to answers as long as answers are written (R22)."""
    return may_answer_question(inspection)


def may_unlink_evidence(link: EvidenceLink) -> Verdict:
    """A link is taken back as long as answers are written (R22)."""
    return may_answer_question(link.self_evaluation.inspection)


def all_parts_written(stands: queries.SelfEvaluationStands) -> Verdict:
    """R21: five answers by three reflective parts, none of them empty."""
    missing = [
        f"question {question.question.number}: {', '.join(f'“{part.label}”' for part in question.missing)}"
        for question in stands.questions
        if question.missing
    ]
    return require(not missing, f"Not written yet: {'; '.join(missing)}.", source="R21")


def no_file_in_quarantine(stands: queries.SelfEvaluationStands) -> Verdict:
    """A file in which a virus was found cannot be received."""
    bad = [f"“{file.name}”" for file in stands.files if file.state == DocumentState.QUARANTINED]
    return require(
        not bad,
        f"In quarantine, because a virus was found: {', '.join(bad)}. Add a clean copy under the same name.",
    )


def may_submit_self_evaluation(inspection: Inspection) -> Verdict:
    """All fifteen parts are written, and every file can be opened (R21)."""
    verdict = may_answer_question(inspection)
    if not verdict:
        return verdict
    stands = queries.self_evaluation_stands(inspection)
    return all_parts_written(stands) & no_file_in_quarantine(stands)


def self_evaluation_warnings(stands: queries.SelfEvaluationStands) -> list[Verdict]:
    """What is shown before sending and does not stop it: length (R21) and links of evidence (R22)."""
    terms = stands.limits
    found = [
        refuse(
            f"Question {one.question.number} takes about {one.sides} sides; {terms.sides_per_question} are recommended.",
            source="R21",
        )
        for one in stands.questions
        if one.is_too_long
    ]
    if stands.pages > terms.pages:
        found.append(
            refuse(
                f"All answers take about {stands.pages} pages; {terms.pages} are recommended.",
                source="R21",
            )
        )
    bare = [str(one.question.number) for one in stands.questions if not one.links]
    if bare:
        found.append(refuse(f"No evidence is linked to question {', '.join(bare)}.", source="R22"))
    loose = [f"“{file.name}”" for file in stands.unlinked_files]
    if loose:
        found.append(refuse(f"Not linked to any answer: {', '.join(loose)}.", source="R22"))
    return found


def is_as_read(stands: queries.SelfEvaluationStands, *, digest: str) -> Verdict:
    """Nobody sends what they have not seen: what goes is what the page showed (invariant 3)."""
    return require(
        stands.digest == digest,
        "Somebody changed an answer or a file after this page was opened. Nothing was sent. Read it again, then send it.",
    )


def self_evaluation_received(inspection: Inspection) -> Verdict:
    """Phase one does not end before the joint self-evaluation is in (R21)."""
    kept = queries.self_evaluation_of(inspection)
    return require(
        kept and kept.is_received,
        "The joint self-evaluation has not been received yet.",
        source="R21",
    )


def may_show_to_team(inspection: Inspection) -> Verdict:
    """The team sees nothing of the partnership's draft: only what has been sent in."""
    kept = queries.self_evaluation_of(inspection)
    return require(
        kept and kept.is_received, "The partnership has not sent its joint self-evaluation in yet."
    )
