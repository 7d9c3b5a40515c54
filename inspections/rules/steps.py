"""When a step of the timetable is done, and where it may move."""

from __future__ import annotations

from datetime import date, timedelta

from core.verdicts import ALLOWED, Verdict, refuse, require
from core.workdays import is_working_day
from inspections import queries
from inspections.enums import PHASE_OF_STATE, InspectionState, StepKind, StepState
from inspections.models import Inspection, Step
from inspections.rules.inspection import may_begin_on

DONE_BY_DEED = {
    "notification": "Notifying the partnership marks this step by itself.",
    "self_evaluation_due": "Sending in the joint self-evaluation marks this step by itself.",
    "panel": "The panel's approval of the draft marks this step by itself.",
    "draft_to_partnership": "Issuing the draft marks this step by itself.",
    "factual_accuracy_due": "Returning the comments on facts marks this step by itself.",
    "comments_answered": "Settling the final text marks this step by itself.",
    "embargo_copy": "Scheduling publication marks this step by itself.",
    "publication": "Publishing the report marks this step by itself.",
}


def may_complete_step(step: Step, *, on: date) -> Verdict:
    """A step is marked as done once: by its own deed where it has one, meetings and on-site days when they are over."""
    if step.state != StepState.UPCOMING:
        return refuse(f"“{step.title}” is {step.get_state_display().lower()} already.")
    if step.key in DONE_BY_DEED:
        return refuse(DONE_BY_DEED[step.key])
    return require(
        step.kind not in (StepKind.MEETING, StepKind.ONSITE) or step.ends_on <= on,
        f"“{step.title}” is on {step.ends_on:%-d %B %Y}. Mark it as done that day or later, or move it first.",
    )


def may_move_step(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R8 to R12: order of phases kept, ten on-site days on working days of weeks that count, publication last."""
    if step.state != StepState.UPCOMING:
        return refuse(
            f"“{step.title}” is {step.get_state_display().lower()} and does not move any more."
        )
    if step.key == "notification":
        return refuse(
            "The notification date is the start of the clock and does not move.", source="R6"
        )
    if ends_on < starts_on:
        return refuse("The last day is before the first day.")
    if (starts_on, ends_on) == (step.starts_on, step.ends_on):
        return ALLOWED
    in_order = _publication_stays_last(step, ends_on=ends_on)
    if step.kind == StepKind.ONSITE:
        return _onsite_days_hold(step, starts_on=starts_on, ends_on=ends_on) & in_order
    if step.kind in (StepKind.DUE, StepKind.MEETING, StepKind.MILESTONE):
        return (
            require(
                is_working_day(starts_on),
                f"{starts_on:%A %-d %B %Y} is a weekend or a public holiday. Choose a working day.",
                source="R11",
            )
            & in_order
        )
    return in_order


def _onsite_days_hold(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R9, R11: as many on-site days as before, each on a working day of a week that counts, all in phase two."""
    span = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    days = [day for day in span if day.weekday() < 5]
    if len(days) != len(step.days):
        return refuse(
            f"“{step.title}” takes {len(step.days)} working days; {len(days)} lie between these dates. "
            "The on-site days are ten in all.",
            source="R9",
        )
    inspection = step.inspection
    first, last = queries.phases_of(inspection.method)[PHASE_OF_STATE[InspectionState.PHASE_TWO]]
    refusals = (may_begin_on(inspection.area, day) for day in days)
    open_days = next((verdict for verdict in refusals if not verdict), ALLOWED)
    weeks = [queries.week_of(inspection, day) for day in days]
    return open_days & require(
        all(week is not None and first <= week <= last for week in weeks),
        f"On-site days are in phase two, weeks {first} to {last}.",
        source="R9",
    )


def _publication_stays_last(step: Step, *, ends_on: date) -> Verdict:
    """R12: whatever belongs to the three phases comes before publication, or on its day."""
    steps = step.inspection.steps.exclude(phase="after")
    if step.phase == "after":
        return ALLOWED
    if step.key == "publication":
        later = steps.exclude(pk=step.pk).filter(ends_on__gt=ends_on).order_by("-ends_on").first()
        return require(
            later is None,
            f"“{later and later.title}” ends on {later and f'{later.ends_on:%-d %B %Y}'}. Publication comes last: "
            "move that first.",
            source="R12",
        )
    publication = steps.filter(key="publication", starts_on__lt=ends_on).first()
    return require(
        publication is None,
        f"The report is published on {publication and f'{publication.starts_on:%-d %B %Y}'}, and this comes before it. "
        "Move publication first, or choose an earlier date.",
        source="R12",
    )


def onsite_days_done(inspection: Inspection) -> Verdict:
    """Phase two does not end before its ten on-site days are done (R9)."""
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
