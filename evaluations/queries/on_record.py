"""What is kept because of a deed that is on record, for the proof of the record."""

from __future__ import annotations

from collections.abc import Iterator

from audit.proof import Deed
from evaluations.models import EvidenceItem, PanelDecision, SelfEvaluation


def deeds_kept() -> Iterator[Deed]:
    """Receipts, passages and decisions of the panel, each with the event that it cannot lack. One query each."""
    received = SelfEvaluation.objects.filter(received_at__isnull=False)
    for pk, reference in received.values_list("pk", "inspection__reference"):
        yield Deed(
            f"The receipt of {reference}",
            "evaluations.self_evaluation_submitted",
            "evaluations.selfevaluation",
            str(pk),
        )
    passages = EvidenceItem.objects.order_by("pk")
    for pk, number, reference in passages.values_list("pk", "number", "inspection__reference"):
        yield Deed(
            f"Evidence E{number} of {reference}",
            "evaluations.evidence_recorded",
            "evaluations.evidenceitem",
            str(pk),
        )
    decisions = PanelDecision.objects.order_by("pk")
    for pk, group, reference in decisions.values_list(
        "pk", "evaluation__group__key", "evaluation__inspection__reference"
    ):
        yield Deed(
            f"The panel's decision on {group} of {reference}",
            "evaluations.evaluation_confirmed",
            "evaluations.paneldecision",
            str(pk),
        )
