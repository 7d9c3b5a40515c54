"""What the tracker's pictures say: name, description, table, the words on the flag of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.pictures.calendar import Tracker, TrackerMeeting, full, stretch, without_year


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """One line of the table beside the picture; ``starts_on`` orders it."""

    what: str
    weeks: str
    dates: str
    state: str
    starts_on: date


def tracker_title(tracker: Tracker) -> str:
    """The name of the picture."""
    return f"Where {tracker.name} is in its {tracker.last_number} counted weeks"


def tracker_description(tracker: Tracker) -> str:
    """Everything the picture shows, in sentences."""
    gaps = sum(last - first + 1 for _, first, last in tracker.holidays())
    said = [
        f"{tracker.last_number} counted weeks from {full(tracker.starts_on)} "
        f"to the week of {full(tracker.weeks[-1].monday)}.",
        f"{gaps} school-holiday week{'' if gaps == 1 else 's'} take no number."
        if gaps
        else "No week is left out.",
        f"{tracker.where().capitalize()}."
        if tracker.waits
        else f"Today, {full(tracker.today)}: {tracker.where()}.",
    ]
    if tracker.meetings:
        said.append(
            "Meetings: "
            + "; ".join(
                f"{one.code} {one.title}, {full(one.date)}{_week(one.week)}"
                for one in in_order(tracker)
            )
            + "."
        )
    for label, days in tracker.onsite_groups():
        said.append(f"On site, {label.lower()}: {_runs(days)}.")
    return " ".join(said)


def _runs(days: list[date]) -> str:
    """Days on site as stretches; a weekend does not part them, a holiday does."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days <= (3 if day.weekday() == 0 else 1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return " and ".join(stretch(run[0], run[-1]) for run in runs)


def _week(number: int | None) -> str:
    return f" (week {number})" if number is not None else ""


def in_order(tracker: Tracker) -> list[TrackerMeeting]:
    """The meetings by their day."""
    return sorted(tracker.meetings, key=lambda one: one.date)


def next_meeting(tracker: Tracker) -> TrackerMeeting | None:
    """The first meeting that has not been held."""
    return next((one for one in in_order(tracker) if not one.is_held(tracker.today)), None)


def tracker_rows(tracker: Tracker) -> list[TrackerRow]:
    """The same facts as a table, in order of date: phases, holidays, on-site days, meetings."""
    today, rows = tracker.today, []
    for phase in tracker.phases:
        first, last = tracker.span(phase)
        begins, ends = tracker.weeks[first].monday, tracker.weeks[last].monday + timedelta(days=4)
        state = (
            "done"
            if ends + timedelta(days=2) < today
            else "to come"
            if begins > today
            else _now(tracker)
        )
        name = f"{phase.title}, {phase.subtitle.lower()}" if phase.subtitle else phase.title
        rows.append(
            TrackerRow(
                name,
                _from_to(phase.first_week, phase.last_week),
                stretch(begins, ends),
                state,
                begins,
            )
        )
    for name, first, last in tracker.holidays():
        begins, ends = tracker.weeks[first].monday, tracker.weeks[last].monday + timedelta(days=4)
        rows.append(
            TrackerRow(
                f"School holiday, {name}" if name else "No counted week",
                "no number",
                stretch(begins, ends),
                "",
                begins,
            )
        )
    for label, days in tracker.onsite_groups():
        weeks = sorted(
            {
                tracker.weeks[place].number or 0
                for place in map(tracker.place_of, days)
                if place is not None
            }
        )
        state = "done" if days[-1] < today else "to come" if days[0] > today else "now"
        numbers = _from_to(weeks[0], weeks[-1]) if weeks and weeks[0] else "no number"
        rows.append(TrackerRow(f"On site, {label.lower()}", numbers, _runs(days), state, days[0]))
    for one in in_order(tracker):
        rows.append(
            TrackerRow(
                f"{one.code} {one.title}",
                "no number" if one.week is None else str(one.week),
                full(one.date),
                one.state,
                one.date,
            )
        )
    return sorted(rows, key=lambda row: row.starts_on)


def _now(tracker: Tracker) -> str:
    week = tracker.now
    return f"now, week {week.number}" if week and week.number else "now"


def _from_to(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def today_words(tracker: Tracker) -> str:
    """What the flag of today says."""
    week = tracker.now
    if tracker.waits:
        return f"Planned to begin on {without_year(tracker.starts_on)}, and not yet begun"
    if tracker.today < tracker.starts_on:
        return f"Today, {without_year(tracker.today)}: week 1 begins on {without_year(tracker.starts_on)}"
    if week is None:
        return f"Today, {full(tracker.today)}: all {tracker.last_number} weeks are over"
    if week.number is None:
        return f"Today, {without_year(tracker.today)}: {tracker.where()}"
    return f"Today, {without_year(tracker.today)}: week {week.number} of {tracker.last_number}"
