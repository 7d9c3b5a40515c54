"""Subscriptions to calendars."""

from __future__ import annotations

from accounts.models import User
from core.verdicts import Verdict, require
from inspections.enums import InspectionState
from inspections.models import CalendarFeed, Inspection

MOST = 10


def may_make_feed(person: User, inspection: Inspection | None) -> Verdict:
    """Of all inspections, or of one that this person sees and whose dates are settled; ten at most."""
    return require(
        CalendarFeed.objects.filter(person=person).count() < MOST,
        "You have ten calendars already. Take one back that you no longer use.",
    ) & require(
        inspection is None
        or (
            inspection.state != InspectionState.PLANNED
            and Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists()
        ),
        "Choose an inspection that you work on and that has been notified: before that its dates are a draft.",
        about="inspection",
    )


def may_revoke_feed(person: User, feed: CalendarFeed) -> Verdict:
    """One's own alone."""
    return require(feed.person_id == person.pk, "This calendar is somebody else's.")
