"""What every invitation by link is. Of the link's secret only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from accounts.models.agency import Agency

LASTS = timedelta(days=28)


def hash_of(secret: str) -> str:
    """What is kept of a link's secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SentInvitation(models.Model):
    """Open until it is accepted, withdrawn or runs out. Sending it again gives it a new secret and a new date."""

    email = models.EmailField("e-mail address")
    name = models.CharField(max_length=120)
    designation = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def sent_at(self) -> datetime:
        """When the link that opens now was sent."""
        return self.expires_at - LASTS

    @property
    def is_open(self) -> bool:
        """Neither used nor withdrawn; it may have run out."""
        return self.accepted_at is None and self.withdrawn_at is None

    def has_expired(self, now: datetime) -> bool:
        return now >= self.expires_at

    def renew(self, *, at: datetime) -> str:
        """A new secret for a new link, handed back to be posted and never kept; good for 28 days, and any link before opens nothing."""
        secret = secrets.token_urlsafe(32)
        self.secret_hash, self.expires_at = hash_of(secret), at + LASTS
        return secret
