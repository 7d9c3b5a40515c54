"""Where a step of the timetable may move, which rules would be broken afterwards, and what stops a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_in_words, weekday_in_words
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
            return "Stops this"
        return "Broken already" if self.stands_already else "Warning"


def breaks_of_plan(plan: queries.Plan) -> list[Break]:
    """Every rule that the timetable would break if this were released, first those that stop it.

    A hard rule stops it when it speaks of a step that would leave its place. What was broken before, elsewhere, is said
    and stops nothing.
    """
    if plan.cannot:
        return []
    weeks_before = queries.calendar_of(plan.inspection)
    known = {
        (one.keys, one.source)
        for one in timetable.broken_rules(plan.method, weeks_before, plan.before)
    }
    found = [
        Break(
            refuse(one.sentence, source=one.source),
            stops=one.stops and bool(plan.keys.intersection(one.keys)),
            stands_already=(one.keys, one.source) in known,
        )
        for one in timetable.broken_rules(plan.method, plan.weeks, plan.stands)
    ]
    return sorted(
        [*found, *_in_election(plan)], key=lambda one: (not one.stops, one.stands_already)
    )


def _in_election(plan: queries.Plan) -> list[Break]:
    """A report that would be published in a period before an election."""
    publication = plan.stands.get(queries.PUBLICATION)
    if publication is None or not publication.is_open:
        return []
    return [
        Break(
            refuse(
                f"The report would be published on {weekday_in_words(publication.starts_on)}, in the pre-election period "
                f"from {day_in_words(one.starts_on)} to {day_in_words(one.ends_on)} ({one.reason})."
            ),
            stops=False,
            stands_already=queries.PUBLICATION not in plan.keys,
        )
        for one in queries.election_days(plan.inspection)
        if one.starts_on <= publication.starts_on <= one.ends_on
    ]


def may_release(plan: queries.Plan, *, breaks: list[Break] | None = None) -> Verdict:
    """R7 to R12 of all that would move. Whoever has asked for the ``breaks`` already hands them in.

    What only warns (R8, R9 where the week changes, R10, R18, R50 and the periods of the method) is said before.
    """
    if plan.cannot:
        return refuse(plan.cannot.sentence, source=plan.cannot.source)
    if breaks is None:
        breaks = breaks_of_plan(plan)
    return next((one.verdict for one in breaks if one.stops), ALLOWED)


def may_move_step(step: Step, *, starts_on: date, ends_on: date) -> Verdict:
    """R9, R11: a step that is not done moves to working days; on-site days are as many as they were, on days that are open.

    What follows from it is asked of the plan: `may_release`.
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
        return _onsite_days_hold(step, starts_on=starts_on, ends_on=ends_on)
    if step.kind == StepKind.WINDOW:
        return ALLOWED
    shut = queries.shut_days(step.inspection).get(starts_on)
    return require(
        is_working_day(starts_on),
        f"{weekday_in_words(starts_on)} is a weekend or a public holiday. Choose a working day.",
    ) & require(
        shut is None,
        f"{weekday_in_words(starts_on)} is a day without work ({shut}). Choose another day.",
    )


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
