"""When the joint self-evaluation is written, when it may be sent in, and who sees it when."""

from __future__ import annotations

from core.dates import day_in_words
from core.verdicts import Verdict, refuse, require
from documents.enums import DocumentState
from evaluations import queries
from evaluations.models import EvidenceLink
from evaluations.rules.evidence import COLLECTING
from inspections.enums import InspectionState
from inspections.models import Inspection

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
        sent = day_in_words(kept.received_at)
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
