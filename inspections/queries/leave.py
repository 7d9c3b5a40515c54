"""Days away: whose one may know of, what is still to come, and what is kept no longer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.enums import INSPECTORATES
from accounts.models import User
from accounts.queries import offices_of
from inspections.models import Inspection, Leave, Membership, is_named_to

KEPT = timedelta(days=90)


def people_known_to(person: User) -> QuerySet[User]:
    """The inspectorates' people of whom this person knows: oneself and those of shared inspections; an office, all."""
    people = User.objects.filter(is_active=True, agency__kind__in=INSPECTORATES).select_related(
        "agency"
    )
    if offices_of(person):
        return people
    shared = Membership.objects.current().filter(
        inspection__in=Inspection.objects.visible_to(person).values("pk")
    )
    return people.filter(Q(pk=person.pk) | is_named_to(shared))


def leave_of(person: User, *, since: date) -> list[Leave]:
    """Their days away that are not over, the first to come first."""
    return list(Leave.objects.from_day(since).filter(person=person))


def leave_gone_by(today: date) -> QuerySet[Leave]:
    """What has been over for longer than it is kept."""
    return Leave.objects.filter(ends_on__lt=today - KEPT)
