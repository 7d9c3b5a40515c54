"""The four evaluations of the story: each inspector alone, then the team, then the partnership as provisional."""

from __future__ import annotations

from datetime import datetime

from evaluations.actions.evaluation import (
    open_evaluating,
    propose_evaluation,
    seal_evaluation,
    share_evaluations,
    write_evaluation,
)
from evaluations.models import Evaluation
from workspace.example.world import World

LEVELS: dict[str, tuple[int, dict[str, int], str]] = {
    "1.1": (
        4,
        {"inspector": 3, "education_inspector": 5},
        "Trends are better for most children. Care leavers' destinations keep it from a five.",
    ),
    "2.1": (
        4,
        {"health_inspector": 3, "education_inspector": 5},
        "Most children have one adult who stays. Waits after twelve and changes of worker keep it from a five.",
    ),
    "2.2": (
        4,
        {"depute": 5},
        "Parents are treated straight and heard. Kinship carers learn too late what they may ask for.",
    ),
    "9.1-9.4": (
        3,
        {"lead": 4, "police_inspector": 2},
        "The vision is shared and leaders are seen. What audits find does not yet change what is done.",
    ),
}
DISSENT = {
    "2.1": "The health inspector holds 3: waits for specialist help weigh more.",
    "9.1-9.4": "",
}


def open_it(world: World, at: datetime) -> None:
    """The lead opens evaluating; the circle is fixed."""
    open_evaluating(world.inspection, by=world.people["lead"], at=at)


def all_seal(world: World, at: datetime) -> None:
    """Each evaluator writes and seals, without seeing the others'."""
    keys = {user.pk: key for key, user in world.people.items()}
    for evaluation in Evaluation.objects.filter(inspection=world.inspection).select_related(
        "group"
    ):
        usual, others, why = LEVELS[evaluation.group.key]
        for evaluator in evaluation.inspection.evaluators.select_related("person"):
            level = others.get(keys[evaluator.person_id], usual)
            sealed = write_evaluation(
                evaluation, based_on=0, level=level, rationale=why, by=evaluator.person, at=at
            )
            seal_evaluation(evaluation, based_on=sealed.version, by=evaluator.person, at=at)


def team_proposes(world: World, at: datetime) -> None:
    """The team's proposal for each group, with what kept somebody from agreeing."""
    for evaluation in Evaluation.objects.filter(inspection=world.inspection).select_related(
        "group"
    ):
        level, _, why = LEVELS[evaluation.group.key]
        propose_evaluation(
            evaluation,
            based_on=evaluation.version,
            level=level,
            rationale=why,
            dissent=DISSENT.get(evaluation.group.key, ""),
            by=world.people["lead"],
            at=at,
        )


def share(world: World, at: datetime) -> None:
    """The partnership sees them, as provisional."""
    share_evaluations(world.inspection, by=world.people["lead"], at=at)
