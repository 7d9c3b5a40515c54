"""States and moves, from the tables that the deeds themselves obey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from concerns.enums import CONCERN_MOVES, ConcernState
from documents.enums import DOCUMENT_MOVES, DocumentState
from evaluations.enums import (
    EVALUATION_MOVES,
    SEAL_MOVES,
    SELF_EVALUATION_MOVES,
    EvaluationState,
    SealState,
    SelfEvaluationState,
)
from inspections.enums import INSPECTION_MOVES, InspectionState
from meetings.enums import MEETING_MOVES, MeetingState
from onsite.enums import SESSION_MOVES, SessionState
from reports.enums import REPORT_MOVES, ReportState
from retention.enums import DISPOSAL_MOVES, DisposalState
from workspace.docs import words


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One thing that moves from state to state: its states, the first of them, and its table of moves."""

    title: str
    source: str
    states: type[models.TextChoices]
    first: models.TextChoices
    moves: Mapping[Any, Any]


LIFECYCLES = (
    Lifecycle(
        "Inspection",
        "inspections/enums.py",
        InspectionState,
        InspectionState.PLANNED,
        INSPECTION_MOVES,
    ),
    Lifecycle("Concern", "concerns/enums.py", ConcernState, ConcernState.RAISED, CONCERN_MOVES),
    Lifecycle(
        "Joint self-evaluation",
        "evaluations/enums.py",
        SelfEvaluationState,
        SelfEvaluationState.OPEN,
        SELF_EVALUATION_MOVES,
    ),
    Lifecycle(
        "Evaluation",
        "evaluations/enums.py",
        EvaluationState,
        EvaluationState.EVALUATING,
        EVALUATION_MOVES,
    ),
    Lifecycle(
        "One inspector's own evaluation",
        "evaluations/enums.py",
        SealState,
        SealState.DRAFT,
        SEAL_MOVES,
    ),
    Lifecycle("Meeting", "meetings/enums.py", MeetingState, MeetingState.PREPARED, MEETING_MOVES),
    Lifecycle(
        "Session on site", "onsite/enums.py", SessionState, SessionState.PLANNED, SESSION_MOVES
    ),
    Lifecycle("Report", "reports/enums.py", ReportState, ReportState.DRAFTING, REPORT_MOVES),
    Lifecycle(
        "Disposal list",
        "retention/enums.py",
        DisposalState,
        DisposalState.PROPOSED,
        DISPOSAL_MOVES,
    ),
    Lifecycle(
        "Document", "documents/enums.py", DocumentState, DocumentState.ARRIVING, DOCUMENT_MOVES
    ),
)


def text() -> str:
    """The page: for each lifecycle its picture and its table."""
    first = "Each thing that moves has a table of moves: whose move it is, what each side calls the state, and which deed leads on."
    lines = words.head("Lifecycles", source="the tables of moves in `*/enums.py`", first=first)
    for cycle in LIFECYCLES:
        lines += [
            f"## {cycle.title}",
            "",
            f"From `{cycle.source}`.",
            "",
            *_picture(cycle),
            *_table(cycle),
        ]
    return words.page(lines)


def _picture(cycle: Lifecycle) -> list[str]:
    names = [f"    {state.value} : {state.label}" for state in cycle.states]
    arrows = [
        f"    {state.value} --> {target.value if isinstance(target, models.TextChoices) else target} : {deed}"
        for state, stand in cycle.moves.items()
        for deed, target in stand.moves.items()
    ]
    last = [f"    {state.value} --> [*]" for state, stand in cycle.moves.items() if not stand.moves]
    return [
        "```mermaid", "stateDiagram-v2", *names, f"    [*] --> {cycle.first.value}", *arrows, *last, "```", ""
    ]  # fmt: skip


def _table(cycle: Lifecycle) -> list[str]:
    rows = [
        (
            state.label,
            stand.owner[:1].upper() + stand.owner[1:],
            getattr(stand, "partnership_name", state.label),
            "; ".join(
                f"`{deed}` to {cycle.states(target).label}" for deed, target in stand.moves.items()
            )
            or "none",
        )
        for state, stand in cycle.moves.items()
    ]
    return words.table(("State", "Whose move it is", "What the partnership sees", "Moves"), rows)
