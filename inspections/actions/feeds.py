"""Making and taking back the secret address of a calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.models.sent_invitation import hash_of
from audit.record import record
from inspections import permissions
from inspections.models import CalendarFeed, Inspection


@transaction.atomic
def make_feed(inspection: Inspection | None, *, by: User, at: datetime) -> str:
    """A new address of one's own. Its secret is handed back to be shown once."""
    User.objects.select_for_update().get(pk=by.pk)  # ten at most, also of two clicks at once
    permissions.can_make_feed(by, inspection).enforce()
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person=by, inspection=inspection, secret_hash=hash_of(secret), made_at=at
    )
    record(
        "inspections.feed_made",
        by=by,
        at=at,
        subject=feed,
        inspection=inspection,
        calendar=str(feed),
    )
    return secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User, at: datetime) -> None:
    """The address opens nothing any more."""
    feed = (
        CalendarFeed.objects.select_for_update(of=("self",))
        .select_related("inspection__area")
        .get(pk=feed.pk)
    )
    permissions.can_revoke_feed(by, feed).enforce()
    record(
        "inspections.feed_revoked",
        by=by,
        at=at,
        subject=feed,
        inspection=feed.inspection,
        calendar=str(feed),
    )
    feed.delete()
