"""States and moves of what this app keeps, and the kinds that evidence comes in."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand

# ---------- Evidence ----------


class SourceType(models.TextChoices):
    """The ten kinds of source, in the order of the coverage table (R39)."""

    SELF_EVALUATION = "self_evaluation", "Self-evaluation"
    DOCUMENT = "document", "Documents"
    RECORDS = "records", "Records"
    CHILDREN_SURVEY = "children_survey", "Survey: children"
    PARENTS_SURVEY = "parents_survey", "Survey: parents"
    STAFF_SURVEY = "staff_survey", "Survey: staff"
    FOCUS_GROUP = "focus_group", "Focus groups"
    INTERVIEW = "interview", "Interviews"
    OBSERVATION = "observation", "Observed"
    DATA = "data", "Data"


class Direction(models.TextChoices):
    """Which way a piece of evidence points (R39)."""

    STRENGTH = "strength", "Strength"
    WEAKNESS = "weakness", "Weakness"
    NEUTRAL = "neutral", "Neutral"


# ---------- The four evaluations ----------


class EvaluationState(models.TextChoices):
    """Where one of the four evaluations is (R41)."""

    EVALUATING = "evaluating", "Each inspector evaluates alone"
    REVEALED = "revealed", "Sealed by everybody"
    TEAM_PROPOSED = "team_proposed", "Team proposed"
    SHARED = "shared", "Shared as provisional"
    PANEL_CONFIRMED = "panel_confirmed", "Panel confirmed"
    FINAL = "final", "Final"


class SealState(models.TextChoices):
    """One inspector's own evaluation of one group."""

    DRAFT = "draft", "Draft"
    SEALED = "sealed", "Sealed"


EVALUATION_MOVES: dict[EvaluationState, Stand] = {
    EvaluationState.EVALUATING: Stand(
        "Each evaluator",
        "Not yet shared",
        {"seal_evaluation": EvaluationState.REVEALED, "excuse_evaluator": EvaluationState.REVEALED},
    ),
    EvaluationState.REVEALED: Stand(
        "Inspection lead", "Not yet shared", {"propose_evaluation": EvaluationState.TEAM_PROPOSED}
    ),
    EvaluationState.TEAM_PROPOSED: Stand(
        "Inspection lead",
        "Not yet shared",
        {
            "propose_evaluation": EvaluationState.TEAM_PROPOSED,
            "share_evaluations": EvaluationState.SHARED,
        },
    ),
    EvaluationState.SHARED: Stand(
        "Chair of the Quality and Consistency Panel",
        "Provisional",
        {"confirm_evaluation": EvaluationState.PANEL_CONFIRMED},
    ),
    EvaluationState.PANEL_CONFIRMED: Stand(
        "Inspection lead", "Provisional", {"settle_evaluations": EvaluationState.FINAL}
    ),
    EvaluationState.FINAL: Stand("nobody", "Final", {}),
}

SEAL_MOVES: dict[SealState, Stand] = {
    SealState.DRAFT: Stand("Each evaluator", "Not shown", {"seal_evaluation": SealState.SEALED}),
    SealState.SEALED: Stand("Each evaluator", "Not shown", {"unseal_evaluation": SealState.DRAFT}),
}

PROPOSED_OR_LATER = [
    EvaluationState.TEAM_PROPOSED,
    EvaluationState.SHARED,
    EvaluationState.PANEL_CONFIRMED,
    EvaluationState.FINAL,
]
SHARED_OR_LATER = PROPOSED_OR_LATER[1:]
CONFIRMED_OR_LATER = PROPOSED_OR_LATER[2:]


# ---------- The joint self-evaluation ----------


class SelfEvaluationState(models.TextChoices):
    """Where the partnership's joint self-evaluation is."""

    OPEN = "open", "Being written"
    RECEIVED = "received", "Received"


class AnswerPart(models.TextChoices):
    """The three reflective questions that each answer goes through (R21)."""

    HOW_GOOD = "how_good", "How good are we now?"
    HOW_DO_WE_KNOW = "how_do_we_know", "How do we know?"
    WHAT_NEXT = "what_next", "What do we plan to do next?"


SELF_EVALUATION_MOVES: dict[SelfEvaluationState, Stand] = {
    SelfEvaluationState.OPEN: Stand(
        "Inspection co-ordinator",
        "Being written",
        {
            "answer_question": SelfEvaluationState.OPEN,
            "submit_self_evaluation": SelfEvaluationState.RECEIVED,
        },
    ),
    SelfEvaluationState.RECEIVED: Stand("nobody", "Sent in", {}),
}
