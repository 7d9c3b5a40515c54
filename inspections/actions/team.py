"""Naming the team, and ending somebody's part in it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit.record import record
from inspections import rules
from inspections.models import Inspection, Membership


@transaction.atomic
def name_team_member(
    inspection: Inspection, *, person: User, role: Role, until: date | None, by: User, at: datetime
) -> Membership:
    """The person holds the role from now on, and sees the inspection (R3)."""
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    rules.may_name_team_member(inspection, role=role, person=person).enforce()
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


@transaction.atomic
def end_team_member(membership: Membership, *, by: User, at: datetime) -> Membership:
    """The person's part ends now; what they did stays theirs."""
    membership = (
        Membership.objects.select_for_update()
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
