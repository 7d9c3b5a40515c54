"""An invitation to an office of the programme. The link's secret is kept only as its hash."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from accounts.models.agency import Agency
from accounts.roles import PROGRAMME_ROLES, Role

LASTS = timedelta(days=28)


def hash_of(secret: str) -> str:
    """What is kept of a link's secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


class OfficeInvitation(models.Model):
    """Open until it is accepted, withdrawn or runs out. Sending it again gives it a new secret and a new date."""

    email = models.EmailField("e-mail address")
    name = models.CharField(max_length=120)
    designation = models.CharField(max_length=120, blank=True)
    role = models.CharField(
        max_length=40, choices=[(r.value, r.label) for r in sorted(PROGRAMME_ROLES)]
    )
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
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="office_invitation_open_once",
                violation_error_message="This person is already invited to this office. Send the invitation again instead.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="office_invitation_accepted_at_has_its_by",
                violation_error_message="An accepted invitation says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="office_invitation_withdrawn_at_has_its_by",
                violation_error_message="A withdrawn invitation says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="office_invitation_ends_one_way",
                violation_error_message="An invitation is accepted or withdrawn, not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} as {Role(self.role).label}"

    @property
    def is_open(self) -> bool:
        """Neither used nor withdrawn; it may have run out."""
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def sent_at(self) -> datetime:
        """When the link that opens now was sent."""
        return self.expires_at - LASTS

    def has_expired(self, now: datetime) -> bool:
        return now >= self.expires_at
