"""Naming the team, and ending somebody's part in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User, system_user
from accounts.roles import Role
from audit.record import record
from inspections import rules
from inspections.models import Inspection, Membership


@transaction.atomic
def name_team_member(
    inspection: Inspection, *, person: User, role: Role, until: date | None, by: User, at: datetime
) -> Membership:
    """The person holds the role from now on, and sees the inspection (R3). Parts that ran out are ended first."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    today = timezone.localdate(at)
    rules.may_name_team_member(inspection, role=role, person=person).enforce()
    rules.may_last_until(until, on=today).enforce()
    end_lapsed_parts(inspection, on=today)
    membership = Membership.objects.create(
        inspection=inspection, person=person, role=role, until=until, named_at=at, named_by=by
    )
    record(
        "inspections.team_member_named",
        by=by,
        at=at,
        subject=membership,
        inspection=inspection,
        person=person.name,
        role=role.label.lower(),
    )
    return membership


def end_lapsed_parts(inspection: Inspection, *, on: date) -> None:
    """Parts whose last day has gone by are ended in the rows too, at that day's end, so that a successor fits in.

    No event of its own: the last day was said when the person was named or invited.
    """
    lapsed = Membership.objects.filter(inspection=inspection, ended_at__isnull=True, until__lt=on)
    for membership in lapsed:
        if membership.until:
            end = datetime.combine(membership.until + timedelta(days=1), time())
            membership.ended_at, membership.ended_by = timezone.make_aware(end), system_user()
            membership.save()


@transaction.atomic
def end_team_member(membership: Membership, *, by: User, at: datetime) -> Membership:
    """The person's part ends now; what they did stays theirs."""
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "inspection")
        .get(pk=membership.pk)
    )
    rules.may_end_team_member(membership).enforce()
    membership.ended_at, membership.ended_by = at, by
    membership.save()
    record(
        "inspections.team_member_ended",
        by=by,
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=Role(membership.role).label.lower(),
    )
    return membership
