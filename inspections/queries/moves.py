"""What a step that moves touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from inspections import timetable
from inspections.enums import StepKind, StepState
from inspections.models import Inspection, Step
from inspections.queries.calendar import calendar_of, span
from inspections.queries.draft import method_of
from inspections.queries.people import holders_of


def days_between(step: Step, starts_on: date, ends_on: date) -> list[str]:
    """The on-site days of a moved step: as many working days as it had, from its new first day."""
    if step.kind != StepKind.ONSITE:
        return []
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    return [day.isoformat() for day in days if day.weekday() < 5]


def stands_of(inspection: Inspection) -> dict[str, timetable.Stand]:
    """Where each step of the inspection stands today, by its key."""
    return {
        step.key: timetable.Stand(
            step.key,
            step.starts_on,
            step.ends_on,
            tuple(date.fromisoformat(day) for day in step.days),
            timezone.localdate(step.done_at) if step.done_at else None,
            step.state == StepState.UPCOMING,
        )
        for step in Step.objects.filter(inspection=inspection)
    }


def stand_after_move(step: Step, starts_on: date, ends_on: date) -> timetable.Stand:
    """Where a step would stand if it moved to these dates."""
    days = tuple(date.fromisoformat(day) for day in days_between(step, starts_on, ends_on))
    return timetable.Stand(step.key, starts_on, ends_on, days)


@dataclass(frozen=True, slots=True)
class TiedStep:
    """A step that is tied to one that moves: how, where it stands, and where the method would then have it."""

    title: str
    words: str
    source: str
    stands: str
    reckoned: str


def tied_to(step: Step, starts_on: date, ends_on: date) -> list[TiedStep]:
    """The steps that are tied to this one by the rules or the method's data, if it moved to these dates."""
    method, weeks = method_of(step.inspection), calendar_of(step.inspection)
    stands = stands_of(step.inspection)
    stands[step.key] = stand_after_move(step, starts_on, ends_on)
    found = []
    for tie in timetable.ties_of(method, step.key):
        other, stand = method.step(tie.key), stands.get(tie.key)
        if other is None or stand is None:
            continue
        due = timetable.reckoned_from(method, weeks, stands, other)
        leans = step.key in other.leans_on
        found.append(
            TiedStep(
                other.title,
                tie.words,
                tie.source,
                ("done; it stood on " if not stand.is_open else "stands on ")
                + span(stand.starts_on, stand.ends_on),
                span(*due) if due and leans and due != (stand.starts_on, stand.ends_on) else "",
            )
        )
    return found


def told_of_move(inspection: Inspection, *, but: int | None) -> list[User]:
    """Who is told when a step moves: both co-ordinators and the team, but for the one who moves it."""
    coordinators = (Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR)
    people = holders_of(inspection, *coordinators, *(role for role in Role if role in TEAM_ROLES))
    return [person for person in people if person.pk != but]
