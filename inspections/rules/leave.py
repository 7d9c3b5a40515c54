"""Which days away may be on record. No reason is asked, and none is a condition."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from core.dates import day_in_words
from core.verdicts import Verdict, refuse, require
from inspections.models import Leave

LONGEST = timedelta(days=366)
FURTHEST_AHEAD = timedelta(days=3 * 366)  # what is further is a slip of the pen


def may_keep_leave_of(person: User) -> Verdict:
    """Days away are kept of the inspectorates' people alone: teams are planned from them."""
    return require(
        person.agency is not None and person.agency.is_inspectorate and person.is_active,
        f"{person.name} does not work for one of the four inspectorates, so no days away are kept.",
    )


def may_record_leave(
    person: User, *, starts_on: date, ends_on: date, on: date, but: Leave | None = None
) -> Verdict:
    """From a first to a last day, not over yet, and not on days that are on record already (but for the one that changes)."""
    if ends_on < starts_on:
        return refuse("The last day away is before the first. Check both.", about="ends_on")
    if ends_on < on:
        return refuse(
            f"{day_in_words(ends_on)} has gone by. Only days from today on matter for planning.",
            about="ends_on",
        )
    if ends_on - starts_on > LONGEST:
        return refuse(
            "That is more than a year. Check the years, or record it year by year.",
            about="ends_on",
        )
    if starts_on > on + FURTHEST_AHEAD:
        return refuse(
            f"{day_in_words(starts_on)} is more than three years ahead. Check the year.",
            about="starts_on",
        )
    others = Leave.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
    other = others.exclude(pk=but.pk).first() if but else others.first()
    return require(
        other is None,
        f"{other and f'{day_in_words(other.starts_on)} to {day_in_words(other.ends_on)}'} is on record already. "
        "Change those days instead.",
        about="starts_on",
    )


def may_change_leave(leave: Leave, *, on: date) -> Verdict:
    """Days that are over stay as they were."""
    return require(leave.ends_on >= on, "These days have gone by, and planning needs them no more.")


def may_remove_leave(leave: Leave, *, on: date) -> Verdict:
    """Days that are over go by themselves after ninety days."""
    return require(
        leave.ends_on >= on, "These days have gone by. They go by themselves after ninety days."
    )
