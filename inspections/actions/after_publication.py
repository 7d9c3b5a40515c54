"""What the method reckons from publication, once the day of publication is a fact."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from inspections import queries
from inspections.actions.versions import as_it_stands, keep_version
from inspections.enums import Cause, StepState
from inspections.models import Inspection, Step

PUBLICATION = "publication"


@transaction.atomic
def reckon_steps(inspection: Inspection, *, by: User, at: datetime) -> list[Step]:
    """The report is published now: publication stands on this day, and what is reckoned from it has its real date.

    So six weeks for the joint action plan and a year for the disposal of records begin when the report is public, be
    that earlier or later than the timetable said. Steps that are done stay as they were. Nothing happens when
    publication is on its day. Returns the steps that changed; their earlier dates stand in their notes and in the log.
    """
    steps = {step.key: step for step in inspection.steps.select_for_update()}
    publication, today = steps.get(PUBLICATION), timezone.localdate(at)
    if publication is None or publication.starts_on == today:
        return []
    asked = as_it_stands(publication, is_asked=True)
    changed = [(_put(publication, today, week=queries.week_of(inspection, today)), asked)]
    words = []
    for entry in queries.timetable_after(inspection, PUBLICATION, today):
        step = steps.get(entry.key)
        if step is None or step.state != StepState.UPCOMING or step.ends_on == entry.ends_on:
            continue
        stood, before = as_it_stands(step), queries.span(step.starts_on, step.ends_on)
        changed.append((_put(step, entry.starts_on, week=queries.week_of_entry(entry)), stood))
        words.append(
            f"“{step.title}” from {before} to {queries.span(step.starts_on, step.ends_on)}"
        )
    keep_version(
        inspection,
        cause=Cause.PUBLISHED,
        title=f"The report was published on {queries.span(today, today)}",
        changes=changed,
        by=by,
        at=at,
    )
    record(
        "inspections.steps_reckoned",
        by=by,
        at=at,
        subject=publication,
        inspection=inspection,
        on=queries.span(today, today),
        steps="; ".join(words) or "nothing that waits for it",
    )
    return [step for step, _ in changed]


def _put(step: Step, day: date, *, week: int | None) -> Step:
    step.note = f"Was {queries.span(step.starts_on, step.ends_on)} before the report was published."
    step.starts_on, step.ends_on, step.week = day, day, week
    step.save()
    return step
