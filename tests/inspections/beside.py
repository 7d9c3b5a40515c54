"""Inspections beside Glenmarrow's with people of its team, and days away: what can clash."""

from __future__ import annotations

from datetime import date

from accounts.roles import Role
from inspections.actions.leave import record_leave
from inspections.actions.planning import plan_inspection
from inspections.models import Inspection, Leave, Membership
from tests.inspections.declared import named_and_let_in
from tests.inspections.places import invented_area
from workspace.example.world import World, method

A_WEEK_LATER = date(2025, 9, 8)


def otherglen(
    world: World, number: int = 2, *, who: tuple[str, ...] = (), on: date = A_WEEK_LATER
) -> Inspection:
    """An inspection planned a week after Glenmarrow's, whose area has no holidays: week 12 is the same week."""
    found = plan_inspection(
        invented_area(number),
        method=method(),
        planned_for=on,
        requested_on=None,
        timetable_approved_on=None,
        by=world.people["programme_manager"],
        at=world.now,
    )
    for key in who:
        name(world, found, key)
    return found


def name(world: World, inspection: Inspection, key: str) -> Membership:
    role = Role.PARTNER_INSPECTOR if "_inspector" in key else Role.STRATEGIC_INSPECTOR
    return named_and_let_in(
        inspection,
        person=world.people[key],
        role=role,
        until=None,
        by=world.people["programme_manager"],
        at=world.now,
    )


def away(world: World, key: str, first: date, last: date) -> Leave:
    person = world.people[key]
    return record_leave(
        person, starts_on=first, ends_on=last, words="Secret", by=person, at=world.now
    )
