"""Holding back what is kept of an inspection, and letting it go on again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from inspections.models import Inspection
from retention import permissions
from retention.models import LegalHold


@transaction.atomic
def place_legal_hold(inspection: Inspection, *, reason: str, by: User, at: datetime) -> LegalHold:
    """From now on nothing of the inspection goes, not even what is on an approved list and has not gone yet."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_place_legal_hold(by, inspection).enforce()
    hold = LegalHold.objects.create(
        inspection=inspection, reason=reason, placed_at=at, placed_by=by
    )
    record(
        "retention.legal_hold_placed",
        by=by,
        at=at,
        subject=hold,
        inspection=inspection,
        reason=reason,
    )
    return hold


@transaction.atomic
def lift_legal_hold(inspection: Inspection, *, reason: str, by: User, at: datetime) -> LegalHold:
    """The hold is at an end; what is due is proposed again by the clock."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_lift_legal_hold(by, inspection).enforce()
    hold = LegalHold.objects.standing().select_for_update().get(inspection=inspection)
    hold.lifted_at, hold.lifted_by, hold.lifted_because = at, by, reason
    hold.save()
    record(
        "retention.legal_hold_lifted",
        by=by,
        at=at,
        subject=hold,
        inspection=inspection,
        reason=reason,
    )
    return hold
