"""When a step of the timetable is done."""

from __future__ import annotations

from datetime import date

from core.dates import day_in_words
from core.verdicts import Verdict, refuse, require
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Step

DONE_BY_DEED = {
    "notification": "Notifying the partnership marks this step by itself.",
    "self_evaluation_due": "Sending in the joint self-evaluation marks this step by itself.",
    "panel": "The panel's approval of the draft marks this step by itself.",
    "draft_to_partnership": "Issuing the draft marks this step by itself.",
    "factual_accuracy_due": "Returning the comments on facts marks this step by itself.",
    "comments_answered": "Settling the final text marks this step by itself.",
    "embargo_copy": "Scheduling publication marks this step by itself.",
    "publication": "Publishing the report marks this step by itself.",
    "disposal_due": "Destroying what was obtained, once the service manager has approved it, marks this step by itself.",
}


def may_complete_step(step: Step, *, on: date) -> Verdict:
    """A step is marked as done once: by its own deed where it has one, meetings and on-site days when they are over.

    A window of work can end early, but not before it began.
    """
    if step.state != StepState.UPCOMING:
        return refuse(f"“{step.title}” is {step.get_state_display().lower()} already.")
    if step.key in DONE_BY_DEED:
        return refuse(DONE_BY_DEED[step.key])
    return require(
        step.kind not in (StepKind.MEETING, StepKind.ONSITE) or step.ends_on <= on,
        f"“{step.title}” is on {day_in_words(step.ends_on)}. Mark it as done that day or later, or move it first.",
    ) & require(
        step.kind != StepKind.WINDOW or step.starts_on <= on,
        f"“{step.title}” begins on {day_in_words(step.starts_on)}. Mark it as done once it has begun, or move it first.",
    )


def onsite_days_done(inspection: Inspection) -> Verdict:
    """Phase two does not end before its ten on-site days are done (R9, held harder than it says: ADR 6)."""
    left = (
        inspection.steps.filter(kind=StepKind.ONSITE)
        .exclude(state=StepState.DONE)
        .order_by("starts_on")
    )
    return require(
        not left,
        f"Not yet marked as done: {'; '.join(step.title for step in left)}.",
        source="R9",
    )
