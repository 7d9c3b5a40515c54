"""Evidence for a test, by the real deed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from evaluations.actions.evidence import record_evidence
from evaluations.models import EvidenceItem, Indicator, Question
from workspace.example.world import World


def a_passage(
    world: World,
    *,
    text: str = "Most children name one adult they trust.",
    activity: str = "Records reading, day 2",
    source_type: str = "records",
    direction: str = "strength",
    indicators: Sequence[str] = ("2.1",),
    questions: Sequence[int] = (1,),
    by: str = "inspector",
    opening: UUID | None = None,
) -> EvidenceItem:
    """One passage on record."""
    assert world.inspection is not None
    return record_evidence(
        world.inspection,
        source_type=source_type,
        activity=activity,
        text=text,
        direction=direction,
        indicators=Indicator.objects.filter(number__in=indicators),
        questions=Question.objects.filter(number__in=questions),
        opening=opening,
        by=world.people[by],
        at=timezone.now(),
    )
