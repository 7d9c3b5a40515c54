"""Opening, writing and sealing evaluations for a test, by the real deeds."""

from __future__ import annotations

from django.utils import timezone

from evaluations.actions.evaluation import (
    open_evaluating,
    propose_evaluation,
    seal_evaluation,
    share_evaluations,
    write_evaluation,
)
from evaluations.models import Evaluation, SealedEvaluation
from workspace.example.world import World

CIRCLE = (
    "lead",
    "depute",
    "participation_lead",
    "inspector",
    "health_inspector",
    "education_inspector",
    "police_inspector",
)


def opened(world: World, *, group: str = "2.1") -> Evaluation:
    """Evaluating is open; one of the four."""
    assert world.inspection is not None
    open_evaluating(world.inspection, by=world.people["lead"], at=timezone.now())
    return Evaluation.objects.select_related("group", "inspection").get(
        inspection=world.inspection, group__key=group
    )


def written(
    world: World,
    evaluation: Evaluation,
    key: str,
    *,
    level: int | None = 4,
    why: str = "The records bear it out.",
) -> SealedEvaluation:
    """The next version of one person's draft."""
    own = SealedEvaluation.objects.of(world.people[key]).filter(evaluation=evaluation).first()
    return write_evaluation(
        evaluation,
        based_on=own.version if own else 0,
        level=level,
        rationale=why,
        by=world.people[key],
        at=timezone.now(),
    )


def sealed(
    world: World,
    evaluation: Evaluation,
    *keys: str,
    level: int = 4,
    why: str = "The records bear it out.",
) -> None:
    """These people write and seal, in this order."""
    for key in keys:
        draft = written(world, evaluation, key, level=level, why=why)
        seal_evaluation(evaluation, based_on=draft.version, by=world.people[key], at=timezone.now())


def proposed(world: World, evaluation: Evaluation, *, level: int = 4) -> Evaluation:
    """The team's proposal for one group that everybody has sealed."""
    evaluation.refresh_from_db()
    return propose_evaluation(
        evaluation,
        based_on=evaluation.version,
        level=level,
        rationale="Strengths outweigh.",
        dissent="The health inspector holds 3.",
        by=world.people["lead"],
        at=timezone.now(),
    )


def all_shared(world: World) -> list[Evaluation]:
    """All four sealed by everybody, proposed and shared as provisional."""
    assert world.inspection is not None
    opened(world)
    for evaluation in world.inspection.evaluations.select_related("group"):
        sealed(world, evaluation, *CIRCLE)
        proposed(world, evaluation)
    return share_evaluations(world.inspection, by=world.people["lead"], at=timezone.now())
