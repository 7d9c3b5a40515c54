"""Earlier versions of answers, evidence and evaluations, each as its page shows its fields."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from accounts.models import User
from core.earlier import Version
from evaluations.enums import AnswerPart
from evaluations.models import Answer, Evaluation, EvidenceItem, Question, SealedEvaluation
from evaluations.queries.framework import level_names
from inspections.models import Inspection


def _level(names: dict[int, str], level: int | None) -> str:
    return f"{level} {names.get(level, '')}".strip() if level else "None yet"


def answer_versions(inspection: Inspection, question: Question, part: AnswerPart) -> list[Version]:
    """One part of the answer to one question."""
    rows = Answer.history.filter(
        self_evaluation__inspection=inspection, question=question, part=part
    ).select_related("changed_by")
    return [
        Version(row.version, row.changed_at, str(row.changed_by), {part.label: row.text})
        for row in rows
    ]


def evidence_versions(item: EvidenceItem) -> list[Version]:
    """One item with everything that revising can change, in three queries."""
    rows = list(item.history.select_related("author", "revised_by"))
    indicators, questions = _links(rows, "indicator"), _links(rows, "question")
    return [
        Version(
            row.version,
            row.revised_at or row.recorded_at,
            str(row.revised_by or row.author),
            {
                "What it says": row.text,
                "Where it comes from": f"{row.get_source_type_display()}: {row.activity}",
                "Which way it points": row.get_direction_display(),
                "Indicators": "\n".join(sorted(indicators[row.pk])),
                "Questions": "\n".join(sorted(questions[row.pk])),
            },
        )
        for row in rows
    ]


def _links(rows: list[Any], one: str) -> dict[int, list[str]]:
    """To what each kept version was linked: the titles of its indicators, or its questions."""
    kept = getattr(EvidenceItem.history.model, f"{one}s").model
    found: dict[int, list[str]] = defaultdict(list)
    for link in kept.objects.filter(history__in=[row.pk for row in rows]).select_related(one):
        found[link.history_id].append(str(getattr(link, one)))
    return found


def evaluation_versions(evaluation: Evaluation) -> list[Version]:
    """What the team proposed, each time it did, and what the panel decided. Nothing of what anybody sealed."""
    names = level_names(evaluation.inspection)
    proposed = evaluation.history.filter(version__gt=0).select_related("proposed_by")
    versions = [
        Version(
            row.version,
            row.proposed_at,
            str(row.proposed_by),
            {
                "Level": _level(names, row.proposed_level),
                "Reason": row.rationale,
                "Dissent": row.dissent,
            },
        )
        for row in proposed
        if row.proposed_at
    ]
    decision = getattr(evaluation, "decision", None)
    if decision is not None:
        versions.append(
            Version(
                evaluation.version + 1,
                decision.decided_at,
                f"the panel, by {decision.decided_by}",
                {
                    "Level": _level(names, decision.after),
                    "Reason": decision.reason,
                    "Dissent": evaluation.dissent,
                },
            )
        )
    return versions


def own_evaluation_versions(evaluation: Evaluation, person: User) -> list[Version]:
    """This person's own evaluation and nobody else's, before the reveal and after it (invariant 4)."""
    names = level_names(evaluation.inspection)
    rows = SealedEvaluation.history.filter(evaluation=evaluation, inspector=person)
    return [
        Version(
            row.version,
            row.saved_at,
            str(person),
            {"Level": _level(names, row.level), "Reason": row.rationale},
        )
        for row in rows
    ]
