"""What this app brings to the gates of an inspection."""

from __future__ import annotations

from django.urls import reverse

from evaluations import rules
from inspections.enums import InspectionState
from inspections.gates import Condition
from inspections.gates import bring as bring_to
from inspections.models import Inspection


def _self_evaluation(inspection: Inspection) -> str:
    return reverse("evaluations:self-evaluation", args=[inspection.reference])


def _coverage(inspection: Inspection) -> str:
    return reverse("evaluations:evidence-coverage", args=[inspection.reference])


def _evaluations(inspection: Inspection) -> str:
    return reverse("evaluations:evaluations", args=[inspection.reference])


CONDITIONS: dict[InspectionState, list[Condition]] = {
    InspectionState.PHASE_ONE: [
        Condition(
            "self-evaluation",
            "Joint self-evaluation received",
            "Inspection co-ordinator",
            rules.self_evaluation_received,
            _self_evaluation,
        ),
    ],
    InspectionState.PHASE_TWO: [
        Condition(
            "evidence-for-questions",
            "Evidence recorded for each of the five questions",
            "Inspection team",
            rules.evidence_for_every_question,
            _coverage,
        ),
        Condition(
            "three-kinds-of-source",
            "Each evaluated indicator group has three kinds of source",
            "Inspection team",
            rules.three_kinds_for_every_group,
            _coverage,
            hard=False,
        ),
    ],
    InspectionState.PHASE_THREE: [
        Condition(
            "evaluations-confirmed",
            "Four evaluations confirmed by the panel",
            "Panel chair",
            rules.evaluations_confirmed,
            _evaluations,
        ),
    ],
}


def bring() -> None:
    """Bring them all, in the order of the checklist."""
    for state, conditions in CONDITIONS.items():
        for condition in conditions:
            bring_to(state, condition)
