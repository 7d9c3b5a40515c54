"""When evidence is recorded and revised, and how much of it is enough."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import Role
from core.verdicts import ALLOWED, Verdict, refuse, require
from evaluations import queries
from evaluations.models import EvaluationGroup, EvidenceItem, Indicator, Question
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership

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
        Membership.objects.open_to(by)
        .filter(inspection=item.inspection)
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
            f"{group.spoken} has no evidence yet; three kinds of source are wanted.", source="R40"
        )
    said = (
        f"one kind of source ({kinds[0]})"
        if len(kinds) == 1
        else f"two kinds of source ({' and '.join(kinds)})"
    )
    return refuse(f"{group.spoken} rests on {said}; three are wanted.", source="R40")


def three_kinds_for_every_group(inspection: Inspection) -> Verdict:
    """Each evaluated group rests on at least three kinds of source. It warns (R40)."""
    thin = [
        three_kinds_of_source(inspection, group)
        for group in queries.framework_of(inspection).groups.all()
    ]
    sentences = [verdict.sentence for verdict in thin if not verdict]
    return refuse(" ".join(sentences), source="R40") if sentences else ALLOWED
