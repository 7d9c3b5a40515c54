"""The passages of evidence: the list, and what speaks to a question or a group."""

from __future__ import annotations

from evaluations.enums import Direction, SourceType
from evaluations.models import EvaluationGroup, EvidenceItem, Question
from evaluations.models.evidence import EvidenceQuerySet
from evaluations.queries.framework import framework_of
from inspections.models import Inspection

EVIDENCE_ORDERS = {
    "newest": ("-number",),
    "oldest": ("number",),
    "source": ("source_type", "number"),
    "direction": ("direction", "number"),
}


def evidence_list(
    inspection: Inspection,
    *,
    indicator: str = "",
    question: str = "",
    source: str = "",
    direction: str = "",
    order: str = "",
) -> EvidenceQuerySet:
    """The evidence of one inspection, filtered as the list's form asks."""
    items = EvidenceItem.objects.of(inspection).with_links()
    if indicator:
        items = items.about_indicator(indicator)
    if question:
        items = (
            items.about_question(int(question))
            if question.isdecimal() and len(question) < 4
            else items.none()
        )
    if source:
        items = items.filter(source_type=source)
    if direction:
        items = items.filter(direction=direction)
    return items.order_by(*EVIDENCE_ORDERS.get(order, EVIDENCE_ORDERS["newest"]))


def evidence_for_question(inspection: Inspection, question: Question) -> EvidenceQuerySet:
    """What the evidence says to one of the five questions, in the order in which it was recorded (for the report)."""
    return (
        EvidenceItem.objects.of(inspection)
        .filter(questions=question)
        .with_links()
        .order_by("number")
    )


def evidence_for_group(
    inspection: Inspection, group: EvaluationGroup
) -> dict[str, list[EvidenceItem]]:
    """What the evidence says to one evaluated group, by direction: strength, weakness, neutral."""
    items = (
        EvidenceItem.objects.of(inspection)
        .filter(indicators__group=group)
        .with_links()
        .distinct()
        .order_by("number")
    )
    sides: dict[str, list[EvidenceItem]] = {direction.value: [] for direction in Direction}
    for item in items:
        sides[item.direction].append(item)
    return sides


def kinds_of_source(inspection: Inspection, group: EvaluationGroup) -> list[str]:
    """The kinds of source that evidence for a group comes from, each once, in the table's order (R40)."""
    found = set(
        EvidenceItem.objects.of(inspection)
        .filter(indicators__group=group)
        .order_by()
        .values_list("source_type", flat=True)
    )
    return [kind.label for kind in SourceType if kind in found]


def questions_without_evidence(inspection: Inspection) -> list[Question]:
    """The questions to which nothing has been recorded yet."""
    answered = EvidenceItem.objects.of(inspection).order_by().values("questions")
    return list(framework_of(inspection).questions.exclude(pk__in=answered))
