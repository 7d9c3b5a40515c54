"""Where a step of the timetable may move, and which rules its timetable would break afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import weekday_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.workdays import is_working_day
from inspections import queries, timetable
from inspections.enums import PHASE_OF_STATE, InspectionState, StepKind, StepState
from inspections.models import Step
from inspections.rules.inspection import is_open_day_of

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Break:
    """One rule that the timetable would break. ``stops`` is False where the rule warns, or where another move broke it."""

    verdict: Verdict
    stops: bool
    stands_already: bool

    @property
    def words(self) -> str:
        """The words of its tag."""
        if self.stops:
            return "Stops this move"
        return "Broken already" if self.stands_already else "Warning"


def breaks_of_move(step: Step, *, starts_on: date, ends_on: date) -> list[Break]:
    """Every rule that the timetable would break if this step moved and no other, first those that stop the move.

    A hard rule stops the move when it speaks of this very step. What was broken before, elsewhere, is said and stops nothing.
    """
    inspection = step.inspection
    method, weeks = queries.method_of(inspection), queries.calendar_of(inspection)
    stands = queries.stands_of(inspection)
    known = {(one.keys, one.source) for one in timetable.broken_rules(method, weeks, stands)}
    moved = {step.key: queries.stand_after_move(step, starts_on, ends_on)}
    after = timetable.broken_rules(method, weeks, stands | moved)
    found = [
        Break(
            refuse(one.sentence, source=one.source),
            stops=one.stops and step.key in one.keys,
            stands_already=(one.keys, one.source) in known,
        )
        for one in after
    ]
    return sorted(found, key=lambda one: (not one.stops, one.stands_already))


def may_move_step(
    step: Step, *, starts_on: date, ends_on: date, breaks: list[Break] | None = None
) -> Verdict:
    """R7, R9, R11, R12: it stays in the weeks of its phase, on-site days are ten on days that are open, and order is kept.

    What only warns (R8, R9 where the week changes, R10, R18, R50 and the periods of the method) is said before the move.
    Whoever has asked for the ``breaks`` of this move already hands them in.
    """
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
    if step.kind == StepKind.ONSITE:
        days_hold = _onsite_days_hold(step, starts_on=starts_on, ends_on=ends_on)
    elif step.kind == StepKind.WINDOW:
        days_hold = ALLOWED
    else:
        days_hold = require(
            is_working_day(starts_on),
            f"{weekday_in_words(starts_on)} is a weekend or a public holiday. Choose a working day.",
        )
    if not days_hold:
        return days_hold
    if breaks is None:
        breaks = breaks_of_move(step, starts_on=starts_on, ends_on=ends_on)
    return next((one.verdict for one in breaks if one.stops), ALLOWED)


def _onsite_days_hold(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R9, R11: as many on-site days as before, each on a working day of a week that counts, all in phase two.

    A weekend may lie between them; the first and the last are themselves working days.
    """
    for day in (starts_on, ends_on):
        if day.weekday() >= SATURDAY:
            return refuse(
                f"{weekday_in_words(day)} is at a weekend. On-site days begin and end on a working day.",
                source="R11",
            )
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
    refusals = (is_open_day_of(inspection, day) for day in days)
    open_days = next(
        (refuse(verdict.sentence, source="R11") for verdict in refusals if not verdict), ALLOWED
    )
    weeks = [queries.week_of(inspection, day) for day in days]
    return open_days & require(
        all(week is not None and first <= week <= last for week in weeks),
        f"On-site days are in phase two, weeks {first} to {last}.",
        source="R9",
    )
