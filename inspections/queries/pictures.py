"""The timetable as the data of its pictures."""

from __future__ import annotations

from datetime import date, timedelta

from core.pictures.calendar import OnSiteDay, Tracker, TrackerMeeting, TrackerPhase, TrackerWeek
from core.pictures.timetable_chart import ChartItem, ChartLane, TimetableChart
from inspections import timetable
from inspections.enums import PHASE_TITLES, PHASE_WORDS, StepKind, StepState
from inspections.models import Inspection, Step
from inspections.queries.calendar import holiday_mondays, phases_of
from inspections.queries.steps import code_and_title


def tracker(inspection: Inspection, steps: list[Step], today: date) -> Tracker:
    """The data of the phase tracker: every calendar week to the last counted one, phases, meetings and on-site days."""
    mondays = holiday_mondays(inspection)
    numbers = timetable.Weeks(inspection.week_one_date, mondays)
    waits = inspection.notified_on is None and numbers.first <= today
    last = numbers.monday(inspection.method.weeks)
    weeks = timetable.counted_weeks(inspection.week_one_date, mondays, last)
    return Tracker(
        name=inspection.area.name,
        weeks=[TrackerWeek(week.number, week.monday, week.holiday_name) for week in weeks],
        phases=[
            TrackerPhase(
                PHASE_TITLES[str(phase)], PHASE_WORDS[str(phase)].capitalize(), first, last
            )
            for phase, (first, last) in phases_of(inspection.method).items()
        ],
        today=numbers.first - timedelta(days=1) if waits else today,
        waits=waits,
        meetings=[_meeting(step, today) for step in steps if _is_partnership_meeting(step)],
        onsite=_onsite(steps),
    )


def _is_partnership_meeting(step: Step) -> bool:
    return step.kind == StepKind.MEETING and code_and_title(step.title)[0].startswith("M")


def _meeting(step: Step, today: date) -> TrackerMeeting:
    code, title = code_and_title(step.title)
    held = step.state == StepState.DONE
    planned = "planned" if step.ends_on >= today else "not marked as held"
    return TrackerMeeting(code, title, step.starts_on, step.week, "held" if held else planned, held)


def _onsite(steps: list[Step]) -> list[OnSiteDay]:
    """The on-site days; those of one step, or that stand together, carry one label, even where a holiday parts them."""
    days = sorted(
        (date.fromisoformat(day), step.key)
        for step in steps
        if step.kind == StepKind.ONSITE
        for day in step.days
    )
    groups: list[list[tuple[int, date, str]]] = []
    for number, (day, key) in enumerate(days, start=1):
        if groups and ((day - groups[-1][-1][1]).days <= 3 or key == groups[-1][-1][2]):
            groups[-1].append((number, day, key))
        else:
            groups.append([(number, day, key)])
    return [
        OnSiteDay(day, _numbers(group[0][0], group[-1][0]))
        for group in groups
        for _, day, _ in group
    ]


def _numbers(first: int, last: int) -> str:
    if first == last:
        return f"Day {first}"
    return f"Days {first} {'and' if last == first + 1 else 'to'} {last}"


LANES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Meetings", frozenset({StepKind.MEETING})),
    ("Asked of the partnership", frozenset({StepKind.DUE})),
    ("Windows of work", frozenset({StepKind.WINDOW})),
    ("On site", frozenset({StepKind.ONSITE})),
    ("Moments", frozenset({StepKind.MILESTONE})),
)
SHAPES = {StepKind.WINDOW: "bar", StepKind.ONSITE: "days"}


def chart(inspection: Inspection, steps: list[Step], today: date) -> TimetableChart:
    """The timetable as a picture: a lane for each kind of step, as far as publication."""
    within = [step for step in steps if step.phase != timetable.AFTER]
    return TimetableChart(
        tracker(inspection, steps, today),
        [
            ChartLane(title, [_item(step) for step in within if step.kind in kinds])
            for title, kinds in LANES
        ],
    )


def _item(step: Step) -> ChartItem:
    code, title = code_and_title(step.title)
    shape = "end" if step.key == "publication" else SHAPES.get(StepKind(step.kind), "mark")
    days = tuple(date.fromisoformat(day) for day in step.days)
    return ChartItem(f"{code} {title}".strip(), step.starts_on, step.ends_on, shape, days)
