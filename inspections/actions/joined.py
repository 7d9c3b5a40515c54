"""Confirming that one knows somebody who joined by a code, and asking for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit.record import record
from core.jobs import enqueue
from inspections import emails, permissions, queries
from inspections.actions.declarations import ask_to_declare
from inspections.actions.team import lock_part
from inspections.models import Membership


@transaction.atomic
def confirm_joined(membership: Membership, *, by: User, at: datetime) -> Membership:
    """The part opens to its holder as if their address were proved, of the team once they have declared. They are told."""
    membership = lock_part(membership)
    permissions.can_confirm_joined(by, membership).enforce()
    membership.confirmed_at, membership.confirmed_by = at, by
    membership.save(update_fields=["confirmed_at", "confirmed_by"])
    role = Role(membership.role)
    record(
        "inspections.joined_confirmed",
        by=by,
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=role.label.lower(),
    )
    ask_to_declare(
        membership.inspection,
        person=membership.person,
        role=role,
        key=f"confirmed:{membership.pk}",
    )
    return membership


def ask_to_confirm(membership: Membership, *, at: datetime) -> None:
    """Part of a deed: where what somebody joined stays closed to them, those who may know them are told after it."""
    if queries.waits_for_proof(membership):
        enqueue(
            "inspections.tell_of_unproved",
            key=f"unproved:{membership.pk}",
            now=at,
            membership=membership.pk,
        )


def tell_of_unproved(membership: Membership) -> None:
    """Those who may know somebody get a letter, unless it is known by now who they are. Safe to repeat: one a person."""
    if queries.waits_for_proof(membership):
        for to in queries.can_be_asked_to_confirm(membership):
            emails.asked_to_confirm(membership, to=to)
