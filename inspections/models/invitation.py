"""An invitation to work on an inspection, and its code to read out. Of both secrets only a hash is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from accounts.models.sent_invitation import SentInvitation
from accounts.roles import PROGRAMME_ROLES, Role
from inspections.models.inspection import Inspection


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; those that ran out can be sent again, so they are among them."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def opened_by(self, secret_hash: str, *, now: datetime) -> InvitationQuerySet:
        """The one to which a link's secret belongs: from the letter, or from a code that was typed while it lasted."""
        return self.filter(
            models.Q(secret_hash=secret_hash)
            | models.Q(code__link_hash=secret_hash, code__expires_at__gt=now)
        )


class Invitation(SentInvitation):
    """To one role on one inspection, from a day to a day or until it ends."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(
        max_length=40, choices=[(r.value, r.label) for r in Role if r not in PROGRAMME_ROLES]
    )
    until = models.DateField(null=True, blank=True)
    takes_over = models.ForeignKey(
        "inspections.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The part that ends when this invitation is accepted, where an office is handed over.",
    )
    withdrawal_reason = models.CharField(
        "why the invitation was withdrawn", max_length=200, blank=True
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "email", "role"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message="This person is already invited in this role. Send the invitation again instead.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_has_its_by",
                violation_error_message="An accepted invitation says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""
                )
                | models.Q(
                    withdrawn_at__isnull=False, withdrawn_by__isnull=False, accepted_at__isnull=True
                ),
                name="invitation_withdrawn_at_has_its_by",
                violation_error_message="An invitation that was withdrawn says when and by whom, and was not accepted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} as {Role(self.role).label}"
