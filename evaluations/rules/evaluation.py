"""Together: proposed by the team, shown to the partnership, confirmed by the panel, settled."""

from __future__ import annotations

from core.verdicts import Verdict, refuse, require
from evaluations import queries
from evaluations.enums import CONFIRMED_OR_LATER, EvaluationState
from evaluations.models import Evaluation
from inspections.models import Inspection


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
        one.group.spoken for one in evaluations if one.state != EvaluationState.TEAM_PROPOSED
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
    waiting = [one.group.spoken for one in evaluations if one.state not in CONFIRMED_OR_LATER]
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
