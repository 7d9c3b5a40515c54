"""The four evaluations as they stood at a moment, from their own times and kept versions. Nothing that was sealed is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evaluations.enums import EvaluationState
from evaluations.models import Evaluation
from evaluations.queries.evaluation import evaluations_of
from evaluations.queries.framework import level_names
from inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class EvaluationThen:
    """One of the four at a moment: its state, the level that the team or the panel had put on record, and what stood with it."""

    group: str
    state: str
    level: int | None
    level_name: str
    reason: str
    dissent: str
    shown: int | None  # what the partnership was shown
    is_final: bool


def evaluations_at(inspection: Inspection, moment: datetime) -> list[EvaluationThen]:
    """In the order of the framework; none before evaluating was opened."""
    names = level_names(inspection)
    opened = evaluations_of(inspection).filter(opened_at__lte=moment)
    found = list(opened.select_related("group", "decision"))
    kept = Evaluation.history.filter(
        inspection=inspection, version__gt=0, proposed_at__lte=moment
    ).order_by("version", "history_id")
    proposals = {row.id: row for row in kept}  # the last by then
    return [_then(one, proposals.get(one.pk), names, moment) for one in found]


def _then(
    one: Evaluation, proposal: Evaluation | None, names: dict[int, str], moment: datetime
) -> EvaluationThen:
    decision = getattr(one, "decision", None)
    decided = decision if decision and decision.decided_at <= moment else None
    proposed = proposal.proposed_level if proposal else None
    level = decided.after if decided else proposed
    is_final = _is_by(one.settled_at, moment)
    is_shared = _is_by(one.shared_at, moment)
    return EvaluationThen(
        group=str(one.group),
        state=_state(one, proposed=proposal is not None, decided=bool(decided), moment=moment),
        level=level,
        level_name=names.get(level or 0, ""),
        reason=decided.reason if decided else (proposal.rationale if proposal else ""),
        dissent=proposal.dissent if proposal else "",
        shown=(level if is_final else proposed) if is_shared else None,
        is_final=is_final,
    )


def _state(one: Evaluation, *, proposed: bool, decided: bool, moment: datetime) -> str:
    if _is_by(one.settled_at, moment):
        state = EvaluationState.FINAL
    elif decided:
        state = EvaluationState.PANEL_CONFIRMED
    elif _is_by(one.shared_at, moment):
        state = EvaluationState.SHARED
    elif proposed:
        state = EvaluationState.TEAM_PROPOSED
    elif _is_by(one.revealed_at, moment):
        state = EvaluationState.REVEALED
    else:
        state = EvaluationState.EVALUATING
    return str(state.label)


def _is_by(at: datetime | None, moment: datetime) -> bool:
    return at is not None and at <= moment
