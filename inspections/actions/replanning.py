"""Planning a running inspection anew: a date moves or the calendar changes, and all that hangs on it is released together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from accounts.models import User
from audit.record import record
from core.jobs import enqueue
from core.workdays import monday_of
from inspections import permissions, queries, rules
from inspections.actions.versions import as_it_stands, keep_version
from inspections.enums import Cause
from inspections.models import Closure, Inspection, InspectionHolidayWeek, Step, TimetableVersion

LONGEST_NOTE = 300


@transaction.atomic
def move_step(
    step: Step,
    *,
    starts_on: date,
    ends_on: date,
    reason: str,
    stay: Collection[str] = (),
    by: User,
    at: datetime,
) -> Step:
    """The step has new dates, and so have those that are reckoned from it, but for those in ``stay`` (R8)."""
    # The rules read every step: of two moves at once the second is held against what the first has changed.
    inspection = _locked(step.inspection)
    step = Step.objects.get(pk=step.pk)
    step.inspection = inspection
    permissions.can_move_step(by, step).enforce()
    rules.may_move_step(step, starts_on=starts_on, ends_on=ends_on).enforce()
    if (starts_on, ends_on) == (step.starts_on, step.ends_on):
        return step  # the second of two clicks: it stands there already
    plan = queries.plan_of_move(
        step, starts_on=starts_on, ends_on=ends_on, stay=stay, today=timezone.localdate(at)
    )
    before = queries.span(step.starts_on, step.ends_on)
    version = _release(
        plan, cause=Cause.STEP, title=f"“{step.title}” moved", reason=reason, by=by, at=at
    )
    record(
        "inspections.step_moved",
        by=by,
        at=at,
        subject=step,
        inspection=inspection,
        title=step.title,
        before=before,
        after=queries.span(starts_on, ends_on),
        reason=reason,
        others=_others(len(plan.followers)),
        version=version.number,
    )
    step.refresh_from_db()
    return step


@transaction.atomic
def close_days(
    inspection: Inspection,
    *,
    starts_on: date,
    ends_on: date,
    reason: str,
    stay: Collection[str] = (),
    by: User,
    at: datetime,
) -> TimetableVersion:
    """The inspection does not work on these days, and what stood there is held on others (R11)."""
    inspection = _locked(inspection)
    today = timezone.localdate(at)
    permissions.can_close_days(by, inspection).enforce()
    rules.may_close_days(inspection, starts_on=starts_on, ends_on=ends_on, today=today).enforce()
    plan = queries.plan_of_closing(
        inspection, starts_on=starts_on, ends_on=ends_on, reason=reason, stay=stay, today=today
    )
    closure = Closure(kind=Cause.CLOSED, starts_on=starts_on, ends_on=ends_on, reason=reason)
    version = _close(closure, plan, title="No work on {days}", by=by, at=at)
    _on_record("inspections.days_closed", version, plan, days=queries.span(starts_on, ends_on))
    return version


@transaction.atomic
def add_week(
    inspection: Inspection,
    *,
    day: date,
    reason: str,
    stay: Collection[str] = (),
    by: User,
    at: datetime,
) -> TimetableVersion:
    """The week of a day takes no number, and every later week is numbered anew (R6)."""
    inspection = _locked(inspection)
    today = timezone.localdate(at)
    permissions.can_add_week(by, inspection).enforce()
    rules.may_add_week(inspection, day=day, today=today).enforce()
    plan = queries.plan_of_week(inspection, day=day, reason=reason, stay=stay, today=today)
    monday = monday_of(day)
    InspectionHolidayWeek.objects.create(inspection=inspection, begins_on=monday, name=reason[:80])
    week = queries.span(monday, monday)
    version = _release(
        plan,
        cause=Cause.WEEK,
        title=f"The week of {week} takes no number",
        reason=reason,
        by=by,
        at=at,
    )
    _number_weeks_anew(plan)
    _on_record("inspections.week_added", version, plan, week=week)
    return version


@transaction.atomic
def add_election(
    inspection: Inspection,
    *,
    starts_on: date,
    ends_on: date,
    reason: str,
    stay: Collection[str] = (),
    by: User,
    at: datetime,
) -> TimetableVersion:
    """No report is published on these days: publication that stood in them comes after, with all that follows from it."""
    inspection = _locked(inspection)
    today = timezone.localdate(at)
    permissions.can_add_election(by, inspection).enforce()
    rules.may_add_election(inspection, starts_on=starts_on, ends_on=ends_on, today=today).enforce()
    plan = queries.plan_of_election(
        inspection, starts_on=starts_on, ends_on=ends_on, stay=stay, today=today
    )
    closure = Closure(kind=Cause.ELECTION, starts_on=starts_on, ends_on=ends_on, reason=reason)
    version = _close(closure, plan, title="Pre-election period, {days}", by=by, at=at)
    _on_record("inspections.election_added", version, plan, days=queries.span(starts_on, ends_on))
    return version


def _close(
    closure: Closure, plan: queries.Plan, *, title: str, by: User, at: datetime
) -> TimetableVersion:
    """These days are kept as closed, and all that follows is released."""
    closure.inspection = plan.inspection
    closure.save()
    days = queries.span(closure.starts_on, closure.ends_on)
    return _release(
        plan,
        cause=Cause(closure.kind),
        title=title.format(days=days),
        reason=closure.reason,
        by=by,
        at=at,
    )


def _locked(inspection: Inspection) -> Inspection:
    """One re-planning at a time: who comes second reckons with what the first has released."""
    return (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area", "method")
        .get(pk=inspection.pk)
    )


def _release(
    plan: queries.Plan, *, cause: Cause, title: str, reason: str, by: User, at: datetime
) -> TimetableVersion:
    """Every date of the plan at once, kept as one version; those whom it concerns are told after commit, once."""
    rules.may_release(plan).enforce()
    changes, steps = [], []
    for moved in plan.moved:
        step = moved.step
        changes.append((step, as_it_stands(step, is_asked=moved.is_asked)))
        step.starts_on, step.ends_on = moved.stand.starts_on, moved.stand.ends_on
        step.days, step.week = moved.days, moved.week
        step.note = _note(moved, title=title, reason=reason)
        steps.append(step)
    if steps:
        bulk_update_with_history(
            steps, Step, ["starts_on", "ends_on", "days", "week", "note"], default_date=at
        )
    version = keep_version(
        plan.inspection, cause=cause, title=title, reason=reason, changes=changes, by=by, at=at
    )
    enqueue("inspections.tell_of_dates", key=f"dates:{version.pk}", version=version.pk)
    return version


def _note(moved: queries.MovedStep, *, title: str, reason: str) -> str:
    """Why a step is where it is, as its page and the timetable say it."""
    because = (
        f"Moved: {reason}" if moved.is_asked else f"Moved with the timetable: {title}. {reason}"
    )
    return f"{because} {moved.note}".strip()[:LONGEST_NOTE]


def _number_weeks_anew(plan: queries.Plan) -> None:
    """Steps that stay on their days may be in a week of another number now."""
    changed = []
    moved = plan.keys
    for step in plan.inspection.steps.all():
        week = None if step.phase == "after" else plan.weeks.number(step.starts_on)
        if step.key not in moved and step.week != week:
            step.week = week
            changed.append(step)
    if changed:
        bulk_update_with_history(changed, Step, ["week"])


def _on_record(name: str, version: TimetableVersion, plan: queries.Plan, **words: str) -> None:
    record(
        name,
        by=version.made_by,
        at=version.made_at,
        subject=version,
        inspection=version.inspection,
        reason=version.reason,
        others=_moves(len(plan.moved)),
        version=version.number,
        **words,
    )


def _moves(count: int) -> str:
    return {0: "no date moved", 1: "1 date moved"}.get(count, f"{count} dates moved")


def _others(count: int) -> str:
    return {0: "no other date moved with it", 1: "1 other date moved with it"}.get(
        count, f"{count} other dates moved with it"
    )
