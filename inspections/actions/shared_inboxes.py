"""Shared inboxes that get copies of what the partnership is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.record import record
from inspections import permissions, rules
from inspections.models import Inspection, SharedInbox


@transaction.atomic
def add_shared_inbox(
    inspection: Inspection, *, email: str, agency: Agency, by: User, at: datetime
) -> SharedInbox:
    """From now on the address gets a copy of each reminder and notice that goes to the partnership's co-ordinators."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    email = email.strip().lower()
    permissions.can_add_shared_inbox(by, inspection).enforce()
    rules.may_add_shared_inbox(inspection, email=email, agency=agency).enforce()
    inbox = SharedInbox.objects.create(
        inspection=inspection, agency=agency, email=email, added_at=at, added_by=by
    )
    record(
        "inspections.shared_inbox_added",
        by=by,
        at=at,
        subject=inbox,
        inspection=inspection,
        email=email,
        agency=str(agency),
    )
    return inbox


@transaction.atomic
def remove_shared_inbox(inbox: SharedInbox, *, by: User, at: datetime) -> SharedInbox:
    """The address gets no copies any more."""
    inbox = (
        SharedInbox.objects.select_for_update(of=("self",))
        .select_related("inspection", "agency")
        .get(pk=inbox.pk)
    )
    permissions.can_remove_shared_inbox(by, inbox).enforce()
    rules.may_remove_shared_inbox(inbox).enforce()
    inbox.removed_at, inbox.removed_by = at, by
    inbox.save()
    record(
        "inspections.shared_inbox_removed",
        by=by,
        at=at,
        subject=inbox,
        inspection=inbox.inspection,
        email=inbox.email,
        agency=str(inbox.agency),
    )
    return inbox
